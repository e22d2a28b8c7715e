"""A plan lead updates a proposal, the person who leads it answers, and the executive reads what is late."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page

from foundation.base import clock
from tests.actionplan.plans import stored
from tests.system.browser import (
    Keyboard,
    Pointer,
    Witness,
    axe,
    field_of,
    group_of,
    is_on,
    sideways,
    sign_in,
    visible_name,
    words_of,
)

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("demo")]

PROPOSAL = "One clear way to refer"
WHY = "Two agencies have not named a contact."
STEP = "The chair calls both this week."
PROGRESS = "The form is shared with all agencies."


def address(page: str = "") -> str:
    proposal = stored(2)
    return f"/action-plan/{proposal.plan_id}/proposals/{proposal.pk}/{page}"


def stands_on(page: Page, *sentences: str) -> None:
    words = words_of(page)
    for sentence in sentences:
        assert sentence in words, f"{page.url} does not say “{sentence}”: {words}"


def choose_lead(page: Page, account: str) -> None:
    """A select is no act of `Person`: the keyboard types the first letters of the name."""
    box = page.get_by_label("Person who leads it")
    box.focus()
    page.keyboard.type(visible_name(account))
    assert visible_name(account) in box.locator("option:checked").inner_text()


def update(lead: Keyboard | Pointer, day: date) -> None:
    lead.write("Lead officer or agency", "Referral working group")
    lead.enter_date("By when", day)
    lead.choose("Status", "Off track")
    lead.write("Why this status?", WHY)
    lead.write("What is being done to put it right?", STEP)
    lead.write("Progress", PROGRESS)
    lead.choose("How far has it come?", "In progress")
    lead.press("Save update")


def test_from_my_work_to_an_update_that_the_executive_reads(
    open_context: Callable[..., BrowserContext],
) -> None:
    # Given a plan lead with proposals that lack a lead and a date
    context = open_context()
    witness = Witness(context)
    page = context.new_page()
    sign_in(page, "plan.lead")
    lead = Keyboard(page)
    stands_on(page, "Proposals to update", "lack a lead or a date")

    # when she opens one and says everything on one page, with the keyboard alone
    page.goto(address())
    lead.follow("Update this proposal")
    choose_lead(page, "chair")
    update(lead, clock.today() - timedelta(days=41))

    # then she is told, and the proposal says who said what, when and why
    assert is_on(page, "[data-takes-focus]")
    stands_on(page, "Proposal 2 is updated. It is 41 days late.")
    stands_on(
        page, "Off track", WHY, STEP, PROGRESS, "Isla Trevanion, Referral working group", "41 days late"
    )
    stands_on(page, "Off track, before: not rated", f"By {visible_name('plan.lead')}")
    assert axe(page) == []

    # and the executive reads it at once: on My work, and on top of the plan
    executive = open_context().new_page()
    sign_in(executive, "executive")
    stands_on(executive, "1 proposal is late, by 41 days.", f"Proposal 2: {PROPOSAL}")
    executive.goto("/action-plan/")
    words = words_of(executive)
    assert words.index("41 days late") < words.index("How the proposals stand")
    assert "Of those rated, 1 is off track." in words
    assert "none has been rated" not in words
    assert axe(executive) == []
    assert witness.elsewhere == []
    assert witness.complaints == []


def test_the_person_who_leads_it_updates_it_on_a_phone_without_javascript(
    open_context: Callable[..., BrowserContext],
) -> None:
    # Given a chair whom the plan lead has named
    page = open_context().new_page()
    sign_in(page, "plan.lead")
    page.goto(address("update/"))
    choose_lead(page, "chair")
    update(Pointer(page), clock.today() + timedelta(days=30))

    # when she signs in on her phone, then it is on My work, with its date
    phone = open_context(width=375, javascript=False).new_page()
    sign_in(phone, "chair")
    chair = Pointer(phone)
    stands_on(phone, "Your proposals", f"Update proposal 2: {PROPOSAL}")
    chair.follow(f"Update proposal 2: {PROPOSAL}")
    assert sideways(phone) == 0

    # and she says how it goes, and is not asked for lead or date
    assert phone.get_by_label("Lead officer or agency").count() == 0
    stands_on(phone, "Lead: Isla Trevanion, Referral working group.", "The plan lead can change these.")
    chair.choose("Status", "On track")
    chair.write("Why this status?", "Both have named somebody.")
    chair.press("Save update")
    stands_on(phone, "Proposal 2 is updated.", "On track", "Both have named somebody.")


def test_what_is_missing_is_said_and_every_word_is_kept(open_context: Callable[..., BrowserContext]) -> None:
    page = open_context().new_page()
    sign_in(page, "plan.lead")
    page.goto(address("update/"))
    lead = Keyboard(page)
    lead.choose("Status", "Off track")
    lead.write("Progress", PROGRESS)
    lead.press("Save update")

    assert is_on(page, ".govuk-error-summary")
    assert page.title().startswith("Error: ")
    stands_on(page, "Say why the status is “Off track”", "Say what is being done to put it right")
    assert field_of(page, "Progress").input_value() == PROGRESS
    assert axe(page) == []


def test_two_tabs_on_one_proposal(open_context: Callable[..., BrowserContext]) -> None:
    # Given the same page in two tabs
    context = open_context()
    sign_in(context.new_page(), "plan.lead")
    first, second = context.pages[0], context.new_page()
    for tab in (first, second):
        tab.goto(address("update/"))

    # when the first is saved and then the second
    update(Pointer(first), clock.today() + timedelta(days=30))
    field_of(second, "Why this status?").fill("Agreed on Monday.")
    group_of(second, "Status").get_by_label("At risk", exact=True).check()
    Pointer(second).press("Save update")

    # then the second sees what changed, has its own words, and what it did not touch is new
    stands_on(second, "Somebody else has updated this proposal", "What has changed since", WHY)
    assert field_of(second, "Why this status?").input_value() == "Agreed on Monday."
    assert group_of(second, "Status").get_by_label("At risk", exact=True).is_checked()
    assert field_of(second, "Progress").input_value() == PROGRESS
    assert axe(second) == []
    Pointer(second).press("Save update")
    stands_on(second, "Proposal 2 is updated.", "At risk, before: off track", "Agreed on Monday.")
    assert stored(2).version == 2


def test_the_plan_on_paper_is_whole_and_has_no_navigation(
    open_context: Callable[..., BrowserContext],
) -> None:
    page = open_context().new_page()
    sign_in(page, "executive")
    page.goto("/action-plan/")
    page.emulate_media(media="print")

    for hidden in page.locator("nav, button, a.govuk-button").all():
        assert not hidden.is_visible(), hidden.inner_text()
    for shown in (PROPOSAL, "What the statuses mean", "No lead named", "Printed by Leon Ashdown"):
        assert page.get_by_text(shown).first.is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_a_phone_leads_to_each_theme(open_context: Callable[..., BrowserContext]) -> None:
    page = open_context(width=375, javascript=False).new_page()
    sign_in(page, "executive")
    page.goto("/action-plan/")
    themes = page.get_by_role("navigation", name="Themes").get_by_role("link")

    assert themes.count() == 6
    themes.last.click()
    assert page.get_by_role("heading", name="Help that is there in a crisis").is_visible()
    assert sideways(page) == 0
