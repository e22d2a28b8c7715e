"""Open a review, record what it decides, end it. Each locks, asks, changes, records: one transaction.

The meeting is locked before the case, in every service.
"""

import uuid
from datetime import date, time

from django.db import transaction

from cases.chronology.models import Tone
from cases.chronology.services import add_entry
from cases.plans import services as plans
from cases.plans.models import AgreedAction
from cases.records.models import Case
from cases.records.policies import check_can_contribute
from foundation.access.words import Section
from foundation.accounts.models import Team, User
from foundation.audit import services as audit
from foundation.base import clock
from foundation.base.repeats import check_says_the_same
from reviews import policies
from reviews.models import AgendaItem, Decision, Meeting, Move, Status


@transaction.atomic
def open_review(
    *,
    case_id: uuid.UUID,
    held_on: date,
    starts_at: time,
    question: str,
    actor: User,
    kind: str = "",
    place: str = "",
    meeting_id: uuid.UUID | None = None,
) -> Meeting:
    """Plan a review with one case as its item; the actor chairs it.

    `meeting_id` is chosen by the page that asked: the same one twice, by the same person, opens one review.
    Raises Case.DoesNotExist where the actor does not see the case, PermissionDenied for anyone but a chair of
    the hub team of its area, RuleBroken without a question, for a wrong day, for a kind that is not offered
    or for the same `meeting_id` with other words.
    """
    case = Case.objects.visible_to(actor).select_related("area").get(pk=case_id)
    policies.check_can_open(actor, case.area)
    check_can_contribute(actor, case, Section.PLAN)
    case = Case.objects.select_for_update(of=("self",)).select_related("area").get(pk=case_id)
    own_id = uuid.uuid5(meeting_id or uuid.uuid4(), f"{actor.pk}:{case.pk}")
    said = {"kind": kind, "held_on": held_on, "starts_at": starts_at, "place": place.strip()}
    if already := Meeting.objects.visible_to(actor).filter(pk=own_id).first():
        check_says_the_same(already, **said)
        check_says_the_same(already.items.visible_to(actor).get(case=case), question=question.strip())
        return already
    policies.check_kind(kind)
    policies.check_day(held_on)
    policies.check_something_was_said(question, "Say what is asked of this review.")
    meeting = Meeting.objects.create(
        id=own_id,
        area=case.area,
        chair=actor,
        opened_by=actor,
        **said,
    )
    hub = _hub_of(meeting)
    AgendaItem.objects.create(meeting=meeting, case=case, question=question.strip(), originator=hub)
    Move.objects.create(meeting=meeting, after=Status.PLANNED, actor=actor)
    audit.record(action="open a review", about=meeting, scope_id=case.pk, fields=["held_on", "question"])
    return meeting


@transaction.atomic
def record_decision(
    *, item_id: uuid.UUID, text: str, actor: User, decision_id: uuid.UUID | None = None
) -> Decision:
    """What the review decided about one case. It stands in the case's chronology.

    `decision_id` as `meeting_id` of `open_review`. Raises AgendaItem.DoesNotExist where the actor does not
    see the case, PermissionDenied for anyone but a chair, RuleBroken without words, before the day of the
    review, once it has ended or for the same `decision_id` with other words.
    """
    item, meeting = _locked_item(item_id, actor)
    own_id = uuid.uuid5(decision_id or uuid.uuid4(), f"{actor.pk}:{item.pk}")
    if already := Decision.objects.visible_to(actor).filter(pk=own_id).first():
        check_says_the_same(already, text=text.strip())
        return already
    policies.check_is_planned(meeting)
    policies.check_its_day_has_come(meeting)
    policies.check_something_was_said(text, "Say what the review has decided.")
    hub = _hub_of(meeting)
    decision = Decision.objects.create(
        id=own_id,
        case_id=item.case_id,
        item=item,
        text=text.strip(),
        decided_on=meeting.held_on,
        recorded_by=actor,
        section=Section.PLAN,
        originator=hub,
    )
    add_entry(
        case_id=item.case_id,
        title=f"Decision of the review of {clock.spoken(meeting.held_on)}",
        text=decision.text,
        happened_on=meeting.held_on,
        tone=Tone.NEITHER,
        team=hub,
        section=Section.PLAN,
        entry_id=decision.pk,
        actor=actor,
    )
    audit.record(action="record a decision", about=decision, scope_id=item.case_id, fields=["text"])
    return decision


