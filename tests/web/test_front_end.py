"""The built front end: light, self-contained, and without what belongs to gov.uk alone."""

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from launch import frontend

ROOT = Path(settings.ROOT)
VENDOR = ROOT / "build" / "static" / "vendor"
OURS = ROOT / "foundation" / "web" / "static" / "web"
PAGE_KB_AT_MOST = 75
"""Units: kilobytes (1024) of CSS and JavaScript a page loads, gzip. Source: issue "Frame", point 11."""


@pytest.fixture(scope="module")
def built() -> dict[str, str]:
    if not VENDOR.is_dir():
        if not (ROOT / "node_modules").is_dir():
            pytest.fail("There is no node_modules folder: run `npm ci` and then `python launch/frontend.py`.")
        subprocess.run([sys.executable, str(ROOT / "launch" / "frontend.py")], check=True)
    return {path.name: path.read_text(encoding="utf-8") for path in VENDOR.iterdir()}


def test_a_page_loads_at_most_75_kb_of_styles_and_scripts(built: dict[str, str]) -> None:
    ours = [path.read_text(encoding="utf-8") for path in OURS.iterdir() if path.suffix in {".css", ".js"}]
    kilobytes = sum(len(gzip.compress(text.encode())) for text in [*built.values(), *ours]) / 1024
    assert kilobytes <= PAGE_KB_AT_MOST, f"{kilobytes:.1f} KB"


def test_nothing_of_gov_uk_and_nothing_from_elsewhere_is_left(built: dict[str, str]) -> None:
    css = built["govuk-frontend.css"]
    for gone in ("GDS Transport", "govuk-crest", "/assets/", "@font-face", "sourceMappingURL"):
        assert gone not in css
    assert "sourceMappingURL" not in built["govuk-frontend.js"]
    assert "var(--app-font)" in css
    assert css.count("{") == css.count("}")
    for text in (css, (OURS / "app.css").read_text(encoding="utf-8")):
        assert not re.search(r"url\((?!data:)", text)


def test_rules_are_taken_out_whole() -> None:
    css = "@media print{.a{color:red}.b{background:url(crest.svg)}}.c{top:0}"
    assert frontend.without_rules(css, ("crest.svg",)) == "@media print{.a{color:red}}.c{top:0}"


def test_a_build_without_packages_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(frontend, "GOVUK", tmp_path / "missing")
    with pytest.raises(SystemExit, match="Run `npm ci` first"):
        frontend.build()


def test_a_new_stylesheet_that_still_names_the_font_stops_the_build() -> None:
    with pytest.raises(SystemExit, match="still mentions GDS Transport"):
        frontend.stylesheet('.x{font-family:"GDS Transport",serif}')


def test_the_lock_file_holds_no_address() -> None:
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert not re.search(r"https?:|\"resolved\"", text)
    packages = json.loads(text)["packages"]
    assert all("integrity" in package for name, package in packages.items() if name)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("name", "ground"),
    [
        ("deep", "#ffffff"), ("teal", "#ffffff"), ("teal-dark", "#f1f6f5"), ("plum", "#ffffff"),
        ("ink", "#f1f6f5"), ("grey", "#f1f6f5"), ("good", "#f1f8f4"), ("bad", "#ffffff"), ("calm", "#ffffff"),
    ],
)  # fmt: skip
def test_words_stand_out_from_their_ground(name: str, ground: str) -> None:
    """Units: contrast ratio. Source: WCAG 2.2, 1.4.3, 4.5 for text."""
    css = (OURS / "app.css").read_text(encoding="utf-8")
    found = re.search(rf"--app-{name}: (#[0-9a-f]{{6}});", css)
    assert found
    light, dark = sorted([luminance(found[1]), luminance(ground)], reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
