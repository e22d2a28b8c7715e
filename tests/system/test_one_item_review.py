"""One review through real pages: the chair decides, an action is agreed, its owner closes it, all of it stands."""

from datetime import timedelta

import pytest

from cases.plans.models import AgreedAction, Outcome
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from reviews.models import Meeting, Status
from tests.system.browser import (
    Keyboard,
    Person,
    Witness,
    axe,
    field_of,
    sideways,
    tab_to,
    words_of,
)
from tests.system.ways import Send

pytestmark = pytest.mark.browser

QUESTION = "Is the way to school safe now?"
DECIDED = "The plan goes on. A taxi takes Jamie to school until the summer."
TEXT = "Ring the school about the taxi"


def stands_on(person: Person, *sentences: str) -> None:
    """The words are there, axe (which is a script) has nothing to say, and nothing is wider than the window."""
    words = words_of(person.page)
    for sentence in sentences:
        assert sentence in words, f"{person.page.url} does not say “{sentence}”: {words}"
    if isinstance(person, Keyboard):
        assert axe(person.page) == []
    assert sideways(person.page) == 0


def pick(person: Person, label: str, answer: str) -> None:
    """One of a long list."""
    box = field_of(person.page, label)
    if isinstance(person, Keyboard):
        tab_to(person.page, label)
        person.page.keyboard.type(answer)
    else:
        box.select_option(
            label=next(each for each in box.locator("option").all_inner_texts() if answer in each)
        )
    assert answer in box.locator("option:checked").inner_text()


def plan_a_review(chair: Person) -> None:
    chair.follow("Cases")
    chair.follow("Jamie Carrow")
    stands_on(chair, "This case has not been on a review.", "No open action that you may read.")
    chair.follow("Put on a review")
    stands_on(chair, "Plan a review")
    chair.enter_date("Day of the review", clock.today())
    chair.write("Start time", "10:00")
    chair.write("Where, or how to join", "Room 2")
    chair.write("What is asked of this review?", QUESTION)
    chair.press("Plan the review")
    stands_on(
        chair, "The review is planned today at 10:00.", "Jamie Carrow", QUESTION, "Nothing is decided yet."
    )


def decide(chair: Person) -> None:
    chair.follow("Record a decision")
    stands_on(chair, QUESTION)
    chair.write("What has the review decided?", DECIDED)
    chair.press("Record the decision")
    stands_on(chair, "The decision is recorded.", DECIDED)


def agree(chair: Person) -> None:
    chair.follow("Add an action")
    stands_on(chair, DECIDED)
    chair.write("What will be done?", TEXT)
    pick(chair, "Who will do it?", "Amira Solano")
    chair.enter_date("By when?", clock.today() + timedelta(days=7))
    chair.choose("Have you told the child or family", "Yes")
    chair.press("Agree the action")
    stands_on(chair, "Amira Solano has it on their My work.", TEXT, "Open")


def finish(chair: Person) -> None:
    chair.follow("Finish the review")
    stands_on(chair, "1 decision, 1 action")
    chair.press("Finish the review")
    stands_on(chair, "The review is finished.", "Held", DECIDED, TEXT)


def close_in_two_acts(owner: Person) -> None:
    """My work, Done, and the button: nothing has to be typed."""
    stands_on(owner, "My work", TEXT, "Jamie Carrow")
    owner.follow("Done")
    stands_on(owner, "Close this action", TEXT)
    owner.press("Close the action")
    stands_on(owner, "My work", "The action is closed: done.")
    assert f"{TEXT} " not in words_of(owner.page)


def test_a_chair_decides_and_the_owner_closes_what_was_agreed(send: Send, witnesses: list[Witness]) -> None:
    # Given a chair without a review, when she puts one child's case on a review and it decides
    chair = send("chair")
    stands_on(chair, "Coming reviews", "No review is planned.")
    plan_a_review(chair)
    decide(chair)
    agree(chair)
    finish(chair)
    with as_owner():
        assert Meeting.objects.get().status == Status.HELD

    # then the owner has the action on My work, and closes it there
    owner = send("social.worker")
    close_in_two_acts(owner)
    with as_owner():
        assert AgreedAction.objects.get().outcome == Outcome.DONE

    # and both stand on the chronology of the case, for those who read its plan
    owner.follow("Cases")
    owner.follow("Jamie Carrow")
    day = clock.spoken(clock.today())
    stands_on(
        owner, f"Decision of the review of {day}", DECIDED, "Action agreed", "Action closed: done", "Held"
    )

    # and nobody else hears of it
    nurse = send("health")
    stands_on(nurse, "My work")
    for hidden in ("Coming reviews", TEXT, "Jamie"):
        assert hidden not in words_of(nurse.page)
    for witness in witnesses:
        assert witness.elsewhere == []
        assert witness.complaints == []
