"""Every address asks for sign-in unless it is listed here."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from tests.architecture.addresses import Page, pages

OPEN = {
    "account_login": "the way in",
    "account_logout": "whoever is signed out already is led to sign-in",
    "web:live": "asked by the supervisor; says nothing but that the process answers",
    "web:ready": "asked by monitors; says what answers, without names, addresses or versions",
    "api:docs": "made from the code alone: a developer reads it before there is an account",
    "api:schema": "the same for programs",
    "web:help": "whoever cannot sign in reads there whom to ask",
    "demo:outbox": "the demo's mail; the address exists only where the demo is installed",
    "demo:clock": "the demo's clock, likewise",
    "demo:sign-in": "the demo's buttons; the address exists only where the demo is installed",
}


def unlisted(found: list[Page]) -> set[str]:
    return {page.name for page in found if page.is_open} - set(OPEN)


def test_only_what_is_listed_is_open() -> None:
    assert unlisted(pages()) == set()


def test_the_list_names_nothing_that_is_gone() -> None:
    assert set(OPEN) <= {page.name for page in pages()}


def test_a_page_that_somebody_opens_is_named() -> None:
    planted = path("secret/", login_not_required(lambda request: HttpResponse()), name="secret")
    assert unlisted([Page("secret", "/secret/", (), planted)]) == {"secret"}


@pytest.mark.parametrize("address", [page.address for page in pages() if page.name not in OPEN])
def test_without_signing_in_a_page_leads_to_sign_in_and_takes_nothing(
    db: None, client: Client, address: str
) -> None:
    asked = client.get(address)
    if address.startswith("/api/"):  # programs are told, not led
        assert asked.status_code == client.post(address, {"text": "typed"}).status_code == 401
        return
    assert asked.status_code == 302, address
    assert asked["Location"].startswith("/sign-in/"), address
    assert client.post(address, {"text": "typed"}).status_code in {302, 403}, address


def test_the_sign_of_life_asks_nobody_who_they_are(db: None, client: Client) -> None:
    assert client.get("/health/live").json()["status"] == "live"


def test_the_sign_of_life_does_not_touch_the_database(client: Client) -> None:
    client.raise_request_exception = False
    assert client.get("/health/live").json()["status"] == "live"
