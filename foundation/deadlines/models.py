"""What is owed by when, and who was told: the only source of reminders. Holds no word of a case."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from foundation.access.predicate import admitted_cases, is_someone, tables
from foundation.accounts.models import Membership, Team
from foundation.base import clock
from foundation.base.pg.guard import Guarded, GuardedQuerySet


class BankHoliday(models.Model):
    """A day that is no working day in England and Wales. Retired, never deleted."""

    day = models.DateField(unique=True)
    name = models.CharField(max_length=80)
    is_retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.name}, {clock.spoken(self.day)}"


class State(models.TextChoices):
    OPEN = "open", "Owed"
    MET = "met", "Met"
    CANCELLED = "cancelled", "No longer owed"


def of_a_seen_case(user: Any) -> Q:
    """Condition on rows with a `case_id`: none, or a case that exists for the viewer."""
    cases = tables().case._default_manager.filter(admitted_cases(user), pk=OuterRef("case_id"))
    return Q(case_id=None) | Q(Exists(cases))


class DeadlineQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """For the owner, the team that owes it, the team that asked for it, and whoever was told.

        Where it belongs to a case, only as long as they see the case.
        """
        if not is_someone(user):
            return self.none()
        ours = Membership.objects.teams_of(user)
        told = Notice.objects.filter(deadline=OuterRef("pk"), recipient=user)
        near = Q(owner=user) | Q(team__in=ours) | Q(asked_by__in=ours) | Q(Exists(told))
        return self.filter(near & of_a_seen_case(user))

    def open(self) -> Self:
        return self.filter(state=State.OPEN)

    def about(self, kind: str, scope_id: uuid.UUID) -> Self:
        return self.filter(kind=kind, scope_id=scope_id)


class Deadline(Guarded):
    """One obligation. `scope_id` is what it is about, `case_id` the case it belongs to, if to one.

    `reference` is what people call it.

    `round` counts how often date or owner were set: each round tells its own reminders and rungs.
    `look_at`: when the sweep looks next; None when nothing is left to tell.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.SlugField(max_length=40)
    scope_id = models.UUIDField()
    case_id = models.UUIDField(null=True)
    reference = models.CharField(max_length=12)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField()
    set_at = models.DateTimeField(default=clock.now)
    round = models.PositiveSmallIntegerField(default=1)
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    look_at = models.DateTimeField(null=True, default=clock.now)
    stuck_because = models.CharField(max_length=120, blank=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta(Guarded.Meta):
        ordering = ["due_at"]
        indexes = [
            models.Index(fields=["look_at"], condition=Q(state=State.OPEN), name="deadline_to_look_at"),
            models.Index(fields=["owner", "due_at"], condition=Q(state=State.OPEN), name="deadline_of_owner"),
            models.Index(fields=["team", "due_at"], condition=Q(state=State.OPEN), name="deadline_of_team"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "scope_id"], condition=Q(state=State.OPEN), name="one_open_deadline_per_scope"
            ),
            models.CheckConstraint(
                name="deadline_settled_by_whom_and_when",
                condition=Q(state=State.OPEN, settled_at=None, settled_by=None)
                | (~Q(state=State.OPEN) & Q(settled_at__isnull=False, settled_by__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"

    @property
    def is_late(self) -> bool:
        return self.state == State.OPEN and self.due_at < clock.now()

    @property
    def due_in_words(self) -> str:
        """Such as "2 days late", "today", "in 3 days"."""
        return clock.distance(clock.day_of(self.due_at))


class NoticeQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The recipient's own, as long as they see the case; those to a team's inbox for the team."""
        if not is_someone(user):
            return self.none()
        ours = Membership.objects.teams_of(user)
        mine = Q(recipient=user) & of_a_seen_case(user)
        return self.filter(mine | Q(recipient=None, team__in=ours))

    def to(self, user: Any) -> Self:
        return self.filter(recipient=user)

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def undelivered(self) -> Self:
        """Neither sent nor withdrawn nor parked."""
        return self.filter(sent_at=None, withdrawn_at=None, parked_at=None)


class Notice(Guarded):
    """One thing told to one person or one team's inbox: in the service at once, by e-mail as soon as it goes.

    A step of a deadline's round is told once to each `slot` ("owner", "team manager" ...): a key in the
    database. `team` owes it, or reads the inbox. An inbox is told of no case by name: then `reference` is
    empty. `try_at`: when delivery tries next; a worker that takes the notice moves it into the future.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="notices")
    round = models.PositiveSmallIntegerField()
    step = models.SlugField(max_length=20)
    slot = models.CharField(max_length=40)
    kind = models.SlugField(max_length=40)
    reference = models.CharField(max_length=12, blank=True)
    case_id = models.UUIDField(null=True)
    due_at = models.DateTimeField()
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    inbox = models.EmailField(blank=True)
    instead_of = models.CharField(max_length=80, blank=True, help_text="Why it did not go to somebody else.")
    told_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)
    try_at = models.DateTimeField(default=clock.now)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    parked_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=120, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta(Guarded.Meta):
        ordering = ["-told_at"]
        indexes = [
            models.Index(
                fields=["try_at"],
                condition=Q(sent_at=None, withdrawn_at=None, parked_at=None),
                name="notice_to_deliver",
            ),
            models.Index(fields=["recipient", "-told_at"], name="notice_of_recipient"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "round", "step", "slot"], name="one_notice_per_step_and_slot"
            ),
            models.CheckConstraint(
                name="notice_to_a_person_or_an_inbox",
                condition=Q(recipient__isnull=False, inbox="") | (Q(recipient=None) & ~Q(inbox="")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
