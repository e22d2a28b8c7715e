"""Looks at pages for a test: at the shell of each, and with axe at each shape a page can have."""

import re
from dataclasses import dataclass, field
from html import unescape

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from foundation.accounts.models import User
from tests.system.browser import axe, plain, sideways

HEADED_BY_A_NAME = frozenset({"cases:detail", "chronology:add-entry"})
"""The heading names the child. The title, which browsers keep in their history, gives the case's reference."""

CHILDREN = re.compile(r"Jamie|Carrow|Tam|Oakes|Noah|Fenwick|Robin|Fable|Marrow|Penny")
CASE_REFERENCE = re.compile(r"\bC-\w{4}-\w{4}\b")

NARROWEST = 320
"""Units: CSS pixels. Source: WCAG 2.2, 1.4.10 Reflow."""

SHAPE = re.compile(r"<(\w+)((?:\s+[\w-]+(?:=\"[^\"]*\")?)*)\s*/?>")
SHAPING = re.compile(
    r"(class|role|type|aria-(?!controls|labelledby|describedby)[\w-]+|disabled|checked|open)(?:=\"([^\"]*)\")?"
)
OUTLINE = frozenset({"header", "nav", "main", "aside", "footer", "h1", "h2", "h3", "h4", "form", "section"})


def shape_of(html: str) -> tuple[object, ...]:
    """How a page is built: its outline, and which kinds of elements it has. Pages alike in that are one to axe."""
    elements = [(tag, tuple(SHAPING.findall(attributes))) for tag, attributes in SHAPE.findall(html)]
    outline = [tag for tag, _ in elements if tag in OUTLINE]
    in_short = [tag for number, tag in enumerate(outline) if outline[number - 2 : number] != [tag, tag]]
    return tuple(in_short), frozenset(elements)


def faults_of(html: str, *, route: str, is_signed_in: bool) -> list[str]:
    """What the shell of a page lacks."""
    headings = re.findall(r"<h1.*?</h1>", html, re.DOTALL)
    title = words_in(re.findall(r"<title>.*?</title>", html, re.DOTALL)[0])
    title = title.removeprefix("Error: ").removesuffix(f" - {settings.SERVICE_NAME}")
    faults = []
    if len(headings) != 1:
        faults.append(f"{len(headings)} h1")
    elif route in HEADED_BY_A_NAME and not CASE_REFERENCE.search(title):
        faults.append(f"no reference in the title “{title}”")
    elif route not in HEADED_BY_A_NAME and words_in(headings[0]) != title:
        faults.append(f"title “{title}”, heading “{words_in(headings[0])}”")
    if CHILDREN.search(title):
        faults.append(f"a child's name in the title “{title}”")
    if 'href="/help/"' not in html:
        faults.append("no Help link")
    if is_signed_in != ('action="/sign-out/"' in html):
        faults.append("a sign-out too many" if not is_signed_in else "no sign-out")
    return faults


def words_in(html: str) -> str:
    """The text, a caption above a heading set off by a colon."""
    html = re.sub(r'(<span class="govuk-caption-[a-z]+">.*?)(</span>)', r"\1: \2", html, flags=re.DOTALL)
    return plain(unescape(re.sub(r"<[^>]+>", "", html))).replace(" :", ":")


@dataclass
class Inspector:
    """Goes to pages, looks once at each shape, and writes down every fault."""

    page: Page
    seen: set[tuple[object, ...]] = field(default_factory=set)
    visited: set[str] = field(default_factory=set)
    faults: dict[str, str] = field(default_factory=dict)

    def note(self, fault: str, where: str) -> None:
        """A fault of many pages is written down once, with the first of them."""
        self.faults.setdefault(fault, where)

    def look(self, route: str, html: str, *, where: str, is_signed_in: bool = True) -> bool:
        """Look at the shell. Is it a shape that the browser has not seen yet?"""
        self.visited.add(route)
        for fault in faults_of(html, route=route, is_signed_in=is_signed_in):
            self.note(fault, where)
        shape = shape_of(html)
        is_new = shape not in self.seen
        self.seen.add(shape)
        return is_new

    def inspect(self, where: str) -> None:
        """What stands in the browser: axe, and no sideways scroll in the narrowest window."""
        for violation in axe(self.page):
            self.note(violation, where)
        size = self.page.viewport_size or {"width": 1280, "height": 900}
        self.page.set_viewport_size({"width": NARROWEST, "height": 900})
        if wider := sideways(self.page):
            self.note(f"scrolls sideways by {wider} px at {NARROWEST} px", where)
        self.page.set_viewport_size(size)

    def report(self) -> str:
        """Nothing where there is no fault, else a line for each."""
        return "\n".join(f"{where}: {fault}" for fault, where in self.faults.items())

    def walk(self, user: User, client: Client, addresses: dict[str, list[str]]) -> None:
        """Every address as this person gets it. Where they may not go, the page that says so is a page too."""
        signed_in_as(self.page.context, client)
        for route, paths in addresses.items():
            for path in paths:
                where = f"{path} for {user.email}"
                answer = client.get(path)
                if answer.status_code == 302:
                    continue
                html = answer.content.decode()
                if self.look(route if answer.status_code < 403 else "", html, where=where):
                    self.page.goto(path)
                    self.inspect(where)


def signed_in_as(context: BrowserContext, client: Client) -> None:
    """Give the browser the session of a test client."""
    address = context.pages[0].evaluate("location.origin")
    context.clear_cookies()
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
