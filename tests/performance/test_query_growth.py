"""A page costs the same number of queries for 1 row and for 21."""

import os
import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.chronology.models import Tone
from cases.chronology.services import add_entry
from cases.records.models import Case
from foundation.accounts.models import User
from foundation.base.pg.viewer import acting_as
from referrals import services as referrals
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


@pytest.mark.parametrize("path", ["/cases/", "/find/?q=fable", "/"])
def test_lists_of_cases_cost_the_same_for_1_and_21(world: World, signed_in: SignIn, path: str) -> None:
    client = signed_in(world.social_worker)
    make_case(world, name="Robin Fable 0")
    one = queries(client, path)
    for number in range(20):
        make_case(world, name=f"Robin Fable {number + 1}")
    assert queries(client, path) == one


@pytest.mark.parametrize("path", ["/referrals/", "/"])
def test_lists_of_referrals_cost_the_same_for_1_and_21(world: World, signed_in: SignIn, path: str) -> None:
    client = signed_in(world.school_lead)
    for number in range(2):
        refer(world, number)
    one = queries(client, path)
    for number in range(2, 42):
        refer(world, number)
    assert queries(client, path) == one


@pytest.mark.parametrize("path", ["/referrals/in-tray/", "/"])
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
