"""Two people act on one review or action at the same moment: one is let through, the other hears of it."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from cases.chronology.models import Entry
from cases.plans.models import AgreedAction, Outcome
from foundation.accounts.models import User
from foundation.accounts.roles import Role
from foundation.base.errors import RuleBroken
from foundation.base.pg.roles import as_owner
from foundation.deadlines.models import Deadline
from reviews.models import Decision, Meeting, Move
from tests.factories import World, make_case, make_user, make_world
from tests.plans.acts import agree, close
from tests.records.test_at_the_same_time import both_at_once
from tests.reviews.acts import cancel, decide, finish, item_of, open_review

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town() -> tuple[World, User]:
    """The world, and a chair of its hub; not the fixtures of other tests, which live in one transaction."""
    world = make_world()
    return world, make_user("Chay Reed", world.hub, Role.CHAIR)


def told_apart(answers: list[Any], kind: type) -> tuple[list[Any], list[Exception]]:
    done = [each for each in answers if isinstance(each, kind)]
    return done, [each for each in answers if isinstance(each, Exception)]


def test_two_who_close_one_action_close_it_once(town: tuple[World, User]) -> None:
    world, _ = town
    action = agree(world, make_case(world))
    answers = both_at_once(
        world,
        lambda: close(world.social_worker, action),
        lambda: close(world.coordinator, action, Outcome.NOT_DONE, "It rained."),
    )
    done, refused = told_apart(answers, AgreedAction)
    assert (len(done), len(refused)) == (1, 1)
    assert isinstance(refused[0], RuleBroken)
    assert "has closed this action already" in str(refused[0])
    with as_owner():
        assert Deadline.objects.exclude(state="open").count() == 1
        assert Entry.objects.filter(title__startswith="Action closed").count() == 1


def test_one_page_sent_twice_at_once_agrees_and_owes_once(town: tuple[World, User]) -> None:
    world, _ = town
    case, chosen = make_case(world), uuid.uuid4()
    act: Callable[[], AgreedAction] = lambda: agree(world, case, action_id=chosen)  # noqa: E731
    first, second = both_at_once(world, act, act)
    assert first == second
    with as_owner():
        assert AgreedAction.objects.count() == Deadline.objects.count() == Entry.objects.count() == 1


def test_one_page_sent_twice_at_once_opens_one_review_with_one_decision(town: tuple[World, User]) -> None:
    world, chair = town
    case, chosen = make_case(world), uuid.uuid4()
    meeting, again = both_at_once(world, *[lambda: open_review(chair, case, meeting_id=chosen)] * 2)
    assert meeting == again
    one, two = both_at_once(world, *[lambda: decide(chair, meeting, decision_id=chosen)] * 2)
    assert one == two
    with as_owner():
        assert (Meeting.objects.count(), Decision.objects.count(), Entry.objects.count()) == (1, 1, 1)
    assert item_of(meeting).case_id == case.pk


@pytest.mark.parametrize("other", [decide, cancel], ids=lambda act: act.__name__)
def test_a_review_that_is_finished_takes_nothing_more(town: tuple[World, User], other: Any) -> None:
    """Whichever comes first: where the review was finished, the other is told; nothing stands half-done."""
    world, chair = town
    meeting = open_review(chair, make_case(world))
    decide(chair, meeting)
    finished, answer = both_at_once(world, lambda: finish(chair, meeting), lambda: other(chair, meeting))
    assert isinstance(finished, Meeting)
    assert isinstance(answer, Decision | RuleBroken)
    with as_owner():
        assert list(Move.objects.filter(meeting=meeting).values_list("after", flat=True)) == [
            "planned",
            "held",
        ]
        assert Decision.objects.count() == (2 if isinstance(answer, Decision) else 1)


def test_two_who_finish_one_review_finish_it_once(town: tuple[World, User]) -> None:
    world, chair = town
    meeting = open_review(chair, make_case(world))
    decide(chair, meeting)
    answers = both_at_once(world, *[lambda: finish(chair, meeting)] * 2)
    assert all(isinstance(each, Meeting) for each in answers)
    with as_owner():
        assert Move.objects.filter(after="held").count() == 1
