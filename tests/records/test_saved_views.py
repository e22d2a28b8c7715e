"""A view has a name, belongs to one person, and shows what that person may see when it is opened."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from foundation.accounts.models import User
from foundation.audit.models import AuditEvent
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from foundation.web.models import SavedView
from foundation.web.services import VIEWS_AT_MOST
from tests.factories import World

SignIn = Callable[[User], Client]
SAVING = "/views/save/?of=cases&lead=mine&sort=opened"


def save(client: Client, name: str, address: str = SAVING) -> int:
    return client.post(address, {"name": name}).status_code


def views() -> list[SavedView]:
    with as_owner():
        return list(SavedView.objects.all())


def test_a_view_is_saved_opened_and_deleted(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.social_worker)
    assert SAVING.replace("&", "&amp;") in client.get("/cases/?lead=mine&sort=opened").content.decode()
    assert "Lead professional: Me" in client.get(SAVING).content.decode()
    answer = client.post(SAVING, {"name": "Mine, oldest last"})
    assert answer.headers["Location"] == "/cases/?lead=mine&sort=opened"
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Saved as “Mine, oldest last”" in page
    assert 'href="/cases/?lead=mine&amp;sort=opened"' in page.replace("\n", " ")
    assert 'aria-current="page">Mine, oldest last' in page
    assert "Save this view" not in page
    (view,) = views()
    assert "will be gone" in client.get(f"/views/{view.pk}/delete/").content.decode()
    assert client.post(f"/views/{view.pk}/delete/").headers["Location"] == "/cases/"
    assert views() == []
    with as_owner():
        acts = AuditEvent.objects.filter(object_id=str(view.pk)).order_by("at")
        assert list(acts.values_list("action", flat=True)) == ["save a view", "delete a view"]


def test_only_its_owner_has_it(world: World, signed_in: SignIn) -> None:
    save(signed_in(world.social_worker), "Mine")
    other = signed_in(world.nurse)
    (view,) = views()
    assert "Mine" not in other.get("/cases/?lead=mine&sort=opened").content.decode()
    assert other.post(f"/views/{view.pk}/delete/").status_code == 404
    assert save(other, "Mine") == 302
    with acting_as(world.nurse):
        assert [each.owner for each in SavedView.objects.all()] == [world.nurse.pk]
    with acting_as(world.nurse), connection.cursor() as cursor:
        cursor.execute("DELETE FROM web_savedview")
        assert cursor.rowcount == 1
    assert [each.owner for each in views()] == [world.social_worker.pk]


def test_a_name_is_used_once_for_a_list_whatever_its_case(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.coordinator)
    assert save(client, "Waiting") == 302
    again = client.post(SAVING, {"name": "WAITING"})
    assert again.status_code == 422
    assert "You have a view called “WAITING” already" in again.content.decode()
    assert save(client, "Waiting", "/views/save/?of=in-tray&status=asked") == 302


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\u202eb"])
def test_a_view_needs_a_name_that_people_can_read(world: World, signed_in: SignIn, name: str) -> None:
    assert save(signed_in(world.social_worker), name) == 422
    assert views() == []


def test_there_are_not_too_many(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.social_worker)
    for number in range(VIEWS_AT_MOST):
        assert save(client, f"View {number}") == 302
    assert save(client, "One more") == 422
    assert len(views()) == VIEWS_AT_MOST


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/views/save/", 404),
        ("/views/save/?of=nothing&lead=mine", 404),
        ("/views/save/?of=cases", 302),
        ("/views/save/?of=cases&x=1&page=abc", 302),
        ("/views/save/?of=cases&lead=somebody", 302),
        ("/views/save/?of=cases&lead=" + "x" * 5000, 302),
    ],
)
def test_only_what_a_list_knows_is_saved(world: World, signed_in: SignIn, address: str, status: int) -> None:
    client = signed_in(world.social_worker)
    assert client.get(address).status_code == status
    assert save(client, "Planted", address) == status
    assert views() == []


def test_what_is_kept_is_the_filters_and_the_order_alone(world: World, signed_in: SignIn) -> None:
    save(signed_in(world.social_worker), "Mine", SAVING + "&page=abc&x=1&next=https://evil.example/")
    assert [view.query for view in views()] == ["lead=mine&sort=opened"]
