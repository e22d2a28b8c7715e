"""Who works here: memberships, hubs, and what the application may not change."""

from datetime import timedelta

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db import IntegrityError, transaction

from foundation.accounts import services
from foundation.accounts.models import Membership, Team, User
from foundation.accounts.roles import CASE_ROLES, DESCRIPTIONS, PLAN_READERS, REFERRERS, Role
from foundation.audit.models import AuditEvent
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from tests.base.sql import refused, rows, scalar
from tests.factories import World, make_team, make_user


def test_groups_are_in_step_with_memberships(world: World) -> None:
    with as_owner():
        services.join_team(user=world.nurse, team=world.school, role=Role.PRACTITIONER)
        services.join_team(user=world.nurse, team=world.school, role=Role.CHAIR)
    for user in User.objects.all():
        teams = set(user.memberships.values_list("team_id", flat=True))
        assert set(user.groups.values_list("pk", flat=True)) == teams, user


def test_a_teams_key_is_its_groups_key(world: World) -> None:
    assert all(team.pk == team.group_id == team.group.pk for team in Team.objects.select_related("group"))


def test_a_manager_becomes_the_teams_manager(world: World) -> None:
    manager = make_user("Mel Orton", world.school, Role.MANAGER)
    world.school.refresh_from_db()
    assert world.school.manager == manager


def test_every_account_that_is_made_leaves_a_row(world: World) -> None:
    with as_owner():
        before = AuditEvent.objects.count()
        user = services.add_user(email="New.Person@TEST.example", name="New Person")
        services.join_team(user=user, team=world.school, role=Role.PRACTITIONER)
        assert list(AuditEvent.objects.order_by("at").values_list("action", flat=True)[before:]) == [
            "add user",
            "join team",
        ]
    assert user.email == "new.person@test.example", "sign-in looks for small letters"
    assert not user.has_usable_password()


def test_an_area_has_one_hub(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_team(world.council, world.area, "Second hub", is_hub=True)


def test_two_accounts_never_share_an_address_in_any_spelling(world: World) -> None:
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        services.add_user(email=world.nurse.email.upper(), name="Somebody else")


@pytest.mark.parametrize(
    ("begins", "ends", "counts"),
    [(0, None, True), (-9, 1, True), (-9, 0, False), (1, None, False), (-9, -1, False)],
)
def test_a_membership_counts_from_its_first_day_until_before_its_last(
    world: World, begins: int, ends: int | None, counts: bool
) -> None:
    today = clock.today()
    with as_owner():
        Membership.objects.filter(user=world.nurse).update(
            begins_on=today + timedelta(days=begins),
            ends_on=None if ends is None else today + timedelta(days=ends),
        )
    nurse = User.objects.get(pk=world.nurse.pk)
    assert (Role.PRACTITIONER in nurse.roles) is counts
    assert (world.health in nurse.case_workplaces) is counts


def test_hub_areas_are_those_of_ones_hubs(world: World) -> None:
    assert world.coordinator.hub_areas == [world.area]
    assert world.social_worker.hub_areas == []
    assert world.executive.case_workplaces == []


def test_every_role_is_described_and_no_role_that_governs_works_on_cases() -> None:
    assert set(DESCRIPTIONS) == set(Role)
    assert REFERRERS < CASE_ROLES
    assert not CASE_ROLES & {
        Role.ADMINISTRATOR,
        Role.EXECUTIVE,
        Role.GOVERNANCE_LEAD,
        Role.ANALYST,
        Role.SCRUTINEER,
    }
    assert Role.ADMINISTRATOR not in PLAN_READERS


@pytest.mark.parametrize("name", ["is_superuser", "is_staff", "user_permissions"])
def test_there_is_no_column_that_makes_somebody_special(db: None, name: str) -> None:
    with pytest.raises(FieldDoesNotExist):
        User._meta.get_field(name)
    assert (
        scalar(
            "SELECT count(*) FROM information_schema.columns WHERE column_name = %s AND table_name = %s",
            name,
            "accounts_user",
        )
        == 0
    )
    assert not getattr(User(), name, False)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_user SET email = 'mine@test.example'",
        "UPDATE accounts_user SET name = 'x'",
        "UPDATE accounts_user SET is_active = true",
        "INSERT INTO accounts_user (email, name, password) VALUES ('a@test.example', 'x', '')",
        "DELETE FROM accounts_user",
        "INSERT INTO accounts_user_groups (user_id, group_id) VALUES (1, 1)",
        "DELETE FROM accounts_user_groups",
        "UPDATE accounts_user_groups SET group_id = 1",
        "INSERT INTO accounts_membership (user_id, team_id, role, begins_on) VALUES (1, 1, 'coordinator', now())",
        "UPDATE accounts_membership SET role = 'coordinator'",
        "DELETE FROM accounts_membership",
        "UPDATE accounts_team SET is_hub = true",
        "INSERT INTO auth_group (name) VALUES ('x')",
        "INSERT INTO auth_permission (name, content_type_id, codename) VALUES ('x', 1, 'x')",
        "UPDATE auth_permission SET codename = 'view_case'",
        "INSERT INTO auth_group_permissions (group_id, permission_id) VALUES (1, 1)",
        "SELECT * FROM guardian_userobjectpermission",
        "UPDATE django_content_type SET model = 'case'",
    ],
)
def test_the_application_does_not_change_who_works_here(world: World, statement: str) -> None:
    with acting_as(world.administrator), refused("permission denied"):
        rows(statement)


def test_the_application_may_renew_a_password_and_note_a_sign_in(world: World) -> None:
    assert scalar("SELECT has_column_privilege('sg_app', 'accounts_user', 'password', 'UPDATE')")
    assert scalar("SELECT has_column_privilege('sg_app', 'accounts_user', 'last_login', 'UPDATE')")
