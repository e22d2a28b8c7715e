"""Who hears of a step: people who are there, their deputies, or a team's inbox. Loaded once for a batch."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Self

from foundation.accounts.models import Absence, Membership, Team, User
from foundation.accounts.roles import Role
from foundation.deadlines.kinds import DeadlineKind, Told
from foundation.deadlines.models import Deadline

HAS_LEFT = "has left the team"
IS_AWAY = "is away"
NO_MANAGER = "no manager is named"


class NobodyToTell(LookupError):
    """Neither a person nor an inbox: the operator must name one."""


@dataclass(frozen=True)
class Recipient:
    """One person, or (without `user_id`) one inbox. `instead_of`: why it is not who it should have been."""

    slot: str
    user_id: int | None = None
    inbox: str = ""
    instead_of: str = ""


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
            return list(self._owners(deadline, kind, team))
        if to is Told.TEAM_MANAGER:
            return [self._manager(team, to.value)]
        hub = self.hubs.get(team.area_id, team)
        found = [self._manager(hub, to.value)]
        if (
            hub == team and found[0].user_id and hub.duty_inbox
        ):  # its manager has heard before: widen the ring
            found.append(Recipient("hub inbox", inbox=hub.duty_inbox))
        return found

    def inbox_instead(self, team_id: int, slot: str, because: str) -> Recipient:
        """The team's inbox, else its hub's. Raises NobodyToTell."""
        team = self.teams[team_id]
        hub = self.hubs.get(team.area_id)
        inbox = team.duty_inbox or (hub.duty_inbox if hub else "")
        if not inbox:
            raise NobodyToTell(f"team {team_id} has neither a person to tell nor an inbox")
        return Recipient(slot, inbox=inbox, instead_of=because)

    def is_in(self, user_id: int, team: Team) -> bool:
        return user_id in self.members.get(team.pk, {})

    def _owners(self, deadline: Deadline, kind: DeadlineKind, team: Team) -> Iterator[Recipient]:
        if deadline.owner_id is None:
            yield from self._members(team, kind.owed_by)
        elif self.is_in(deadline.owner_id, team):
            yield self._there(deadline.owner_id, team, Told.OWNER.value)
        else:
            yield self._manager(team, Told.OWNER.value, instead_of=f"the owner {HAS_LEFT}")

    def _members(self, team: Team, roles: Iterable[Role]) -> Iterator[Recipient]:
        """Everyone with one of the roles who is there today; without one, the manager."""
        wanted = {role.value for role in roles}
        found = [who for who, held in sorted(self.members.get(team.pk, {}).items()) if held & wanted]
        there = [who for who in found if who not in self.deputies]
        for user_id in there:
            yield Recipient(f"member {user_id}", user_id)
        if not there:
            yield self._manager(team, Told.OWNER.value, instead_of="nobody of the team who decides is there")

    def _manager(self, team: Team, slot: str, instead_of: str = "") -> Recipient:
        """The team's manager, else the hub's, else the team's inbox."""
        hub = self.hubs.get(team.area_id)
        for each in filter(None, (team, hub)):
            if each.manager_id and self.is_in(each.manager_id, each):
                found = self._there(each.manager_id, each, slot)
                because = instead_of or ("" if each == team else NO_MANAGER) or found.instead_of
                return Recipient(slot, found.user_id, found.inbox, because)
        return self.inbox_instead(team.pk, slot, instead_of or NO_MANAGER)

    def _there(self, user_id: int, team: Team, slot: str) -> Recipient:
        """The person; while they are away their deputy in the team, else the team's inbox."""
        if user_id not in self.deputies:
            return Recipient(slot, user_id)
        deputy = self.deputies[user_id]
        if deputy is not None and deputy not in self.deputies and self.is_in(deputy, team):
            return Recipient(slot, deputy, instead_of=f"the {slot} {IS_AWAY}")
        return self.inbox_instead(team.pk, slot, f"the {slot} {IS_AWAY}")
