"""Who sees a deadline and a notice, by both walls; what the sweep's role may touch; what nobody may."""

import uuid
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from cases.records import services as records
from cases.records.models import Case
from foundation.access.words import Visibility
from foundation.accounts.models import User
from foundation.accounts.roles import Role
from foundation.base.pg.roles import as_owner, as_sweep
from foundation.base.pg.viewer import acting_as
from foundation.deadlines import services
from foundation.deadlines.models import Deadline, Notice
from foundation.deadlines.sweep import sweep
from tests.base.sql import scalar
from tests.deadlines.duties import DUTY, at, make_duty, name_manager, on
from tests.factories import World, make_case, make_user

FRIDAY, MONDAY, TUESDAY = date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def duty(world: World) -> Deadline:
    name_manager(world.social_work, "Mara Quist")
    made = make_duty(world, due_on=MONDAY, owner=world.social_worker, opened_at=at(FRIDAY, 15))
    with on(TUESDAY, 9, 1):
        sweep()
    return made


def seen(user: User, table: str) -> tuple[int, int]:
    """Rows by the first wall alone (as the owner of the tables), and by the second alone (no filter)."""
    model: Any = {"deadlines_deadline": Deadline, "deadlines_notice": Notice}[table]
    with as_owner():
        first = model.objects.visible_to(user).count()
    with acting_as(user), transaction.atomic():
        second = scalar(f"SELECT count(*) FROM {table}")
    return first, second


def test_both_walls_agree_on_who_sees_the_deadline(world: World, duty: Deadline) -> None:
    manager = User.objects.get(name="Mara Quist")
    near = [world.social_worker, manager, world.coordinator, world.hub_minutes]
    far = [world.nurse, world.school_lead, world.other_coordinator, world.executive, world.administrator]
    assert {user.name: seen(user, "deadlines_deadline") for user in near} == {
        user.name: (1, 1) for user in near
    }
    assert {user.name: seen(user, "deadlines_deadline") for user in far} == {
        user.name: (0, 0) for user in far
    }


def test_a_notice_is_its_recipients_alone(world: World, duty: Deadline) -> None:
    manager = User.objects.get(name="Mara Quist")
    assert seen(world.social_worker, "deadlines_notice") == (2, 2)
    assert seen(manager, "deadlines_notice") == (1, 1)
    for user in (world.coordinator, world.nurse, world.school_lead):
        assert seen(user, "deadlines_notice") == (0, 0)


def test_someone_told_from_outside_the_team_sees_the_deadline(world: World) -> None:
    boss = name_manager(world.hub, "Hana Boss")
    with acting_as(world.school_lead), on(FRIDAY, 15):
        services.open_deadline(
            kind=DUTY,
            scope_id=uuid.uuid4(),
            reference="T",
            due_on=MONDAY,
            team=world.school,
            owner=world.school_lead,
            actor=world.school_lead,
        )
    assert seen(boss, "deadlines_deadline") == (0, 0)
    with on(date(2026, 11, 25), 9, 1):
        sweep()
    assert seen(boss, "deadlines_deadline") == (1, 1)


FORBIDDEN_TO_THE_APPLICATION = [
    "INSERT INTO deadlines_notice SELECT * FROM deadlines_notice",
    "UPDATE deadlines_notice SET sent_at = now()",
    "UPDATE deadlines_notice SET recipient_id = NULL",
    "DELETE FROM deadlines_notice",
    "DELETE FROM deadlines_deadline",
    "UPDATE deadlines_deadline SET kind = 'other'",
    "UPDATE deadlines_deadline SET opened_by_id = NULL",
    "DELETE FROM deadlines_bankholiday",
]


@pytest.mark.parametrize("statement", FORBIDDEN_TO_THE_APPLICATION)
def test_the_application_may_not(world: World, duty: Deadline, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match=r"permission denied|row-level security"),
        acting_as(world.social_worker),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_nobody_settles_a_deadline_in_anothers_name(world: World, duty: Deadline) -> None:
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        acting_as(world.social_worker),
        transaction.atomic(),
    ):
        Deadline.objects.filter(pk=duty.pk).update(
            state="met", settled_at=at(MONDAY), settled_by=world.coordinator
        )


def test_strangers_change_nothing(world: World, duty: Deadline) -> None:
    for user in (world.nurse, world.school_lead):
        with acting_as(user), transaction.atomic():
            assert Deadline.objects.filter(pk=duty.pk).update(state="open") == 0


CLOSED_TO_THE_SWEEP = [
    "SELECT * FROM records_case",
    "SELECT * FROM people_person",
    "SELECT * FROM chronology_entrypart",
    "SELECT * FROM referrals_referral",
    "SELECT * FROM audit_auditevent",
    "SELECT * FROM django_session",
    "SELECT name FROM accounts_user",
    "SELECT password FROM accounts_user",
    "UPDATE deadlines_deadline SET state = 'met'",
    "UPDATE accounts_user SET email = ''",
    "DELETE FROM deadlines_notice",
]


@pytest.mark.parametrize("statement", CLOSED_TO_THE_SWEEP)
def test_the_sweep_may_not(world: World, duty: Deadline, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        as_sweep(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_without_a_viewer_there_is_nothing_to_see(world: World, duty: Deadline) -> None:
    for table in ("deadlines_deadline", "deadlines_notice"):
        assert scalar(f"SELECT count(*) FROM {table}") == 0


def test_of_a_case_the_teams_see_no_more_than_they_see_of_the_case(world: World) -> None:
    case = make_case(world)
    colleague = make_user("Dale Frith", world.social_work, Role.PRACTITIONER)
    with acting_as(world.coordinator):
        services.open_deadline(
            kind=DUTY,
            scope_id=uuid.uuid4(),
            reference=case.reference,
            due_on=MONDAY,
            owner=world.social_worker,
            team=world.social_work,
            asked_by=world.hub,
            case_id=case.pk,
            actor=world.coordinator,
        )
    everyone = (world.social_worker, colleague, world.coordinator, world.hub_minutes, world.nurse)

    def who_sees() -> list[str]:
        counts = {user.name: seen(user, "deadlines_deadline") for user in everyone}
        assert all(first == second for first, second in counts.values()), counts
        return [name for name, count in counts.items() if count == (1, 1)]

    assert who_sees() == ["Sol Vane", "Dale Frith", "Cora Lind", "Milo Trent"]
    with acting_as(world.coordinator):
        records.exclude(case_id=case.pk, user=colleague, reason="A relative", actor=world.coordinator)
    assert who_sees() == ["Sol Vane", "Cora Lind", "Milo Trent"]
    with as_owner():
        Case.objects.filter(pk=case.pk).update(visibility=Visibility.SEALED)
    assert who_sees() == []  # nobody is named on the sealed case
