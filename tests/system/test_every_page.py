"""Every page there is, for everybody who sees it, empty, full and wrong: no fault that axe knows, and a shell around it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import BrowserContext, Page

from foundation.accounts.models import User
from foundation.base.pg.roles import as_owner
from foundation.web.views import Help
from tests.factories import World
from tests.system import everything
from tests.system.browser import Pointer, axe, plain, sideways

pytestmark = pytest.mark.browser

NO_PAGES = {
    "web:live": "answers JSON to machines",
    "demo:sign-in": "answers only POST",
}
NAMELESS = frozenset({"cases:detail", "chronology:add-entry"})
"""The heading names the child; the title, which browsers keep in their history, names the reference."""

NARROWEST = 320
"""Units: CSS pixels. Source: WCAG 2.2, 1.4.10 Reflow."""

SHAPE = re.compile(r"<(\w+)((?:\s+[\w-]+(?:=\"[^\"]*\")?)*)\s*/?>")
SHAPING = re.compile(r"(class|role|type|aria-(?!controls|labelledby|describedby)[\w-]+|disabled|checked|open)(?:=\"([^\"]*)\")?")
OUTLINE = frozenset({"header", "nav", "main", "aside", "footer", "h1", "h2", "h3", "h4", "form", "section"})


def routes(patterns: list[Any] | None = None, space: str = "") -> Iterator[str]:
    """The name of every address of the service."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from routes(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"


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
    title = title.removeprefix("Error: ").removesuffix(f" - {configured.SERVICE_NAME}")
    faults = []
    if len(headings) != 1:
        faults.append(f"{len(headings)} h1")
    elif route not in NAMELESS and words_in(headings[0]) != title:
        faults.append(f"title “{title}”, heading “{words_in(headings[0])}”")
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
    cookie = client.cookies[configured.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])


@pytest.fixture
def inspector(open_page: Callable[..., Page], settings: Any) -> Inspector:
    settings.IS_DEMO = True
    page = open_page()
    page.goto("/help/")
    return Inspector(page)


def test_a_planted_fault_is_found(inspector: Inspector) -> None:
    page = inspector.page
    page.goto("/help/")
    page.evaluate("""() => {
      const box = document.createElement("input");
      box.size = 200;
      document.querySelector("main").append(box, document.querySelector("h1").cloneNode(true));
      document.title = "Another title";
    }""")
    inspector.look("web:help", page.content(), where="planted")
    inspector.inspect("planted")
    for fault in ("label: ", "2 h1", "no sign-out", "scrolls sideways"):
        assert fault in inspector.report()


def test_every_route_is_walked_or_is_no_page() -> None:
    assert set(routes()) == everything.ROUTES | NO_PAGES.keys()


def test_pages_with_something_on_them(
    demo: None, inspector: Inspector, signed_in: Callable[[User], Client]
) -> None:
    addresses = everything.arranged()
    for user in everything.everybody():
        inspector.walk(user, signed_in(user), addresses)
    inspector.page.context.clear_cookies()
    for route, path in (("account_login", "/sign-in/"), ("web:help", "/help/")):
        inspector.page.goto(path)
        inspector.look(route, inspector.page.content(), where=path, is_signed_in=False)
        inspector.inspect(path)
    assert inspector.visited - {""} == everything.ROUTES
    assert inspector.report() == ""


def test_pages_with_nothing_on_them(
    world: World, transactional_db: None, inspector: Inspector, signed_in: Callable[[User], Client]
) -> None:
    addresses = {route: [reverse(route)] for route in everything.WITHOUT_ID - {"account_login"}}
    for user in (world.school_lead, world.coordinator, world.executive, world.administrator, world.hub_minutes):
        inspector.walk(user, signed_in(user), addresses)
    assert inspector.report() == ""


FORMS = [
    ("school.lead", "referrals:new"),
    ("school.lead", "referrals:edit"),
    ("school.lead", "referrals:answer"),
    ("coordinator", "referrals:accept"),
    ("coordinator", "referrals:decline"),
    ("coordinator", "referrals:ask"),
    ("social.worker", "chronology:add-entry"),
]
EMPTIED = """form => {
  for (const box of form.querySelectorAll("input[type=text], textarea")) box.value = "";
  for (const box of form.querySelectorAll("input:checked")) box.checked = false;
  form.submit();
}"""


def send_emptied(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form").first.evaluate(EMPTIED)


def test_forms_with_every_error(demo: None, inspector: Inspector, signed_in: Callable[[User], Client]) -> None:
    addresses, page = everything.arranged(), inspector.page
    for account, route in FORMS:
        signed_in_as(page.context, signed_in(everything.user_of(account)))
        page.goto(addresses[route][0])
        send_emptied(page)
        assert page.title().startswith("Error: "), route
        inspector.look(route, page.content(), where=route)
        inspector.inspect(f"{route} with errors")
    page.context.clear_cookies()
    page.goto("/sign-in/")
    send_emptied(page)
    inspector.look("account_login", page.content(), where="sign-in", is_signed_in=False)
    inspector.inspect("sign-in with errors")
    assert inspector.report() == ""


def test_the_message_after_a_save(demo: None, inspector: Inspector, signed_in: Callable[[User], Client]) -> None:
    page, addresses = inspector.page, everything.arranged()
    signed_in_as(page.context, signed_in(everything.user_of("coordinator")))
    page.goto(addresses["referrals:decline"][0])
    Pointer(page).write("Why are you declining this referral?", "Early help is with them.")
    Pointer(page).press("Decline referral")
    assert "The referral is declined." in page.content()
    inspector.look("referrals:in-tray", page.content(), where="after declining")
    inspector.inspect("after declining")
    assert inspector.report() == ""


def test_refusals(
    demo: None, inspector: Inspector, signed_in: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = inspector.page

    def arrive(heading: str, *, is_signed_in: bool = True) -> None:
        assert heading in page.locator("h1").inner_text()
        inspector.look("", page.content(), where=heading, is_signed_in=is_signed_in)
        inspector.inspect(heading)

    # signed in: what may not be, what is not there, what cannot be read, and what broke
    signed_in_as(page.context, signed_in(everything.user_of("executive")))
    page.goto("/referrals/in-tray/")
    arrive("You may not do this")
    page.goto("/nowhere/")
    arrive("Page not found")
    page.goto("/find/?q=%00")
    arrive("We could not read that", is_signed_in=False)
    monkeypatch.setattr(Help, "get_context_data", lambda *args, **kwargs: 1 / 0)
    page.goto("/help/")
    arrive("Sorry, there is a problem", is_signed_in=False)
    monkeypatch.undo()

    # a form whose sign-in is gone, and one whose token is old
    for cookie, heading in (("sessionid", "You are signed out"), ("csrftoken", "This was not saved")):
        signed_in_as(page.context, signed_in(everything.user_of("school.lead")))
        page.goto("/referrals/new/")
        Pointer(page).write("Child's full name", "Robin Fable")
        page.context.clear_cookies(name=cookie)
        page.get_by_role("button", name="Save and check").click()
        page.wait_for_load_state()
        arrive(heading, is_signed_in=cookie != "sessionid")

    # and an account that is locked
    page.context.clear_cookies()
    for _ in range(configured.AXES_FAILURE_LIMIT):
        page.goto("/sign-in/")
        page.get_by_label("E-mail address").fill("executive@demo.example")
        page.get_by_label("Password").fill("not the password")
        Pointer(page).press("Sign in")
    arrive("Sign-in is locked for now", is_signed_in=False)
    assert inspector.report() == ""
