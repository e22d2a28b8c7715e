"""Who hears of a step: owner, deputy, managers, inbox; and who is passed over."""

import uuid
from datetime import date

import pytest

from cases.records import services as records
from cases.records.models import Case, Share
from foundation.access.words import Visibility
from foundation.accounts.models import User
from foundation.accounts.roles import Role
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from foundation.deadlines import services
from foundation.deadlines.models import Deadline, Notice
from foundation.deadlines.sweep import sweep
from tests.deadlines.duties import DUTY, at, go_away, leave_team, make_duty, name_manager, on, told
from tests.factories import World, make_case, make_user

FRIDAY, MONDAY, TUESDAY, WEDNESDAY = (date(2026, 11, day) for day in (20, 23, 24, 25))


@pytest.fixture
def manager(world: World) -> User:
    return name_manager(world.social_work, "Mara Quist")


def sweep_on(day: date, hour: int = 9, minute: int = 0) -> None:
    with on(day, hour, minute):
        sweep()


def owed_by_sol(world: World, due_on: date = MONDAY) -> Deadline:
    return make_duty(world, due_on=due_on, owner=world.social_worker, opened_at=at(FRIDAY, 15))


def test_without_an_owner_everyone_who_answers_for_it_is_reminded(world: World) -> None:
    make_user("Cleo Marsh", world.hub, Role.COORDINATOR)
    duty = make_duty(world, due_on=MONDAY, team=world.hub, opened_at=at(FRIDAY, 15))
    sweep_on(MONDAY)
    assert sorted(who for step, who in told(duty) if step == "reminder-day") == ["Cleo Marsh", "Cora Lind"]


def test_a_deputy_hears_while_the_manager_is_away(world: World, manager: User) -> None:
    deputy = make_user("Dale Frith", world.social_work, Role.PRACTITIONER)
    go_away(manager, MONDAY, WEDNESDAY, deputy)
    duty = owed_by_sol(world)
    sweep_on(TUESDAY)
    assert told(duty)[-1] == ("rung-first", "Dale Frith")


def test_the_inbox_hears_where_manager_and_deputy_are_away(world: World, manager: User) -> None:
    deputy = make_user("Dale Frith", world.social_work, Role.PRACTITIONER)
    go_away(manager, MONDAY, WEDNESDAY, deputy)
    go_away(deputy, TUESDAY, TUESDAY)
    duty = owed_by_sol(world)
    sweep_on(TUESDAY)
    assert told(duty)[-1] == ("rung-first", "duty@test.example")


def test_an_owner_who_has_left_is_replaced_by_the_manager(world: World, manager: User) -> None:
    duty = owed_by_sol(world)
    with on(FRIDAY, 16):
        leave_team(world.social_worker)
    sweep_on(MONDAY)
    assert ("reminder-day", "Mara Quist") in told(duty)


def test_a_team_without_a_manager_turns_to_the_hubs(world: World) -> None:
    name_manager(world.hub, "Hana Boss")
    duty = owed_by_sol(world)
    sweep_on(TUESDAY)
    assert told(duty)[-1] == ("rung-first", "Hana Boss")


def test_without_any_manager_the_inbox_hears(world: World) -> None:
    duty = owed_by_sol(world)
    sweep_on(TUESDAY)
    assert told(duty)[-1] == ("rung-first", "duty@test.example")


def test_the_hubs_second_rung_widens_to_its_inbox(world: World) -> None:
    name_manager(world.hub, "Hana Boss")
    duty = make_duty(world, due_on=MONDAY, team=world.hub, owner=world.coordinator, opened_at=at(FRIDAY, 15))
    sweep_on(WEDNESDAY)
    second = {who for step, who in told(duty) if step == "rung-second"}
    assert second == {"Hana Boss", "duty@test.example"}


def test_a_rung_never_goes_back_to_who_is_late(world: World, manager: User) -> None:
    name_manager(world.hub, "Hana Boss")
    duty = make_duty(world, due_on=MONDAY, owner=manager, opened_at=at(FRIDAY, 15))
    sweep_on(TUESDAY)
    assert told(duty)[-1] == ("rung-first", "Hana Boss")


def test_a_manager_away_whose_deputy_owes_it_is_passed_over(world: World, manager: User) -> None:
    go_away(manager, MONDAY, WEDNESDAY, world.social_worker)
    duty = owed_by_sol(world)
    sweep_on(TUESDAY)
    assert told(duty)[-1] == ("rung-first", "duty@test.example")


def owed_for_a_case(world: World) -> tuple[Deadline, Case]:
    case = make_case(world)
    with on(FRIDAY, 15), acting_as(world.coordinator):
        duty = services.open_deadline(
            kind=DUTY,
            scope_id=uuid.uuid4(),
            reference=case.reference,
            due_on=MONDAY,
            team=world.social_work,
            owner=world.social_worker,
            asked_by=world.hub,
            case_id=case.pk,
            actor=world.coordinator,
        )
    return duty, case


def test_who_is_kept_out_of_the_case_hears_nothing_of_it(world: World, manager: User) -> None:
    name_manager(world.hub, "Hana Boss")
    duty, case = owed_for_a_case(world)
    with acting_as(world.coordinator):
        records.exclude(case_id=case.pk, user=manager, reason="An aunt", actor=world.coordinator)
    sweep_on(TUESDAY)
    assert told(duty)[-1] == ("rung-first", "Hana Boss")


def test_where_the_owner_no_longer_sees_the_case_the_hub_hears(world: World, manager: User) -> None:
    name_manager(world.hub, "Hana Boss")
    duty, case = owed_for_a_case(world)
    with acting_as(world.coordinator):
        share = Share.objects.get(case=case, team=world.social_work)
        records.end_share(share_id=share.pk, actor=world.coordinator)
    sweep_on(TUESDAY)
    assert {who for _, who in told(duty)} == {"Hana Boss"}


def test_of_a_sealed_case_an_inbox_is_told_no_reference(world: World, manager: User) -> None:
    name_manager(world.hub, "Hana Boss")
    duty, case = owed_for_a_case(world)
    with as_owner():
        Case.objects.filter(pk=case.pk).update(visibility=Visibility.SEALED)
    sweep_on(TUESDAY)
    assert {who for _, who in told(duty)} == {"duty@test.example"}
    with as_owner():
        assert set(Notice.objects.filter(deadline=duty.pk).values_list("reference", flat=True)) == {""}
