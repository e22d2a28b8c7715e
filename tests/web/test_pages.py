"""My work, Find, Help, the sign of life, sign-in, and the shell around them."""

from typing import Any

import pytest
from django.test import Client

from foundation.accounts.models import User
from foundation.base.registries import Registry
from foundation.web import registries
from foundation.web.context import navigation_links
from foundation.web.registries import FindResult, FindSource, NavigationItem, WorkPanel
from tests.factories import World

OF_THE_SERVICE = registries.navigation  # before the fixture of this folder puts an empty one in its place

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(world: World, signed_in: Any) -> Client:
    signed: Client = signed_in(world.school_lead)
    return signed


def test_my_work_says_so_where_there_is_nothing_to_do(client: Client) -> None:
    assert "Nothing needs you now" in client.get("/").content.decode()


def test_my_work_leaves_out_a_panel_that_has_nothing_for_this_person(client: Client) -> None:
    there = WorkPanel(
        "Your cases", "components/empty.html", lambda user: {"heading": "No cases yet"}, order=2
    )
    first = WorkPanel("Late", "components/empty.html", lambda user: {"heading": "Nothing is late"}, order=1)
    hidden = WorkPanel("In-tray", "components/empty.html", lambda user: None)
    for panel in (there, first, hidden):
        registries.my_work.add(panel.title, panel)
    page = client.get("/").content.decode()
    assert page.index("Nothing is late") < page.index("No cases yet")
    assert "In-tray" not in page


def source(title: str, ids: list[str]) -> FindSource:
    return FindSource(
        title, "components/empty.html", lambda user, words: FindResult(ids, ids), kind=title.upper()
    )


def test_find_shows_groups_and_tells_the_listeners_what_was_shown(client: Client) -> None:
    told: list[Any] = []
    registries.find.add("children", source("Children", ["1", "2"]))
    registries.find.add("places", source("Places", []))
    registries.find_listeners.add("test", lambda request, shown: told.append((request.user, shown)))
    response = client.get("/find/?q=kit")
    page = response.content.decode()
    assert "Looks through the children and places you may see" in page
    assert 'Children <span class="app-count">(2)</span>' in page
    assert "Places <span" not in page
    assert [shown for _, shown in told] == [{"CHILDREN": ["1", "2"], "PLACES": []}]


def test_find_without_a_match_gives_advice_and_keeps_the_words_out_of_the_title(client: Client) -> None:
    page = client.get("/find/?q=marlowe").content.decode()
    assert "No match for “marlowe”" in page
    assert "marlowe" not in page[page.index("<title>") : page.index("</title>")]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "Enter what you are looking for"),
        ("k", "Enter at least 2 characters"),
        ("k" * 101, "must be 100 characters or fewer"),
    ],
)
def test_find_refuses_too_little_and_too_much(client: Client, words: str, sentence: str) -> None:
    told: list[Any] = []
    registries.find_listeners.add("test", lambda request, shown: told.append(shown))
    response = client.get("/find/", {"q": words})
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "<title>Error: Find" in page
    assert told == []


def test_everyone_sees_who_is_signed_in_and_the_way_out(client: Client, world: World) -> None:
    page = " ".join(client.get("/").content.decode().split())
    assert world.school_lead.display_name in page
    assert world.school_lead.place in page
    assert '<form method="post" action="/sign-out/"' in page
    assert 'href="/help/"' in page
    assert 'href="/" aria-current="page">My work' in page


def test_help_can_be_read_before_signing_in() -> None:
    page = Client().get("/help/").content.decode()
    assert "Call 999" in page
    assert "Sign out</button>" not in page


def test_the_sign_of_life_names_the_run(settings: Any, django_assert_num_queries: Any) -> None:
    settings.RUN_TOKEN = ""
    assert Client().get("/health/live").json() == {"status": "live"}
    settings.RUN_TOKEN = "r-1"
    assert Client().get("/health/live").json() == {"status": "live", "run": "r-1"}


def test_navigation_marks_the_nearest_link_and_leaves_out_what_is_not_for_you() -> None:
    registries.navigation.add("help", NavigationItem("Help", "web:help", shown_to=lambda user: False))
    marked = [(link.label, link.is_current) for link in navigation_links(object(), "/find/more/")]
    assert marked == [("My work", False), ("Find", True)]


def test_nobody_has_more_links_than_fit(world: World) -> None:
    for user in vars(world).values():
        if isinstance(user, User):
            shown = [item.label for item in OF_THE_SERVICE if item.shown_to(user)]
            assert len(shown) <= registries.NAVIGATION_LINKS_AT_MOST, (user.name, shown)


def test_sign_in_has_labels_errors_and_no_placeholders() -> None:
    client = Client()
    page = client.get("/sign-in/").content.decode()
    assert "E-mail address" in page
    assert "placeholder" not in page
    response = client.post("/sign-in/", {"login": "", "password": ""})
    assert "There is a problem" in response.content.decode()
    assert "<title>Error: Sign in" in response.content.decode()


def test_other_ways_to_sign_in_stand_under_the_form(monkeypatch: pytest.MonkeyPatch) -> None:
    class Way:
        template = "components/empty.html"

        def context(self) -> dict[str, Any]:
            return {"heading": "Another way in"}

    monkeypatch.setattr(registries, "sign_in_panels", Registry())
    registries.sign_in_panels.add("test", Way())
    assert "Another way in" in Client().get("/sign-in/").content.decode()
