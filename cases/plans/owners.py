"""Who may be asked to do something for a child: people whose share of the case lets them add to its plan."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from cases.records.models import Case, Exclusion, Share
from foundation.access.words import Section, Verb, Visibility
from foundation.accounts.models import Membership, Team, User
from foundation.accounts.roles import CASE_ROLES
from foundation.base import clock


@dataclass(frozen=True)
class Owner:
    """A person, and the team in which they would do it."""

    user: User
    team: Team

    @property
    def key(self) -> str:
        return f"{self.user.pk}-{self.team.pk}"

    def __str__(self) -> str:
        return f"{self.user}, {self.team}"


def possible_owners(viewer: User, case: Case, *, until: date | None = None) -> list[Owner]:
    """By name, without those a conflict of interest keeps out. Three queries.

    `until` leaves out whoever has no share that lasts to the end of that day.
    Ask for somebody who coordinates the case: nobody else sees every share and every exclusion.
    """
    covers = Q(sections=[]) | Q(sections__contains=[Section.PLAN])
    shares = Share.objects.visible_to(viewer).live().filter(covers, case=case)
    shares = shares.filter(verb__in=[Verb.CONTRIBUTE, Verb.COORDINATE])
    if until is not None:
        shares = shares.filter(Q(expires_at=None) | Q(expires_at__gte=clock.end_of(until)))
    teams, people = set(), set()
    for team_id, user_id in shares.values_list("team_id", "user_id"):
        if user_id:
            people.add(user_id)
        elif case.visibility != Visibility.SEALED:
            teams.add(team_id)
    excluded = set(Exclusion.objects.filter(case=case).values_list("user_id", flat=True))
    at_work = Membership.objects.current().filter(
        Q(team__in=teams) | Q(user__in=people), role__in=CASE_ROLES, user__is_active=True
    )
    at_work = at_work.filter(user__groups=F("team__group")).exclude(user__in=excluded)
    found = {
        (row.user_id, row.team_id): Owner(user=row.user, team=row.team)
        for row in at_work.select_related("user", "team__agency")
    }
    return sorted(found.values(), key=lambda owner: (owner.user.name, str(owner.team)))
