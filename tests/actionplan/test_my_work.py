"""What My work asks of a plan lead, of whoever leads a proposal, and of nobody else."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actionplan.models import Lifecycle, Proposal, Rating
from actionplan.services import PlanRow
from foundation.accounts.models import User
from foundation.accounts.roles import Role
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from foundation.vocabulary.models import TimeLimit
from tests.actionplan.plans import import_as, make_plan, stored, update
from tests.factories import World, make_user

SignIn = Callable[[User], Client]
SOON = date(2030, 3, 31)
TO_UPDATE, YOURS = "Proposals to update</h2>", "Your proposals</h2>"


def my_work(client: Client) -> str:
    answer = client.get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def let_pass(days: int, number: int = 1) -> None:
    """The last update of a proposal is so many days ago."""
    with as_owner():
        Proposal.objects.filter(number=number).update(updated_at=clock.now() - timedelta(days=days))


def test_a_plan_lead_reads_what_wants_an_update(world: World, signed_in: SignIn) -> None:
    make_plan(world)
    update(world.plan_lead, 1, lead="Harbour office", by_when=clock.today() - timedelta(days=41))
    update(world.plan_lead, 2, lead="Net office", by_when=SOON)
    let_pass(61, number=2)

    page = my_work(signed_in(world.plan_lead))

    for words in (
        TO_UPDATE,
        "1 proposal is late",
        "41 days late",
        "1 proposal has had no update for 60 days",
        "1 proposal lacks a lead or a date",
        "Update proposal 3: Sweep the quay",
    ):
        assert words in page


@pytest.mark.parametrize(("days", "is_quiet"), [(60, False), (61, True)])
def test_how_long_is_too_long_is_a_time_limit(
    world: World, signed_in: SignIn, days: int, is_quiet: bool
) -> None:
    make_plan(world)
    update(world.plan_lead, lead="Harbour office", by_when=SOON)
    let_pass(days)

    assert ("had no update for 60 days" in my_work(signed_in(world.plan_lead))) == is_quiet


def test_the_time_limit_can_be_another(world: World, signed_in: SignIn) -> None:
    make_plan(world)
    with as_owner():
        TimeLimit.objects.filter(code="proposal_update").update(length=7)
    update(world.plan_lead, lead="Harbour office", by_when=SOON)
    let_pass(8)

    assert "had no update for 7 days" in my_work(signed_in(world.plan_lead))


def test_what_is_over_wants_nothing(world: World, signed_in: SignIn) -> None:
    make_plan(world)
    for number in (1, 2, 3):
        update(world.plan_lead, number, lifecycle=Lifecycle.SUPERSEDED, reason="The quay plan has it.")

    assert TO_UPDATE not in my_work(signed_in(world.plan_lead))


def test_whoever_leads_a_proposal_finds_it_with_its_date(world: World, signed_in: SignIn) -> None:
    make_plan(world)
    chair = make_user("Cass Ember", world.hub, Role.CHAIR)
    client = signed_in(chair)
    assert YOURS not in my_work(client)
    update(world.plan_lead, lead_user=chair, by_when=clock.today() - timedelta(days=2))

    page = my_work(client)

    for words in (YOURS, "Update proposal 1: Paint the boats", "2 days late", "Updated today"):
        assert words in page
    update(chair, rating=Rating.COMPLETE, lifecycle=Lifecycle.COMPLETE, reason="All are painted.")
    assert YOURS not in my_work(client)


@pytest.mark.parametrize("who", ["executive", "coordinator", "social_worker", "administrator"])
def test_others_are_asked_nothing(world: World, signed_in: SignIn, who: str) -> None:
    make_plan(world)

    page = my_work(signed_in(getattr(world, who)))

    assert TO_UPDATE not in page
    assert YOURS not in page


def test_the_executive_reads_what_is_late_without_an_act(world: World, signed_in: SignIn) -> None:
    make_plan(world)
    update(world.plan_lead, lead="Harbour office", by_when=clock.today() - timedelta(days=41))

    page = my_work(signed_in(world.executive))

    for words in ("1 proposal is late, by 41 days.", "Proposal 1: Paint the boats", "41 days late"):
        assert words in page


def test_my_work_costs_the_same_for_1_and_for_21_proposals(world: World, signed_in: SignIn) -> None:
    def lead(*numbers: int) -> None:
        import_as(
            world.plan_lead,
            *(PlanRow(n, f"Dredge {n}.", by_when=date(2026, 1, 1)) for n in numbers),
            name="Review",
        )
        for number in numbers:
            update(world.plan_lead, number, lead_user=world.plan_lead)

    lead(1)
    client = signed_in(world.plan_lead)
    my_work(client)
    with CaptureQueriesContext(connection) as one:
        my_work(client)
    lead(*range(2, 22))
    with CaptureQueriesContext(connection) as many:
        assert "21 proposals are late" in my_work(client)

    assert stored(21).lead_user == world.plan_lead
    assert len(one) == len(many), [query["sql"] for query in many]
