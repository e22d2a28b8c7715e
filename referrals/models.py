"""From a worry to a decision: the referrer's words, where they have got to, and what was said about them."""

import uuid
from collections.abc import Mapping
from typing import Any, Final, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from cases.records.models import Case
from foundation.access.predicate import is_someone
from foundation.accounts.models import Area, Membership, Team
from foundation.base import clock, references
from foundation.base.pg.guard import Guarded, GuardedQuerySet


class Status(models.TextChoices):
    SENT = "sent", "Waiting for a decision"
    ASKED = "asked", "More was asked"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"


MOVES: Final[Mapping[str, frozenset[str]]] = {
    Status.SENT: frozenset({Status.ASKED, Status.ACCEPTED, Status.DECLINED}),
    Status.ASKED: frozenset({Status.SENT, Status.ACCEPTED, Status.DECLINED}),
    Status.ACCEPTED: frozenset(),
    Status.DECLINED: frozenset(),
}
OPEN: Final = frozenset(status for status, after in MOVES.items() if after)


def hubs_of(user: Any, area: str = "area_id") -> Exists:
    """Condition: the user works in the hub team of the row's area."""
    return Exists(
        Team.objects.filter(is_hub=True, area=OuterRef(area), pk__in=Membership.objects.teams_of(user))
    )


class ReferralQuerySet(GuardedQuerySet):
    def about(self, words: str) -> Self:
        """Whose reference was typed, or whose child's name holds every word."""
        named = self
        for word in words.split():
            named = named.filter(Q(child_name__icontains=word) | Q(child_known_as__icontains=word))
        return self.filter(Q(reference__iexact=words.strip()) | Q(pk__in=named.values("pk")))

    def visible_to(self, user: Any) -> Self:
        """The words: for their author, named keepers and, once sent, the area's hub team."""
        if not is_someone(user):
            return self.none()
        kept = Exists(Keeper.objects.filter(referral=OuterRef("pk"), user=user))
        return self.filter(
            Q(author=user) | Q(kept, sent_at__isnull=False) | Q(hubs_of(user), sent_at__isnull=False)
        )

    def drafts_of(self, user: Any) -> Self:
        return self.filter(author=user, sent_at=None)


def new_reference() -> str:
    return references.new("R")


class Referral(Guarded):
    """What the referrer wrote. Changes only while it is a draft; nobody changes it once it is sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    child_name = models.CharField(max_length=120)
    child_known_as = models.CharField(max_length=120, blank=True)
    child_born_on = models.DateField(null=True)
    child_school = models.CharField(max_length=120, blank=True)
    concern = models.TextField(max_length=4000)
    happened_on = models.DateField(null=True)
    harm_types = ArrayField(models.SlugField(max_length=40), default=list)
    is_safe_now = models.BooleanField(null=True)
    others_at_risk = models.TextField(max_length=2000, blank=True)
    child_says = models.TextField(max_length=2000, blank=True)
    family_told = models.BooleanField(null=True)
    told_what = models.TextField(max_length=2000, blank=True)
    changed_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)

    objects = ReferralQuerySet.as_manager()

    class Meta(Guarded.Meta):
        ordering = ["-changed_at"]

    def __str__(self) -> str:
        return self.reference


class ProgressQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Where it has got to: for the author's team and the area's hub team."""
        if not is_someone(user):
            return self.none()
        ours = Membership.objects.teams_of(user)
        # not a join: it would hide the rows whose words are hidden
        mine = Exists(Referral.objects.filter(pk=OuterRef("pk"), author=user))
        return self.filter(Q(mine) | Q(team__in=ours) | Q(hubs_of(user)))

    def undecided(self) -> Self:
        return self.filter(status__in=OPEN)

    def decided(self) -> Self:
        """The latest decision first."""
        return self.exclude(status__in=OPEN).order_by("-decided_at")

    def with_words(self, user: Any) -> Self:
        """Annotates what a list says of the words to those who may read them, and if an answer has come."""
        words = Referral.objects.visible_to(user).filter(pk=OuterRef("pk"))
        answers = Move.objects.visible_to(user).filter(referral=OuterRef("pk"), before=Status.ASKED)
        return self.annotate(
            child_name=Subquery(words.values("child_name")),
            is_in_danger=Exists(words.filter(is_safe_now=False)),
            was_answered=Exists(answers.filter(after=Status.SENT)),
        )

    def urgent_first(self) -> Self:
        """Where the child is said not to be safe, then by the day the decision is due. After `with_words`."""
        return self.order_by("-is_in_danger", "decide_by", "sent_at")


class Progress(Guarded):
    """Where a sent referral has got to. Holds no word of what was written. Made when it is sent."""

    referral = models.OneToOneField(Referral, models.PROTECT, primary_key=True, related_name="progress")
    reference = models.CharField(max_length=12, editable=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status)
    sent_at = models.DateTimeField()
    decide_by = models.DateField()
    decided_at = models.DateTimeField(null=True)

    objects = ProgressQuerySet.as_manager()

    class Meta(Guarded.Meta):
        ordering = ["decide_by", "sent_at"]
        verbose_name_plural = "progress"
        constraints = [
            models.CheckConstraint(
                name="referral_decided_at_set_only_when_decided",
                condition=Q(status__in=[Status.ACCEPTED, Status.DECLINED], decided_at__isnull=False)
                | Q(status__in=[Status.SENT, Status.ASKED], decided_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.status in OPEN


class OfReferralQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(Exists(Referral.objects.visible_to(user).filter(pk=OuterRef("referral_id"))))


class Move(Guarded):
    """One step of a referral, with what was said: the history, written once. The author reads it too."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="moves")
    before = models.CharField(max_length=10, choices=Status, blank=True)
    after = models.CharField(max_length=10, choices=Status)
    said = models.TextField(max_length=4000, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = OfReferralQuerySet.as_manager()

    class Meta(Guarded.Meta):
        ordering = ["at"]


class OpenedCaseQuerySet(OfReferralQuerySet):
    def visible_to(self, user: Any) -> Self:
        """For those who may read the referral and see the case: the author alone does not."""
        return (
            super()
            .visible_to(user)
            .filter(Exists(Case.objects.visible_to(user).filter(pk=OuterRef("case_id"))))
        )


class OpenedCase(Guarded):
    """Which case a referral opened."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="opened_cases")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")

    objects = OpenedCaseQuerySet.as_manager()

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["referral", "case"], name="one_link_per_case")]


class Keeper(Guarded):
    """A person named to read one referral."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="keepers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    named_at = models.DateTimeField(default=clock.now)

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["referral", "user"], name="one_keeper_per_person")]
