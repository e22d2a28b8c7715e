"""The API of cases shows a viewer what the website shows them, and is as silent about the rest."""

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.records.models import Case
from foundation.accounts.models import User
from foundation.audit.models import AuditEvent
from foundation.base.pg.roles import as_owner
from tests.factories import World, make_case

SignIn = Callable[[User], Client]
LIST = "/api/v1/cases/"


def read(client: Client, address: str = LIST, status: int = 200) -> Any:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.content)
    kind = "application/json" if status == 200 else "application/problem+json"
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.json()


def ids(page: Any) -> list[str]:
    return [row["id"] for row in page["results"]]


def test_a_case_as_its_team_reads_it(world: World, signed_in: SignIn) -> None:
    case = make_case(world)
    with as_owner():
        Case.objects.filter(pk=case.pk).update(
            lead_professional=world.social_worker, lead_agency=world.council
        )
    client = signed_in(world.social_worker)
    (row,) = read(client)["results"]
    assert row == read(client, f"{LIST}{case.pk}/")
    assert row["reference"] == case.reference
    assert row["area"] == {"id": world.area.pk, "name": "Bristol"}
    assert row["lead_agency"] == {"id": world.council.pk, "name": "City Council"}
    assert row["lead_professional"] == world.social_worker.name
    assert row["subject"]["known_as"] == "Robin Fable"
    assert isinstance(row["subject"]["age"], int)
    assert set(row) == {
        "id",
        "reference",
        "kind",
        "area",
        "lead_agency",
        "lead_professional",
        "subject",
        "opened_at",
        "updated_at",
    }


def test_what_is_not_known_is_null(world: World, signed_in: SignIn) -> None:
    make_case(world, born_on=None)
    (row,) = read(signed_in(world.social_worker))["results"]
    assert (row["lead_agency"], row["lead_professional"], row["subject"]["age"]) == (None, None, None)


def test_hidden_and_absent_are_answered_by_the_same_bytes(world: World, signed_in: SignIn) -> None:
    hidden, client = make_case(world), signed_in(world.nurse)
    answers = [client.get(f"{LIST}{pk}/") for pk in (hidden.pk, uuid.uuid4())]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert [sorted(answer.headers.items()) for answer in answers[:1]] == [sorted(answers[1].headers.items())]
    assert answers[0].content == client.get("/api/v1/nowhere/").content
    for method in ("post", "put", "patch", "delete", "options", "head"):
        both = [getattr(client, method)(f"{LIST}{pk}/") for pk in (hidden.pk, uuid.uuid4())]
        assert both[0].status_code == both[1].status_code
        assert both[0].content == both[1].content
    assert ids(read(client)) == []


@pytest.mark.parametrize("role", ["executive", "administrator", "plan_lead"])
def test_no_role_sees_a_case_by_being_a_role(world: World, signed_in: SignIn, role: str) -> None:
    make_case(world)
    assert ids(read(signed_in(getattr(world, role)))) == []


def test_a_list_goes_on_and_comes_back_while_cases_are_added(world: World, signed_in: SignIn) -> None:
    made = [str(make_case(world, name=f"Fable {number}").pk) for number in range(5)]
    client = signed_in(world.social_worker)
    first = read(client, f"{LIST}?limit=2")
    make_case(world, name="Fable late")
    second = read(client, first["next"])
    third = read(client, second["next"])
    assert ids(first) + ids(second) + ids(third) == made[::-1]
    assert (first["previous"], third["next"]) == (None, None)
    assert ids(read(client, third["previous"])) == ids(second)


