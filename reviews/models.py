"""A review: the meeting, the cases on it, and what it decided."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from cases.records.models import Case, CasePerson, Standing
from foundation.access.models import CaseOwned, CaseOwnedQuerySet
from foundation.access.predicate import is_someone
from foundation.access.words import Section
from foundation.accounts.models import Area
from foundation.base import clock, references
from foundation.base.pg.guard import Guarded, GuardedQuerySet
from referrals.models import hubs_of


class Status(models.TextChoices):
    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


MOVES: Final[Mapping[str, frozenset[str]]] = {
    Status.PLANNED: frozenset({Status.HELD, Status.CANCELLED}),
    Status.HELD: frozenset(),
    Status.CANCELLED: frozenset(),
}


class MeetingQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """For the hub team of its area, and for whoever sees the case of one of its items."""
        if not is_someone(user):
            return self.none()
        item = AgendaItem.objects.visible_to(user).filter(meeting=OuterRef("pk"))
        return self.filter(Q(hubs_of(user)) | Q(Exists(item)))

    def with_items(self, user: Any) -> Self:
        """Fetches `seen_items`: the items whose case the viewer sees, each with the child's standing."""
        subjects = CasePerson.objects.visible_to(user).filter(standing=Standing.SUBJECT)
        items = AgendaItem.objects.visible_to(user).select_related("case")
        items = items.prefetch_related(
            models.Prefetch("case__people", subjects.select_related("person"), to_attr="subjects")
        )
        return self.prefetch_related(models.Prefetch("items", items, to_attr="seen_items"))

    def planned(self) -> Self:
        """The next one first."""
        return self.filter(status=Status.PLANNED).order_by("held_on", "starts_at", "id")

    def over(self) -> Self:
        """Held or cancelled, the latest first."""
        return self.exclude(status=Status.PLANNED).order_by("-held_on", "-starts_at", "id")


def new_reference() -> str:
    return references.new("M")


class Meeting(Guarded):
    """One review on one day. Holds nothing about a child: that is in its items and decisions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40, blank=True, help_text="A code of the list meeting_kind.")
    held_on = models.DateField()
    starts_at = models.TimeField()
    place = models.CharField(max_length=200, blank=True)
    chair = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.PLANNED)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    objects = MeetingQuerySet.as_manager()

    class Meta(Guarded.Meta):
        ordering = ["held_on", "starts_at"]
        indexes = [models.Index(fields=["area", "status", "held_on"], name="meeting_of_area")]
        constraints = [
            models.CheckConstraint(
                name="meeting_closed_by_whom_and_when",
                condition=Q(status=Status.PLANNED, closed_at=None, closed_by=None)
                | (~Q(status=Status.PLANNED) & Q(closed_at__isnull=False, closed_by__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_planned(self) -> bool:
        return self.status == Status.PLANNED

    @property
    def begins_at(self) -> datetime:
        """Aware, where people work."""
        return datetime.combine(self.held_on, self.starts_at, tzinfo=timezone.get_default_timezone())

    @property
    def when(self) -> str:
        """Such as "tomorrow at 10:00" or "yesterday at 10:00, not finished yet"."""
        days = (self.held_on - clock.today()).days
        near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
        day = near.get(days, f"on {clock.spoken(self.held_on)}")
        left = ", not finished yet" if days < 0 and self.is_planned else ""
        return f"{day} at {self.starts_at:%H:%M}{left}"


class MoveQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(Exists(Meeting.objects.visible_to(user).filter(pk=OuterRef("meeting_id"))))


class Move(Guarded):
    """One step of a meeting: the history, written once. Holds no words: those are for who reads the case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="moves")
    before = models.CharField(max_length=10, choices=Status, blank=True)
    after = models.CharField(max_length=10, choices=Status)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = MoveQuerySet.as_manager()

    class Meta(Guarded.Meta):
        ordering = ["at"]


class AgendaItem(CaseOwned):
    """One case on a review, and what is asked about it. Comes with any share of the case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="agenda_items")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField(default=1)
    question = models.TextField(max_length=500)

    class Meta(CaseOwned.Meta):
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "case"], name="one_item_per_case"),
            models.UniqueConstraint(fields=["meeting", "position"], name="one_item_per_position"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class DecisionQuerySet(CaseOwnedQuerySet):
    def of_meeting(self, meeting: Meeting) -> Self:
        return self.filter(item__meeting=meeting)


class Decision(CaseOwned):
    """What a review decided about one case. For those who may read the case's plan; never changed."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="decisions")
    text = models.TextField(max_length=2000)
    decided_on = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    objects = DecisionQuerySet.as_manager()

    class Meta(CaseOwned.Meta):
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(name="decision_says_what", condition=~Q(text="")),
            models.CheckConstraint(name="decision_is_of_the_plan", condition=Q(section=Section.PLAN)),
        ]

    def __str__(self) -> str:
        return str(self.pk)
