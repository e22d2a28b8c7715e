"""The API of action plans says what the website says, to the same people."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actionplan.models import ActionPlan, Rating
from actionplan.services import PlanRow
from foundation.accounts.models import User
from foundation.accounts.roles import PLAN_READERS, Role
from foundation.audit.models import AuditEvent
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from tests.actionplan.plans import import_as, make_elsewhere, make_plan, stored, update
from tests.factories import World, make_user

SignIn = Callable[[User], Client]
LIST = "/api/v1/action-plan/"


def of(plan: ActionPlan) -> str:
    return f"{LIST}{plan.pk}/proposals/"


def read(client: Client, address: str, status: int = 200) -> Any:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.content)
    return answer.json()


def test_a_plan_and_its_proposals_in_order(world: World, signed_in: SignIn) -> None:
    plan = make_plan(world)
    client = signed_in(world.executive)

    (row,) = read(client, LIST)["results"]
    assert row == {"id": str(plan.pk), "name": plan.name, "proposal_count": 3}
    assert row == read(client, f"{LIST}{plan.pk}/")
    assert [each["number"] for each in read(client, of(plan))["results"]] == [1, 2, 3]


def test_a_proposal_as_its_page_shows_it(world: World, signed_in: SignIn) -> None:
    plan = make_plan(world)
    past = clock.today() - timedelta(days=41)
    update(
        world.plan_lead,
        lead_user=world.executive,
        lead="Harbour office",
        by_when=past,
        rating=Rating.OFF_TRACK,
        reason="Rain.",
        corrective_step="Paint under a roof.",
        progress="Begun.",
    )
    client = signed_in(world.executive)

    row = read(client, f"{of(plan)}{stored().pk}/")

    assert row == read(client, of(plan))["results"][0]
    assert row.pop("updated_at")
    assert row == {
        "id": str(stored().pk),
        "number": 1,
        "title": "Paint the boats",
        "text": "Give each boat a coat of paint.",
        "theme": "Boats first",
        "lead": "Edie Marsh, Harbour office",
        "by_when": past.isoformat(),
        "by_when_first": past.isoformat(),
        "days_late": 41,
        "status": "off_track",
        "lifecycle": "not_known",
        "progress": "Begun.",
        "corrective_step": "Paint under a roof.",
        "version": 1,
    }


def test_what_is_not_known_is_empty_and_good_news_too_soon_is_not_rated(
    world: World, signed_in: SignIn
) -> None:
    import_as(world.plan_lead, PlanRow(1, "Dredge.", rating=Rating.ON_TRACK), name="Review")
    with as_owner():
        plan = ActionPlan.objects.get()

    (row,) = read(signed_in(world.executive), of(plan))["results"]

    assert (row["theme"], row["lead"], row["by_when"], row["status"]) == (None, "", None, "not_rated")


@pytest.mark.parametrize("role", Role)
def test_whoever_may_not_read_plans_gets_an_empty_list_and_404(
    world: World, signed_in: SignIn, role: Role
) -> None:
    plan = make_plan(world)
    client = signed_in(make_user("Rory Quill", world.office, role))
    reads = role in PLAN_READERS

    assert len(read(client, LIST)["results"]) == (1 if reads else 0)
    for address in (f"{LIST}{plan.pk}/", of(plan), f"{of(plan)}{stored().pk}/"):
        read(client, address, status=200 if reads else 404)


def test_hidden_and_absent_are_the_same(world: World, signed_in: SignIn) -> None:
    plan, client = make_plan(world), signed_in(make_elsewhere().plan_lead)

    for hidden, absent in (
        (f"{LIST}{plan.pk}/", f"{LIST}{uuid.uuid4()}/"),
        (of(plan), f"{LIST}{uuid.uuid4()}/proposals/"),
        (f"{of(plan)}{stored().pk}/", f"{of(plan)}{uuid.uuid4()}/"),
    ):
        assert client.get(hidden).content == client.get(absent).content


def test_a_proposal_is_found_only_through_its_own_plan(world: World, signed_in: SignIn) -> None:
    make_plan(world)
    other = make_plan(world, name="Second plan", themes=())

    read(signed_in(world.executive), f"{of(other)}{stored().pk}/", status=404)


def test_it_is_only_read(world: World, signed_in: SignIn) -> None:
    plan = make_plan(world)
    client = signed_in(world.plan_lead)

    for method in ("post", "put", "patch", "delete"):
        for address in (LIST, f"{LIST}{plan.pk}/", of(plan), f"{of(plan)}{stored().pk}/"):
            assert getattr(client, method)(address).status_code == 405


def test_reading_leaves_rows_of_audit(world: World, signed_in: SignIn) -> None:
    plan = make_plan(world)
    client = signed_in(world.executive)
    for address in (LIST, f"{LIST}{plan.pk}/", of(plan), f"{of(plan)}{stored().pk}/"):
        read(client, address)

    with as_owner():
        rows = AuditEvent.objects.filter(actor=world.executive.pk).exclude(action="sign in")
        assert sorted(rows.values_list("action", flat=True)) == [
            "list plans",
            "list proposals",
            "open a plan",
            "open a proposal",
        ]


def test_a_list_costs_the_same_for_1_and_21_proposals(world: World, signed_in: SignIn) -> None:
    def lead(*numbers: int) -> None:
        rows = [PlanRow(n, f"Dredge {n}.", theme=f"Theme {n % 5}") for n in numbers]
        import_as(world.plan_lead, *rows, name="Review")
        for number in numbers:
            update(world.plan_lead, number, lead_user=world.executive, by_when=date(2030, 1, 1))

    lead(1)
    with as_owner():
        plan = ActionPlan.objects.get()
    client = signed_in(world.executive)
    read(client, of(plan))
    with CaptureQueriesContext(connection) as one:
        read(client, of(plan))
    lead(*range(2, 22))
    with CaptureQueriesContext(connection) as many:
        assert len(read(client, of(plan))["results"]) == 21

    assert len(one) == len(many)
