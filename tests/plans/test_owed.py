"""An agreed action is owed: its deadline follows it, and My work says what its viewer may know."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.plans import owed
from cases.plans.models import AgreedAction, Outcome
from cases.records.models import Case
from foundation.access.words import Verb
from foundation.accounts.models import User
from foundation.base import clock
from foundation.base.errors import RuleBroken
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from foundation.deadlines import services as deadlines
from foundation.deadlines.kinds import Act, Told, WorkRow, kinds
from foundation.deadlines.models import Deadline, State
from foundation.vocabulary.models import TimeLimit
from tests.access.situations import share
from tests.factories import World, make_case
from tests.plans.acts import TEXT, agree, close, hand_over, in_days


@pytest.fixture
def case(world: World) -> Case:
    return make_case(world)


def deadline_of(action: AgreedAction) -> Deadline:
    with as_owner():
        return Deadline.objects.select_related("owner", "team", "asked_by").get(scope_id=action.pk)


def rows(user: User, *actions: AgreedAction) -> dict[Any, WorkRow]:
    with acting_as(user):
        return dict(owed.rows(user, [action.pk for action in actions]))


def test_it_is_owed_by_its_owner_to_the_hub_from_the_moment_it_is_agreed(world: World, case: Case) -> None:
    deadline = deadline_of(agree(world, case))
    assert (deadline.kind, deadline.reference, deadline.state) == (
        "agreed_action",
        case.reference,
        State.OPEN,
    )
    assert (deadline.owner, deadline.team, deadline.asked_by) == (
        world.social_worker,
        world.social_work,
        world.hub,
    )
    assert clock.day_of(deadline.due_at) == in_days(7)


def test_agreeing_twice_owes_once(world: World, case: Case) -> None:
    action = agree(world, case, action_id=case.pk)
    agree(world, case, action_id=case.pk)
    assert deadline_of(action).round == 1


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.DONE, State.MET),
        (Outcome.NO_LONGER_POSSIBLE, State.CANCELLED),
        (Outcome.NOT_DONE, State.CANCELLED),
    ],
)
@pytest.mark.parametrize("who", ["social_worker", "coordinator"])
def test_it_is_met_where_it_was_done_and_no_longer_owed_where_it_was_not(
    world: World, case: Case, who: str, outcome: Outcome, state: State
) -> None:
    action, actor = agree(world, case), getattr(world, who)
    close(actor, action, outcome, "The taxi firm has closed.")
    deadline = deadline_of(action)
    assert (deadline.state, deadline.settled_by_id) == (state, actor.pk)


def test_it_moves_with_the_action(world: World, case: Case) -> None:
    action = agree(world, case)
    hand_over(world.coordinator, action, world.hub_minutes, world.hub, due_on=in_days(9), reason="Ill")
    deadline = deadline_of(action)
    assert (deadline.owner, deadline.team, deadline.round) == (world.hub_minutes, world.hub, 2)
    assert clock.day_of(deadline.due_at) == in_days(9)
    close(world.hub_minutes, action)
    assert deadline_of(action).state == State.MET


def test_a_team_that_coordinates_asks_in_the_name_of_the_hub(world: World, case: Case) -> None:
    share(world, case, team=world.school, verb=Verb.COORDINATE)
    action = agree(world, case, actor=world.school_lead)
    assert deadline_of(action).asked_by == world.hub
    close(world.coordinator, action)
    assert deadline_of(action).state == State.MET


@pytest.mark.parametrize(
    "act",
    [
        lambda world, action: close(world.coordinator, action),
        lambda world, action: hand_over(world.coordinator, action, world.hub_minutes, world.hub),
    ],
    ids=["close", "hand over"],
)
def test_what_is_out_of_reach_is_a_sentence_and_changes_nothing(
    world: World,
    case: Case,
    monkeypatch: pytest.MonkeyPatch,
    act: Callable[[World, AgreedAction], AgreedAction],
) -> None:
    """As when another team becomes the hub of the area after the action was agreed."""
    action = agree(world, case)

    def out_of_reach(**_: Any) -> None:
        raise deadlines.OutOfReach(action.pk)

    for settle in ("meet_deadline", "move_deadline"):
        monkeypatch.setattr(deadlines, settle, out_of_reach)
    with pytest.raises(RuleBroken, match="Another hub team asked for this action"):
        act(world, action)
    with as_owner():
        left = AgreedAction.objects.get(pk=action.pk)
    assert (left.is_open, left.owner) == (True, world.social_worker)
    assert deadline_of(action).state == State.OPEN


def test_the_kind_reminds_once_before_and_once_after_and_its_limits_can_be_changed(db: None) -> None:
    kind = kinds["agreed_action"]
    assert kind.tells_owner_at_once
    assert [step.to for step in kind.rungs] == [Told.TEAM_MANAGER]
    limits = {step.limit: 0 for step in (*kind.reminders, *kind.rungs)}
    found = dict(TimeLimit.objects.filter(code__in=limits).values_list("code", "length"))
    assert found == {"agreed_action_reminder": 2, "agreed_action_first_rung": 1}
    for limit in TimeLimit.objects.filter(code__in=limits):
        assert limit.unit == "working_days"
        assert limit.source.endswith("(unverified). Check local policy.")


def test_what_is_owed_goes_into_e_mail_and_names_nobody() -> None:
    assert kinds["agreed_action"].owed == "An agreed action"


def test_my_work_says_what_for_whom_and_offers_the_owner_to_close_it(world: World, case: Case) -> None:
    action = agree(world, case, told_child=True)
    row = rows(world.social_worker, action)[action.pk]
    assert row.words == TEXT
    assert (
        row.detail == f"For Robin Fable, case {case.reference}. We told the child or family we would do this"
    )
    assert row.flag == ""
    assert row.url == f"/cases/{case.pk}/actions/{action.pk}/"
    assert list(row.acts) == [Act("Done", f"{row.url}?outcome=done&from=my-work")]
    assert rows(world.coordinator, action)[action.pk].acts == ()


def test_what_we_promised_and_have_not_done_is_a_warning(world: World, case: Case) -> None:
    promised, other = agree(world, case, told_child=True), agree(world, case)
    with clock.set_to(clock.now() + timedelta(days=9)):
        found = rows(world.social_worker, promised, other)
    assert found[promised.pk].flag == owed.PROMISED
    assert found[promised.pk].detail == found[other.pk].detail == f"For Robin Fable, case {case.reference}"
    assert found[other.pk].flag == ""


def test_long_words_are_shortened_on_my_work(world: World, case: Case) -> None:
    action = agree(world, case, text="Ring " * 60)
    assert len(rows(world.social_worker, action)[action.pk].words) <= owed.SHOWN_OF_TEXT + 1


def test_who_does_not_see_the_action_is_told_nothing_of_it(world: World, case: Case) -> None:
    assert rows(world.nurse, agree(world, case)) == {}


def test_a_closed_action_offers_nothing(world: World, case: Case) -> None:
    action = close(world.social_worker, agree(world, case))
    assert rows(world.social_worker, action)[action.pk].acts == ()


def test_rows_cost_the_same_for_1_and_9(world: World) -> None:
    actions = [agree(world, make_case(world, name=f"Robin Fable {number}")) for number in range(9)]
    costs = []
    for some in (actions[:1], actions):
        with CaptureQueriesContext(connection) as caught:
            assert len(rows(world.social_worker, *some)) == len(some)
        costs.append(len(caught))
    assert costs[0] == costs[1] == 2


def test_what_is_late_is_late_in_the_engine_as_well(world: World, case: Case) -> None:
    action = agree(world, case)
    with clock.set_to(clock.now() + timedelta(days=9)):
        assert deadline_of(action).is_late
