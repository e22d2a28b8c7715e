"""Opening a review, deciding, acting, ending: what each leaves behind, and what each refuses."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from cases.chronology.models import Entry, EntryPart
from cases.plans.models import AgreedAction
from cases.records.models import Case
from cases.records.services import exclude
from foundation.access.words import Section, Verb
from foundation.accounts.models import User
from foundation.accounts.roles import Role
from foundation.audit.models import AuditEvent
from foundation.base import clock
from foundation.base.errors import RuleBroken
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from reviews.models import MOVES, AgendaItem, Decision, Meeting, Move, Status
from tests.access.situations import share
from tests.factories import World, make_user
from tests.plans.acts import close, in_days
from tests.reviews.acts import DECIDED, QUESTION, act, cancel, decide, finish, item_of, open_review


def test_a_chair_opens_a_review_of_one_case(world: World, chair: User, case: Case) -> None:
    meeting = open_review(chair, case, held_on=in_days(3))
    assert (meeting.area, meeting.chair, meeting.status) == (world.area, chair, Status.PLANNED)
    assert meeting.reference.startswith("M-")
    item = item_of(meeting)
    assert (item.case_id, item.question, item.position, item.section) == (case.pk, QUESTION, 1, "")
    with as_owner():
        assert list(Move.objects.values_list("before", "after", "actor")) == [("", Status.PLANNED, chair.pk)]
        assert AuditEvent.objects.filter(action="open a review", scope_id=case.pk).count() == 1


def test_the_same_page_sent_twice_opens_one_review(chair: User, case: Case) -> None:
    chosen = uuid.uuid4()
    assert open_review(chair, case, meeting_id=chosen) == open_review(chair, case, meeting_id=chosen)
    assert open_review(chair, case) != open_review(chair, case)
    with as_owner():
        assert Meeting.objects.count() == AgendaItem.objects.count() == Move.objects.count() == 3


@pytest.mark.parametrize("changed", [{"question": "Who else is at risk?"}, {"place": "Room 3"}])
def test_the_same_page_with_other_words_opens_nothing_and_says_so(
    chair: User, case: Case, changed: dict[str, Any]
) -> None:
    chosen = uuid.uuid4()
    open_review(chair, case, meeting_id=chosen)
    with pytest.raises(RuleBroken, match="saved already, and what stands differs"):
        open_review(chair, case, meeting_id=chosen, **changed)


def test_only_a_chair_of_the_hub_of_the_area_opens_one(world: World, case: Case) -> None:
    elsewhere = make_user("Nash Quay", world.other_hub, Role.CHAIR)
    outside_the_hub = make_user("Una Birch", world.social_work, Role.CHAIR)
    for user in (world.coordinator, world.hub_minutes, world.social_worker, outside_the_hub):
        with pytest.raises(PermissionDenied, match="Only a chair of the hub team for Bristol"):
            open_review(user, case)
    with pytest.raises(Case.DoesNotExist):
        open_review(elsewhere, case)
    share(world, case, team=world.other_hub, verb=Verb.COORDINATE)
    with pytest.raises(PermissionDenied, match="Only a chair of the hub team for Bristol"):
        open_review(elsewhere, case)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"question": " "}, "Say what is asked"),
        ({"held_on": 400}, "Check the year"),
        ({"held_on": -400}, "Check the year"),
        ({"kind": ""}, "Choose what kind of meeting"),
        ({"kind": "steering"}, "Choose what kind of meeting"),
        ({"kind": "nothing_we_know"}, "Choose what kind of meeting"),
    ],
)
def test_a_review_without_a_question_a_day_or_a_kind_is_refused(
    chair: User, case: Case, changed: dict[str, object], sentence: str
) -> None:
    if isinstance(days := changed.get("held_on"), int):
        changed = {**changed, "held_on": in_days(days)}
    with pytest.raises(RuleBroken, match=sentence):
        open_review(chair, case, **changed)  # type: ignore[arg-type]
    with as_owner():
        assert not Meeting.objects.exists()


def test_a_decision_stands_in_the_chronology_of_its_case(chair: User, case: Case) -> None:
    decision = decide(chair, open_review(chair, case))
    assert (decision.text, decision.case_id, decision.decided_on) == (DECIDED, case.pk, clock.today())
    with as_owner():
        part = EntryPart.objects.select_related("entry").get(case=case)
    assert part.entry.title == f"Decision of the review of {clock.spoken(clock.today())}"
    assert (part.text, part.section, part.entry.happened_on) == (DECIDED, Section.PLAN, clock.today())


def test_the_same_decision_sent_twice_is_recorded_once(chair: User, case: Case) -> None:
    meeting, chosen = open_review(chair, case), uuid.uuid4()
    assert decide(chair, meeting, decision_id=chosen) == decide(chair, meeting, decision_id=chosen)
    with pytest.raises(RuleBroken, match="saved already, and what stands differs"):
        decide(chair, meeting, "Police visit the flat tonight.", decision_id=chosen)
    with as_owner():
        assert Decision.objects.count() == Entry.objects.count() == 1


def test_a_decision_is_recorded_from_the_day_of_the_review_on(chair: User, case: Case) -> None:
    meeting = open_review(chair, case, held_on=in_days(2))
    with pytest.raises(RuleBroken, match="recorded from that day on"):
        decide(chair, meeting)
    with clock.set_to(clock.now() + timedelta(days=3)):
        assert decide(chair, meeting).decided_on == meeting.held_on


def test_a_decision_needs_words_and_a_chair(world: World, chair: User, case: Case) -> None:
    meeting = open_review(chair, case)
    with pytest.raises(RuleBroken, match="Say what the review has decided"):
        decide(chair, meeting, "  ")
    for user in (world.coordinator, world.hub_minutes, world.social_worker):
        with pytest.raises(PermissionDenied, match="Only a chair of the hub team"):
            decide(user, meeting)
    with pytest.raises(AgendaItem.DoesNotExist):
        decide(world.nurse, meeting)


def test_another_chair_of_the_hub_may_take_over(world: World, chair: User, case: Case) -> None:
    second = make_user("Dara Fenn", world.hub, Role.CHAIR)
    meeting = open_review(chair, case)
    decide(second, meeting)
    assert finish(second, meeting).closed_by == second


def test_an_action_follows_from_a_decision_and_is_its_owners(world: World, chair: User, case: Case) -> None:
    decision = decide(chair, open_review(chair, case))
    chosen = uuid.uuid4()
    action = act(chair, decision, world, action_id=chosen)
    assert action == act(chair, decision, world, action_id=chosen)
    assert (action.source_id, action.case, action.owner) == (decision.pk, case, world.social_worker)
    assert close(world.social_worker, action).outcome == "done"


def test_actions_are_refused_to_others_and_by_the_rules_of_the_plan(
    world: World, chair: User, case: Case
) -> None:
    decision = decide(chair, open_review(chair, case))
    with pytest.raises(PermissionDenied, match="Only a chair"):
        act(world.coordinator, decision, world)
    with pytest.raises(Decision.DoesNotExist):
        act(world.nurse, decision, world)
    with pytest.raises(RuleBroken, match="cannot own this action"):
        act(chair, decision, world, owner=world.nurse, team=world.health)
    with pytest.raises(RuleBroken, match="has passed"):
        act(chair, decision, world, due_on=in_days(-1))


def test_a_review_is_finished_when_every_item_is_decided(chair: User, case: Case) -> None:
    meeting = open_review(chair, case)
    with pytest.raises(RuleBroken, match=f"Item 1, case {case.reference}, has no decision yet"):
        finish(chair, meeting)
    decide(chair, meeting)
    held = finish(chair, meeting)
    assert (held.status, held.closed_by) == (Status.HELD, chair)
    assert held.closed_at is not None
    assert finish(chair, meeting).closed_at == held.closed_at
    with as_owner():
        assert list(Move.objects.values_list("after", flat=True)) == [Status.PLANNED, Status.HELD]
        assert AuditEvent.objects.filter(action="review held", scope_id=case.pk).count() == 1


def test_nothing_is_recorded_on_a_review_that_has_ended(world: World, chair: User, case: Case) -> None:
    meeting = open_review(chair, case)
    decision = decide(chair, meeting)
    finish(chair, meeting)
    with pytest.raises(RuleBroken, match="is held, so nothing more"):
        decide(chair, meeting, "Another")
    with pytest.raises(RuleBroken, match="is held, so nothing more"):
        act(chair, decision, world)
    with pytest.raises(RuleBroken, match="already held"):
        cancel(chair, meeting)
    with as_owner():
        assert not AgreedAction.objects.exists()


def test_a_review_does_not_end_before_its_day(chair: User, case: Case) -> None:
    with pytest.raises(RuleBroken, match="recorded from that day on"):
        finish(chair, open_review(chair, case, held_on=in_days(1)))


def test_a_review_is_cancelled_with_a_reason_while_nothing_is_decided(chair: User, case: Case) -> None:
    meeting = open_review(chair, case, held_on=in_days(1))
    with pytest.raises(RuleBroken, match="Say why the review is cancelled"):
        cancel(chair, meeting, " ")
    assert cancel(chair, meeting).status == Status.CANCELLED
    with as_owner():
        part = EntryPart.objects.select_related("entry").get(case=case)
    assert (part.text, part.section) == ("The chair is ill.", Section.PLAN)
    assert part.entry.title == f"Review of {clock.spoken(in_days(1))} cancelled"
    for again in (finish, cancel):
        with pytest.raises(RuleBroken, match="already cancelled"):
            again(chair, meeting)
    decided = open_review(chair, case)
    decide(chair, decided)
    with pytest.raises(RuleBroken, match="Finish it instead"):
        cancel(chair, decided)


def test_only_a_chair_ends_a_review(world: World, chair: User, case: Case) -> None:
    meeting = open_review(chair, case)
    decide(chair, meeting)
    for user in (world.coordinator, world.social_worker):
        for end in (finish, cancel):
            with pytest.raises(PermissionDenied, match="Only a chair"):
                end(user, meeting)
    with pytest.raises(Meeting.DoesNotExist):
        finish(world.nurse, meeting)


def test_a_chair_who_is_kept_out_of_the_case_does_not_end_its_review(
    world: World, chair: User, case: Case
) -> None:
    meeting = open_review(chair, case)
    decide(chair, meeting)
    with acting_as(world.coordinator):
        exclude(case_id=case.pk, user=chair, reason="Related to the family", actor=world.coordinator)
    for end in (finish, cancel):
        with pytest.raises(RuleBroken, match="another chair ends it"):
            end(chair, meeting)
    with pytest.raises(AgendaItem.DoesNotExist):
        decide(chair, meeting)


def test_every_status_has_its_moves() -> None:
    assert set(MOVES) == set(Status.values)
    assert set().union(*MOVES.values()) <= set(Status.values)


def test_when_is_said_in_words(chair: User, case: Case) -> None:
    said = {days: open_review(chair, case, held_on=in_days(days)).when for days in (-2, -1, 0, 1, 5)}
    assert said == {
        -2: f"on {clock.spoken(in_days(-2))} at 10:00, not finished yet",
        -1: "yesterday at 10:00, not finished yet",
        0: "today at 10:00",
        1: "tomorrow at 10:00",
        5: f"on {clock.spoken(in_days(5))} at 10:00",
    }
