"""The list of cases: filters, orders and pages that show what the viewer may see, and nothing of the rest."""

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from cases.records import lists
from cases.records.models import Case
from foundation.accounts.models import User
from foundation.audit.models import AuditEvent
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from tests.factories import World, make_case

SignIn = Callable[[User], Client]


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(lists.CASES.__dict__, "page_size", 2)


def named(page: str) -> list[str]:
    """The children on the page, in its order."""
    return re.findall(r"Fable (\w+)</a>", page)


def case(world: World, name: str, **changes: object) -> Case:
    made = make_case(world, name=f"Fable {name}")
    with as_owner():
        Case.objects.filter(pk=made.pk).update(**changes)
    return made


def five(world: World) -> None:
    """A to E: A opened first and changed last."""
    now = clock.now()
    for number, name in enumerate("ABCDE"):
        case(
            world,
            name,
            updated_at=now - timedelta(hours=number),
            opened_at=now - timedelta(days=30 - number),
        )


def get(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def link(page: str, words: str) -> str:
    """The address behind a link, by its words."""
    for address, text in re.findall(r'<a[^>]*href="([^"]+)"[^>]*>(.*?)</a>', page, re.DOTALL):
        if words in re.sub(r"<[^>]+>", "", text):
            return str(address).replace("&amp;", "&")
    raise AssertionError(f"no link {words}")


def test_pages_go_on_and_come_back(world: World, signed_in: SignIn, small_pages: None) -> None:
    five(world)
    client = signed_in(world.social_worker)
    first = get(client, "/cases/")
    second = get(client, link(first, "Next page"))
    third = get(client, link(second, "Next page"))
    assert [named(page) for page in (first, second, third)] == [["A", "B"], ["C", "D"], ["E"]]
    assert "Previous page" not in first
    assert "Next page" not in third
    assert named(get(client, link(third, "Previous page"))) == ["C", "D"]


def test_a_page_stays_while_cases_are_added(world: World, signed_in: SignIn, small_pages: None) -> None:
    five(world)
    client = signed_in(world.social_worker)
    second = link(get(client, "/cases/"), "Next page")
    case(world, "F")
    assert named(get(client, second)) == ["C", "D"]


def test_the_order_is_chosen_by_the_headings(world: World, signed_in: SignIn) -> None:
    five(world)
    client = signed_in(world.social_worker)
    page = get(client, "/cases/")
    assert 'aria-sort="descending"' in page
    assert page.count("aria-sort") == 1
    turned = get(client, link(page, "Last change"))
    assert 'aria-sort="ascending"' in turned
    assert named(turned) == list("EDCBA")
    opened = get(client, link(page, "Opened"))
    assert named(opened) == list("EDCBA")
    assert named(get(client, link(opened, "Opened"))) == list("ABCDE")
    assert link(turned, "Last change") == "/cases/"


def test_filters_narrow_and_are_taken_away_one_by_one(world: World, signed_in: SignIn) -> None:
    case(world, "A", lead_professional=world.social_worker)
    case(world, "B", lead_professional=world.nurse)
    case(world, "C")
    case(world, "D", lead_professional=world.social_worker, area=world.other_area)
    client = signed_in(world.social_worker)
    mine = get(client, "/cases/?lead=mine")
    assert sorted(named(mine)) == ["A", "D"]
    assert named(get(client, "/cases/?lead=none")) == ["C"]
    both = get(client, f"/cases/?lead=mine&area={world.other_area.pk}&sort=opened")
    assert named(both) == ["D"]
    assert "Remove filter:" in both
    assert link(both, "Remove filter: Area: North Somerset") == "/cases/?lead=mine&sort=opened"
    assert link(both, "Clear all filters") == "/cases/?sort=opened"
    assert 'name="sort" value="opened"' in both


def test_nothing_yet_is_told_from_none_that_match(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.social_worker)
    assert "No case is shared with you yet" in get(client, "/cases/")
    make_case(world)
    page = get(client, "/cases/?lead=mine")
    assert "None match your filters" in page
    assert "No case is shared" not in page
    assert "Your role sees no case" in get(signed_in(world.executive), "/cases/")


HOSTILE = [
    "lead=everybody",
    "kind=%27%20OR%201=1",
    "area=999999999999999999999999",
    "area=-1",
    "area=1.5",
    "kind=" + "x" * 5000,
    "lead=%E2%80%AE",
]
PASSED_OVER = [
    "x=1",
    "sort=name",
    "sort=-",
    "sort=lead_professional__password",
    "lead_professional__password__startswith=a",
    "people__person__name__icontains=Fable",
    "order_by=password",
    "area=&kind=&lead=",
]


@pytest.mark.parametrize("query", HOSTILE)
def test_a_value_that_is_not_offered_is_refused_in_words(world: World, signed_in: SignIn, query: str) -> None:
    make_case(world)
    page = get(signed_in(world.social_worker), f"/cases/?{query}", status=422)
    assert "There is a problem" in page
    assert "from its list" in page
    assert "Fable" not in page
    assert "<title>Error: Cases" in page


@pytest.mark.parametrize("query", PASSED_OVER)
def test_names_that_are_not_filters_change_nothing(world: World, signed_in: SignIn, query: str) -> None:
    make_case(world, name="Fable A")
    make_case(world, name="Fable B")
    client = signed_in(world.social_worker)
    assert named(get(client, f"/cases/?{query}")) == named(get(client, "/cases/"))


@pytest.mark.parametrize("place", ["x", "..", "WzFd:abc", "%F0%9F%92%A9", "a" * 3000, "1", "%27"])
def test_a_place_that_is_not_known_shows_the_first_page_and_says_so(
    world: World, signed_in: SignIn, place: str
) -> None:
    make_case(world, name="Fable A")
    page = get(signed_in(world.social_worker), f"/cases/?page={place}", status=422)
    assert "That place in the list is not known" in page
    assert named(page) == ["A"]


def test_no_filter_order_or_page_shows_a_hidden_case(
    world: World, signed_in: SignIn, small_pages: None
) -> None:
    """What the nurse sees does not change by one byte when cases she may not see come into being."""
    make_case(world, name="Fable A", shared_with=(world.health,))
    make_case(world, name="Fable B", shared_with=(world.health,))
    client = signed_in(world.nurse)
    addresses = ["/cases/", "/cases/?lead=none", f"/cases/?area={world.area.pk}", "/cases/?sort=-opened"]
    before = [neutral(get(client, address)) for address in addresses]
    for number in range(3):
        make_case(world, name=f"Fable hidden{number}")
    assert [neutral(get(client, address)) for address in addresses] == before
    assert all("hidden" not in named(page) for page in before)


def neutral(page: str) -> str:
    return re.sub(r'value="\w{64}"', "", page)


def test_a_place_in_somebody_elses_list_shows_only_ones_own(
    world: World, signed_in: SignIn, small_pages: None
) -> None:
    five(world)
    place = link(get(signed_in(world.social_worker), "/cases/"), "Next page")
    assert named(get(signed_in(world.nurse), place)) == []


def test_the_audit_row_names_what_the_page_showed(world: World, signed_in: SignIn, small_pages: None) -> None:
    five(world)
    client = signed_in(world.social_worker)
    get(client, link(get(client, "/cases/"), "Next page"))
    with as_owner():
        event = AuditEvent.objects.filter(action="list cases").latest("at")
        shown = [str(each.pk) for each in Case.objects.order_by("-updated_at", "-id")[2:4]]
    assert event.shown == shown


def test_the_address_holds_no_name(world: World, signed_in: SignIn, small_pages: None) -> None:
    five(world)
    page = get(signed_in(world.social_worker), "/cases/")
    (place,) = parse_qs(urlsplit(link(page, "Next page")).query)["page"]
    assert "Fable" not in place
