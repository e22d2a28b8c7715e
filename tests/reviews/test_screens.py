"""Reviews on My work and in the navigation."""

from collections.abc import Callable

import pytest
from django.test import Client

from cases.records.models import Case
from foundation.accounts.models import User
from foundation.accounts.roles import Role
from foundation.web.context import navigation_links
from foundation.web.registries import NAVIGATION_LINKS_AT_MOST
from tests.factories import World, make_user
from tests.plans.acts import in_days
from tests.plans.test_pages import words
from tests.reviews.acts import decide, finish, open_review

SignIn = Callable[[User], Client]


def links(user: User) -> list[str]:
    return [link.label for link in navigation_links(user, "/")]


def test_my_work_says_when_and_about_whom(world: World, chair: User, case: Case, signed_in: SignIn) -> None:
    open_review(chair, case, held_on=in_days(1))
    page = words(signed_in(world.social_worker), "/")
    assert "Coming reviews" in page
    assert "Tomorrow at 10:00</a>, about Robin Fable" in page
    assert case.reference in page
    assert "Room 2" in page
    assert "plan a review" not in page
    assert "plan a review" in words(signed_in(chair), "/")


def test_what_is_over_is_not_coming_and_what_was_left_open_is_named(
    world: World, chair: User, case: Case, signed_in: SignIn
) -> None:
    held = open_review(chair, case)
    decide(chair, held)
    finish(chair, held)
    assert "Coming reviews" not in words(signed_in(world.social_worker), "/")
    open_review(chair, case, held_on=in_days(-1))
    assert "Yesterday at 10:00, not finished yet" in words(signed_in(world.social_worker), "/")


def test_a_chair_without_a_review_is_offered_one_and_others_are_not_bothered(
    world: World, chair: User, signed_in: SignIn
) -> None:
    page = words(signed_in(chair), "/")
    assert "No review is planned." in page
    for user in (world.social_worker, world.executive, world.administrator):
        assert "Coming reviews" not in words(signed_in(user), "/")


@pytest.mark.parametrize("who", ["nurse", "other_coordinator"])
def test_who_does_not_see_the_case_hears_of_no_review(
    world: World, chair: User, case: Case, signed_in: SignIn, who: str
) -> None:
    open_review(chair, case)
    assert "Coming reviews" not in words(signed_in(getattr(world, who)), "/")


def test_chairs_and_minute_takers_have_the_link_and_nobody_has_too_many(world: World, chair: User) -> None:
    outside_the_hub = make_user("Una Birch", world.social_work, Role.CHAIR)
    assert "Meetings" in links(chair)
    assert "Meetings" in links(world.hub_minutes)
    for user in (world.coordinator, world.social_worker, world.executive, outside_the_hub):
        assert "Meetings" not in links(user)
    for user in (chair, world.hub_minutes, world.coordinator):
        assert len(links(user)) <= NAVIGATION_LINKS_AT_MOST, (user.name, links(user))
