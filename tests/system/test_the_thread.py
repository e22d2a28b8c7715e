"""One true story through real pages: told with the keyboard alone, and again on a phone without JavaScript."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.sync_api import BrowserContext

from cases.records.models import Case
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from referrals.models import Progress
from tests.system.browser import (
    Keyboard,
    Person,
    Pointer,
    Witness,
    focus,
    is_on,
    plain,
    sideways,
    tab_to,
    visible_name,
    words_of,
)

pytestmark = pytest.mark.browser

Send = Callable[[str], Person]
CONCERN = "Robin came to school with a cut on his hand and a new phone."
PRIVATE = "His sister Wren walks home with him."
REASON = "We will talk to his mother this week."


@dataclass
class Way:
    """A way of using the service, and the window it is used in."""

    name: str
    person: type[Keyboard] | type[Pointer]
    width: int
    javascript: bool


WAYS = [
    Way("keyboard alone", Keyboard, width=1280, javascript=True),
    Way("phone without JavaScript", Pointer, width=375, javascript=False),
]


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
    worker.write("What happened, in a few words", "Visit at home")
    worker.write("What happened", "We talked in the kitchen.")
    worker.enter_date("When did it happen?", clock.today())
    worker.choose("Is it a worry or a strength?", "Strength")
    worker.choose("Is it a turning point", "No")
    worker.press("Add to the chronology")


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

    # When the coordinator finds it in the in-tray and accepts it
    hub = send("coordinator")
    hub.follow("In-tray")
    hub.follow("Robin Fable")
    stands_on(hub, CONCERN, PRIVATE, "Waiting for a decision")
    accept(hub)

    # then a case is open and she is told so
    with as_owner():
        case = Case.objects.latest("opened_at")
    stands_on(hub, f"Case {case.reference} is open", "Who is involved", "East locality team")
    if way.javascript:
        assert is_on(hub.page, "[data-takes-focus]")

    # The social worker finds it in her list and in Find
    worker = send("social.worker")
    worker.follow("Cases")
    stands_on(worker, "Rob", case.reference)
    worker.follow("Find")
    worker.write("Name, reference or place", "fable")
    worker.press("Find")
    stands_on(worker, "Children", "Rob")
    worker.follow("Rob")
    stands_on(worker, "Robin Fable", "Hillcrest Academy", case.reference)
    stands_on(worker, "Who is involved", "Bristol hub", "Hub duty desk", "0117 496 0100")
    stands_on(worker, "Referral received", CONCERN)
    assert PRIVATE not in words_of(worker.page)

    # and when she adds an entry it stands in the chronology
    add_entry(worker)
    stands_on(worker, "Your entry is in the chronology.", "Visit at home", "We talked in the kitchen.")
    if way.javascript:
        assert is_on(worker.page, "[data-takes-focus]")
        assert focus(worker.page)["isSeen"]

    # A nurse without a share finds no trace
    nurse = send("health")
    nurse.follow("Cases")
    assert case.reference not in words_of(nurse.page)
    nurse.follow("Find")
    nurse.write("Name, reference or place", "fable")
    nurse.press("Find")
    stands_on(nurse, "No match for")
    assert "Rob" not in words_of(nurse.page)
    answer = nurse.page.goto(f"/cases/{case.pk}/")
    assert answer
    assert answer.status == 404
    assert "Rob" not in words_of(nurse.page)

    # The school lead reads her own words and the outcome, and nothing more
    school.follow("Referrals")
    school.follow("Robin Fable")
    stands_on(school, "Accepted", REASON, CONCERN, PRIVATE)
    for hidden in (case.reference, "East locality team", "We talked in the kitchen."):
        assert hidden not in plain(school.page.locator("body").inner_text())

    # The executive reads how the partnership's plan stands
    executive = send("executive")
    executive.follow("Action plan")
    stands_on(executive, "23 of 23 have no lead and no date", "none is rated")

    for witness in witnesses:
        assert witness.elsewhere == []
        assert witness.complaints == []
    assert len(witnesses) == 5


def test_after_an_error_the_focus_is_on_the_summary_and_every_word_is_kept(demo: None, open_context: Callable[..., BrowserContext]) -> None:
    school = Keyboard(open_context().new_page())
    school.page.goto("/")
    school.press(visible_name("school.lead"))
    school.follow("Refer a child")
    school.write("What has happened, and what worries you?", CONCERN)
    school.press("Save and check")
    assert is_on(school.page, ".govuk-error-summary")
    assert focus(school.page)["isSeen"]
    assert school.page.title().startswith("Error: ")

    # each error leads to its field, and what was typed is there
    stop = tab_to(school.page, "Enter the child's full name")
    school.page.keyboard.press("Enter")
    assert focus(school.page)["name"] == "Child's full name"
    assert stop["place"] == "a"
    assert school.page.get_by_label("What has happened, and what worries you?").input_value() == CONCERN
