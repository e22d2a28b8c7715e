"""Load a review for the viewer (else 404), with the case, the decisions and the actions they may read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from cases.chronology.models import Entry, EntryPart
from cases.plans.models import AgreedAction
from cases.records.models import Case
from cases.records.pages import identity
from foundation.accounts.models import User
from foundation.audit import services as audit
from foundation.vocabulary.models import Term
from reviews.models import AgendaItem, Decision, Meeting, Move, Status
from reviews.policies import KINDS

LAST_TIME_AT_MOST = 20


@dataclass
class Decided:
    """A decision beside the actions that follow from it."""

    decision: Decision
    actions: list[AgreedAction] = field(default_factory=list)


@dataclass
class Item:
    """An item as this viewer may see it."""

    item: AgendaItem
    identity: dict[str, Any]
    began: EntryPart | None
    decisions: list[Decided]
    last_time: list[AgreedAction]
    there_are_more: bool

    @property
    def case(self) -> Case:
        return self.item.case

    @property
    def actions(self) -> int:
        """How many follow from its decisions."""
        return sum(len(each.actions) for each in self.decisions)


class ReviewPage:
    """Sets `self.meeting` and `self.items`, the items whose case the viewer sees. Reading is recorded."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        found = Meeting.objects.visible_to(request.user).select_related("area", "chair", "closed_by")
        self.meeting: Meeting = get_object_or_404(found, pk=kwargs["meeting_id"])
        items = AgendaItem.objects.visible_to(request.user).filter(meeting=self.meeting)
        self.items = list(items.select_related("case__area", "case__lead_professional"))
        seen = [item.case_id for item in self.items]
        audit.record(
            action="read a review", about=self.meeting, scope_id=seen[0] if seen else None, shown=seen
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kind = kind_of(self.meeting)
        return super().get_context_data(meeting=self.meeting, kind=kind, **kwargs)  # type: ignore[misc]


class ItemPage(ReviewPage):
    """Sets `self.item`, one of the review's items, too."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = AgendaItem.objects.visible_to(request.user).filter(meeting=self.meeting)
        self.item: AgendaItem = get_object_or_404(found.select_related("case__area"), pk=kwargs["item_id"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        who = identity(self.request.user, self.item.case)  # type: ignore[attr-defined]
        return super().get_context_data(item=self.item, case=self.item.case, identity=who, **kwargs)


class DecisionPage(ReviewPage):
    """Sets `self.decision`, one of the review's decisions, too."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = Decision.objects.visible_to(request.user).of_meeting(self.meeting)
        self.decision: Decision = get_object_or_404(
            found.select_related("case__area"), pk=kwargs["decision_id"]
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case = self.decision.case
        who = identity(self.request.user, case)  # type: ignore[attr-defined]
        return super().get_context_data(decision=self.decision, case=case, identity=who, **kwargs)


def kind_of(meeting: Meeting) -> str:
    """What people call this kind of meeting here."""
    return Term.objects.label_of(KINDS, meeting.kind) if meeting.kind else ""


def why_cancelled(user: User, items: Sequence[AgendaItem], moves: Sequence[Move]) -> list[EntryPart]:
    """What was said when the review was cancelled, as far as the viewer reads the plan of its cases."""
    ends = [move for move in moves if move.after == Status.CANCELLED]
    entries = {Entry.id_of(move.pk, move.actor_id, item.case_id) for move in ends for item in items}
    return list(EntryPart.objects.visible_to(user).filter(entry__in=entries)) if entries else []


def as_seen(user: User, meeting: Meeting, item: AgendaItem) -> Item:
    """One item with everything its part of the page shows. A constant number of queries."""
    decided = [
        Decided(decision)
        for decision in Decision.objects.visible_to(user).filter(item=item).select_related("recorded_by")
    ]
    by_source = {each.decision.pk: each for each in decided}
    actions = AgreedAction.objects.visible_to(user).filter(case=item.case)
    actions = actions.select_related("owner", "team__agency")
    for action in actions.filter(source_id__in=by_source):
        if action.source_id:
            by_source[action.source_id].actions.append(action)
    before = actions.exclude(source_id__in=by_source).filter(agreed_on__lte=meeting.held_on)
    last_time = list(before.order_by("outcome", "due_on", "id")[: LAST_TIME_AT_MOST + 1])
    parts = EntryPart.objects.visible_to(user).filter(case=item.case).select_related("entry__recorded_for")
    return Item(
        item=item,
        identity=identity(user, item.case),
        began=parts.order_by("entry__happened_on", "entry__recorded_at").first(),
        decisions=decided,
        last_time=last_time[:LAST_TIME_AT_MOST],
        there_are_more=len(last_time) > LAST_TIME_AT_MOST,
    )
