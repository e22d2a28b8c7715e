"""What is told, when, to whom, and that it is told once."""

import logging
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from foundation.accounts.models import User
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from foundation.deadlines import services
from foundation.deadlines.kinds import kinds
from foundation.deadlines.models import BankHoliday, Deadline, State
from foundation.deadlines.sweep import BATCH, sweep
from foundation.vocabulary.models import TimeLimit
from tests.deadlines.duties import DUTY, at, make_duty, name_manager, on, told
from tests.factories import World, reread

FRIDAY, MONDAY, TUESDAY, WEDNESDAY = (date(2026, 11, day) for day in (20, 23, 24, 25))


@pytest.fixture
def manager(world: World) -> User:
    return name_manager(world.social_work, "Mara Quist")


def sweep_on(day: date, hour: int = 9, minute: int = 0) -> None:
    with on(day, hour, minute):
        sweep()


def owed_by_sol(world: World, due_on: date = MONDAY) -> Deadline:
    return make_duty(world, due_on=due_on, owner=world.social_worker, opened_at=at(FRIDAY, 15))


def test_the_owner_is_told_at_once_reminded_and_then_the_managers_hear(world: World, manager: User) -> None:
    name_manager(world.hub, "Hana Boss")
    duty = owed_by_sol(world)
    expected: list[tuple[str, str]] = []
    for day, hour, who in [
        (FRIDAY, 15, ("given", "Sol Vane")),
        (MONDAY, 9, ("reminder-day", "Sol Vane")),
        (TUESDAY, 9, ("rung-first", "Mara Quist")),
        (WEDNESDAY, 9, ("rung-second", "Hana Boss")),
    ]:
        sweep_on(day, hour - 1, 59)
        assert told(duty) == expected
        for _ in range(3):
            sweep_on(day, hour, 1)
        expected.append(who)
        assert told(duty) == expected
    assert reread(duty).look_at is None


def test_what_nobody_swept_for_a_week_is_caught_up_at_once(world: World, manager: User) -> None:
    name_manager(world.hub, "Hana Boss")
    duty = owed_by_sol(world)
    sweep_on(FRIDAY + timedelta(days=12))
    assert [step for step, _ in told(duty)] == ["given", "reminder-day", "rung-first", "rung-second"]


def test_nothing_more_is_told_once_it_is_met(world: World, manager: User) -> None:
    duty = owed_by_sol(world)
    sweep_on(FRIDAY, 15, 1)
    with on(FRIDAY, 16), acting_as(world.social_worker):
        services.meet_deadline(kind=DUTY, scope_id=duty.scope_id, actor=world.social_worker)
    sweep_on(WEDNESDAY)
    assert told(duty) == [("given", "Sol Vane")]
    assert reread(duty).state == State.MET


def test_a_new_day_begins_a_new_round(world: World, manager: User) -> None:
    duty = owed_by_sol(world)
    sweep_on(TUESDAY)
    with on(TUESDAY, 10), acting_as(world.coordinator):
        services.move_deadline(kind=DUTY, scope_id=duty.scope_id, due_on=WEDNESDAY, actor=world.coordinator)
    sweep_on(TUESDAY, 10, 1)
    sweep_on(WEDNESDAY)
    assert told(duty) == [
        ("given", "Sol Vane"),
        ("reminder-day", "Sol Vane"),
        ("rung-first", "Mara Quist"),
        ("given", "Sol Vane"),
        ("reminder-day", "Sol Vane"),
    ]


def test_a_bank_holiday_added_afterwards_is_waited_for(world: World, manager: User) -> None:
    duty = owed_by_sol(world)
    sweep_on(MONDAY)
    with as_owner():
        BankHoliday.objects.create(day=TUESDAY, name="A day of thanks")
    sweep_on(TUESDAY)
    assert ("rung-first", "Mara Quist") not in told(duty)
    sweep_on(WEDNESDAY)
    assert ("rung-first", "Mara Quist") in told(duty)


def test_an_edited_length_takes_effect_within_the_hour(world: World, manager: User) -> None:
    duty = owed_by_sol(world)
    sweep_on(MONDAY)
    with as_owner():
        TimeLimit.objects.filter(code="referral_decision_first_rung").update(length=2)
    sweep_on(TUESDAY)
    assert ("rung-first", "Mara Quist") not in told(duty)


