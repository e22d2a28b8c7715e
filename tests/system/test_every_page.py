"""Every page there is, for everybody who sees it, empty, full and wrong: no fault that axe knows, and a shell around it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import Page

from foundation.accounts.models import User
from foundation.web.views import Help
from tests.factories import World
from tests.system import everything
from tests.system.browser import Pointer
from tests.system.inspection import Inspector, signed_in_as

pytestmark = pytest.mark.browser

NO_PAGES = {
    "hidden": "has no shell on purpose: test_hide_screen.py looks at it",
    "show-again": "leads back to the page that was hidden",
    "api:schema": "answers JSON to machines",
    "api:case-list": "answers JSON to machines",
    "api:case-detail": "answers JSON to machines",
    "api:plan-list": "answers JSON to machines",
    "api:plan-detail": "answers JSON to machines",
    "api:proposal-list": "answers JSON to machines",
    "api:proposal-detail": "answers JSON to machines",
    "web:live": "answers JSON to machines",
    "web:ready": "answers JSON to machines",
    "demo:sign-in": "answers only POST",
    "demo:clock": "answers only POST",
    "deadlines:read": "answers only POST",
    "deadlines:notice": "leads on to what it is about",
    "accounts:cancel-away": "leads back to the page it stands on",
}


def routes(patterns: list[Any] | None = None, space: str = "") -> Iterator[str]:
    """The name of every address of the service."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from routes(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"


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


@pytest.mark.parametrize(
    "people",
    [everything.those_who_see_most, pytest.param(everything.everybody, marks=pytest.mark.long)],
    ids=["those who see most", "everybody"],
)
def test_pages_with_something_on_them(
    demo: None,
    inspector: Inspector,
    signed_in: Callable[[User], Client],
    people: Callable[[], list[User]],
) -> None:
    addresses = everything.arranged()
    for user in people():
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
    for user in (
        world.school_lead,
        world.coordinator,
        world.executive,
        world.administrator,
        world.hub_minutes,
    ):
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
    ("social.worker", "plans:action"),
    ("coordinator", "plans:add"),
    ("coordinator", "plans:hand-over"),
    *(("chair", f"reviews:{name}") for name in ("open", "decide", "act", "cancel")),
    ("plan.lead", "actionplan:update"),
    ("admin", "vocabulary:add"),
    ("admin", "vocabulary:term"),
    ("admin", "vocabulary:limit"),
    ("admin", "deadlines:add-holiday"),
]
EMPTIED = """form => {
  for (const box of form.querySelectorAll("input[type=text], textarea")) box.value = "";
  for (const box of form.querySelectorAll("input:checked")) box.checked = false;
  form.submit();
}"""


def send_emptied(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form").first.evaluate(EMPTIED)


def test_forms_with_every_error(
    demo: None, inspector: Inspector, signed_in: Callable[[User], Client]
) -> None:
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


def test_the_message_after_a_save(
    demo: None, inspector: Inspector, signed_in: Callable[[User], Client]
) -> None:
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
