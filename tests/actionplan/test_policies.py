"""Who reads and who writes a plan: every role, and nobody across partnerships."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from actionplan import policies
from actionplan.models import ActionPlan, Proposal, Theme
from foundation.accounts.models import Membership, User
from foundation.accounts.roles import PLAN_READERS, Role
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from tests.actionplan.plans import make_elsewhere, make_plan
from tests.factories import World, make_user


def visible_counts(user: Any) -> list[int]:
    """By the first wall alone: as the owner, to whom the database shows everything."""
    with acting_as(user), as_owner():
        return [model.objects.visible_to(user).count() for model in (ActionPlan, Theme, Proposal)]


@pytest.mark.parametrize("role", Role)
def test_a_role_reads_the_plans_of_its_partnership_or_none(world: World, role: Role) -> None:
    make_plan(world)
    user = make_user("Rory Quill", world.office, role)

    assert visible_counts(user) == ([1, 2, 3] if role in PLAN_READERS else [0, 0, 0])
    assert policies.may_read_plans(user) == (role in PLAN_READERS)


@pytest.mark.parametrize("role", Role)
def test_only_plan_leads_and_administrators_write(world: World, role: Role) -> None:
    user = make_user("Rory Quill", world.office, role)

    if role in {Role.PLAN_LEAD, Role.ADMINISTRATOR}:
        policies.check_can_write_plans(user, world.partnership)
    else:
        with pytest.raises(PermissionDenied, match="Only a plan lead or an administrator"):
            policies.check_can_write_plans(user, world.partnership)


def test_a_plan_lead_neither_reads_nor_writes_elsewhere(world: World) -> None:
    make_plan(world)
    elsewhere = make_elsewhere()

    assert visible_counts(elsewhere.plan_lead) == [0, 0, 0]
    with pytest.raises(PermissionDenied):
        policies.check_can_write_plans(elsewhere.plan_lead, world.partnership)


def test_reading_ends_with_the_membership(world: World) -> None:
    make_plan(world)
    with as_owner():
        Membership.objects.filter(user=world.executive).update(ends_on=date(2020, 1, 1))

    assert visible_counts(world.executive) == [0, 0, 0]


def test_nobody_and_a_closed_account_read_nothing(world: World) -> None:
    make_plan(world)
    with as_owner():
        User.objects.filter(pk=world.plan_lead.pk).update(is_active=False)
    world.plan_lead.refresh_from_db()

    assert visible_counts(AnonymousUser()) == [0, 0, 0]
    assert visible_counts(world.plan_lead) == [0, 0, 0]
    with pytest.raises(PermissionDenied):
        policies.check_can_write_plans(world.plan_lead)