def test_filters(world: World, signed_in: SignIn) -> None:
    one, two = make_case(world), make_case(world, name="Fable two")
    with as_owner():
        Case.objects.filter(pk=one.pk).update(lead_professional=world.social_worker, area=world.other_area)
    client = signed_in(world.social_worker)
    for query, wanted in {
        "lead=mine": [one],
        "lead=none": [two],
        f"area={world.area.pk}": [two],
        "kind=place": [],
        f"kind=child&lead=mine&area={world.other_area.pk}": [one],
        "area=99999999999999999999": [],
    }.items():
        assert ids(read(client, f"{LIST}?{query}")) == [str(case.pk) for case in wanted], query


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("x=1", ["x"]),
        ("lead_professional__password__startswith=a", ["lead_professional__password__startswith"]),
        ("people__person__name=Robin", ["people__person__name"]),
        ("ordering=area", ["ordering"]),
        ("format=json", ["format"]),
        ("kind=child&kind=place", ["kind"]),
        ("kind=group", ["kind"]),
        ("lead=somebody", ["lead"]),
        ("area=abc", ["area"]),
        ("area=-1&limit=0", ["limit", "area"]),
        ("limit=101", ["limit"]),
        ("limit=1e3", ["limit"]),
        ("cursor=abc", ["cursor"]),
        ("cursor=WzFd%3Aabc", ["cursor"]),
        ("cursor=" + "a" * 2000, ["cursor"]),
        ("cursor=", ["cursor"]),
        ("%F0%9F%92%A9=%E2%80%AE", ["💩"]),
    ],
)
def test_what_a_list_does_not_take_is_named(
    world: World, signed_in: SignIn, query: str, names: list[str]
) -> None:
    problem = read(signed_in(world.social_worker), f"{LIST}?{query}", status=400)
    assert [line["parameter"] for line in problem["errors"]] == names
    assert all(line["detail"] for line in problem["errors"])
    assert problem["type"] == "/api/docs/#bad-request"
    assert names[0] in problem["detail"]


def test_one_row_takes_no_parameters(world: World, signed_in: SignIn) -> None:
    case = make_case(world)
    problem = read(signed_in(world.social_worker), f"{LIST}{case.pk}/?fields=name", status=400)
    assert problem["errors"][0]["parameter"] == "fields"


@pytest.mark.parametrize("bad", ["1", "x", "0", "../cases", "%00", "' OR 1=1", "5f0c1d9e", "💩", "null"])
def test_ids_that_are_none_are_not_found(world: World, signed_in: SignIn, bad: str) -> None:
    client = signed_in(world.social_worker)
    answer = client.get(f"{LIST}{bad}/")
    assert answer.status_code == (400 if bad == "%00" else 404)
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_format_suffixes_are_off(world: World, signed_in: SignIn) -> None:
    case, client = make_case(world), signed_in(world.social_worker)
    for address in ("/api/v1/cases.json", f"/api/v1/cases/{case.pk}.json", f"{LIST}.json"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_written(world: World, signed_in: SignIn, method: str) -> None:
    case, client = make_case(world), signed_in(world.coordinator)
    for address in (LIST, f"{LIST}{case.pk}/"):
        answer = getattr(client, method)(address, "{}", content_type="application/json")
        assert answer.status_code == 405
        assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
        assert answer.json()["type"] == "/api/docs/#method-not-allowed"


def test_a_method_cannot_be_put_in_the_place_of_another(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.coordinator)
    overridden = {"X-HTTP-Method-Override": "GET", "X-Method-Override": "GET"}
    assert client.post(LIST, {"_method": "GET"}, headers=overridden).status_code == 405
    assert client.get(LIST, headers={"X-HTTP-Method-Override": "DELETE"}).status_code == 200


def test_head_and_options_say_what_they_should(world: World, signed_in: SignIn) -> None:
    make_case(world)
    client = signed_in(world.social_worker)
    head, options = client.head(LIST), client.options(LIST)
    assert (head.status_code, head.content) == (200, b"")
    assert (options.status_code, options.content) == (204, b"")
    assert options.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_what_was_read_stands_in_the_audit_as_for_the_pages(world: World, signed_in: SignIn) -> None:
    case, client = make_case(world), signed_in(world.social_worker)
    read(client)
    read(client, f"{LIST}{case.pk}/")
    with as_owner():
        listed = AuditEvent.objects.get(action="list cases")
        opened = AuditEvent.objects.get(action="read a case")
        assert (listed.actor, listed.shown) == (world.social_worker.pk, [str(case.pk)])
        assert (opened.actor, opened.scope_id) == (world.social_worker.pk, case.pk)
    signed_in(world.nurse).get(f"{LIST}{case.pk}/")
    with as_owner():
        refused = AuditEvent.objects.get(action="GET api:case-detail")
        assert (refused.actor, refused.object_id) == (world.nurse.pk, str(case.pk))


def test_a_page_costs_the_same_for_1_and_21(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.social_worker)

    def queries() -> int:
        client.get(LIST)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(LIST).status_code == 200
        return len(caught)

    make_case(world)
    one = queries()
    for number in range(20):
        make_case(world, name=f"Fable {number}")
    assert queries() == one
    assert json.loads(client.get(LIST).content)["next"] is None
