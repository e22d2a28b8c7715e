"""The OpenAPI document is valid and complete, and the reference says the same to people."""

import re
import warnings
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from foundation.accounts.models import User
from foundation.base import problems
from tests.architecture.addresses import pages
from tests.factories import World, make_case

SignIn = Callable[[User], Client]


@pytest.fixture
def document(db: None) -> Any:
    answer = Client().get("/api/v1/schema/")
    assert answer.status_code == 200
    return answer.json()


def test_the_document_is_valid_openapi_3_1(document: Any) -> None:
    assert document["openapi"].startswith("3.1")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        validate(document, cls=OpenAPIV31SpecValidator)


def test_it_is_complete(document: Any) -> None:
    addresses = {
        re.sub(r"/[0-9a-f-]{36}/", "/{id}/", page.address)
        for page in pages()
        if page.name.startswith("api:") and page.name not in {"api:docs", "api:schema"}
    }
    assert {re.sub(r"\{\w+\}", "{id}", path) for path in document["paths"]} == addresses


def test_every_operation_is_described_and_its_refusals_are_problems(document: Any) -> None:
    for path, methods in document["paths"].items():
        assert set(methods) <= {"get"}, path
        for told in methods.values():
            assert len(told["description"]) > 10, path
            assert told["security"] == [{"session": []}], path
            assert {"401", "403", "405", "406", "429", "500"} <= set(told["responses"]), path
            for status, answer in told["responses"].items():
                kind = "application/json" if status == "200" else problems.CONTENT_TYPE
                assert list(answer["content"]) == [kind], (path, status)


def test_answers_have_the_fields_that_are_described(document: Any, world: World, signed_in: SignIn) -> None:
    case = make_case(world)
    row = signed_in(world.social_worker).get(f"/api/v1/cases/{case.pk}/").json()
    described = document["components"]["schemas"]["Case"]
    assert set(row) == set(described["properties"]) == set(described["required"])


def test_the_reference_names_every_address_and_every_problem(document: Any) -> None:
    page = Client().get("/api/docs/").content.decode()
    for path in document["paths"]:
        assert f"GET {path}" in page
    for kind in problems.KINDS.values():
        assert f'id="{kind.slug}"' in page
        assert f'id="status-{kind.status}"' in page
    assert "<script src" not in page.replace('<script type="module" src="/static/web/app.js">', "")


def test_neither_holds_a_row_of_anybodys(world: World, signed_in: SignIn) -> None:
    make_case(world)
    client = signed_in(world.social_worker)
    for address in ("/api/v1/schema/", "/api/docs/"):
        assert "Robin" not in client.get(address).content.decode()
    assert client.get("/api/v1/schema/").content == Client().get("/api/v1/schema/").content


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_document_is_only_read(db: None, method: str) -> None:
    assert getattr(Client(), method)("/api/v1/schema/").status_code in {403, 405}
