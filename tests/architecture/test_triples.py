"""Every address with an id: 404 for outsiders, as for an id that is nowhere; 403 for the rest; then let in."""

import re
import uuid
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path, reverse

from foundation.accounts.models import User
from tests.architecture.addresses import Page, pages
from tests.factories import World
from tests.triples import TRIPLES, Scene

SignIn = Callable[[User], Client]


def without_triple(found: list[Page], known: dict[str, Callable[[World], Scene]]) -> set[str]:
    return {page.name for page in found if page.ids} - set(known)


def faults(name: str, scene: Scene, sign_in: SignIn) -> list[str]:
    """What is wrong with one address: each of the three answers, and that 404 looks the same for both reasons."""
    address = reverse(name, kwargs=scene.ids)
    nowhere = reverse(name, kwargs=dict.fromkeys(scene.ids, uuid.uuid4()))
    found = []
    for method in ("get", "post"):
        hidden, absent = (getattr(sign_in(scene.outsider), method)(each) for each in (address, nowhere))
        refused = {404} if method == "get" else {404, 405}  # 405: nobody may, whatever the id
        if hidden.status_code != absent.status_code or hidden.status_code not in refused:
            found.append(
                f"an outsider's {method} is answered {hidden.status_code}, and {absent.status_code} where nothing is"
            )
        elif neutral(hidden.content, address) != neutral(absent.content, nowhere):
            found.append(f"to an outsider's {method}, hidden looks different from absent")
    if scene.insider:
        for method in {"get", scene.method}:
            answer = getattr(sign_in(scene.insider), method)(address, scene.typed)
            if answer.status_code != 403:
                found.append(f"an insider's {method} without the right is answered {answer.status_code}")
    elif not scene.nobody_because:
        found.append("nobody is named who sees it and may not do it, and no reason is given")
    answer = getattr(sign_in(scene.allowed), scene.method)(address, scene.typed)
    if answer.status_code not in scene.answers:
        found.append(f"whoever may is answered {answer.status_code}")
    return found


def neutral(page: bytes, address: str) -> str:
    """The page without what differs at each look: the address itself and the form's token."""
    return re.sub(r'value="\w{64}"', "", page.decode()).replace(address, "")


@pytest.mark.parametrize("name", TRIPLES)
def test_an_address_with_an_id_tells_outsiders_nothing_and_refuses_who_may_not(
    world: World, signed_in: SignIn, name: str
) -> None:
    assert faults(name, TRIPLES[name](world), signed_in) == []


def test_every_address_with_an_id_has_its_triple() -> None:
    assert without_triple(pages(), TRIPLES) == set()


def test_no_triple_is_kept_for_an_address_that_is_gone() -> None:
    assert set(TRIPLES) <= {page.name for page in pages() if page.ids}


def test_an_address_without_a_triple_is_named() -> None:
    planted = path("secret/<uuid:case_id>/", lambda request, case_id: HttpResponse(), name="secret")
    page = Page("secret", "/secret/x/", ("case_id",), planted)
    assert without_triple([page], TRIPLES) == {"secret"}
    assert without_triple([page], {"secret": TRIPLES["cases:detail"]}) == set()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"outsider": "social_worker"}, "an outsider's get is answered 200"),
        ({"insider": "coordinator"}, "an insider's get without the right is answered 200"),
        ({"nobody_because": ""}, "no reason is given"),
        ({"allowed": "nurse"}, "whoever may is answered 404"),
    ],
)
def test_a_wrong_answer_is_found(
    world: World, signed_in: SignIn, changes: dict[str, str], fault: str
) -> None:
    honest = TRIPLES["cases:detail"](world)
    people = {name: getattr(world, who) if who else who for name, who in changes.items()}
    planted = Scene(**{**vars(honest), **people})
    assert any(fault in each for each in faults("cases:detail", planted, signed_in))
