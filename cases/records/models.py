"""The case, and who may see it and why: involvements, shares, grants, exclusions."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from cases.people.models import Person
from foundation.access import predicate
from foundation.access.models import CaseOwned, CaseOwnedQuerySet, GrantTerms
from foundation.access.words import Section, Verb, Visibility
from foundation.accounts.models import Agency, Area, Team
from foundation.base import clock, references
from foundation.base.pg.guard import Guarded, GuardedQuerySet


class CaseKind(models.TextChoices):
    CHILD = "child", "Child"
    PEER_GROUP = "peer_group", "Peer group"
    PLACE = "place", "Place"


class CaseQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Cases that do exist for the viewer. The only way a page, a task or a report reads cases."""
        return self.filter(predicate.admitted_cases(user))

    def listed(self, user: Any) -> Self:
        """With what a row of a list shows. Every list, page or API, reads `visible_to(user).listed(user)`."""
        return self.with_subjects(user).select_related("area", "lead_agency", "lead_professional")

    def about(self, words: str, user: Any) -> Self:
        """Whose reference was typed, or whose child's name, if the viewer may see it, holds every word."""
        subjects = CasePerson.objects.visible_to(user).filter(case=OuterRef("pk"), standing=Standing.SUBJECT)
        named = subjects.filter(person__in=Person.objects.visible_to(user).named_like(words))
        return self.filter(Q(reference__iexact=words.strip()) | Exists(named))

    def with_subjects(self, user: Any) -> Self:
        """Fetches `subjects`: the child's standing and person, empty where the viewer may not see it."""
        subjects = CasePerson.objects.visible_to(user).filter(standing=Standing.SUBJECT)
        return self.prefetch_related(
            models.Prefetch("people", subjects.select_related("person"), to_attr="subjects")
        )


def new_reference() -> str:
    return references.new("C")


class Case(Guarded):
    """The aggregate root. Its reference is random: a gap in a sequence would tell of a hidden case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    kind = models.CharField(max_length=10, choices=CaseKind)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.INVOLVED)
    lead_agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    lead_professional = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)

    objects = CaseQuerySet.as_manager()

    class Meta(Guarded.Meta):
        default_permissions = ("view",)
        permissions = [("contribute_case", "Read and add"), ("coordinate_case", "Read, add and share")]
        indexes = [
            models.Index(fields=["-updated_at", "-id"], name="case_recent"),
            models.Index(fields=["-opened_at", "-id"], name="case_opened"),
        ]

    def __str__(self) -> str:
        return self.reference


class Standing(models.TextChoices):
    SUBJECT = "subject", "The child the case is about"
    LINKED = "linked", "Linked"


class CasePerson(CaseOwned):
    """A person stands in a case: as its subject, or linked to it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="people")
    person = models.ForeignKey(Person, models.PROTECT, related_name="standings")
    standing = models.CharField(max_length=10, choices=Standing)

    class Meta(CaseOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="one_standing_per_person"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(standing=Standing.SUBJECT), name="one_subject_per_case"
            ),
        ]


def people_through_cases(user: Any) -> Q:
    """Condition on Person: stands in a visible case, or was made by the viewer and stands in none yet."""
    if not predicate.is_someone(user):
        return predicate.NOTHING
    standing = CasePerson.objects.filter(person=OuterRef("pk"))
    return Q(Exists(standing.visible_to(user))) | (Q(made_by_id=user.pk) & ~Q(Exists(standing)))


class Involvement(CaseOwned):
    """An agency's part in a case over time, and how to reach it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="involvements")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    part = models.CharField(max_length=120, blank=True)
    began_on = models.DateField(default=clock.today)
    ended_on = models.DateField(null=True)

    class Meta(CaseOwned.Meta):
        ordering = ["team__agency__name", "team__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "team"], condition=Q(ended_on=None), name="one_part_per_team"
            )
        ]


class ShareQuerySet(CaseOwnedQuerySet):
    def live(self) -> Self:
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=clock.now()), ended_at=None)


class Share(CaseOwned):
    """Why a team or a person may see a case. The grants are the live sum of a case's shares."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="shares")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=10, choices=Verb)
    sections = ArrayField(models.CharField(max_length=12, choices=Section), default=list, blank=True)
    purpose = models.TextField(max_length=500)
    lawful_basis = models.CharField(max_length=40, help_text="A code of the list lawful_basis.")
    necessity = models.TextField(max_length=1000, blank=True)
    family_told = models.BooleanField(null=True)
    not_told_because = models.TextField(max_length=1000, blank=True)
    expires_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = ShareQuerySet.as_manager()

    class Meta(CaseOwned.Meta):
        ordering = ["made_at"]
        constraints = [
            models.CheckConstraint(
                name="share_with_a_team_or_a_person",
                condition=Q(team__isnull=False, user=None) | Q(team=None, user__isnull=False),
            ),
            models.CheckConstraint(
                name="share_that_coordinates_is_whole",
                condition=~Q(verb=Verb.COORDINATE) | Q(sections=[]),
            ),
            models.CheckConstraint(
                name="share_ended_by_whom_and_when",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]


class UserGrant(GrantTerms, UserObjectPermissionBase):
    """What one person may do with one case, now. Written only by the sharing service."""

    content_object = models.ForeignKey(Case, models.CASCADE)
    objects = GuardedQuerySet.as_manager()

    class Meta(GrantTerms.Meta):
        unique_together = [["user", "permission", "content_object", "sections"]]
        indexes = [models.Index(fields=["content_object", "user", "permission"], name="usergrant_check")]


class TeamGrant(GrantTerms, GroupObjectPermissionBase):
    """What one team may do with one case, now. Written only by the sharing service."""

    group = models.ForeignKey(Group, models.CASCADE)
    content_object = models.ForeignKey(Case, models.CASCADE)
    objects = GuardedQuerySet.as_manager()

    class Meta(GrantTerms.Meta):
        unique_together = [["group", "permission", "content_object", "sections"]]
        indexes = [models.Index(fields=["content_object", "group", "permission"], name="teamgrant_check")]


class Exclusion(Guarded):
    """A conflict of interest: this person does not see this case, whatever is shared with them.

    The first wall reads the row as the excluded person, so it holds keys and no words.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="exclusions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="one_exclusion_per_person")]


class ExclusionReason(Guarded):
    """Why: for those who coordinate the case, never for the person who is excluded."""

    exclusion = models.OneToOneField(Exclusion, models.PROTECT, primary_key=True, related_name="reason")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    text = models.TextField(max_length=1000)
