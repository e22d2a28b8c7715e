"""Somebody comes near: the screen is hidden at once, and comes back with every word for the password alone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from foundation.accounts.models import User
from foundation.base.pg.roles import as_owner
from tests.system.browser import Pointer, axe, sideways, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("demo")]

PASSWORD = "correct horse battery staple"
TYPED = "He has a second phone and will not say who gave it to him."


@pytest.fixture(autouse=True)
def known_password(demo: None) -> None:
    with as_owner():
        user = User.objects.get(email="social.worker@demo.example")
        user.set_password(PASSWORD)
        user.save()


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    page = open_page()
    sign_in(page, "social.worker")
    return page


def press_shift(page: Page, times: int = 3) -> None:
    for _ in range(times):
        page.keyboard.press("Shift")


def show(page: Page, password: str = PASSWORD) -> None:
    page.get_by_label("Your password").fill(password)
    page.get_by_role("button", name="Show the screen again").click()


def is_neutral(page: Page) -> None:
    expect(page.get_by_role("heading", name="Screen hidden", level=1)).to_be_visible()
    assert page.title() == "Screen hidden"
    assert page.url.endswith("/hidden/")
    seen = page.locator("body").inner_text()
    for word in ("Jamie", "Carrow", "Amira", "Safeguarding", "Cases", "case"):
        assert word not in seen
        assert word not in page.evaluate("document.documentElement.outerHTML")


def test_typed_words_come_back_with_the_page(page: Page) -> None:
    page.goto("/referrals/new/")
    page.get_by_label("Child's full name").fill("Robin Fable")
    page.get_by_label("What has happened").fill(TYPED)
    press_shift(page)
    is_neutral(page)
    show(page, "not the password at all")
    expect(page.get_by_text("That is not your password. Try again.")).to_be_visible()
    is_neutral(page)
    show(page)
    expect(page.get_by_label("What has happened")).to_have_value(TYPED)
    assert page.url.endswith("/referrals/new/")
    assert page.title().startswith("Refer a child")
    expect(page.get_by_label("What has happened")).to_be_focused()
    page.get_by_role("button", name="Save and check").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("This was not saved")


def test_shift_while_typing_hides_nothing(page: Page) -> None:
    page.goto("/find/")
    page.get_by_label("Name or reference").focus()
    for _ in range(4):
        page.keyboard.press("Shift+A")
    press_shift(page, times=1)
    assert page.title().startswith("Find")


def test_what_is_hidden_stays_hidden_however_it_is_asked_for(page: Page) -> None:
    page.goto("/cases/")
    page.goto("/find/?q=jamie")
    with page.expect_response("**/hidden/"):
        page.get_by_role("button", name="Hide screen").click()
    is_neutral(page)
    for way in (page.reload, page.go_back, page.go_back, page.go_forward, lambda: page.goto("/cases/")):
        way()
        is_neutral(page)
    show(page)
    page.wait_for_url("**/find/?q=jamie")


def test_every_window_is_hidden_and_comes_back(page: Page) -> None:
    other = page.context.new_page()
    other.goto("/cases/")
    page.goto("/find/")
    with page.expect_response("**/hidden/"):
        press_shift(page)
    is_neutral(other)
    show(other)
    for each in (page, other):
        expect(each.get_by_role("button", name="Hide screen")).to_be_visible()
    assert (page.title().split(" - ")[0], other.title().split(" - ")[0]) == ("Find", "Cases")


def test_without_a_network_the_cover_stays_and_the_server_hears_later(page: Page) -> None:
    page.goto("/cases/")
    page.context.set_offline(True)
    press_shift(page)
    is_neutral(page)
    page.context.set_offline(False)
    with page.expect_response("**/hidden/", timeout=8000):
        pass
    page.reload()
    is_neutral(page)


@pytest.mark.parametrize("width", [1280, 320])
def test_without_javascript_the_button_leads_to_the_neutral_page(
    open_context: Callable[..., BrowserContext], width: int
) -> None:
    page = open_context(javascript=False, width=width).new_page()
    sign_in(page, "social.worker")
    page.goto("/cases/?sort=opened")
    Pointer(page).press("Hide screen")
    expect(page.get_by_role("heading", name="Screen hidden", level=1)).to_be_visible()
    assert sideways(page) == 0
    page.go_back()
    assert "Jamie" not in page.content()
    page.goto("/cases/")
    assert page.title() == "Screen hidden"
    show(page, "not the password at all")
    assert "That is not your password" in page.content()
    show(page)
    assert page.url.endswith("/cases/?sort=opened")
    assert "Jamie" in page.content()


def test_the_neutral_page_can_be_used_by_everybody(page: Page) -> None:
    page.goto("/cases/")
    with page.expect_response("**/hidden/"):
        press_shift(page)
    expect(page.get_by_label("Your password")).to_be_focused()
    assert axe(page) == []
    page.reload()
    assert axe(page) == []
    assert focusable(page) == ["Your password", "Show the screen again", "Sign out"]


def focusable(page: Page) -> list[Any]:
    """What the Tab key reaches, by its name."""
    found = []
    for _ in range(3):
        page.keyboard.press("Tab")
        found.append(
            page.evaluate("(document.activeElement.labels?.[0] ?? document.activeElement).innerText.trim()")
        )
    return found
