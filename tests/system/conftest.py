"""A real browser against the real service, with the demo's people in it."""

import os
import shutil
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.system.browser import Person, Witness, sideways, visible_name, words_of
from tests.system.ways import WAYS, Send, Way

os.environ.setdefault("DJANGO_LIVE_TEST_SERVER_ADDRESS", "127.0.0.1")  # by number: nothing is looked up

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
LIKE_PEOPLES_BROWSERS = ["--disable-back-forward-cache"]
"""What Playwright would switch off, and what the tests of the Back button are about."""

HEIGHT = 900
PATIENCE = 10_000
"""Units: milliseconds until a thing that does not come counts as missing."""

OpenPage = Callable[..., Page]


def browser_program() -> str:
    """CHROME_PATH, else Chromium on PATH. `make test` says BROWSER_MISSING where a machine may go without."""
    program = os.environ.get("CHROME_PATH") or shutil.which("chromium")
    if program:
        return program
    if sentence := os.environ.get("BROWSER_MISSING"):
        pytest.skip(sentence)
    pytest.fail("No browser: install Chromium (Debian: apt-get install chromium) or set CHROME_PATH to one.")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for each worker process."""
    program = browser_program()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=ARGUMENTS, ignore_default_args=LIKE_PEOPLES_BROWSERS
        )
        yield browser
        browser.close()


@pytest.fixture
def open_context(chromium: Browser, live_server: Any) -> Iterator[Callable[..., BrowserContext]]:
    """A browser that knows nothing yet: no cookies, no cache."""
    opened: list[BrowserContext] = []

    def open_context(*, width: int = 1280, javascript: bool = True) -> BrowserContext:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": HEIGHT},
            java_script_enabled=javascript,
            reduced_motion="reduce",
            locale="en-GB",
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context

    yield open_context
    for context in opened:
        context.close()


@pytest.fixture
def open_page(open_context: Callable[..., BrowserContext]) -> OpenPage:
    """A page in a browser of its own."""

    def open_page(**wishes: Any) -> Page:
        return open_context(**wishes).new_page()

    return open_page


@pytest.fixture
def demo(transactional_db: None) -> None:
    """The demo's people, three of its children and its plan, in the short story: quick to load."""
    call_command("demo_load", "--short", stdout=StringIO())


@pytest.fixture(params=WAYS, ids=lambda way: way.name)
def way(request: pytest.FixtureRequest) -> Way:
    chosen: Way = request.param
    return chosen


@pytest.fixture
def witnesses() -> list[Witness]:
    return []


@pytest.fixture
def send(demo: None, way: Way, open_context: Callable[..., BrowserContext], witnesses: list[Witness]) -> Send:
    """Send somebody to the service: they sign in with their demo button in a browser of their own."""

    def send(account: str) -> Person:
        context = open_context(width=way.width, javascript=way.javascript)
        witnesses.append(Witness(context))
        person = way.person(context.new_page())
        person.page.goto("/")
        assert sideways(person.page) == 0
        person.press(visible_name(account))
        assert "My work" in words_of(person.page)
        return person

    return send
