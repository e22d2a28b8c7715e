"""The partnership's action plans: themes, proposals, how each stands, and what was changed."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Lower

from foundation.accounts.models import Membership, Partnership, User
from foundation.accounts.roles import PLAN_READERS
from foundation.base import clock
from foundation.base.pg.guard import Guarded, GuardedQuerySet


def read_by(user: Any) -> models.QuerySet[Any]:
    """The partnerships whose plans this person may read: a reader's role there, today."""
    if not (user and user.is_authenticated and user.is_active):
        return Membership.objects.none().values("team__agency__partnership")
    current = Membership.objects.current().filter(user_id=user.pk, role__in=PLAN_READERS)
    return current.values("team__agency__partnership")


def people_who_may_lead(partnership: Partnership) -> models.QuerySet[User]:
    """Whoever may read the partnership's plans today: a proposal may be given to them, and to nobody else."""
    readers = Membership.objects.current().filter(
        role__in=PLAN_READERS, team__agency__partnership=partnership
    )
    return User.objects.filter(is_active=True, pk__in=readers.values("user"))


class ActionPlanQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Plans of the partnerships in which the user has a reader's role. Others have none."""
        return self.filter(partnership__in=read_by(user))

    def named(self, name: str) -> Self:
        """Whatever the capitals, just as the constraint `one_plan_per_name` compares."""
        return self.alias(folded=Lower("name")).filter(folded=Lower(Value(name)))


class OfPlanQuerySet(GuardedQuerySet):
    """Rows with a foreign key `plan`: seen by whoever may read the plan."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(plan__partnership__in=read_by(user))


class OfProposalQuerySet(GuardedQuerySet):
    """Rows with a foreign key `proposal`: seen by whoever may read its plan."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(proposal__plan__partnership__in=read_by(user))


class ActionPlan(Guarded):
    """A strategy's plan, or the recommendations of a review. One of each name in a partnership."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    objects = ActionPlanQuerySet.as_manager()

    class Meta(Guarded.Meta):
        ordering = ["name"]
        constraints = [models.UniqueConstraint("partnership", Lower("name"), name="one_plan_per_name")]

    def __str__(self) -> str:
        return self.name


class Theme(Guarded):
    """A heading of the plan: `title` in our own plain words, `wording` as adopted, if that is known."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="themes")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    wording = models.CharField(max_length=160, blank=True)

    objects = OfPlanQuerySet.as_manager()

    class Meta(Guarded.Meta):
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


class Proposal(Guarded):
    """One thing the plan asks for. `title` is ours, and so is `text` until the adopted wording is there.

    `lead` is an agency or a post, `lead_user` a person with an account here. `by_when_first` is the first
    date it ever had. `version` counts the changes: a page that was opened at another version is behind.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="proposals")
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, related_name="proposals")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    text = models.TextField(max_length=4000)
    lead = models.CharField(max_length=200, blank=True)
    lead_user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_when = models.DateField(null=True)
    by_when_first = models.DateField(null=True)
    progress = models.TextField(max_length=4000, blank=True)
    lifecycle = models.CharField(max_length=12, choices=Lifecycle, default=Lifecycle.NOT_KNOWN)
    rating = models.CharField(max_length=10, choices=Rating, default=Rating.NOT_RATED)
    corrective_step = models.TextField(max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(default=clock.now)

    objects = OfPlanQuerySet.as_manager()

    class Meta(Guarded.Meta):
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_proposal_per_number"),
            models.CheckConstraint(name="proposals_count_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def has_lead(self) -> bool:
        return bool(self.lead.strip() or self.lead_user_id)

    @property
    def lead_name(self) -> str:
        """The person and the agency or post, whichever is known."""
        return ", ".join(filter(None, [str(self.lead_user or ""), self.lead.strip()]))

    def differs_in(self, said: Mapping[str, Any]) -> list[str]:
        """The names of the fields that `said` has otherwise."""
        return [name for name, value in said.items() if value != getattr(self, name)]

    @property
    def is_over(self) -> bool:
        """Complete, as it counts, or closed: nothing is owed any more."""
        return self.lifecycle in FINISHED or self.status == Rating.COMPLETE

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
        return 0 if self.is_over or not self.by_when else max(0, (on - self.by_when).days)


class Update(Guarded):
    """Somebody said how a proposal stands, and why. Written once. Its changes carry the same version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="updates")
    version = models.PositiveIntegerField()
    rating = models.CharField(max_length=10, choices=Rating)
    reason = models.TextField(max_length=2000, blank=True)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = OfProposalQuerySet.as_manager()

    class Meta(Guarded.Meta):
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "version"], name="one_update_per_version"),
        ]

    def __str__(self) -> str:
        return f"update {self.version} of {self.proposal_id}"


class ChangeSource(models.TextChoices):
    IMPORT = "import", "Import of a file"
    PAGE = "page", "Update on the page"


class ProposalChange(Guarded):
    """One field of a proposal changed. Written once: the application may neither change nor remove it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="changes")
    version = models.PositiveIntegerField()
    field = models.CharField(max_length=20)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    source = models.CharField(max_length=10, choices=ChangeSource)

    objects = OfProposalQuerySet.as_manager()

    class Meta(Guarded.Meta):
        ordering = ["-version", "field"]

    def __str__(self) -> str:
        return f"{self.field} of {self.proposal_id}"
