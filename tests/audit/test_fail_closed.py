"""Where the audit cannot be written, nothing is shown and nothing is done."""

import logging
from collections.abc import Callable

import pytest
from django.db import DatabaseError
from django.test import Client

from cases.chronology.models import Tone
from cases.chronology.services import add_entry
from cases.people.models import Person
from cases.people.services import add_person
from foundation.accounts.models import User
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from tests.base.sql import rows
from tests.factories import World, make_case

SignIn = Callable[[User], Client]


@pytest.fixture
def no_audit(world: World) -> Callable[[], None]:
    """From the call on, the application may not add a row, until the test's transaction is rolled back."""

    def break_it() -> None:
        with as_owner():
            rows("REVOKE INSERT ON audit_auditevent FROM sg_app")

    return break_it


def test_pages_show_nothing_of_a_record_and_say_that_something_is_wrong(
    world: World, signed_in: SignIn, no_audit: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    case = make_case(world, name="Robin Fable")
    client = signed_in(world.social_worker)
    client.raise_request_exception = False
    pages = ["/", "/cases/", f"/cases/{case.pk}/", "/find/?q=robin"]
    for page in pages:
        assert "Robin Fable" in client.get(page).content.decode(), page
    no_audit()
    with caplog.at_level(logging.CRITICAL):
        for page in pages:
            answer = client.get(page)
            assert answer.status_code in {500, 503}, page
            assert "Robin" not in answer.content.decode(), page
            assert case.reference not in answer.content.decode(), page


@pytest.mark.parametrize("path", ["/cases/00000000-0000-0000-0000-000000000000/"])
def test_a_refusal_that_cannot_be_written_is_answered_with_503(
    world: World, signed_in: SignIn, no_audit: Callable[[], None], caplog: pytest.LogCaptureFixture, path: str
) -> None:
    client = signed_in(world.nurse)
    assert client.get(path).status_code == 404
    no_audit()
    with caplog.at_level(logging.CRITICAL):
        assert client.get(path).status_code == 503


def test_services_do_nothing(world: World, no_audit: Callable[[], None]) -> None:
    case = make_case(world)
    no_audit()
    with acting_as(world.coordinator):
        with pytest.raises(DatabaseError):
            add_person(name="Wren Harbour", known_as="", born_on=None, school="", actor=world.coordinator)
        with pytest.raises(DatabaseError):
            add_entry(
                case_id=case.pk,
                title="Seen",
                text="x",
                happened_on=clock.today(),
                tone=Tone.WORRY,
                team=world.hub,
                actor=world.coordinator,
            )
    with as_owner():
        assert Person.objects.count() == 1
        assert case.entry_parts.count() == 0


def test_nobody_signs_in(
    world: World, no_audit: Callable[[], None], client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with as_owner():
        world.nurse.set_password("correct horse battery staple")
        world.nurse.save()
    no_audit()
    client.raise_request_exception = False
    with caplog.at_level(logging.CRITICAL):
        answer = client.post(
            "/sign-in/", {"login": world.nurse.email, "password": "correct horse battery staple"}
        )
    assert answer.status_code >= 500
    assert client.get("/").status_code == 302
