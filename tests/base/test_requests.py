"""One transaction and one viewer around view and template; a refusal outlives what it refused."""

from collections.abc import Callable

import pytest
from django.test import Client

from cases.records.models import Case
from foundation.accounts.models import User
from foundation.audit.models import AuditEvent, Outcome
from foundation.base.pg import viewer
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import NoViewer
from tests.base.pages import LONG_AGO
from tests.base.sql import scalar
from tests.factories import World, make_case, make_world

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.urls("tests.base.pages")


@pytest.fixture
def real_world(transactional_db: None) -> World:
    """Nothing around the test: each request begins and ends its own transaction."""
    return make_world()


def was_written(case: Case) -> bool:
    with as_owner():
        return Case.objects.filter(pk=case.pk, updated_at=LONG_AGO).exists()


def refusals() -> list[tuple[str, int | None]]:
    with as_owner():
        return list(AuditEvent.objects.filter(outcome=Outcome.REFUSED).values_list("action", "actor"))


def test_a_template_reads_related_rows_inside_the_transaction(real_world: World, signed_in: SignIn) -> None:
    case = make_case(real_world, name="Robin Fable")
    make_case(real_world, name="Wren Harbour", shared_with=())
    page = signed_in(real_world.social_worker).get("/lazy/").content.decode()
    assert page == f"Robin Fable {case.reference} "


def test_the_view_looks_with_the_eyes_of_who_is_signed_in(real_world: World, signed_in: SignIn) -> None:
    client = signed_in(real_world.nurse)
    expected = {"role": "sg_app", "viewer": real_world.nurse.pk, "in_transaction": True}
    assert client.get("/who/").json() == expected
    assert client.get("/after-somebody-else/").json() == expected
    assert viewer.current() is None
    assert scalar("SELECT wall.viewer()") is None


@pytest.mark.parametrize("address", ["/write-and-fail/", "/broken-template/"])
def test_an_exception_rolls_back_what_the_view_wrote(
    real_world: World, signed_in: SignIn, address: str
) -> None:
    case = make_case(real_world)
    client = signed_in(real_world.coordinator)
    client.raise_request_exception = False
    assert client.get(address).status_code == 500
    assert not was_written(case)


@pytest.mark.parametrize(("name", "status"), [("write-and-refuse", 403), ("write-and-miss", 404)])
def test_a_refusal_rolls_back_what_the_view_wrote_and_stays_on_record(
    real_world: World, signed_in: SignIn, name: str, status: int
) -> None:
    case = make_case(real_world)
    assert signed_in(real_world.coordinator).get(f"/{name}/").status_code == status
    assert not was_written(case)
    assert refusals() == [(f"GET {name}", real_world.coordinator.pk)]


def test_the_same_inside_the_transaction_of_an_ordinary_test(world: World, signed_in: SignIn) -> None:
    case = make_case(world)
    assert signed_in(world.coordinator).get("/write-and-refuse/").status_code == 403
    assert not was_written(case)
    assert refusals() == [("GET write-and-refuse", world.coordinator.pk)]


@pytest.mark.parametrize("status", [200, 302, 422])
def test_what_is_answered_without_an_exception_is_kept(
    real_world: World, signed_in: SignIn, status: int
) -> None:
    case = make_case(real_world)
    signed_in(real_world.coordinator).get(f"/write-and-answer/{status}/")
    assert was_written(case)


@pytest.mark.parametrize("status", [500, 503])
def test_an_answered_failure_rolls_back_too(real_world: World, signed_in: SignIn, status: int) -> None:
    case = make_case(real_world)
    client = signed_in(real_world.coordinator)
    client.raise_request_exception = False
    client.get(f"/write-and-answer/{status}/")
    assert not was_written(case)


def test_a_streamed_body_has_no_viewer_and_says_so(real_world: World, signed_in: SignIn) -> None:
    make_case(real_world)
    answer = signed_in(real_world.coordinator).get("/stream/")
    with pytest.raises(NoViewer):
        list(answer)  # type: ignore[call-overload]


def test_one_client_after_another_sees_only_its_own(world: World, signed_in: SignIn) -> None:
    make_case(world)
    clients = {user.pk: signed_in(user) for user in (world.social_worker, world.nurse, world.coordinator)}
    for _ in range(3):
        for pk, client in clients.items():
            assert client.get("/who/").json()["viewer"] == pk
    assert len(clients[world.social_worker.pk].get("/unscoped/").json()["all"]) == 1
    assert clients[world.nurse.pk].get("/unscoped/").json()["all"] == []
