"""A kind of deadline for tests, and people to owe it."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from foundation.accounts.models import Absence, Team, User
from foundation.accounts.roles import Role
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from foundation.deadlines import kinds, services
from foundation.deadlines.kinds import Act, DeadlineKind, Step, Told, WorkRow
from foundation.deadlines.models import Deadline, Notice
from tests.factories import World, make_user

DUTY = "test_duty"
LONG_AGO = date(2026, 11, 20)


def rows(user: Any, scope_ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, WorkRow]:
    return {
        scope: WorkRow(words="Water the plants", url="/help/", acts=[Act("Do it", "/help/")])
        for scope in scope_ids
    }


KIND = DeadlineKind(
    code=DUTY,
    owed="A duty",
    rows=rows,
    owed_by=frozenset({Role.COORDINATOR}),
    reminders=(Step("day", "referral_decision_reminder"),),
    rungs=(
        Step("first", "referral_decision_first_rung", Told.TEAM_MANAGER),
        Step("second", "referral_decision_second_rung", Told.HUB_MANAGER),
    ),
    tells_owner_at_once=True,
)
if DUTY not in kinds.kinds:
    kinds.register(KIND)


def on(day: date, hour: int = 9, minute: int = 0) -> Any:
    """Let time stand still there."""
    return clock.set_to(at(day, hour, minute))


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    return clock.at(day, datetime.min.time().replace(hour=hour, minute=minute))


def make_duty(
    world: World,
    *,
    due_on: date,
    owner: User | None = None,
    team: Team | None = None,
    opened_at: datetime | None = None,
    kind: str = DUTY,
) -> Deadline:
    """Owed by `team` (social work), asked for by the coordinator, on a day that is over whenever this runs."""
    with clock.set_to(opened_at or at(LONG_AGO)), acting_as(world.coordinator):
        return services.open_deadline(
            kind=kind,
            scope_id=uuid.uuid4(),
            reference="T-TEST",
            due_on=due_on,
            team=team or world.social_work,
            owner=owner,
            asked_by=world.hub,
            actor=world.coordinator,
        )


def name_manager(team: Team, name: str) -> User:
    manager = make_user(name, team, Role.MANAGER)
    with as_owner():
        team.refresh_from_db()
    return manager


def go_away(user: User, first: date, last: date, deputy: User | None = None) -> Absence:
    with as_owner():
        return Absence.objects.create(user=user, deputy=deputy, begins_on=first, ends_on=last)


def told(deadline: Deadline) -> list[tuple[str, str]]:
    """(step, who) of every notice of a deadline, as they were told."""
    with as_owner():
        notices = (
            Notice.objects.filter(deadline=deadline.pk)
            .select_related("recipient")
            .order_by("told_at", "step", "slot")
        )
        return [(each.step, each.recipient.name if each.recipient else each.inbox) for each in notices]


def leave_team(user: User) -> None:
    with as_owner():
        user.memberships.update(ends_on=clock.today())
        user.groups.clear()
