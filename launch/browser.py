"""Find a browser of the Chromium family for the browser tests."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from launch import install, probes
from launch.console import Refusal, step

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
DEBIAN_PACKAGES = ("chromium", "fonts-liberation")
NONE_FOUND = (
    "No browser was found: install Chromium (Debian: apt-get install chromium, as root; "
    "elsewhere: .venv/bin/playwright install chromium) or set CHROME_PATH"
)


def find(environment: Mapping[str, str] = os.environ) -> str | None:
    """CHROME_PATH, then PATH, then Playwright's own; as root on Debian, install one. Else None."""
    named = environment.get("CHROME_PATH")
    if named:
        if not os.access(named, os.X_OK):
            raise Refusal(f"CHROME_PATH names {named}, which is not a program: correct it or unset it.")
        return named
    elsewhere = [*playwrights_own(environment), *(Path(place) for place in MAC_APPLICATIONS)]
    found = on_path() or first_program(elsewhere)
    if found is None and probes.is_root() and probes.is_debian() and shutil.which("apt-get"):
        found = from_debian()
    return found


def on_path() -> str | None:
    """A browser on PATH."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def from_debian() -> str | None:
    """Install Debian's Chromium; a machine without a network goes on without."""
    try:
        with step("Debian packages chromium and fonts-liberation"):
            install.apt_install(*DEBIAN_PACKAGES)
    except (subprocess.CalledProcessError, OSError):
        return None
    return on_path()


def playwrights_own(environment: Mapping[str, str] = os.environ) -> list[Path]:
    """Browsers that `playwright install` has put in its cache, newest first."""
    named = environment.get("PLAYWRIGHT_BROWSERS_PATH", "")
    cache = Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "ms-playwright"
    place = Path(named) if named not in ("", "0") else cache
    inside = ("chrome-linux*/chrome", "chrome-mac*/*.app/Contents/MacOS/*")
    return sorted((path for part in inside for path in place.glob(f"chromium-*/{part}")), reverse=True)


def first_program(places: Iterable[Path]) -> str | None:
    """The first of these that is a program."""
    return next((str(place) for place in places if place.is_file() and os.access(place, os.X_OK)), None)