@transaction.atomic
def record_action(
    *,
    decision_id: uuid.UUID,
    text: str,
    owner: User,
    team: Team,
    due_on: date,
    actor: User,
    told_child: bool | None = None,
    action_id: uuid.UUID | None = None,
) -> AgreedAction:
    """An action that follows from a decision of a review that has not ended.

    Raises as `plans.agree_action`, and Decision.DoesNotExist where the actor does not see it,
    PermissionDenied for anyone but a chair, RuleBroken once the review has ended.
    """
    decision = Decision.objects.visible_to(actor).get(pk=decision_id)
    _, meeting = _locked_item(decision.item_id, actor)
    policies.check_is_planned(meeting)
    return plans.agree_action(
        case_id=decision.case_id,
        text=text,
        owner=owner,
        team=team,
        due_on=due_on,
        told_child=told_child,
        source_id=decision.pk,
        action_id=action_id,
        actor=actor,
    )


@transaction.atomic
def finish_review(*, meeting_id: uuid.UUID, actor: User) -> Meeting:
    """The review was held: every item has a decision, and nothing more is recorded on it.

    Finishing it again changes nothing. Raises Meeting.DoesNotExist where the actor does not see it,
    PermissionDenied for anyone but a chair, RuleBroken before its day, for an item without a decision, or
    once it is cancelled.
    """
    meeting = _locked(meeting_id, actor)
    if meeting.status == Status.HELD:
        return meeting
    policies.check_can_move(meeting, Status.HELD)
    policies.check_its_day_has_come(meeting)
    items = _items(meeting, actor)
    decided = Decision.objects.visible_to(actor).of_meeting(meeting)
    policies.check_every_item_is_decided(items, set(decided.values_list("item", flat=True)))
    _move(meeting, Status.HELD, items, actor)
    return meeting


@transaction.atomic
def cancel_review(*, meeting_id: uuid.UUID, reason: str, actor: User) -> Meeting:
    """The review will not be held. Why stands in the chronology, for those who read the plan of the case.

    Raises as `finish_review`, and RuleBroken without a reason or where something was decided.
    """
    meeting = _locked(meeting_id, actor)
    policies.check_can_move(meeting, Status.CANCELLED)
    policies.check_something_was_said(reason, "Say why the review is cancelled.")
    items = _items(meeting, actor)
    policies.check_nothing_is_decided(Decision.objects.visible_to(actor).of_meeting(meeting).exists())
    move = _move(meeting, Status.CANCELLED, items, actor)
    for item in items:
        add_entry(
            case_id=item.case_id,
            title=f"Review of {clock.spoken(meeting.held_on)} cancelled",
            text=reason.strip(),
            happened_on=clock.today(),
            tone=Tone.NEITHER,
            team=_hub_of(meeting),
            section=Section.PLAN,
            entry_id=move.pk,
            actor=actor,
        )
    return meeting


def _locked(meeting_id: uuid.UUID, actor: User) -> Meeting:
    """The meeting, locked while it is planned: the database lets nobody lock one that has ended."""
    seen = Meeting.objects.visible_to(actor).select_related("area")
    policies.check_can_chair(actor, seen.get(pk=meeting_id))
    planned = Meeting.objects.visible_to(actor).filter(pk=meeting_id)
    planned.select_for_update(of=("self",)).first()
    return seen.get(pk=meeting_id)


def _locked_item(item_id: uuid.UUID, actor: User) -> tuple[AgendaItem, Meeting]:
    item = AgendaItem.objects.visible_to(actor).get(pk=item_id)
    return item, _locked(item.meeting_id, actor)


def _items(meeting: Meeting, actor: User) -> list[AgendaItem]:
    """Raises RuleBroken for a chair who may not see the case: what was decided about it is hidden, too."""
    items = list(AgendaItem.objects.visible_to(actor).filter(meeting=meeting).select_related("case"))
    policies.check_case_is_seen(items)
    return items


def _move(meeting: Meeting, after: Status, items: list[AgendaItem], actor: User) -> Move:
    move = Move.objects.create(meeting=meeting, before=meeting.status, after=after, actor=actor)
    meeting.status, meeting.closed_at, meeting.closed_by = after, clock.now(), actor
    meeting.save(update_fields=["status", "closed_at", "closed_by"])
    audit.record(action=f"review {after.value}", about=meeting, scope_id=items[0].case_id, fields=["status"])
    return move


def _hub_of(meeting: Meeting) -> Team:
    return meeting.area.teams.get(is_hub=True)
