"""A hidden screen shows nothing of anybody, whatever is asked, until its owner's password is given."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from foundation.accounts.models import User
from foundation.audit.models import AuditEvent
from foundation.base.pg.roles import as_owner
from tests.accounts.test_sign_in import PASSWORD, WRONG, with_password
from tests.architecture.addresses import pages
from tests.factories import World, make_case

HERE = "203.0.113.1"
AS_PROGRAM = {"Accept": "application/json"}
OPEN = {"hidden", "show-again", "account_logout", "web:live", "web:ready"}
BACK = "/cases/?sort=opened"


@pytest.fixture
def worker(world: World) -> User:
    make_case(world)
    return with_password(world.social_worker)


@pytest.fixture
def client(worker: User) -> Client:
    """Signed in, and hidden at the list of cases."""
    client = signed_in_here(worker)
    assert client.post("/hidden/", {"back": BACK}).headers["Location"] == "/hidden/"
    return client


def signed_in_here(user: User) -> Client:
    client = Client(REMOTE_ADDR=HERE)
    assert client.post("/sign-in/", {"login": user.email, "password": PASSWORD}).status_code == 302
    return client


def show(client: Client, password: str = PASSWORD, **more: Any) -> Any:
    return client.post("/hidden/show/", {"password": password}, **more)


def is_hidden(client: Client) -> bool:
    return bool(client.get("/hidden/", headers=AS_PROGRAM).json()["hidden"])


def test_the_neutral_page_names_nothing_and_nobody(client: Client, worker: User) -> None:
    page = client.get("/hidden/").content.decode()
    assert "<title>Screen hidden</title>" in page
    for word in (
        settings.SERVICE_NAME,
        worker.name,
        worker.email,
        "Safeguarding",
        "child",
        "Child",
        "Case",
        "Robin",
    ):
        assert word not in page
    assert client.get("/hidden/").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "page", [page for page in pages() if page.name not in OPEN], ids=lambda page: page.name
)
def test_every_address_answers_with_the_neutral_page(client: Client, page: Any) -> None:
    asked, sent = client.get(page.address), client.post(page.address, {"text": "typed words"})
    if page.address.startswith("/api/v1/"):
        assert (asked.status_code, sent.status_code) == (403, 403)
        assert asked.json()["detail"].startswith("The screen of this session is hidden")
        return
    assert (asked.status_code, asked.headers["Location"]) == (302, "/hidden/")
    assert sent.status_code == 403
    assert "typed words" not in sent.content.decode()
    assert settings.SERVICE_NAME not in sent.content.decode()
    assert "has not been saved" in sent.content.decode()


@pytest.mark.parametrize("address", ["/nowhere/", "/api/nowhere", "/hidden", "/hidden/more/", "//hidden/"])
def test_neither_do_addresses_that_are_not_there(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code in {302, 301, 403}
    assert settings.SERVICE_NAME not in answer.content.decode()


def test_the_password_brings_back_the_page(client: Client) -> None:
    answer = show(client)
    assert (answer.status_code, answer.headers["Location"]) == (302, BACK)
    assert client.get(BACK).status_code == 200


def test_a_script_is_answered_without_a_page(worker: User) -> None:
    client = signed_in_here(worker)
    assert not is_hidden(client)
    assert client.post("/hidden/", {"back": "/"}, headers=AS_PROGRAM).status_code == 204
    assert is_hidden(client)
    wrong = show(client, WRONG, headers=AS_PROGRAM)
    assert (wrong.status_code, wrong.json()) == (422, {"said": "That is not your password. Try again."})
    assert show(client, headers=AS_PROGRAM).status_code == 204
    assert not is_hidden(client)


@pytest.mark.parametrize("password", ["", WRONG, "x" * 100_000, PASSWORD + " ", PASSWORD.upper()])
def test_anything_else_leaves_it_hidden(client: Client, password: str) -> None:
    assert show(client, password).status_code == 422
    assert is_hidden(client)
    assert client.get("/cases/").status_code == 302


def test_somebody_elses_password_is_a_wrong_one(client: Client, world: World) -> None:
    with as_owner():
        world.nurse.set_password("another one that is long")
        world.nurse.save()
    answer = client.post(
        "/hidden/show/", {"password": "another one that is long", "email": world.nurse.email}
    )
    assert answer.status_code == 422


def test_wrong_tries_lock_like_those_at_sign_in_and_say_nothing_of_the_service(
    client: Client, worker: User
) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        assert show(client, WRONG).status_code == 422
    locked = show(client, WRONG)
    assert locked.status_code == 429
    assert "too many wrong tries" in locked.content.decode()
    assert settings.SERVICE_NAME not in locked.content.decode()
    assert show(client).status_code == 429
    assert show(client, headers=AS_PROGRAM).json()["said"].startswith("There were too many wrong tries")
    elsewhere = Client(REMOTE_ADDR=HERE)
    assert elsewhere.post("/sign-in/", {"login": worker.email, "password": PASSWORD}).status_code == 429


def test_tries_at_sign_in_and_here_are_one_count(client: Client, worker: User) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT - 2):
        Client(REMOTE_ADDR=HERE).post("/sign-in/", {"login": worker.email, "password": WRONG})
    assert show(client, WRONG).status_code == 422
    assert show(client, WRONG).status_code == 429


def test_the_right_password_forgets_the_wrong_tries(client: Client) -> None:
    for _ in range(3):
        for _ in range(settings.AXES_FAILURE_LIMIT - 1):
            assert show(client, WRONG).status_code == 422
        assert show(client).status_code == 302
        client.post("/hidden/", {"back": "/"})


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "",
        "/hidden/",
        "/" + "x" * 3000,
    ],
)
def test_the_way_back_stays_in_the_service(worker: User, back: str) -> None:
    client = signed_in_here(worker)
    client.post("/hidden/", {"back": back})
    assert show(client).headers["Location"] == "/"


def test_hidden_twice_it_goes_back_to_where_it_was_hidden_first(client: Client) -> None:
    client.post("/hidden/", {"back": "/help/"})
    assert show(client).headers["Location"] == BACK


def test_hiding_needs_no_token_and_showing_does(worker: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(worker, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post("/hidden/", {"back": "/"}).status_code == 302
    refused = show(client)
    assert (refused.status_code, refused.headers["Location"]) == (302, "/hidden/")
    token = re.search(r'value="(\w{64})"', client.get("/hidden/").content.decode())
    assert token
    given = {"password": PASSWORD, "csrfmiddlewaretoken": token[1]}
    assert client.post("/hidden/show/", given).headers["Location"] == "/"


def test_signing_out_is_open_and_ends_it(client: Client) -> None:
    client.post("/sign-out/")
    assert client.get("/cases/").headers["Location"].startswith("/sign-in/")


def test_the_page_that_asks_to_sign_out_names_people_and_stays_hidden(client: Client) -> None:
    for asked in (client.get("/sign-out/"), client.head("/sign-out/")):
        assert (asked.status_code, asked.headers["Location"]) == (302, "/hidden/")
    assert is_hidden(client)


def test_who_is_not_signed_in_has_nothing_to_hide(db: None) -> None:
    assert Client().get("/hidden/").headers["Location"].startswith("/sign-in/")
    assert Client().post("/hidden/", {"back": "/"}).status_code == 403
    assert Client().post("/hidden/show/", {"password": PASSWORD}).status_code == 403


def test_a_screen_that_is_not_hidden_has_no_neutral_page(worker: User) -> None:
    assert signed_in_here(worker).get("/hidden/").headers["Location"] == "/"


def test_both_acts_stand_in_the_audit(client: Client, worker: User) -> None:
    show(client)
    with as_owner():
        acts = AuditEvent.objects.filter(actor=worker.pk, action__endswith="screen")
        assert sorted(acts.values_list("action", flat=True)) == ["hide the screen"]
        assert AuditEvent.objects.filter(actor=worker.pk, action="show the screen again").count() == 1


def test_every_page_offers_it(worker: User) -> None:
    page = signed_in_here(worker).get("/cases/?lead=mine").content.decode()
    assert "data-hide-screen" in page
    assert 'name="back" value="/cases/?lead=mine"' in page
    assert "data-hide-screen" not in Client().get(reverse("web:help")).content.decode()


def test_the_sign_of_life_answers_all_the_same(client: Client) -> None:
    assert client.get("/health/live").status_code == 200
