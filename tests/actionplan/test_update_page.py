"""The page that updates a proposal: who gets it, what it asks, and two tabs on one proposal."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from actionplan.models import Lifecycle, Rating
from actionplan.summary import DEFINITIONS
from foundation.accounts.models import User
from foundation.accounts.roles import Role
from foundation.base import clock
from tests.actionplan.plans import make_plan, stored, update
from tests.factories import World, make_user

SignIn = Callable[[User], Client]
HIDDEN = re.compile(r'name="(update_id|version)" value="([^"]*)"')
DAY = {"by_when_day": "31", "by_when_month": "3", "by_when_year": "2030"}
SOON = date(2030, 3, 31)


@pytest.fixture
def chair(world: World) -> User:
    """Leads proposal 1, and keeps no plan."""
    make_plan(world)
    chair = make_user("Cass Ember", world.hub, Role.CHAIR)
    update(world.plan_lead, lead_user=chair, by_when=SOON)
    return chair


def address(number: int = 1, page: str = "update") -> str:
    proposal = stored(number)
    return reverse(f"actionplan:{page}", args=[proposal.plan_id, proposal.pk])


def opened(client: Client, number: int = 1) -> dict[str, Any]:
    """What the form of the page posts when nothing is touched: a new page each time."""
    answer = client.get(address(number))
    form = answer.context["form"]
    hidden = dict(HIDDEN.findall(answer.content.decode()))
    typed = {name: form[name].value() for name in form.fields if name not in {"by_when", *hidden}}
    day = form["by_when"].value() if "by_when" in form.fields else None
    parts = {f"by_when_{part}": getattr(day, part) if day else "" for part in ("day", "month", "year")}
    return {name: "" if value is None else value for name, value in (typed | parts | hidden).items()}


def test_a_plan_lead_sets_lead_date_status_and_reason_on_one_page(world: World, signed_in: SignIn) -> None:
    make_plan(world)
    client = signed_in(world.plan_lead)
    page = opened(client)

    answer = client.post(
        address(),
        {**page, **DAY, "lead": "Harbour office", "rating": "on_track", "reason": "Half are painted."},
    )

    assert answer.status_code == 302
    assert answer["Location"] == address(page="proposal")
    assert (stored().lead, stored().by_when, stored().status) == ("Harbour office", SOON, Rating.ON_TRACK)
    after = client.get(answer["Location"]).content.decode()
    for words in (
        "Proposal 1 is updated.",
        "On track",
        "Half are painted.",
        "Harbour office",
        "By Paz Lorne",
    ):
        assert words in after


def test_each_status_stands_beside_its_definition(world: World, signed_in: SignIn) -> None:
    make_plan(world)

    page = signed_in(world.plan_lead).get(address()).content.decode()

    assert all(definition in page for definition in DEFINITIONS.values())


def test_only_people_who_may_read_the_plan_are_offered(world: World, signed_in: SignIn) -> None:
    make_plan(world)

    form = signed_in(world.plan_lead).get(address()).context["form"]

    assert [label for _, label in form.fields["lead_user"].choices] == [
        "Nobody with an account here",
        "Cora Lind",
        "Edie Marsh",
        "Otis Crane",
        "Paz Lorne",
    ]


def test_somebody_who_is_not_offered_cannot_be_posted(world: World, signed_in: SignIn) -> None:
    make_plan(world)
    client = signed_in(world.plan_lead)

    answer = client.post(address(), {**opened(client), "lead_user": str(world.nurse.pk)})

    assert answer.status_code == 422
    assert stored().lead_user is None


def test_what_is_wrong_stands_beside_its_answer_and_every_word_is_kept(
    world: World, signed_in: SignIn
) -> None:
    make_plan(world)
    client = signed_in(world.plan_lead)

    answer = client.post(
        address(), {**opened(client), "lead": "Quay office", "rating": "off_track", "progress": "Slow going."}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"reason", "corrective_step"}
    for words in ("Error: ", "Say why the status is “Off track”", "Quay office", "Slow going."):
        assert words in page


@pytest.mark.parametrize("broken", [{"version": ""}, {"version": "-1"}, {"version": "x"}, {"update_id": "x"}])
def test_a_page_that_was_tampered_with_keeps_the_words(
    world: World, signed_in: SignIn, broken: dict[str, str]
) -> None:
    make_plan(world)
    client = signed_in(world.plan_lead)

    answer = client.post(address(), {**opened(client), "progress": "Slow going.", **broken})

    assert answer.status_code == 422
    assert "This page can no longer be used." in answer.content.decode()
    assert "Slow going." in answer.content.decode()


def test_sent_twice_it_is_one_update(world: World, signed_in: SignIn) -> None:
    make_plan(world)
    client = signed_in(world.plan_lead)
    page = {**opened(client), "rating": "at_risk", "reason": "Rain."}

    answers = [client.post(address(), page) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == [address(page="proposal")] * 2
    assert stored().version == 1


def test_the_person_who_leads_it_is_asked_neither_lead_nor_date(
    world: World, signed_in: SignIn, chair: User
) -> None:
    client = signed_in(chair)
    page = client.get(address()).content.decode()
    assert 'name="lead"' not in page
    assert "Lead: Cass Ember. By when: 31 March 2030." in " ".join(page.split())

    answer = client.post(
        address(),
        {**opened(client), **DAY, "lead": "Me", "lead_user": "", "rating": "on_track", "reason": "Begun."},
    )

    assert answer.status_code == 302
    assert (stored().lead_user, stored().lead, stored().status) == (chair, "", Rating.ON_TRACK)


def test_the_button_is_there_for_those_who_may_use_it(world: World, signed_in: SignIn, chair: User) -> None:
    shown = {
        user.name: "Update this proposal" in signed_in(user).get(address(page="proposal")).content.decode()
        for user in (world.plan_lead, chair, world.executive)
    }

    assert shown == {"Paz Lorne": True, "Cass Ember": True, "Edie Marsh": False}


def test_a_second_tab_sees_what_changed_and_keeps_its_words(
    world: World, signed_in: SignIn, chair: User
) -> None:
    # Given the same proposal open in two tabs
    client = signed_in(world.plan_lead)
    tab = opened(client)

    # when somebody else updates it, and this tab is sent
    update(chair, rating=Rating.AT_RISK, reason="Rain all week.", progress="Two boats.")
    answer = client.post(address(), {**tab, "lead": "Quay office", "reason": "Agreed on Monday."})

    # then nothing is saved, the page says what has changed, and the words are there
    page = answer.content.decode()
    assert answer.status_code == 422
    assert stored().lead == ""
    for words in ("Somebody else has updated this proposal", "At risk, before: not rated", "Rain all week."):
        assert words in page
    form = answer.context["form"]
    assert (form["lead"].value(), form["reason"].value()) == ("Quay office", "Agreed on Monday.")

    # and what was not touched shows what the other wrote
    assert (form["rating"].value(), form["progress"].value()) == (Rating.AT_RISK, "Two boats.")

    # when it is sent again, then both updates stand
    again = {
        **tab,
        **{name: form[name].value() for name in ("version", "lead", "reason", "rating", "progress")},
    }
    assert client.post(address(), again).status_code == 302
    assert (stored().lead, stored().status, stored().progress) == (
        "Quay office",
        Rating.AT_RISK,
        "Two boats.",
    )


def test_where_both_tabs_touched_the_same_box_the_typed_word_stays(world: World, signed_in: SignIn) -> None:
    make_plan(world)
    client = signed_in(world.plan_lead)
    tab = opened(client)
    update(world.plan_lead, lead="Harbour office", by_when=SOON, lead_user=world.executive)

    form = client.post(address(), {**tab, "lead": "Quay office"}).context["form"]

    assert form["lead"].value() == "Quay office"
    assert form["by_when"].value() == {
        "day": "31",
        "month": "3",
        "year": "2030",
    }
    assert form["lead_user"].value() == str(world.executive.pk)


def test_a_date_that_has_passed_is_explained_and_sets_nothing(world: World, signed_in: SignIn) -> None:
    make_plan(world)
    past = clock.today() - timedelta(days=12)
    update(
        world.plan_lead, lead="Harbour office", by_when=past, rating=Rating.ON_TRACK, reason="Nearly done."
    )
    client = signed_in(world.plan_lead)
    sentence = "It is 12 days past its date: by the definitions that is At risk or Off track."

    for page in ("update", "proposal"):
        assert sentence in client.get(address(page=page)).content.decode()
    assert stored().status == Rating.ON_TRACK


def test_a_late_update_says_by_how_much(world: World, signed_in: SignIn) -> None:
    make_plan(world)
    past = clock.today() - timedelta(days=1)
    day = {"by_when_day": past.day, "by_when_month": past.month, "by_when_year": past.year}
    client = signed_in(world.plan_lead)

    client.post(address(), {**opened(client), **day})

    assert "Proposal 1 is updated. It is 1 day late." in client.get(address(page="proposal")).content.decode()


def test_the_history_says_who_when_why_and_from_what_to_what(
    world: World, signed_in: SignIn, chair: User
) -> None:
    update(world.plan_lead, by_when=date(2030, 6, 30), reason="The boats come late.")
    update(chair, rating=Rating.AT_RISK, reason="Rain.", lifecycle=Lifecycle.IN_PROGRESS)
    update(chair, reason="More rain.")

    page = signed_in(world.executive).get(address(page="proposal")).content.decode()

    for words in (
        "By when: from 31 March 2030 to <strong>30 June 2030</strong>",
        "First set for 31 March 2030",
        "The boats come late.",
        "At risk, before: not rated",
        "Still at risk",
        "How far it has come: from Not known to <strong>In progress</strong>",
        "Person who leads it: from nothing to <strong>Cass Ember</strong>",
        "Updated today",
    ):
        assert words in page
    assert page.index("More rain.") < page.index("The boats come late.")


def test_words_that_would_run_are_shown(world: World, signed_in: SignIn) -> None:
    make_plan(world)
    hostile = "<script>alert(1)</script>"
    client = signed_in(world.plan_lead)

    client.post(
        address(),
        {**opened(client), "lead": hostile, "rating": "at_risk", "reason": hostile, "progress": hostile},
    )

    for place in (address(page="proposal"), address(), "/action-plan/", "/"):
        assert "<script>alert" not in client.get(place).content.decode()
