"""One true story through real pages: told with the keyboard alone, and again on a phone without JavaScript."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page

from cases.records.models import Case
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from referrals.models import Progress
from tests.system.browser import (
    Keyboard,
    Person,
    Witness,
    field_of,
    focus,
    is_on,
    plain,
    sign_in,
    tab_to,
    visible_name,
    words_of,
)
from tests.system.ways import Send, Way

pytestmark = pytest.mark.browser

CONCERN = "Robin came to school with a cut on his hand and a new phone."
PRIVATE = "His sister Wren walks home with him."
REASON = "We will talk to his mother this week."


def stands_on(person: Person, *sentences: str) -> None:
    words = words_of(person.page)
    for sentence in sentences:
        assert sentence in words, f"{person.page.url} does not say “{sentence}”: {words}"


def refer(school: Person) -> None:
    school.follow("Refer a child")
    school.write("Child's full name", "Robin Fable")
    school.write("Name they use", "Rob")
    school.enter_date("Date of birth", date(2011, 5, 17))
    school.write("School or college", "Hillcrest Academy")
    school.write("What has happened, and what worries you?", CONCERN)
    school.enter_date("When did it happen?", clock.today() - timedelta(days=1))
    school.tick("Criminal exploitation")
    school.choose("Is the child safe now", "Yes")
    school.write("Which other children may be at risk?", PRIVATE)
    school.write("What does the child say?", "I don't want to go there any more.")
    school.choose("Have you told the child or their family", "Yes")
    school.write("What did you tell them, or why not?", "His mother knows.")
    school.press("Save and check")


def accept(hub: Person) -> None:
    hub.follow("Accept")
    hub.write("What will happen now?", REASON)
    hub.tick("East locality team")
    hub.write("What is the sharing for?", "To plan for his safety.")
    hub.write("Why do these teams need it?", "They visit the family.")
    hub.choose("Lawful basis for sharing", "Public task")
    hub.choose("Has the child or family been told", "Yes")
    hub.press("Accept and open the case")


def add_entry(worker: Person) -> None:
    worker.follow("Add an entry")
    worker.write("Heading, in a few words", "Visit at home")
    worker.write("What happened", "We talked in the kitchen.")
    worker.enter_date("When did it happen?", clock.today())
    worker.choose("Is it a worry or a strength?", "Strength")
    worker.choose("Is it a turning point", "No")
    worker.press("Add to the chronology")


def find_and_open(worker: Person, case: Case) -> None:
    """It is in her list and in Find; the page says who, with whom, and what the referral said."""
    worker.follow("Cases")
    stands_on(worker, "Rob", case.reference)
    worker.follow("Find")
    worker.write("Name or reference", "fable")
    worker.press("Find")
    stands_on(worker, "Children", "Rob")
    worker.follow("Rob")
    stands_on(worker, "Robin Fable", "Hillcrest Academy", case.reference)
    stands_on(worker, "Who is involved", "Bristol hub", "Hub duty desk", "0117 496 0100")
    entries = worker.page.locator(".app-timeline__item")
    assert entries.count() == 1
    assert "Referral received" in entries.first.inner_text()
    assert CONCERN in entries.first.inner_text()
    assert PRIVATE not in words_of(worker.page)


def find_no_trace(nurse: Person, case: Case) -> None:
    """Not in the list, not in Find, and its address is like an address that never was."""
    nurse.follow("Cases")
    assert case.reference not in words_of(nurse.page)
    nurse.follow("Find")
    nurse.write("Name or reference", "fable")
    nurse.press("Find")
    stands_on(nurse, "No match for")
    assert "Rob" not in words_of(nurse.page)
    answer = nurse.page.goto(f"/cases/{case.pk}/")
    assert answer
    assert answer.status == 404
    stands_on(nurse, "Page not found")
    assert "Rob" not in words_of(nurse.page)


def read_the_outcome(school: Person, case: Case) -> None:
    """Her own words and what was decided, and nothing of what was decided with them."""
    school.follow("Referrals")
    school.follow("Robin Fable")
    stands_on(school, "Accepted", REASON, CONCERN, PRIVATE)
    for hidden in (case.reference, "East locality team", "We talked in the kitchen."):
        assert hidden not in plain(school.page.locator("body").inner_text())


def is_told(person: Person, way: Way, sentence: str) -> None:
    """The message of a save, which a screen reader is led to where there is a script to lead it."""
    stands_on(person, sentence)
    if way.javascript:
        assert is_on(person.page, "[data-takes-focus]")
        assert focus(person.page)["isSeen"]


def test_a_school_lead_refers_the_hub_decides_and_only_the_right_people_see_a_case(
    send: Send, way: Way, witnesses: list[Witness]
) -> None:
    # Given a school lead who is worried, when she refers the child on one page
    school = send("school.lead")
    refer(school)
    stands_on(school, "Check your referral", CONCERN, "Who will read it", "Bristol hub")
    school.press("Send referral")

    # then she has a reference and the day by which she will hear
    with as_owner():
        progress = Progress.objects.latest("sent_at")
    stands_on(school, "Your referral is sent", progress.reference, clock.spoken(progress.decide_by))

    # When the coordinator finds it in the in-tray and accepts it, then a case is open
    hub = send("coordinator")
    hub.follow("In-tray")
    hub.follow("Robin Fable")
    stands_on(hub, CONCERN, PRIVATE, "Waiting for a decision")
    accept(hub)
    with as_owner():
        case = Case.objects.latest("opened_at")
    is_told(hub, way, f"Case {case.reference} is open")
    stands_on(hub, "Who is involved", "East locality team")

    # and the social worker finds it, reads it, and what she adds stands in it
    worker = send("social.worker")
    find_and_open(worker, case)
    add_entry(worker)
    is_told(worker, way, "Your entry is in the chronology.")
    stands_on(worker, "Visit at home", "We talked in the kitchen.")

    # and nobody else learns more than is theirs
    find_no_trace(send("health"), case)
    read_the_outcome(school, case)

    # and the executive reads how the partnership's plan stands
    executive = send("executive")
    executive.follow("Action plan")
    stands_on(executive, "23 of 23 proposals have no lead and no date, and none has been rated.")
    executive.follow("Look beyond the family in every assessment")
    stands_on(executive, "No lead named", "No date set", "None reported", "Not rated")

    assert len(witnesses) == 5
    for witness in witnesses:
        assert witness.elsewhere == []
        assert witness.complaints == []


def test_after_an_error_the_focus_is_on_the_summary_and_every_word_is_kept(
    demo: None, open_context: Callable[..., BrowserContext]
) -> None:
    # Given a form with one answer, when it is sent
    school = Keyboard(open_context().new_page())
    school.page.goto("/")
    school.press(visible_name("school.lead"))
    school.follow("Refer a child")
    school.write("What has happened, and what worries you?", CONCERN)
    school.press("Save and check")

    # then the focus is on what is wrong
    assert is_on(school.page, ".govuk-error-summary")
    assert focus(school.page)["isSeen"]
    assert school.page.title().startswith("Error: ")

    # and from there Enter leads to the field, and the answer is still there
    tab_to(school.page, "Enter the child's full name")
    school.page.keyboard.press("Enter")
    assert focus(school.page)["name"] == "Child's full name"
    assert field_of(school.page, "What has happened, and what worries you?").input_value() == CONCERN


@pytest.mark.parametrize(
    "error", ["Say if the child is safe now", "Say if you have told the child or their family"]
)
def test_an_error_of_a_group_leads_to_its_first_answer(
    demo: None, open_page: Callable[..., Page], error: str
) -> None:
    page = open_page()
    sign_in(page, "school.lead")
    page.goto("/referrals/new/")
    Keyboard(page).press("Save and check")
    tab_to(page, error)
    page.keyboard.press("Enter")
    stop = focus(page)
    assert stop["name"] == "Yes"
    assert stop["isSeen"]
