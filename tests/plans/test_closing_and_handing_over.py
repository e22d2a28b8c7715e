"""Closing an action and handing it over: what each leaves behind, and what each refuses."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from cases.chronology.models import EntryPart
from cases.plans.models import ActionStep, AgreedAction, Outcome, What
from cases.records.models import Case
from cases.records.services import end_share
from foundation.access.words import Section, Verb
from foundation.base import clock
from foundation.base.errors import RuleBroken
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from tests.access.situations import share
from tests.factories import World, make_case
from tests.plans.acts import TEXT, agree, close, hand_over, in_days


@pytest.fixture
def case(world: World) -> Case:
    return make_case(world)


def entries(case: Case) -> list[tuple[str, str, str]]:
    """Title, words and section of each entry, in the order in which they were written."""
    with as_owner():
        parts = EntryPart.objects.filter(case=case).order_by("entry__recorded_at")
        return list(parts.values_list("entry__title", "text", "section"))


def test_the_owner_closes_it_as_done_with_or_without_words(world: World, case: Case) -> None:
    closed = close(world.social_worker, agree(world, case))
    assert (closed.outcome, closed.closed_by) == (Outcome.DONE, world.social_worker)
    assert closed.closed_at is not None
    title, words, section = entries(case)[-1]
    assert (title, words, section) == ("Action closed: done", TEXT, Section.PLAN)


@pytest.mark.parametrize("outcome", [Outcome.NO_LONGER_POSSIBLE, Outcome.NOT_DONE])
def test_what_is_not_done_needs_a_sentence(world: World, case: Case, outcome: Outcome) -> None:
    action = agree(world, case)
    with pytest.raises(RuleBroken, match="Say in a sentence why"):
        close(world.social_worker, action, outcome, "  ")
    closed = close(world.social_worker, action, outcome, "The taxi firm has closed.")
    assert closed.outcome_said == "The taxi firm has closed."
    title, words, _ = entries(case)[-1]
    assert title == f"Action closed: {outcome.label.lower()}"
    assert "The taxi firm has closed." in words


def test_the_hub_may_close_it_and_nobody_else_may(world: World, case: Case) -> None:
    share(world, case, team=world.school, verb=Verb.COORDINATE)
    action = agree(world, case)
    with pytest.raises(PermissionDenied, match="Only Sol Vane, who owns this action, or the hub team"):
        close(world.school_lead, action)
    with pytest.raises(AgreedAction.DoesNotExist):
        close(world.nurse, action)
    assert close(world.hub_minutes, action).closed_by == world.hub_minutes


def test_an_owner_whose_share_no_longer_lets_them_add_cannot_close_it(world: World) -> None:
    case = make_case(world, shared_with=())
    made = share(world, case, team=world.social_work, verb=Verb.CONTRIBUTE)
    action = agree(world, case)
    share(world, case, team=world.social_work, verb=Verb.VIEW)
    with acting_as(world.coordinator):
        end_share(share_id=made.pk, actor=world.coordinator)
    with pytest.raises(PermissionDenied, match="not add to it"):
        close(world.social_worker, action)


def test_closing_twice_the_same_way_is_one_closing_and_another_way_is_refused(
    world: World, case: Case
) -> None:
    action = agree(world, case)
    close(world.social_worker, action)
    close(world.social_worker, action)
    assert len(entries(case)) == 2
    with pytest.raises(RuleBroken, match="Sol Vane has closed this action already: done"):
        close(world.social_worker, action, Outcome.NOT_DONE, "It rained.")
    with pytest.raises(RuleBroken, match="closed this action already"):
        close(world.coordinator, action)
    assert len(entries(case)) == 2


def test_the_hub_hands_it_over_and_the_day_moves_with_a_reason(world: World, case: Case) -> None:
    action = agree(world, case)
    with pytest.raises(RuleBroken, match="Say why the day moves"):
        hand_over(world.coordinator, action, world.social_worker, world.social_work, due_on=in_days(9))
    moved = hand_over(
        world.coordinator, action, world.hub_minutes, world.hub, due_on=in_days(9), reason="Sol is ill"
    )
    assert (moved.owner, moved.team, moved.due_on) == (world.hub_minutes, world.hub, in_days(9))
    title, words, _ = entries(case)[-1]
    assert title == "Action handed over"
    assert "Milo Trent, Hub" in words
    assert "Sol is ill" in words
    assert close(world.hub_minutes, action).outcome == Outcome.DONE


def test_handing_over_keeps_the_day_where_none_is_named(world: World, case: Case) -> None:
    moved = hand_over(world.coordinator, agree(world, case), world.hub_minutes, world.hub)
    assert moved.due_on == in_days(7)


def test_handing_over_nothing_new_leaves_nothing_behind(world: World, case: Case) -> None:
    action = agree(world, case)
    hand_over(world.coordinator, action, world.social_worker, world.social_work, due_on=in_days(7))
    assert len(entries(case)) == 1


def test_a_late_action_is_handed_over_with_its_day_or_a_day_to_come(world: World, case: Case) -> None:
    action = agree(world, case)
    with clock.set_to(clock.now() + timedelta(days=9)):
        handed = hand_over(world.coordinator, action, world.hub_minutes, world.hub)
        assert (handed.owner, handed.due_on) == (world.hub_minutes, action.due_on)
        sol = world.social_worker, world.social_work
        with pytest.raises(RuleBroken, match="has passed"):
            hand_over(world.coordinator, action, *sol, due_on=in_days(-1), reason="Late")
        hand_over(world.coordinator, action, *sol, due_on=in_days(1), reason="Late")


def test_a_page_opened_before_the_latest_step_hands_nothing_over(world: World, case: Case) -> None:
    action = agree(world, case)
    hand_over(world.coordinator, action, world.hub_minutes, world.hub, seen_steps=1)
    with pytest.raises(RuleBroken, match="changed since you opened this page: Milo Trent owns it"):
        hand_over(world.coordinator, action, world.social_worker, world.social_work, seen_steps=1)
    hand_over(world.coordinator, action, world.hub_minutes, world.hub, seen_steps=1)  # nothing new
    hand_over(world.coordinator, action, world.social_worker, world.social_work, seen_steps=2)
    assert len(entries(case)) == 3


def test_only_the_hub_hands_over_and_only_what_is_open(world: World, case: Case) -> None:
    action = agree(world, case)
    with pytest.raises(PermissionDenied, match="Only the hub team"):
        hand_over(world.social_worker, action, world.hub_minutes, world.hub)
    with pytest.raises(RuleBroken, match="cannot own"):
        hand_over(world.coordinator, action, world.nurse, world.health)
    close(world.social_worker, action)
    with pytest.raises(RuleBroken, match="closed this action already"):
        hand_over(world.coordinator, action, world.hub_minutes, world.hub)


def test_every_step_is_kept_with_who_owned_it_then(world: World, case: Case) -> None:
    action = agree(world, case)
    hand_over(world.coordinator, action, world.hub_minutes, world.hub)
    close(world.hub_minutes, action, Outcome.DONE, "They will come at eight.")
    with acting_as(world.social_worker):
        steps = list(
            ActionStep.objects.visible_to(world.social_worker).values_list("what", "owner", "said", "by")
        )
    assert steps == [
        (What.AGREED, world.social_worker.pk, "", world.coordinator.pk),
        (What.HANDED_OVER, world.hub_minutes.pk, "", world.coordinator.pk),
        (What.CLOSED, world.hub_minutes.pk, "They will come at eight.", world.hub_minutes.pk),
    ]


def test_late_is_said_in_words_only_while_it_is_open(world: World, case: Case) -> None:
    action = agree(world, case)
    with clock.set_to(clock.now() + timedelta(days=9)):
        assert action.is_late
        assert action.due_in_words == "2 days late"
        assert not close(world.coordinator, action).is_late
