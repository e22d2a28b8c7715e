"""The demo's data is made by the real services, once, and the accounts can sign in."""

import re

from django.test import Client

from cases.records.models import Case
from demo import accounts as cast
from foundation.accounts.models import Agency, Area, Team, User
from foundation.base.pg.roles import as_owner
from foundation.deadlines.models import Notice
from tests.demo.loading import load

OFCOM = re.compile(r"0117 496 0\d{3}")


def test_the_contracts_people_work_in_12_teams_8_agencies_and_three_areas(loaded: str) -> None:
    assert User.objects.count() == 20
    assert Team.objects.count() == 12
    assert Agency.objects.count() == 8
    assert Area.objects.count() == 3
    assert f"Demo password: {cast.PASSWORD}" in loaded
    for each in cast.ACCOUNTS:
        assert each.email in loaded


def test_it_says_how_long_it_took(loaded: str) -> None:
    assert re.match(r"Demo data: loaded in \d+\.\d s\n", loaded)


def test_telephone_numbers_are_of_the_range_kept_for_drama(loaded: str) -> None:
    numbers = {
        *User.objects.values_list("phone", flat=True),
        *Team.objects.values_list("duty_phone", flat=True),
    }
    assert len(numbers) == 32
    assert all(OFCOM.fullmatch(number) for number in numbers)


def test_each_neighbouring_area_names_who_receives_what_is_shared(loaded: str) -> None:
    links = dict(Area.objects.values_list("name", "locality_link__email"))
    assert links == {
        "Bristol": None,
        "North Somerset": "north.somerset@demo.example",
        "South Gloucestershire": "south.glos@demo.example",
    }


def test_a_second_load_keeps_the_data(loaded: str) -> None:
    with as_owner():
        before = set(Case.objects.values_list("reference", flat=True))
        told = Notice.objects.count()
    assert "kept" in load()
    with as_owner():
        assert set(Case.objects.values_list("reference", flat=True)) == before
        assert Notice.objects.count() == told


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
