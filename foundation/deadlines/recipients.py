"""Who hears of a step: people who are there, their deputies, or a team's inbox. Loaded once for a batch."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.db import connection

from foundation.accounts.models import Absence, Membership, Team, User
from foundation.deadlines.kinds import DeadlineKind, Told
from foundation.deadlines.models import Deadline


class NobodyToTell(LookupError):
    """Neither a person nor an inbox: the operator must name one."""


@dataclass(frozen=True)
class Recipient:
    """One person, or (without `user_id`) the inbox of team `team_id`. `instead_of`: why not another."""

    slot: str
    team_id: int
    user_id: int | None = None
    inbox: str = ""
    instead_of: str = ""


@dataclass(frozen=True)
class Candidate:
    """Somebody who should hear; `title` is what they are here ("owner")."""

    title: str
    user_id: int | None
    team: Team


@dataclass(frozen=True)
class People:
    """Teams, hubs, memberships and absences on one day. Reads what the sweep's role may read."""

    teams: dict[int, Team]
    hubs: dict[int, Team]
    members: dict[int, dict[int, set[str]]]
    deputies: dict[int, int | None]

    @classmethod
    def on(cls, day: date) -> Self:
        """Four queries, whatever the number of deadlines."""
        rows = Team.objects.only("group_id", "area_id", "manager_id", "is_hub", "duty_inbox").order_by()
        teams = {team.pk: team for team in rows}
        active = set(User.objects.filter(is_active=True).order_by().values_list("pk", flat=True))
        members: dict[int, dict[int, set[str]]] = {}
        for team_id, user_id, role in Membership.objects.current(day).values_list("team", "user", "role"):
            if user_id in active:
                members.setdefault(team_id, {}).setdefault(user_id, set()).add(role)
        return cls(
            teams=teams,
            hubs={team.area_id: team for team in teams.values() if team.is_hub},
            members=members,
            deputies=dict(Absence.objects.on(day).values_list("user", "deputy")),
        )

    def told(self, deadline: Deadline, kind: DeadlineKind, to: Told) -> list[Recipient]:
        """Never empty. Raises NobodyToTell."""
        team = self.teams[deadline.team_id]
        if to is Told.OWNER:
            return self._owners(deadline, kind, team)
        if to is Told.TEAM_MANAGER:
            return [self._first(deadline, to.value, self._managers(team))]
        hub = self.hubs.get(team.area_id, team)
        found = [self._first(deadline, to.value, self._managers(hub))]
        if hub == team and found[0].user_id and hub.duty_inbox:
            found.append(Recipient("hub inbox", hub.pk, inbox=hub.duty_inbox))  # its manager has heard before
        return found

    def inbox_instead(self, team_id: int, slot: str, because: str) -> Recipient:
        """The team's inbox, else its hub's. Raises NobodyToTell."""
        team = self.teams[team_id]
        for each in filter(None, (team, self.hubs.get(team.area_id))):
            if each.duty_inbox:
                return Recipient(slot, each.pk, inbox=each.duty_inbox, instead_of=because)
        raise NobodyToTell(f"team {team_id} has neither a person to tell nor an inbox")

    def _owners(self, deadline: Deadline, kind: DeadlineKind, team: Team) -> list[Recipient]:
        if deadline.owner_id is not None:
            owner = Candidate(Told.OWNER.value, deadline.owner_id, team)
            return [self._first(deadline, Told.OWNER.value, [owner, *self._managers(team)])]
        wanted = {role.value for role in kind.owed_by}
        found = [who for who, held in sorted(self.members.get(team.pk, {}).items()) if held & wanted]
        there = [who for who in found if not self._why_not(deadline, Candidate("member", who, team))]
        if there:
            return [Recipient(f"member {who}", team.pk, who) for who in there]
        nobody = Candidate("one who decides", None, team)
        return [self._first(deadline, Told.OWNER.value, [nobody, *self._managers(team)])]

    def _managers(self, team: Team) -> list[Candidate]:
        """The team's manager, then the hub's."""
        hub = self.hubs.get(team.area_id, team)
        return [
            Candidate(Told.TEAM_MANAGER.value, team.manager_id, team),
            Candidate(Told.HUB_MANAGER.value, hub.manager_id, hub),
        ]

    def _first(self, deadline: Deadline, slot: str, candidates: Iterable[Candidate]) -> Recipient:
        """The first who may hear, or their deputy; else the inbox. Says why it is not the very first."""
        because = ""
        for each in candidates:
            why = self._why_not(deadline, each)
            if not why:
                assert each.user_id is not None, "nobody is found wrong for being nobody"
                return Recipient(slot, each.team.pk, each.user_id, instead_of=because)
            because = because or why
            deputy = self.deputies.get(each.user_id) if each.user_id else None
            if deputy and not self._why_not(deadline, Candidate("deputy", deputy, each.team)):
                return Recipient(slot, each.team.pk, deputy, instead_of=because)
        return self.inbox_instead(deadline.team_id, slot, because)

    def _why_not(self, deadline: Deadline, who: Candidate) -> str:
        """Why this one does not hear of it; empty where they do."""
        if who.user_id is None:
            return f"the team that owes it has no {who.title}"
        if who.user_id not in self.members.get(who.team.pk, {}):
            return f"the {who.title} has left the team"
        if who.user_id in self.deputies:
            return f"the {who.title} is away"
        if who.user_id == deadline.owner_id and who.title != Told.OWNER.value:
            return f"the {who.title} owes it"
        return "" if sees(deadline.case_id, who.user_id) else f"the {who.title} cannot open it"


def sees(case_id: uuid.UUID | None, user_id: int) -> bool:
    """May this person hear of something that belongs to the case? The rooms above make wall.hears_of."""
    if case_id is None:
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall.hears_of(%s, %s)", [case_id, user_id])
        return bool(cursor.fetchone()[0])