def test_nobody_to_tell_is_named_to_the_operator_and_the_rest_is_told(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    with as_owner():
        for team in (world.social_work, world.hub):
            type(team).objects.filter(pk=team.pk).update(duty_inbox="")
    lost, fine = owed_by_sol(world), make_duty(world, due_on=MONDAY, owner=world.nurse, team=world.health)
    with caplog.at_level(logging.ERROR):
        sweep_on(TUESDAY)
    assert str(lost.pk) in caplog.text
    assert "neither a person to tell nor an inbox" in reread(lost).stuck_because
    assert [step for step, _ in told(fine)] == ["given", "reminder-day", "rung-first"]


def test_a_step_without_a_length_holds_back_no_other(world: World, caplog: pytest.LogCaptureFixture) -> None:
    duty = owed_by_sol(world)
    with as_owner():
        TimeLimit.objects.filter(code="referral_decision_reminder").update(code="renamed")
    sweep_on(TUESDAY)
    assert [step for step, _ in told(duty)] == ["given", "rung-first"]
    assert "no time limit referral_decision_reminder" in reread(duty).stuck_because


def test_a_poisoned_row_is_set_aside_and_the_rest_is_told(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    poisoned, fine = owed_by_sol(world), owed_by_sol(world)
    with as_owner():
        Deadline.objects.filter(pk=poisoned.pk).update(kind="forgotten")
    with caplog.at_level(logging.ERROR):
        sweep_on(FRIDAY, 15, 30)
    assert "forgotten" in caplog.text
    assert reread(poisoned).stuck_because.startswith("KeyError")
    assert told(fine) == [("given", "Sol Vane")]
    with as_owner():
        Deadline.objects.filter(pk=poisoned.pk).update(kind=DUTY)
    sweep_on(FRIDAY, 16, 31)
    assert told(poisoned) == [("given", "Sol Vane")]
    assert reread(poisoned).stuck_because == ""


@pytest.mark.django_db(transaction=True)
def test_a_row_the_database_refuses_does_not_hold_back_its_batch(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused, fine = owed_by_sol(world), owed_by_sol(world)
    from foundation.deadlines import sweep as module

    written = module._notices

    def too_long(deadline: Deadline, *rest: Any) -> Any:
        notices = written(deadline, *rest)
        if deadline.pk == refused.pk:
            notices[0].slot = "x" * 60
        return notices

    monkeypatch.setattr(module, "_notices", too_long)
    sweep_on(FRIDAY, 15, 30)
    assert told(fine) == [("given", "Sol Vane")]
    assert reread(refused).stuck_because == "DataError"


def test_more_than_a_batch_is_told_in_one_sweep(world: World) -> None:
    duties = [owed_by_sol(world) for _ in range(BATCH + 5)]
    with on(FRIDAY, 15, 1):
        assert sweep().told == len(duties)


def test_a_day_in_the_past_is_taken_and_named(world: World, caplog: pytest.LogCaptureFixture) -> None:
    duty = owed_by_sol(world, due_on=date(2026, 11, 2))
    assert "a day that has passed" in caplog.text
    sweep_on(FRIDAY, 16)
    assert told(duty) == [("given", "Sol Vane")]


def test_the_same_is_not_owed_twice_at_once(world: World) -> None:
    duty = owed_by_sol(world)
    with pytest.raises(IntegrityError), transaction.atomic(), acting_as(world.coordinator):
        services.open_deadline(
            kind=DUTY,
            scope_id=duty.scope_id,
            reference="T",
            due_on=MONDAY,
            team=world.hub,
            actor=world.coordinator,
        )


def test_a_kind_that_nobody_declared_is_refused(world: World) -> None:
    with pytest.raises(KeyError), acting_as(world.coordinator):
        services.open_deadline(
            kind="nonsense",
            scope_id=uuid.uuid4(),
            reference="T",
            due_on=MONDAY,
            team=world.hub,
            actor=world.coordinator,
        )


def test_settling_what_the_actor_cannot_reach_is_loud(world: World) -> None:
    duty = owed_by_sol(world)
    with pytest.raises(services.OutOfReach), acting_as(world.nurse):
        services.meet_deadline(kind=DUTY, scope_id=duty.scope_id, actor=world.nurse)
    with acting_as(world.nurse):
        assert services.meet_deadline(kind=DUTY, scope_id=uuid.uuid4(), actor=world.nurse) is None


def test_every_kind_names_limits_that_exist(db: None) -> None:
    known = set(TimeLimit.objects.values_list("code", flat=True))
    missing = {step.limit for kind in kinds for step in (*kind.reminders, *kind.rungs)} - known
    assert not missing
