"""The lists of referrals: filters tell nothing of words that are somebody else's, and the in-tray keeps its order."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from foundation.accounts.models import User
from foundation.audit.models import AuditEvent
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from referrals import lists, services
from referrals.models import Progress
from tests.factories import World

SignIn = Callable[[User], Client]
TRAY, LIST = "/referrals/in-tray/", "/referrals/"


def refer(world: World, name: str, by: User | None = None, days: int = 0, **words: Any) -> uuid.UUID:
    """A sent referral; `days` from today its decision is due."""
    author = by or world.school_lead
    given = {"child_name": f"Fable {name}", "concern": "Worried", "harm_types": [], **words}
    with acting_as(author):
        draft = services.save_draft(
            draft_id=uuid.uuid4(), team=world.school, area=world.area, words=given, actor=author
        )
        services.send_referral(referral_id=draft.pk, actor=author)
    with as_owner():
        Progress.objects.filter(pk=draft.pk).update(decide_by=clock.today() + timedelta(days=days))
    return draft.pk


def named(client: Client, address: str, status: int = 200) -> list[str]:
    answer = client.get(address)
    assert answer.status_code == status, answer.content
    return re.findall(r"Fable (\w+)</a>", answer.content.decode().split("Decided lately")[0])


def four(world: World) -> None:
    refer(world, "late", days=-2)
    refer(world, "unsafe", days=3, is_safe_now=False)
    refer(world, "today", harm_types=["missing"])
    refer(world, "soon", days=2, by=world.school_colleague)


def test_the_in_tray_opens_with_the_most_urgent(world: World, signed_in: SignIn) -> None:
    four(world)
    hub = signed_in(world.coordinator)
    assert named(hub, TRAY) == ["unsafe", "late", "today", "soon"]
    assert named(hub, f"{TRAY}?sort=due") == ["late", "today", "soon", "unsafe"]
    assert named(hub, f"{TRAY}?sort=-sent") == ["late", "unsafe", "today", "soon"]
    assert "Show the most urgent first" in hub.get(f"{TRAY}?sort=due").content.decode()


def test_the_in_trays_pages_keep_the_most_urgent_in_order(
    world: World, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(lists.IN_TRAY.__dict__, "page_size", 1)
    four(world)
    hub, address, seen = signed_in(world.coordinator), TRAY, []
    while address:
        page = hub.get(address).content.decode()
        seen += re.findall(r"Fable (\w+)</a>", page)
        forward = re.search(r'href="([^"]+)" rel="next"', page)
        address = forward[1].replace("&amp;", "&") if forward else ""
    assert seen == ["unsafe", "late", "today", "soon"]


def test_the_in_trays_filters(world: World, signed_in: SignIn) -> None:
    four(world)
    hub = signed_in(world.coordinator)
    for query, wanted in {
        "due=late": ["late"],
        "due=today": ["today"],
        "due=later": ["unsafe", "soon"],
        "harm=missing": ["today"],
        "safe=not-safe": ["unsafe"],
        f"agency={world.school.agency_id}": ["unsafe", "late", "today", "soon"],
        f"agency={world.council.pk}": [],
        "status=sent&due=late": ["late"],
        "status=asked": [],
        "status=decided": [],
    }.items():
        assert named(hub, f"{TRAY}?{query}") == wanted, query
    assert "None match your filters" in hub.get(f"{TRAY}?status=asked").content.decode()
    assert "<details" in hub.get(TRAY).content.decode()
    assert re.search(r"app-filters__more\"\s+open", hub.get(f"{TRAY}?safe=not-safe").content.decode())


def test_what_was_decided_is_found_by_its_filter(world: World, signed_in: SignIn) -> None:
    gone = refer(world, "gone")
    refer(world, "stays")
    with acting_as(world.coordinator):
        services.decline(referral_id=gone, reason="Early help is there.", actor=world.coordinator)
    hub = signed_in(world.coordinator)
    assert named(hub, TRAY) == ["stays"]
    assert named(hub, f"{TRAY}?status=decided&sort=sent") == ["gone"]
    assert "Decided lately" in hub.get(TRAY).content.decode()
    assert "Decided lately" not in hub.get(f"{TRAY}?status=decided").content.decode()
    assert "No referrals waiting" in signed_in(world.other_coordinator).get(TRAY).content.decode()


def test_ones_own_and_colleagues(world: World, signed_in: SignIn) -> None:
    four(world)
    client = signed_in(world.school_lead)
    page = client.get(LIST).content.decode()
    assert page.count("A colleague") == 1
    assert "soon" not in named(client, LIST)
    assert named(client, f"{LIST}?by=me&sort=due") == ["late", "today", "unsafe"]
    colleagues = client.get(f"{LIST}?by=colleagues").content.decode()
    assert "A colleague" in colleagues
    assert "Fable" not in colleagues
    assert named(client, f"{LIST}?harm=missing") == ["today"]


def test_a_filter_tells_nothing_of_a_colleagues_words(world: World, signed_in: SignIn) -> None:
    """Whatever a colleague wrote, no filter of the list finds it or leaves it out because of that."""
    refer(world, "one", by=world.school_colleague, harm_types=["missing"], is_safe_now=False)
    client = signed_in(world.school_lead)
    for code in ("missing", "criminal_exploitation"):
        page = client.get(f"{LIST}?harm={code}").content.decode()
        assert "None match your filters" in page, code
    refused = client.get(f"{LIST}?safe=not-safe")  # a filter of the in-tray is none here
    assert "A colleague" in refused.content.decode()


@pytest.mark.parametrize("query", ["status=open", "due=yesterday", "harm=%27", "agency=999999", "safe=yes"])
def test_values_that_are_not_offered_are_refused_in_words(
    world: World, signed_in: SignIn, query: str
) -> None:
    four(world)
    hub = signed_in(world.coordinator)
    assert named(hub, f"{TRAY}?{query}", status=422) == []
    assert "There is a problem" in hub.get(f"{TRAY}?{query}").content.decode()


@pytest.mark.parametrize("address", [TRAY, LIST])
@pytest.mark.parametrize("query", ["page=x", "page=" + "a" * 4000, "page=%27%22"])
def test_a_place_that_is_lost_shows_the_first_page(
    world: World, signed_in: SignIn, address: str, query: str
) -> None:
    refer(world, "one")
    viewer = world.coordinator if address == TRAY else world.school_lead
    answer = signed_in(viewer).get(f"{address}?{query}")
    assert answer.status_code == 422
    assert "That place in the list is not known" in answer.content.decode()


def test_the_audit_names_what_each_page_showed(
    world: World, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(lists.SENT.__dict__, "page_size", 1)
    old, new = refer(world, "old"), refer(world, "new")
    client = signed_in(world.school_lead)
    page = client.get(LIST).content.decode()
    forward = re.search(r'href="([^"]+)" rel="next"', page)
    assert forward
    client.get(forward[1].replace("&amp;", "&"))
    with as_owner():
        events = AuditEvent.objects.filter(action="list referrals").order_by("at")
        assert [event.shown for event in events] == [[str(new)], [str(old)]]
