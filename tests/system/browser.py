"""People at a browser, with a keyboard or a pointer: they name what they use by the words on the page."""

import gzip
import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response

from demo.accounts import ACCOUNTS

AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
FOCUS_SCRIPT = Path(__file__).with_name("focus.js")
TABS_AT_MOST = 120
"""Units: presses of the Tab key before a thing counts as out of reach."""
AN_ADDRESS_REFUSED = re.compile(r"the server responded with a status of 4\d\d")


class Person(Protocol):
    """The acts of a journey, whichever way they are done."""

    page: Page

    def follow(self, name: str) -> None: ...
    def press(self, name: str) -> None: ...
    def write(self, label: str, text: str) -> None: ...
    def choose(self, question: str, answer: str) -> None: ...
    def tick(self, label: str) -> None: ...
    def enter_date(self, question: str, day: date) -> None: ...


def visible_name(account: str) -> str:
    """The name on the demo button of an account."""
    return next(each.name for each in ACCOUNTS if each.account == account)


def sign_in(page: Page, account: str) -> None:
    """With the demo's button, by whatever means are quickest."""
    page.goto("/sign-in/")
    page.get_by_role("button", name=visible_name(account)).click()
    page.wait_for_url("**/")


def words_of(page: Page) -> str:
    """The text of the page as it is seen, spaces made plain."""
    return plain(page.locator("main").inner_text())


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def field_of(page: Page, label: str) -> Locator:
    """A field by its label, with or without the word that it is optional."""
    return page.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*(\(optional\))?\s*$"))


def group_of(page: Page, question: str) -> Locator:
    """Radios, checkboxes or the parts of a date, by the beginning of their question."""
    return page.locator("fieldset").filter(
        has=page.locator("legend", has_text=re.compile(rf"^\s*{re.escape(question)}"))
    )


def parts_of(day: date) -> dict[str, str]:
    return {"Day": str(day.day), "Month": str(day.month), "Year": str(day.year)}


@dataclass
class Pointer:
    """Clicks, and needs no script."""

    page: Page

    def follow(self, name: str) -> None:
        self._click(self.page.get_by_role("link", name=name).or_(self.page.get_by_role("button", name=name)))

    def press(self, name: str) -> None:
        self._click(self.page.get_by_role("button", name=name))

    def write(self, label: str, text: str) -> None:
        field_of(self.page, label).fill(text)

    def choose(self, question: str, answer: str) -> None:
        group_of(self.page, question).get_by_label(answer, exact=True).check()

    def tick(self, label: str) -> None:
        self.page.get_by_role("checkbox", name=re.compile(rf"^{re.escape(label)}")).check()

    def enter_date(self, question: str, day: date) -> None:
        for part, digits in parts_of(day).items():
            group_of(self.page, question).get_by_label(part).fill(digits)

    def _click(self, thing: Locator) -> None:
        with self.page.expect_navigation():
            thing.first.click()
        assert sideways(self.page) == 0, f"{self.page.url} scrolls sideways by {sideways(self.page)} px"


@dataclass
class Keyboard:
    """Has no pointer. Wherever the focus goes it must be seen, and after every act it must be somewhere."""

    page: Page

    def follow(self, name: str) -> None:
        tab_to(self.page, name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    press = follow

    def write(self, label: str, text: str) -> None:
        tab_to(self.page, label, whole=True)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)

    def choose(self, question: str, answer: str) -> None:
        """Tab into the group, then go down it: a radio group is one stop of the Tab key."""
        stop = tab_to(self.page, "", group=question)
        self.page.keyboard.press("Space")
        while stop["name"] != answer:
            self.page.keyboard.press("ArrowDown")
            stop = focus(self.page)
            assert stop["group"].startswith(question), f"“{question}” has no answer “{answer}”"

    def tick(self, label: str) -> None:
        tab_to(self.page, label)
        self.page.keyboard.press("Space")

    def enter_date(self, question: str, day: date) -> None:
        for part, digits in parts_of(day).items():
            tab_to(self.page, part, group=question)
            self.page.keyboard.press("ControlOrMeta+a")
            self.page.keyboard.type(digits)


def focus(page: Page) -> dict[str, Any]:
    """What has the focus: name, group, place, and whether a person can see that it has it."""
    seen: dict[str, Any] | None = page.evaluate("window.focusSeen && window.focusSeen()")
    if seen is None:
        page.evaluate(FOCUS_SCRIPT.read_text(encoding="utf-8"))
        return focus(page)
    return seen


def tab_to(page: Page, name: str, *, group: str = "", whole: bool = False) -> dict[str, Any]:
    """Press Tab until the focus is on what is called so. Every stop on the way must be visible.

    `name` is the beginning of what is heard, or the whole of it but for "(optional)".
    """
    heard = []
    focus(page)
    for _ in range(TABS_AT_MOST):
        page.keyboard.press("Tab")
        stop = focus(page)
        if stop["place"] == "body":
            continue  # past the last stop, where the browser's own buttons would come
        heard.append(stop["name"])
        assert stop["isSeen"], f"the focus on “{stop['name']}” ({stop['place']}) at {page.url} cannot be seen"
        heard_name = stop["name"].removesuffix(" (optional)")
        found = heard_name == name if whole else heard_name.startswith(name)
        if found and stop["group"].startswith(group):
            return stop
    raise AssertionError(f"Tab does not reach “{group} {name}” at {page.url}, only {heard}")


def is_on(page: Page, selector: str) -> bool:
    """Has an element of this kind the focus?"""
    return bool(page.evaluate("selector => document.activeElement.matches(selector)", selector))


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@cache
def axe_script() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def axe(page: Page) -> list[str]:
    """Every violation of WCAG 2.0 to 2.2 A and AA and of axe's best practices, in a line each."""
    page.evaluate(axe_script())
    options = {"runOnly": AXE_RULES, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [
        f"{each['id']}: {each['help']} at {', '.join(str(node['target']) for node in each['nodes'][:3])}"
        for each in found
    ]


def kilobytes_of(answers: list[Response]) -> float:
    """Styles and scripts among these answers, as gzip sends them. Units: 1024 bytes."""
    light = {
        answer.url: answer.body()
        for answer in answers
        if answer.request.resource_type in {"stylesheet", "script"}
    }
    return sum(len(gzip.compress(body)) for body in light.values()) / 1024


@dataclass
class Witness:
    """Listens to a context: requests to other places, and what the browser complains of."""

    context: BrowserContext
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.on("request", self._requested)
        self.context.on("console", self._said)
        self.context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def _requested(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "about"} and address.hostname != "127.0.0.1":
            self.elsewhere.append(request.url)

    def _said(self, message: ConsoleMessage) -> None:
        """A page that answers 404 or 422 on purpose is no complaint; everything else is."""
        if message.type in {"error", "warning"} and not AN_ADDRESS_REFUSED.search(message.text):
            self.complaints.append(f"{message.text} ({message.location.get('url')})")
