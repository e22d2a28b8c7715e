"""Copies what pages use of the npm packages to build/static/vendor. Standard library only, no bundler."""

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
VENDOR = ROOT / "build" / "static" / "vendor"
GOVUK = PACKAGES / "govuk-frontend" / "dist" / "govuk"

GOVUK_FONT = "GDS Transport,arial,sans-serif"
OUR_FONT = "var(--app-font)"


def without_source_map(text: str) -> str:
    """The hashed static storage stops at a map that is not there."""
    text = re.sub(r"/\*#\s*sourceMappingURL=.*?\*/", "", text)
    return re.sub(r"//#\s*sourceMappingURL=\S*", "", text).rstrip() + "\n"


def without_rules(css: str, marks: tuple[str, ...]) -> str:
    """Take out each rule without nested braces that mentions one of the marks."""
    pattern = "|".join(re.escape(mark) for mark in marks)
    return re.sub(rf"[^{{}}]*\{{[^{{}}]*(?:{pattern})[^{{}}]*\}}", "", css)


def stylesheet(css: str) -> str:
    """Without the GDS Transport font and the royal crest: both belong to gov.uk alone."""
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = without_rules(css, ("govuk-crest.svg",))
    css = css.replace(GOVUK_FONT, OUR_FONT)
    for rest in ("GDS Transport", "/assets/"):
        if rest in css:
            raise SystemExit(
                f"launch/frontend.py: govuk-frontend still mentions {rest}; its stylesheet has changed."
            )
    return without_source_map(css)


def build() -> None:
    """Write the vendor folder anew. Ends with one sentence where `npm ci` has not been run."""
    if not GOVUK.is_dir():
        raise SystemExit("launch/frontend.py: node_modules has no govuk-frontend. Run `npm ci` first.")
    css = (GOVUK / "govuk-frontend.min.css").read_text(encoding="utf-8")
    script = (GOVUK / "govuk-frontend.min.js").read_text(encoding="utf-8")
    files = {"govuk-frontend.css": stylesheet(css), "govuk-frontend.js": without_source_map(script)}
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    for name, text in files.items():
        (VENDOR / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    build()
    sys.stdout.write(f"Front end: {len(list(VENDOR.iterdir()))} files in build/static/vendor\n")
