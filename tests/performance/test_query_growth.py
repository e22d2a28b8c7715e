"""A page costs the same number of queries for 1 row and for 21."""

import os
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.chronology.models import Tone
from cases.chronology.services import add_entry
from cases.records.models import Case
from foundation.accounts.models import User
from foundation.base import clock
from foundation.base.pg.viewer import acting_as
from foundation.deadlines.holidays import add_holiday
from foundation.deadlines.sweep import sweep
from foundation.vocabulary.services import Words, add_term, retire_term
from referrals import services as referrals
from tests.deadlines.duties import make_duty, name_manager
from tests.factories import World, make_case

SignIn = Callable[[User], Client]
WORDS: dict[str, Any] = {
    "child_born_on": None,
    "concern": "Worried about what happens after school.",
    "harm_types": [],
    "is_safe_now": None,
    "family_told": None,
}


def queries(client: Client, path: str) -> int:
    client.get(path)  # what is cached once a process does not count
    with CaptureQueriesContext(connection) as caught:
        assert client.get(path).status_code == 200
    if os.environ.get("SAY_QUERIES"):
        print(f"{len(caught):>3} {path}")
    return len(caught)


def refer(world: World, number: int) -> uuid.UUID:
    """A draft; sent where the number is odd."""
    with acting_as(world.school_lead):
        draft = referrals.save_draft(
            draft_id=uuid.uuid4(),
            team=world.school,
            area=world.area,
            words={**WORDS, "child_name": f"Robin Fable {number}"},
            actor=world.school_lead,
        )
        if number % 2:
            referrals.send_referral(referral_id=draft.pk, actor=world.school_lead)
    return draft.pk


def write(world: World, case: Case, number: int) -> None:
    with acting_as(world.social_worker):
        add_entry(
            case_id=case.pk,
            title=f"Entry {number}",
            text="What was said",
            happened_on=date(2026, 1, 1),
            tone=Tone.NEITHER,
            team=world.social_work,
            actor=world.social_worker,
        )


@pytest.mark.parametrize(
    "path", ["/cases/", "/cases/?lead=none&sort=opened", "/api/v1/cases/", "/find/?q=fable", "/"]
)
def test_lists_of_cases_cost_the_same_for_1_and_21(world: World, signed_in: SignIn, path: str) -> None:
    client = signed_in(world.social_worker)
    make_case(world, name="Robin Fable 0")
    one = queries(client, path)
    for number in range(20):
        make_case(world, name=f"Robin Fable {number + 1}")
    assert queries(client, path) == one


@pytest.mark.parametrize("path", ["/referrals/", "/referrals/?by=me&status=sent&sort=due", "/"])
def test_lists_of_referrals_cost_the_same_for_1_and_21(world: World, signed_in: SignIn, path: str) -> None:
    client = signed_in(world.school_lead)
    for number in range(2):
        refer(world, number)
    one = queries(client, path)
    for number in range(2, 42):
        refer(world, number)
    assert queries(client, path) == one


@pytest.mark.parametrize("path", ["/referrals/in-tray/", "/referrals/in-tray/?status=sent&sort=sent", "/"])
def test_the_hubs_pages_cost_the_same_for_1_and_21(world: World, signed_in: SignIn, path: str) -> None:
    client = signed_in(world.coordinator)
    refer(world, 1)
    one = queries(client, path)
    for number in range(20):
        refer(world, 2 * number + 1)
    assert queries(client, path) == one


def test_the_page_of_a_case_costs_the_same_for_1_and_21_entries(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.social_worker)
    case = make_case(world)
    write(world, case, 0)
    one = queries(client, f"/cases/{case.pk}/")
    for number in range(20):
        write(world, case, number + 1)
    assert queries(client, f"/cases/{case.pk}/") == one


def test_the_page_of_a_referral_costs_the_same_for_1_and_21_steps(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.school_lead)
    referral_id = refer(world, 1)
    path = f"/referrals/{referral_id}/"
    one = queries(client, path)
    for _ in range(10):
        with acting_as(world.coordinator):
            referrals.ask_for_more(referral_id=referral_id, question="More?", actor=world.coordinator)
        with acting_as(world.school_lead):
            referrals.answer(referral_id=referral_id, text="More.", actor=world.school_lead)
    assert queries(client, path) == one


def add_words(world: World, number: int) -> None:
    admin = world.administrator
    with acting_as(admin):
        for name, parent in (("ward", "south"), ("place_kind", "street")):
            words = Words(f"Place {number}", parent=parent)
            code = add_term(list_name=name, words=words, actor=admin).code
            if number % 2:
                retire_term(list_name=name, code=code, actor=admin)
        add_holiday(day=date(2027, 1, 4) + timedelta(weeks=number), name=f"Day {number}", actor=admin)


@pytest.mark.parametrize(
    "path", ["words/", "words/ward/", "words/place_kind/", "time-limits/", "bank-holidays/"]
)
def test_administrators_pages_cost_the_same_for_1_and_21(world: World, signed_in: SignIn, path: str) -> None:
    client = signed_in(world.administrator)
    for number in range(2):
        add_words(world, number)
    one = queries(client, f"/people-and-teams/{path}")
    for number in range(2, 12):
        add_words(world, number)
    assert queries(client, f"/people-and-teams/{path}") == one


@pytest.mark.parametrize("path", ["/", "/due/", "/notices/"])
def test_what_is_due_and_told_costs_the_same_for_1_and_12(world: World, signed_in: SignIn, path: str) -> None:
    client = signed_in(world.social_worker)
    make_duty(world, due_on=clock.today(), owner=world.social_worker)
    sweep()
    one = queries(client, path)
    for _ in range(11):
        make_duty(world, due_on=clock.today(), owner=world.social_worker)
    sweep()
    assert queries(client, path) == one


def test_a_managers_view_of_late_work_costs_the_same_for_1_and_12(world: World, signed_in: SignIn) -> None:
    client = signed_in(name_manager(world.social_work, "Mara Quist"))
    yesterday = clock.today() - timedelta(days=1)
    make_duty(world, due_on=yesterday, owner=world.social_worker)
    one = queries(client, "/")
    for _ in range(11):
        make_duty(world, due_on=yesterday, owner=world.social_worker)
    assert queries(client, "/") == one
