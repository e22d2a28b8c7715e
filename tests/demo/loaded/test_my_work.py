"""Everybody of the demo whose role has work finds some on My work, each their own."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from demo.accounts import ACCOUNTS
from foundation.accounts.models import User

WORK = {
    "social.worker": ("Go through the safety plan again", "days late", "Today", "Reuben Astley"),
    "school.lead": ("Draft, not sent yet", "The hub team has asked you something", "Noah Fenwick"),
    "police": ("what is known about the car", "days late", "Joss Linden", "Coming reviews"),
    "health": ("Find Tam somebody to talk to", "Today", "Nell Graveney", "Declined"),
    "youth.worker": ("Have the lock", "days late", "Sami Orrin", "Accepted"),
    "voluntary": ("Call on Jamie", "Bea Winslow", "Luca Penhale"),
    "coordinator": (
        "Decide on the referral of Noah Fenwick",
        "Said not to be safe now",
        "Your question is answered",
    ),
    "manager": ("Late in your team", "Go through the safety plan again", "Invite adult safeguarding"),
    "chair": ("Coming reviews", "Asha Merrow", "One trusted lead for each young person"),
    "minutes": ("Explain to Jamie's mother", "Coming reviews"),
    "plan.lead": ("Proposals to update", "1 proposal is late", "Your proposals"),
    "executive": ("15 of 23 proposals have no lead", "Led by Nadim Vale"),
    "analyst": ("Your proposals", "A picture of where harm happens"),
    "north.somerset": ("Find a place on the course", "days late", "Ottilie Crane"),
    "disruption": ("Visit the car park", "Reuben Astley"),
    "hub.manager": ("Late in your team", "Joss Linden", "You are told because you manage", "New for you"),
    "south.glos": ("Ring Devan's father", "Devan Pryor"),
}
WITHOUT_WORK = frozenset({"scrutineer", "ig.lead", "admin"})
"""Roles whose pages of their own are still to come, or who only read."""

Page = Callable[[str], str]


@pytest.fixture
def my_work(loaded: str, signed_in: Callable[[User], Client]) -> Page:
    def page_of(account: str) -> str:
        user = User.objects.get(email=f"{account}@demo.example")
        return unescape(signed_in(user).get("/").content.decode())

    return page_of


def test_every_account_has_work_or_says_why_not() -> None:
    assert WORK.keys() | WITHOUT_WORK == {each.account for each in ACCOUNTS}


@pytest.mark.parametrize("account", WORK)
def test_my_work_holds_something_believable(my_work: Page, account: str) -> None:
    page = my_work(account)
    assert [words for words in WORK[account] if words not in page] == []


@pytest.mark.parametrize("account", sorted(WITHOUT_WORK))
def test_others_have_nothing_due_and_see_no_child(my_work: Page, account: str) -> None:
    page = my_work(account)
    assert "Nothing is due" in page
    assert "My cases" not in page


def test_a_conflict_of_interest_hides_the_case(my_work: Page) -> None:
    assert "Luca Penhale" in my_work("police")
    assert "Luca Penhale" not in my_work("disruption")
