"""What people do to forms: go back, click twice, keep two tabs, and come back after their sign-in has ended."""

from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import BrowserContext, Page

from demo.accounts import PASSWORD
from foundation.base.pg.roles import as_owner
from referrals.models import Move, OpenedCase, Progress, Referral, Status
from tests.system.browser import Pointer, field_of, sign_in, words_of

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("demo")]

REASON = "We will talk to his grandmother today."


@pytest.fixture
def school(open_page: Callable[..., Page]) -> Page:
    """The school lead with a referral that only has to be sent."""
    page = open_page()
    sign_in(page, "school.lead")
    write_referral(page)
    return page


@pytest.fixture
def hub(open_context: Callable[..., BrowserContext]) -> BrowserContext:
    """The coordinator's browser, where tabs share one sign-in."""
    context = open_context()
    sign_in(context.new_page(), "coordinator")
    return context


def write_referral(page: Page) -> None:
    page.goto("/referrals/new/")
    school = Pointer(page)
    school.write("Child's full name", "Robin Fable")
    school.write("What has happened, and what worries you?", "A cut on his hand and a new phone.")
    school.choose("Is the child safe now", "Yes")
    school.choose("Have you told the child or their family", "No")
    school.press("Save and check")


def sent_about_robin() -> list[Status]:
    """Where each sent referral about Robin has got to."""
    with as_owner():
        robins = Referral.objects.filter(child_name="Robin Fable")
        assert (
            Move.objects.filter(referral__in=robins).count()
            == Progress.objects.filter(referral__in=robins).count()
        )
        return [Status(progress.status) for progress in Progress.objects.filter(referral__in=robins)]


def waiting() -> UUID:
    """The demo's referral that waits for a decision."""
    with as_owner():
        return Progress.objects.get(status=Status.SENT).pk


def go_back(page: Page) -> None:
    """The browser's button. A page that the browser has kept is not loaded again, and so times out here."""
    page.go_back(wait_until="commit")
    page.wait_for_load_state("domcontentloaded")


def fill_in_acceptance(page: Page, referral_id: UUID) -> None:
    page.goto(f"/referrals/{referral_id}/accept/")
    hub = Pointer(page)
    hub.write("What will happen now?", REASON)
    hub.tick("East locality team")
    hub.write("What is the sharing for?", "To plan for his safety.")
    hub.write("Why do these teams need it?", "They visit the family.")
    hub.choose("Lawful basis for sharing", "Public task")
    hub.choose("Has the child or family been told", "Yes")


def test_going_back_after_sending_sends_nothing_again(school: Page) -> None:
    Pointer(school).press("Send referral")
    go_back(school)
    assert "Your referral is sent" in words_of(school)
    go_back(school)
    school.go_forward()
    school.reload()
    assert sent_about_robin() == [Status.SENT]


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_a_double_click_sends_one_referral(open_page: Callable[..., Page], javascript: bool) -> None:
    page = open_page(javascript=javascript)
    sign_in(page, "school.lead")
    write_referral(page)
    page.get_by_role("button", name="Send referral").dblclick()
    page.wait_for_url("**/sent/")
    page.wait_for_load_state("networkidle")
    assert "Your referral is sent" in words_of(page)
    assert sent_about_robin() == [Status.SENT]


def test_two_tabs_send_one_referral(school: Page) -> None:
    # Given the page that sends it, open in two tabs
    tabs = [school, school.context.new_page()]
    tabs[1].goto(school.url)

    # when both send it, then both say that it is sent, with the same reference
    for tab in tabs:
        tab.get_by_role("button", name="Send referral").click(no_wait_after=True)
    for tab in tabs:
        tab.wait_for_url("**/sent/")
    assert words_of(tabs[0]) == words_of(tabs[1])
    assert sent_about_robin() == [Status.SENT]


def test_accepting_what_another_tab_has_declined_says_so_and_keeps_every_answer(hub: BrowserContext) -> None:
    # Given a form to accept, filled in, and the same referral declined in another tab
    referral_id = waiting()
    accepting, declining = hub.pages[0], hub.new_page()
    fill_in_acceptance(accepting, referral_id)
    declining.goto(f"/referrals/{referral_id}/decline/")
    Pointer(declining).write("Why are you declining this referral?", "Early help is with them.")
    Pointer(declining).press("Decline referral")

    # when the first is sent, then it says what happened, and every answer is there to copy
    Pointer(accepting).press("Accept and open the case")
    assert "already declined" in words_of(accepting)
    assert field_of(accepting, "What will happen now?").input_value() == REASON
    assert field_of(accepting, "Why do these teams need it?").input_value() == "They visit the family."
    assert accepting.get_by_role("checkbox", name="East locality team").is_checked()
    assert accepting.get_by_label("Public task").is_checked()
    with as_owner():
        assert Progress.objects.get(pk=referral_id).status == Status.DECLINED
        assert not OpenedCase.objects.filter(referral_id=referral_id).exists()


def test_a_form_sent_after_signing_out_in_another_tab_gives_the_words_back(hub: BrowserContext) -> None:
    # Given a form that is filled in, and a sign-out in another tab
    referral_id = waiting()
    accepting, leaving = hub.pages[0], hub.new_page()
    fill_in_acceptance(accepting, referral_id)
    leaving.goto("/")
    Pointer(leaving).press("Sign out")

    # when the form is sent, then nothing is saved and every word is there to copy
    Pointer(accepting).press("Accept and open the case")
    assert "You are signed out: nothing was saved" in words_of(accepting)
    typed = [area.input_value() for area in accepting.locator("textarea").all()]
    assert REASON in typed
    assert "They visit the family." in typed

    # and the way back leads through sign-in to the form
    Pointer(accepting).follow("Sign in and open the form again")
    accepting.get_by_label("E-mail address").fill("coordinator@demo.example")
    accepting.get_by_label("Password").fill(PASSWORD)
    Pointer(accepting).press("Sign in")
    assert accepting.url.endswith(f"/referrals/{referral_id}/accept/")


def test_a_form_from_before_another_sign_in_gives_the_words_back(hub: BrowserContext) -> None:
    referral_id = waiting()
    accepting, other = hub.pages[0], hub.new_page()
    fill_in_acceptance(accepting, referral_id)
    other.goto("/")
    Pointer(other).press("Sign out")
    sign_in(other, "coordinator")

    Pointer(accepting).press("Accept and open the case")
    assert "This was not saved: please open the form again" in words_of(accepting)
    assert REASON in [area.input_value() for area in accepting.locator("textarea").all()]


def test_after_signing_out_the_back_button_shows_nothing(hub: BrowserContext) -> None:
    page = hub.pages[0]
    page.goto(f"/referrals/{waiting()}/")
    assert "Noah Fenwick" in words_of(page)
    Pointer(page).press("Sign out")
    for _ in range(2):
        go_back(page)
        assert page.get_by_role("heading", level=1).inner_text() == "Sign in"
        assert "Noah Fenwick" not in page.content()
