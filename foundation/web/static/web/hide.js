// Hide screen: the button in the header, or the Shift key three times.
//
// The page is taken out of the document at once and kept in this module, so that typed words are not lost; the
// server is told, and from then on answers every address of this session with a neutral page. The right password
// puts the page back. Nothing is written to the browser's storage.

const PRESSES = 3;
const WITHIN = 5000; // milliseconds
const TRY_AGAIN = 3000; // milliseconds
const AS_PROGRAM = { Accept: "application/json" };
const UNREACHABLE = "We cannot reach the service. Try again in a moment.";

const button = document.querySelector("[data-hide-screen]");
const neutral = document.getElementById("hidden-screen");
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("screen") : null;
let kept = null; // the page behind the cover

if (button && neutral) {
  button.addEventListener("submit", (event) => {
    event.preventDefault();
    hide();
  });
  onShiftPressed(PRESSES, hide);
  tabs?.addEventListener("message", (event) => (event.data === "hidden" ? cover() : uncover()));
  window.addEventListener("pagehide", () => document.documentElement.classList.add("app-away"));
  window.addEventListener("pageshow", comeBack);
}

function hide() {
  if (kept) return;
  cover();
  kept.told = tell(button.action, kept.address);
  tabs?.postMessage("hidden");
}

function cover() {
  if (kept) return;
  kept = {
    address: location.pathname + location.search + location.hash,
    title: document.title,
    height: window.scrollY,
    focus: document.activeElement,
    page: new DocumentFragment(),
    told: Promise.resolve(),
  };
  kept.page.append(...document.body.childNodes);
  document.body.append(neutral.content.cloneNode(true));
  document.title = "Screen hidden";
  history.replaceState(history.state, "", button.action);
  document.querySelector("form").addEventListener("submit", giveBack);
  document.getElementById("hidden-password").focus();
}

function uncover() {
  if (!kept) return;
  const { page, title, address, height, focus } = kept;
  kept = null;
  document.body.replaceChildren(page);
  document.title = title;
  history.replaceState(history.state, "", address);
  window.scrollTo(0, height);
  focus?.focus?.({ preventScroll: true });
}

// Until it is heard. A session that has ended has nothing to hide any more.
async function tell(address, back) {
  for (;;) {
    try {
      const body = new URLSearchParams({ back });
      const answer = await fetch(address, { method: "POST", body, headers: AS_PROGRAM, keepalive: true });
      if (answer.ok) return;
      if (answer.status < 500) return location.replace(address);
    } catch {
      // no network: the cover stays
    }
    await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN));
  }
}

async function giveBack(event) {
  event.preventDefault();
  const form = event.target;
  const password = form.elements.password;
  const page = kept;
  try {
    await page.told;
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: AS_PROGRAM });
    if (answer.status === 204) {
      uncover();
      tabs?.postMessage("shown");
    } else if (answer.status === 422 || answer.status === 429) {
      say((await answer.json()).said);
    } else {
      location.replace(button.action);
    }
  } catch {
    say(UNREACHABLE);
  }
  password.value = "";
}

function say(sentence) {
  document.getElementById("hidden-said").textContent = sentence;
  document.getElementById("hidden-password").focus();
}

// A page that the browser kept for its Back button: shown only once the server says that nothing is hidden.
async function comeBack(event) {
  if (event.persisted && !kept) {
    try {
      const answer = await fetch(button.action, { headers: AS_PROGRAM });
      if (!answer.ok || answer.redirected || (await answer.json()).hidden) return location.reload();
    } catch {
      return location.reload();
    }
  }
  document.documentElement.classList.remove("app-away");
}

// Pressed alone and let go, so many times within a few seconds, with no other key between.
function onShiftPressed(times, act) {
  let pressed = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") pressed = [];
  });
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift") return;
    const now = performance.now();
    pressed = [...pressed.filter((at) => now - at < WITHIN), now];
    if (pressed.length === times) {
      pressed = [];
      act();
    }
  });
}
