// What a person hears and sees of the element that has the focus. Given to each page of a keyboard journey.
window.focusSeen = (() => {
  const words = (node) => (node ? node.innerText : "").replace(/\s+/g, " ").trim();
  const drawn = (style) => [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow, style.backgroundColor];

  function look(element) {
    const label = element.labels?.[0];
    const parts = drawn(getComputedStyle(element));
    return (label ? parts.concat(drawn(getComputedStyle(label, "::before"))) : parts).join(" ");
  }

  const atRest = new Map();

  function remember() {
    for (const element of document.querySelectorAll("a, button, input, textarea, select, summary, [tabindex]")) {
      if (element !== document.activeElement && !atRest.has(element)) atRest.set(element, look(element));
    }
  }

  function hasBox(element) {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  }

  return () => {
    const element = document.activeElement ?? document.body;
    remember();
    const style = getComputedStyle(element);
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const differs = atRest.has(element) ? atRest.get(element) !== look(element) : ring;
    return {
      place: element.tagName.toLowerCase(),
      classes: element.className,
      name: element.getAttribute("aria-label") || words(element.labels?.[0]) || words(element),
      group: words(element.closest("fieldset")?.querySelector("legend")),
      isSeen: hasBox(element) && differs,
    };
  };
})();
