"""The pages of the plan: who gets them, what they say, and what they cost."""

import uuid
from collections.abc import Callable
from datetime import date
from html import escape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actionplan import strategy
from actionplan.models import ActionPlan, Proposal, Rating
from actionplan.services import PlanRow
from foundation.accounts.models import User
from foundation.accounts.roles import PLAN_READERS, Role
from foundation.audit.models import AuditEvent
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from tests.actionplan.plans import import_as, make_elsewhere, make_plan
from tests.factories import World, make_user

SignIn = Callable[[User], Client]
LIST = "/action-plan/"
HOSTILE = "<script>alert(1)</script>\"'&{{ 7|add:7 }}"


def addresses(plan: ActionPlan) -> list[str]:
    with as_owner():
        proposal = plan.proposals.first()
    assert proposal
    return [
        reverse("actionplan:plan", args=[plan.pk]),
        reverse("actionplan:proposal", args=[plan.pk, proposal.pk]),
    ]


def body(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("role", Role)
def test_every_page_is_there_for_readers_and_for_nobody_else(
    world: World, signed_in: SignIn, role: Role
) -> None:
    plan = make_plan(world)
    client = signed_in(make_user("Rory Quill", world.office, role))

    expected = 200 if role in PLAN_READERS else 404
    assert [client.get(each).status_code for each in (LIST, *addresses(plan))] == [expected] * 3


def test_another_partnerships_plan_does_not_exist(world: World, signed_in: SignIn) -> None:
    plan = make_plan(world)
    client = signed_in(make_elsewhere().plan_lead)

    assert [client.get(each).status_code for each in addresses(plan)] == [404, 404]
    assert plan.name not in body(client, LIST)


def test_a_proposal_is_found_only_through_its_own_plan(world: World, signed_in: SignIn) -> None:
    one, two = make_plan(world), make_plan(world, name="Second plan")
    with as_owner():
        proposal = two.proposals.first()
    assert proposal
    client = signed_in(world.executive)

    assert client.get(reverse("actionplan:proposal", args=[one.pk, proposal.pk])).status_code == 404
    assert client.get(reverse("actionplan:proposal", args=[one.pk, uuid.uuid4()])).status_code == 404
    assert client.get(reverse("actionplan:plan", args=[uuid.uuid4()])).status_code == 404


def test_nobody_reads_without_signing_in(world: World) -> None:
    plan = make_plan(world)

    assert [Client().get(each).status_code for each in (LIST, *addresses(plan))] == [302] * 3


def test_the_executive_reads_that_nothing_is_led_dated_or_rated(world: World, signed_in: SignIn) -> None:
    make_plan(world, name=strategy.NAME, themes=strategy.THEMES)

    page = body(signed_in(world.executive), LIST)

    assert "23 of 23 proposals have no lead and no date, and none has been rated." in page
    assert (
        page.count("No lead named") == page.count("No date set") == page.count("No progress reported") == 23
    )
    assert all(escape(theme.title) in page for theme in strategy.THEMES)
    assert "app-status--on-track" in page  # in the counts, with none
    assert page.count("app-status--not-rated") == 24


def test_a_plan_rated_too_soon_says_so_and_counts_none_on_track(world: World, signed_in: SignIn) -> None:
    plan = make_plan(world)
    import_as(world.plan_lead, PlanRow(1, "Paint.", rating=Rating.ON_TRACK))
    client = signed_in(world.executive)

    page = body(client, LIST)
    of_one = body(client, addresses(plan)[1])

    assert "3 of 3 proposals have no lead and no date, and none counts as rated." in page
    assert page.count("app-status--not-rated") == 4
    assert "It was called “on track”. That counts once it has a lead and a date." in of_one


def test_a_late_proposal_says_by_how_much(world: World, signed_in: SignIn) -> None:
    plan = make_plan(world)
    day = clock.today().replace(year=clock.today().year - 1, day=1)
    import_as(world.plan_lead, PlanRow(1, "Paint.", lead="Harbour office", by_when=day))
    late = f"{(clock.today() - day).days} days late"
    client = signed_in(world.executive)

    assert late in body(client, LIST)
    assert late in body(client, addresses(plan)[1])
    assert f"1 proposal is late, by {(clock.today() - day).days} days." in body(client, LIST)


def test_a_proposal_shows_its_facts_and_its_history(world: World, signed_in: SignIn) -> None:
    plan = make_plan(world)
    import_as(
        world.plan_lead,
        PlanRow(1, "Paint.", "On vessels", "Harbour office", date(2030, 3, 1), "Begun", Rating.AT_RISK),
    )

    page = body(signed_in(world.executive), addresses(plan)[1])

    for words in (
        "Paint the boats",
        "Boats first",
        "On vessels",
        "Harbour office",
        "1 March 2030",
        "Begun",
        "At risk",
        "Wording: from",
        "Give each boat a coat of paint.",
        "Import of a file",
        "By Paz Lorne",
    ):
        assert words in page
    assert page.count("app-timeline__item") == 1


def test_a_proposal_without_changes_and_without_a_theme(world: World, signed_in: SignIn) -> None:
    import_as(world.plan_lead, PlanRow(1, "Dredge."), name="Channel review")
    with as_owner():
        plan = ActionPlan.objects.get()
    client = signed_in(world.executive)

    page = body(client, addresses(plan)[1])

    assert "Nothing has changed since the proposal was added." in page
    assert "Under no theme" in page
    assert ">Proposals</h2>" in body(client, LIST)


def test_a_plan_with_themes_names_what_stands_under_none(world: World, signed_in: SignIn) -> None:
    make_plan(world)
    import_as(world.plan_lead, PlanRow(9, "Dredge."))

    assert ">Under no theme</h2>" in body(signed_in(world.executive), LIST)


def test_without_a_plan_the_page_says_what_will_be_there(world: World, signed_in: SignIn) -> None:
    assert "No action plan yet" in body(signed_in(world.executive), LIST)


def test_a_plan_without_proposals_says_so(world: World, signed_in: SignIn) -> None:
    make_plan(world, themes=())

    page = body(signed_in(world.executive), LIST)

    assert "This plan has no proposals yet." in page
    assert "No proposals yet" in page


def test_two_plans_are_listed_to_choose_from(world: World, signed_in: SignIn) -> None:
    plans = [make_plan(world), make_plan(world, name="Second plan")]

    page = body(signed_in(world.executive), LIST)

    assert all(reverse("actionplan:plan", args=[plan.pk]) in page for plan in plans)


def test_hostile_words_are_shown_and_not_run(world: World, signed_in: SignIn) -> None:
    text = HOSTILE.replace("<", "«", 1) + HOSTILE
    row = PlanRow(1, text, HOSTILE, HOSTILE, date(2030, 1, 1), HOSTILE, Rating.AT_RISK)
    import_as(world.plan_lead, row, name=HOSTILE)
    import_as(world.plan_lead, PlanRow(1, HOSTILE), name=HOSTILE)
    with as_owner():
        plan = ActionPlan.objects.get()
    client = signed_in(world.plan_lead)

    for address in (LIST, "/", *addresses(plan)):
        page = body(client, address)
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_opening_a_plan_or_a_proposal_leaves_a_row(world: World, signed_in: SignIn) -> None:
    plan = make_plan(world)
    client = signed_in(world.executive)
    for address in (LIST, *addresses(plan)):
        body(client, address)

    with as_owner():
        rows = list(
            AuditEvent.objects.filter(actor=world.executive.pk, scope_id=plan.pk).values_list(
                "action", flat=True
            )
        )
    assert sorted(rows) == ["open a plan", "open a plan", "open a proposal"]


@pytest.mark.parametrize("address", [LIST, "/"])
def test_a_page_costs_the_same_for_1_and_for_21_proposals(
    world: World, signed_in: SignIn, address: str
) -> None:
    import_as(world.plan_lead, PlanRow(1, "Dredge.", theme="Channel"), name="Review")
    client = signed_in(world.plan_lead)
    body(client, address)
    with CaptureQueriesContext(
        connection,
    ) as one:
        body(client, address)
    import_as(
        world.plan_lead,
        *(PlanRow(n, f"Dredge {n}.", theme=f"Channel {n % 5}") for n in range(2, 22)),
        name="Review",
    )
    with CaptureQueriesContext(connection) as many:
        body(client, address)

    with as_owner():
        assert Proposal.objects.count() == 21
    assert len(one) == len(many), [query["sql"] for query in many]


def test_a_history_costs_the_same_for_1_and_for_21_changes(world: World, signed_in: SignIn) -> None:
    plan = make_plan(world)
    import_as(world.plan_lead, PlanRow(1, "Paint 0."))
    client, address = signed_in(world.executive), addresses(plan)[1]
    body(client, address)
    with CaptureQueriesContext(connection) as one:
        body(client, address)
    for time in range(1, 21):
        import_as(world.plan_lead, PlanRow(1, f"Paint {time}."))
    with CaptureQueriesContext(connection) as many:
        assert body(client, address).count("app-timeline__item") == 21

    assert len(one) == len(many)


@pytest.mark.parametrize(
    ("who", "shown"), [("plan_lead", True), ("executive", True), ("coordinator", False), ("nurse", False)]
)
def test_my_work_tells_those_who_answer_for_the_plan(
    world: World, signed_in: SignIn, who: str, shown: bool
) -> None:
    make_plan(world)

    page = body(signed_in(getattr(world, who)), "/")

    assert ("3 of 3 proposals have no lead and no date" in page) == shown


def test_my_work_says_nothing_where_there_is_no_plan(world: World, signed_in: SignIn) -> None:
    assert "Action plan</h2>" not in body(signed_in(world.executive), "/")


@pytest.mark.parametrize(("who", "shown"), [("executive", True), ("coordinator", True), ("nurse", False)])
def test_the_navigation_leads_readers_to_the_plan(
    world: World, signed_in: SignIn, who: str, shown: bool
) -> None:
    assert (f'href="{LIST}"' in body(signed_in(getattr(world, who)), "/")) == shown
