"""A membership that has ended, or has not begun, opens nothing: to Python, to the database, on any page."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from cases.people.models import Person
from cases.records.models import Case
from foundation.accounts.models import Membership, User
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from referrals.models import Progress, Referral
from tests.factories import World, make_case
from tests.triples import sent

SignIn = Callable[[User], Client]
TODAY = timedelta(0)


def change(user: User, **days: object) -> User:
    with as_owner():
        Membership.objects.filter(user=user).update(**days)
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("when", ["ends today", "ended", "begins tomorrow"])
def test_outside_their_time_a_worker_sees_no_case(world: World, signed_in: SignIn, when: str) -> None:
    case = make_case(world)
    days = {
        "ends today": {"ends_on": clock.today()},
        "ended": {"ends_on": clock.today() - timedelta(days=9)},
        "begins tomorrow": {"begins_on": clock.today() + timedelta(days=1)},
    }[when]
    user = change(world.social_worker, **days)
    with acting_as(user):
        for model in (Case, Person):
            assert not model.objects.visible_to(user).exists()
            assert not model.objects.exists()
    assert signed_in(user).get(f"/cases/{case.pk}/").status_code == 404


def test_outside_their_time_a_coordinator_reads_no_referral(world: World, signed_in: SignIn) -> None:
    referral = sent(world)
    user = change(world.coordinator, ends_on=clock.today())
    with acting_as(user):
        for model in (Referral, Progress):
            assert not model.objects.visible_to(user).exists()
            assert not model.objects.exists()
    assert signed_in(user).get(f"/referrals/{referral.pk}/").status_code == 404


def test_taking_the_group_away_ends_it_as_well(world: World) -> None:
    make_case(world)
    with as_owner():
        world.social_worker.groups.clear()
    with acting_as(world.social_worker):
        assert not Case.objects.visible_to(world.social_worker).exists()
        assert not Case.objects.exists()
