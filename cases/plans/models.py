"""What people have agreed to do for a child: who, by when, and what became of it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.records.models import Case
from foundation.access.models import CaseOwned, CaseOwnedQuerySet
from foundation.access.words import Section
from foundation.accounts.models import Team
from foundation.base import clock


class Outcome(models.TextChoices):
    DONE = "done", "Done"
    NO_LONGER_POSSIBLE = "no_longer_possible", "No longer possible"
    NOT_DONE = "not_done", "Not done"


EXPLAINED = frozenset({Outcome.NO_LONGER_POSSIBLE, Outcome.NOT_DONE})
"""Outcomes that need a sentence."""


class AgreedActionQuerySet(CaseOwnedQuerySet):
    def open(self) -> Self:
        """What is still owed, the earliest day first."""
        return self.filter(outcome="").order_by("due_on", "agreed_on", "id")

    def closed(self) -> Self:
        """The latest closed first."""
        return self.exclude(outcome="").order_by("-closed_at", "id")


class AgreedAction(CaseOwned):
    """One thing that one person will do by one day. Its words never change; once closed it stays closed.

    `team` is the owner's team, which owes it. `source_id` is the decision it follows from, if any: a plain
    uuid, for what decides stands above this room.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="agreed_actions")
    text = models.TextField(max_length=500)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    due_on = models.DateField()
    told_child = models.BooleanField(null=True, help_text="We told the child or family we would do this.")
    agreed_on = models.DateField(default=clock.today)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    source_id = models.UUIDField(null=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    outcome_said = models.TextField(max_length=1000, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = AgreedActionQuerySet.as_manager()

    class Meta(CaseOwned.Meta):
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["source_id"], name="action_of_source")]
        constraints = [
            models.CheckConstraint(name="action_says_what", condition=~Q(text="")),
            models.CheckConstraint(name="action_is_of_the_plan", condition=Q(section=Section.PLAN)),
            models.CheckConstraint(
                name="action_closed_by_whom_and_when",
                condition=Q(outcome="", outcome_said="", closed_at=None, closed_by=None)
                | (~Q(outcome="") & Q(closed_at__isnull=False, closed_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="action_not_done_says_why",
                condition=~Q(outcome__in=["no_longer_possible", "not_done"]) | ~Q(outcome_said=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        return not self.outcome

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due_on < clock.today()

    @property
    def due_in_words(self) -> str:
        """Such as "2 days late", "today", "in 3 days"."""
        return clock.distance(self.due_on)


class What(models.TextChoices):
    AGREED = "agreed", "Agreed"
    HANDED_OVER = "handed_over", "Handed over"
    CLOSED = "closed", "Closed"


class ActionStep(CaseOwned):
    """One step of an action with who owned it and its day afterwards: the history, written once."""

    action = models.ForeignKey(AgreedAction, models.PROTECT, related_name="steps")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    what = models.CharField(max_length=12, choices=What)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due_on = models.DateField()
    said = models.TextField(max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta(CaseOwned.Meta):
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(name="action_step_is_of_the_plan", condition=Q(section=Section.PLAN)),
        ]
