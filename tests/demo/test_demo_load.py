"""The demo's data is made by the real services, once, and the accounts can sign in."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from actionplan.models import Proposal
from cases.chronology.models import Entry
from cases.people.models import Person
from cases.records.models import Case
from demo import accounts as cast
from foundation.accounts.models import Agency, Area, Team, User
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from referrals.models import Move, Progress, Status

REFERENCES = ["R-2ZTK-TD8G", "R-5DMM-R59Q", "R-XXKX-XPJ9"]

pytestmark = pytest.mark.django_db


def load() -> str:
    said = StringIO()
    call_command("demo_load", stdout=said)
    return said.getvalue()


@pytest.fixture
def loaded() -> str:
    return load()


def test_the_contracts_people_work_in_12_teams_8_agencies_and_three_areas(loaded: str) -> None:
    assert User.objects.count() == 18
    assert Team.objects.count() == 12
    assert Agency.objects.count() == 8
    assert Area.objects.count() == 3
    assert f"Demo password: {cast.PASSWORD}" in loaded
    for each in cast.ACCOUNTS:
        assert each.email in loaded


def test_three_children_two_cases_and_one_referral_that_waits(loaded: str) -> None:
    with as_owner():
        assert Case.objects.count() == 2
        assert Person.objects.count() == 2
        assert Progress.objects.filter(status=Status.SENT).count() == 1
        assert Progress.objects.count() == 3
        assert Proposal.objects.count() == 23


def test_a_second_load_keeps_the_data(loaded: str) -> None:
    with as_owner():
        before = set(Case.objects.values_list("reference", flat=True))
    assert "kept" in load()
    with as_owner():
        assert set(Case.objects.values_list("reference", flat=True)) == before


def test_references_are_the_same_in_every_load(loaded: str) -> None:
    with as_owner():
        assert sorted(Progress.objects.values_list("reference", flat=True)) == REFERENCES


def test_every_account_has_a_button_that_signs_in(loaded: str) -> None:
    page = Client().get("/sign-in/").content.decode()
    for each in cast.ACCOUNTS:
        assert f'value="{each.account}"' in page
        client = Client()
        assert client.post("/demo/sign-in/", {"account": each.account}).status_code == 302
        assert each.name in client.get("/").content.decode()


def test_an_unknown_account_signs_nobody_in(loaded: str) -> None:
    client = Client()
    assert client.post("/demo/sign-in/", {"account": "root"}).status_code == 404
    assert client.get("/").status_code == 302


def test_the_password_signs_in_through_the_form(loaded: str) -> None:
    client = Client()
    answer = client.post("/sign-in/", {"login": "executive@demo.example", "password": cast.PASSWORD})
    assert answer.status_code == 302
    assert "Leon Ashdown" in client.get("/").content.decode()


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 20, 16, 0, tzinfo=UTC),
        datetime(2026, 11, 21, 12, 0, tzinfo=UTC),
        datetime(2026, 11, 23, 0, 30, tzinfo=UTC),
        datetime(2026, 12, 28, 9, 30, tzinfo=UTC),
        datetime(2027, 1, 4, 7, 0, tzinfo=UTC),
    ],
)
def test_whenever_it_is_loaded_one_thing_comes_after_the_other(moment: datetime) -> None:
    with clock.set_to(moment):
        load()
    with as_owner():
        for progress in Progress.objects.all():
            steps = list(Move.objects.filter(referral_id=progress.pk).values_list("after", "at"))
            assert [step for step, _ in steps] == ["sent", "accepted"][: len(steps)]
            assert all(at <= moment for _, at in steps)
            assert progress.decide_by > clock.day_of(progress.sent_at)
        assert all(entry.recorded_at <= moment for entry in Entry.objects.all())
