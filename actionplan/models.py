"""The partnership's action plans: themes, proposals, how each stands, and what was changed."""

import uuid
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Lower

from foundation.accounts.models import Membership, Partnership
from foundation.accounts.roles import PLAN_READERS
from foundation.base import clock


def read_by(user: Any) -> models.QuerySet[Any]:
    """The partnerships whose plans this person may read: a reader's role there, today."""
    if not (user and user.is_authenticated and user.is_active):
        return Membership.objects.none().values("team__agency__partnership")
    current = Membership.objects.current().filter(user_id=user.pk, role__in=PLAN_READERS)
    return current.values("team__agency__partnership")


class ActionPlanQuerySet(models.QuerySet["ActionPlan"]):
    def visible_to(self, user: Any) -> Self:
        """Plans of the partnerships in which the user has a reader's role. Others have none."""
        return self.filter(partnership__in=read_by(user))

    def named(self, name: str) -> Self:
        """Whatever the capitals, just as the constraint `one_plan_per_name` compares."""
        return self.alias(folded=Lower("name")).filter(folded=Lower(Value(name)))


class OfPlanQuerySet(models.QuerySet[Any]):
    """Rows with a foreign key `plan`: seen by whoever may read the plan."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(plan__partnership__in=read_by(user))


class ActionPlan(models.Model):
    """A strategy's plan, or the recommendations of a review. One of each name in a partnership."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    objects = ActionPlanQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint("partnership", Lower("name"), name="one_plan_per_name")]

    def __str__(self) -> str:
        return self.name


class Theme(models.Model):
    """A heading of the plan: `title` in our own plain words, `wording` as adopted, if that is known."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="themes")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    wording = models.CharField(max_length=160, blank=True)

    objects = OfPlanQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="one_theme_per_position"),
            models.UniqueConstraint(fields=["plan", "title"], name="one_theme_per_title"),
        ]

    def __str__(self) -> str:
        return self.title


class Lifecycle(models.TextChoices):
    """How far a proposal has come. Not how well it goes: that is its rating."""

    NOT_KNOWN = "not_known", "Not known"
    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    COMPLETE = "complete", "Complete"
    SUPERSEDED = "superseded", "Closed, something else takes its place"
    SUSPENDED = "suspended", "Paused, with approval"


class Rating(models.TextChoices):
    """How delivery goes, as people judge it. Never a child's risk grade: other words, other shapes."""

    OFF_TRACK = "off_track", "Off track"
    AT_RISK = "at_risk", "At risk"
    ON_TRACK = "on_track", "On track"
    COMPLETE = "complete", "Complete"
    NOT_RATED = "not_rated", "Not rated"

    @property
    def shape(self) -> str:
        """Its shape in components/status.html."""
        return self.value.replace("_", "-")


GOOD_NEWS = frozenset({Rating.ON_TRACK, Rating.COMPLETE})
FINISHED = frozenset({Lifecycle.COMPLETE, Lifecycle.SUPERSEDED})


class Proposal(models.Model):
    """One thing the plan asks for. `title` is ours, and so is `text` until the adopted wording is there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="proposals")
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, related_name="proposals")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    text = models.TextField(max_length=4000)
    lead = models.CharField(max_length=200, blank=True)
    by_when = models.DateField(null=True)
    progress = models.TextField(max_length=4000, blank=True)
    lifecycle = models.CharField(max_length=12, choices=Lifecycle, default=Lifecycle.NOT_KNOWN)
    rating = models.CharField(max_length=10, choices=Rating, default=Rating.NOT_RATED)
    updated_at = models.DateTimeField(default=clock.now)

    objects = OfPlanQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_proposal_per_number"),
            models.CheckConstraint(name="proposals_count_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def has_lead(self) -> bool:
        return bool(self.lead.strip())

    @property
    def status(self) -> Rating:
        """The rating that counts: good news without a lead or without a date counts as not rated.

        Bad news always counts. Source: ADR 0031; the strategy reports lead, date, progress and RAG together,
        and gives no meaning to a RAG without the others.
        """
        return Rating.NOT_RATED if self.is_rated_too_soon else Rating(self.rating)

    @property
    def is_rated_too_soon(self) -> bool:
        """Said to be on track or complete, with nobody to ask or no date to hold it to."""
        return self.rating in GOOD_NEWS and not (self.has_lead and self.by_when)

    def days_late(self, on: date) -> int:
        """0 where there is no date, where the date has not passed, and where the work is over.

        Units: calendar days. A rating of complete that counts ends the lateness, as does the lifecycle.
        """
        is_over = self.lifecycle in FINISHED or self.status == Rating.COMPLETE
        return 0 if is_over or not self.by_when else max(0, (on - self.by_when).days)


class ChangeSource(models.TextChoices):
    IMPORT = "import", "Import of a file"


class ProposalChange(models.Model):
    """One field of a proposal changed. Written once: the application may neither change nor remove it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="changes")
    field = models.CharField(max_length=20)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    source = models.CharField(max_length=10, choices=ChangeSource)

    class Meta:
        ordering = ["-at", "field"]

    def __str__(self) -> str:
        return f"{self.field} of {self.proposal_id}"
