"""What may be said of a proposal: a status with its reason, good news with a lead and a date, a lead who may read."""

from datetime import date
from typing import Any

import pytest

from actionplan.models import Lifecycle, Rating
from actionplan.policies import SaidWrong
from foundation.accounts.models import Membership, User
from foundation.accounts.roles import PLAN_READERS, Role
from foundation.base.errors import RuleBroken
from foundation.base.pg.roles import as_owner
from tests.actionplan.plans import make_elsewhere, make_plan, stored, update
from tests.factories import World, make_user

SOON = date(2030, 3, 31)
LATER = date(2030, 6, 30)
LED: dict[str, Any] = {"lead": "Harbour office", "by_when": SOON}


@pytest.fixture
def led(world: World) -> User:
    """The person who leads proposal 1: a chair, who may read the plan and keeps none."""
    make_plan(world)
    chair = make_user("Cass Ember", world.hub, Role.CHAIR)
    update(world.plan_lead, lead_user=chair, by_when=SOON)
    return chair


def faults(actor: User, **said: Any) -> dict[str, str]:
    with pytest.raises(SaidWrong) as caught:
        update(actor, **said)
    return {fault.field: fault.sentence for fault in caught.value.faults}


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"rating": Rating.AT_RISK}, {"reason": "Say why the status is “At risk”"}),
        (
            {"rating": Rating.OFF_TRACK, "reason": "Rain."},
            {"corrective_step": "Say what is being done to put it right"},
        ),
        (
            {"rating": Rating.OFF_TRACK},
            {
                "corrective_step": "Say what is being done to put it right",
                "reason": "Say why the status is “Off track”",
            },
        ),
        (
            {"rating": Rating.ON_TRACK, "reason": "Begun."},
            {"rating": "“On track” needs a lead and a date, and this proposal lacks a lead and a date"},
        ),
        (
            {"rating": Rating.ON_TRACK, "reason": "Begun.", "lead": "Harbour office"},
            {"rating": "“On track” needs a lead and a date, and this proposal lacks a date"},
        ),
        (
            {"rating": Rating.ON_TRACK, "reason": "Begun.", "by_when": SOON},
            {"rating": "“On track” needs a lead and a date, and this proposal lacks a lead"},
        ),
        (
            {**LED, "rating": Rating.COMPLETE, "reason": "All painted."},
            {"lifecycle": "“Complete” must be both its status and how far it has come, or neither"},
        ),
        (
            {"lifecycle": Lifecycle.COMPLETE},
            {"lifecycle": "“Complete” must be both its status and how far it has come, or neither"},
        ),
        ({"lifecycle": Lifecycle.SUSPENDED}, {"reason": "Say why it is closed or paused"}),
        ({"lifecycle": Lifecycle.SUPERSEDED}, {"reason": "Say why it is closed or paused"}),
        ({"lead": "TBC"}, {"lead": "“TBC” names nobody: leave it empty until there is a lead"}),
    ],
)
def test_what_does_not_hold_together_is_refused_with_a_sentence_for_each_answer(
    world: World, said: dict[str, Any], wrong: dict[str, str]
) -> None:
    make_plan(world)

    assert faults(world.plan_lead, **said) == wrong
    assert stored().version == 0


def test_a_date_that_moves_and_a_status_that_is_taken_back_need_a_reason(world: World) -> None:
    make_plan(world)
    update(world.plan_lead, by_when=SOON)

    assert faults(world.plan_lead, by_when=LATER) == {"reason": "Say why the date changes"}
    update(world.plan_lead, rating=Rating.AT_RISK, reason="Rain.")
    assert faults(world.plan_lead, rating=Rating.NOT_RATED) == {"reason": "Say why the status is “Not rated”"}


def test_good_news_is_taken_with_a_person_or_an_agency_as_lead(world: World) -> None:
    make_plan(world)
    update(world.plan_lead, 1, **LED, rating=Rating.ON_TRACK, reason="Begun.")
    update(
        world.plan_lead, 2, lead_user=world.executive, by_when=SOON, rating=Rating.ON_TRACK, reason="Begun."
    )

    assert [stored(number).status for number in (1, 2)] == [Rating.ON_TRACK] * 2


def test_complete_is_both_at_once(world: World) -> None:
    make_plan(world)

    update(
        world.plan_lead, **LED, rating=Rating.COMPLETE, lifecycle=Lifecycle.COMPLETE, reason="See the quay."
    )

    assert stored().is_over


def test_saying_nothing_at_all_is_refused(world: World) -> None:
    make_plan(world)

    with pytest.raises(RuleBroken, match="there is nothing to save"):
        update(world.plan_lead)


@pytest.mark.parametrize("role", Role)
def test_only_somebody_who_may_read_the_plan_can_be_named(world: World, role: Role) -> None:
    make_plan(world)
    somebody = make_user("Rory Quill", world.school, role)

    if role in PLAN_READERS:
        update(world.plan_lead, lead_user=somebody)
        assert stored().lead_user == somebody
    else:
        wrong = {"lead_user": "Rory Quill may not read this plan, and so cannot lead a proposal of it"}
        assert faults(world.plan_lead, lead_user=somebody) == wrong


def test_nobody_of_another_partnership_and_nobody_who_has_left_can_be_named(world: World) -> None:
    make_plan(world)
    left = make_user("Lou Fenn", world.office, Role.EXECUTIVE)
    with as_owner():
        Membership.objects.filter(user=left).update(ends_on=date(2020, 1, 1))
    closed = make_user("Cal Drew", world.office, Role.EXECUTIVE)
    with as_owner():
        User.objects.filter(pk=closed.pk).update(is_active=False)

    for somebody in (make_elsewhere().plan_lead, left, closed):
        assert "may not read this plan" in faults(world.plan_lead, lead_user=somebody)["lead_user"]


def test_a_lead_who_can_no_longer_read_does_not_stop_other_changes(world: World, led: User) -> None:
    with as_owner():
        Membership.objects.filter(user=led).update(ends_on=date(2020, 1, 1))

    update(world.plan_lead, progress="Two boats.")

    assert stored().lead_user == led
