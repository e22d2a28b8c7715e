"""Whatever goes wrong under /api/ is told as problem+json (RFC 9457), never as a page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client
from rest_framework import exceptions

from cases.records.api import Cases
from foundation.accounts.models import User
from foundation.base import problems
from foundation.base.api_refusals import as_problem
from foundation.base.errors import RuleBroken
from tests.factories import World

SignIn = Callable[[User], Client]
LIST = "/api/v1/cases/"
UNKNOWN = ["/api/", "/api/v1/", "/api/v2/cases/", "/api/v1/cases/x/y/", "/api/v1/schema.json", "/api/%FF"]


def is_problem(answer: Any, status: int) -> bool:
    told = answer.json()
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (answer.status_code, told["status"]) == (status, status)
    assert told["type"] == problems.KINDS[status].type
    assert told["title"]
    assert told["detail"]
    return True


@pytest.mark.parametrize("address", UNKNOWN)
def test_an_address_that_is_not_there(world: World, signed_in: SignIn, address: str) -> None:
    assert is_problem(signed_in(world.nurse).get(address), 404)


@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "options", "head"])
def test_nobody_signed_in(db: None, method: str) -> None:
    answer = getattr(Client(), method)(LIST)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Session ")
    if method != "head":
        assert is_problem(answer, 401)


def test_a_session_that_has_ended(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.social_worker)
    client.cookies["sessionid"] = "x" * 32
    assert is_problem(client.get(LIST), 401)


@pytest.mark.parametrize("credentials", ["Bearer abc", "Basic YTpi", "Token x", "Session"])
def test_other_credentials_open_nothing(db: None, credentials: str) -> None:
    assert is_problem(Client().get(LIST, headers={"Authorization": credentials}), 401)


@pytest.mark.parametrize("accepts", ["text/html", "application/xml", "image/*", "text/csv;q=0.9"])
def test_a_format_we_do_not_speak(world: World, signed_in: SignIn, accepts: str) -> None:
    assert is_problem(signed_in(world.nurse).get(LIST, headers={"Accept": accepts}), 406)


@pytest.mark.parametrize("accepts", ["*/*", "application/json", "application/problem+json, application/json"])
def test_a_format_we_speak(world: World, signed_in: SignIn, accepts: str) -> None:
    assert signed_in(world.nurse).get(LIST, headers={"Accept": accepts}).status_code == 200


def test_what_nobody_can_read(world: World, signed_in: SignIn) -> None:
    assert is_problem(signed_in(world.nurse).get(f"{LIST}?kind=%00"), 400)


def test_a_forged_form(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.nurse, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert is_problem(client.post("/api/v1/schema/"), 403)
    assert is_problem(client.post(LIST), 405)


def test_a_mistake_of_ours_is_logged_and_tells_nothing(
    world: World, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*args: Any) -> None:
        raise RuntimeError("planted secret")

    monkeypatch.setattr(Cases, "record", broken)
    client = signed_in(world.nurse)
    client.raise_request_exception = False
    answer = client.get(LIST)
    assert is_problem(answer, 500)
    assert b"secret" not in answer.content
    assert "planted secret" in caplog.text


@pytest.mark.parametrize(
    ("raised", "status", "detail"),
    [
        (Http404("No Case matches"), 404, problems.KINDS[404].detail),
        (PermissionDenied("Only the hub decides."), 403, "Only the hub decides."),
        (PermissionDenied(), 403, problems.KINDS[403].detail),
        (RuleBroken("The case is closed."), 409, "The case is closed."),
        (exceptions.ParseError("JSON parse error - line 1"), 400, problems.KINDS[400].detail),
        (exceptions.UnsupportedMediaType("text/plain"), 415, problems.KINDS[415].detail),
        (exceptions.Throttled(wait=7), 429, problems.KINDS[429].detail),
    ],
)
def test_each_refusal_has_its_status_and_its_words(raised: Exception, status: int, detail: str) -> None:
    answer = as_problem(raised, {})
    assert answer is not None
    assert (answer.status_code, answer.data["detail"], answer.content_type) == (
        status,
        detail,
        "application/problem+json",
    )
    assert (answer.headers.get("Retry-After") == "7") is (status == 429)


def test_fields_of_a_body_are_pointed_at() -> None:
    wrong = exceptions.ValidationError(
        {"name": ["Too long."], "shares": [{}, {"team": ["Unknown."]}], "non_field_errors": ["Both or none."]}
    )
    answer = as_problem(wrong, {})
    assert answer is not None
    assert answer.data["errors"] == [
        {"pointer": "#/name", "detail": "Too long."},
        {"pointer": "#/shares/1/team", "detail": "Unknown."},
        {"pointer": "#/", "detail": "Both or none."},
    ]


def test_what_is_no_refusal_is_left_to_be_logged() -> None:
    assert as_problem(RuntimeError("planted"), {}) is None
