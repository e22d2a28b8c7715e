"""Who works here: partnerships, areas, agencies, teams, people and their memberships."""

import uuid
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from foundation.accounts.roles import CASE_ROLES, Role
from foundation.base import clock
from foundation.base.pg.guard import Guarded, GuardedQuerySet
from foundation.vocabulary.models import Term


class Partnership(models.Model):
    """Owns areas, agencies, vocabulary and plans. Two partnerships see nothing of each other."""

    name = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.name


class Area(models.Model):
    """A local authority's area. It has one hub team, which decides its referrals."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="areas")
    name = models.CharField(max_length=80)
    locality_link = models.ForeignKey("User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["partnership", "name"], name="one_area_per_name")]

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="agencies")
    name = models.CharField(max_length=120)
    kind = models.ForeignKey(Term, models.PROTECT, limit_choices_to={"list": "agency_kind"}, related_name="+")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"
        constraints = [models.UniqueConstraint(fields=["partnership", "name"], name="one_agency_per_name")]

    def __str__(self) -> str:
        return self.name


class TeamQuerySet(models.QuerySet["Team"]):
    def that_could_join(self, area: Area) -> "TeamQuerySet":
        """Teams of the area's partnership that work on cases, without the area's own hub and mere offices."""
        members = Membership.objects.current().filter(team=OuterRef("pk"))
        works_on_cases = Exists(members.filter(role__in=CASE_ROLES)) | ~Exists(members)
        found = self.filter(works_on_cases, agency__partnership=area.partnership_id)
        return found.exclude(area=area, is_hub=True).select_related("agency")


class Team(models.Model):
    """The unit that a case is shared with. Its Group carries the grants, and lends the team its key."""

    group = models.OneToOneField(Group, models.PROTECT, primary_key=True, related_name="team")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="teams")
    area = models.ForeignKey(Area, models.PROTECT, related_name="teams")
    name = models.CharField(max_length=120)
    manager = models.ForeignKey("User", models.PROTECT, null=True, blank=True, related_name="managed_teams")
    duty_contact = models.CharField(max_length=120, blank=True)
    duty_phone = models.CharField(max_length=30, blank=True)
    duty_inbox = models.EmailField(blank=True)
    is_hub = models.BooleanField(default=False)

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ["agency__name", "name"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "area", "name"], name="one_team_per_name"),
            models.UniqueConstraint(fields=["area"], condition=Q(is_hub=True), name="one_hub_per_area"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.agency}"


class UserManager(BaseUserManager["User"]):
    use_in_migrations = True

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person with an account of their own, who signs in by e-mail. There is no superuser column."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    job_title = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    is_active = models.BooleanField(default=True)
    groups = models.ManyToManyField(Group, related_name="user_set", related_query_name="user", blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    is_superuser = False
    is_staff = False

    objects = UserManager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("email"), name="one_user_per_email")]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def current_memberships(self) -> list["Membership"]:
        """Memberships of today with team, agency and area: one query a request."""
        return list(self.memberships.current().select_related("team__agency", "team__area"))

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(Role(membership.role) for membership in self.current_memberships)

    @property
    def teams(self) -> list[Team]:
        return list({m.team_id: m.team for m in self.current_memberships}.values())

    @property
    def hub_areas(self) -> list[Area]:
        """The areas whose hub this person works in."""
        return [team.area for team in self.teams if team.is_hub]

    @property
    def case_workplaces(self) -> list[Team]:
        """The teams in which this person works on cases (not the plan, not the system)."""
        return list({m.team_id: m.team for m in self.current_memberships if m.role in CASE_ROLES}.values())

    def has_role_in(self, role: Role, team: Team) -> bool:
        return any(m.role == role and m.team_id == team.pk for m in self.current_memberships)

    @property
    def display_name(self) -> str:
        return self.name

    @property
    def place(self) -> str:
        return "; ".join(str(team) for team in self.teams)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, on: date | None = None) -> "MembershipQuerySet":
        on = on or clock.today()
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=on), begins_on__lte=on)

    def teams_of(self, user: User) -> "models.QuerySet[Any, Any]":
        """Keys of the teams a person works in today: both the membership and the team's group must say so."""
        return self.current().filter(user=user, team__group__user=user).values("team")


class Membership(models.Model):
    """A role in a team, for a time. Services keep `user.groups` in step."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30, choices=Role)
    begins_on = models.DateField(default=clock.today)
    ends_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "team", "role"], name="one_membership_per_role")
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}, {self.team}"


class AbsenceQuerySet(GuardedQuerySet):
    def on(self, day: date) -> "AbsenceQuerySet":
        """Those that cover the day, the one recorded last in force."""
        return self.filter(begins_on__lte=day, ends_on__gte=day, cancelled_at=None).order_by("recorded_at")

    def to_come(self) -> "AbsenceQuerySet":
        """Not over yet, not cancelled."""
        return self.filter(ends_on__gte=clock.today(), cancelled_at=None).order_by("begins_on")


class Absence(Guarded):
    """Somebody is away, first to last day; a colleague, if named, hears their reminders and escalations."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="absences")
    deputy = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    begins_on = models.DateField()
    ends_on = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now)
    cancelled_at = models.DateTimeField(null=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta(Guarded.Meta):
        ordering = ["begins_on"]
        constraints = [
            models.CheckConstraint(
                name="absence_begins_before_it_ends", condition=Q(begins_on__lte=models.F("ends_on"))
            ),
            models.CheckConstraint(
                name="absence_deputy_is_somebody_else", condition=~Q(deputy=models.F("user"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.begins_on} to {self.ends_on}"
