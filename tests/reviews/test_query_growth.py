"""Pages with reviews and actions cost the same number of queries for 1 row and for 9."""

from collections.abc import Callable

import pytest
from django.test import Client

from cases.records.models import Case
from foundation.accounts.models import User
from tests.factories import World, make_case
from tests.performance.test_query_growth import queries
from tests.plans.acts import agree, close, in_days
from tests.reviews.acts import act, decide, finish, open_review

SignIn = Callable[[User], Client]


def plan(world: World, chair: User, number: int) -> None:
    """One review to come and one that was held, each of a case of its own."""
    open_review(chair, make_case(world, name=f"Robin Fable {number}"), held_on=in_days(2))
    held = open_review(chair, make_case(world, name=f"Wren Harbour {number}"))
    act(chair, decide(chair, held), world)
    finish(chair, held)


@pytest.mark.parametrize("who", ["social_worker", "coordinator"])
def test_lists_of_reviews_cost_the_same_for_1_and_9(
    world: World, chair: User, signed_in: SignIn, who: str
) -> None:
    client = signed_in(getattr(world, who))
    plan(world, chair, 0)
    once = {path: queries(client, path) for path in ("/reviews/", "/")}
    for number in range(8):
        plan(world, chair, number + 1)
    assert {path: queries(client, path) for path in once} == once


def test_the_page_of_a_review_costs_the_same_for_1_and_9_decisions_and_actions(
    world: World, chair: User, case: Case, signed_in: SignIn
) -> None:
    meeting = open_review(chair, case)
    clients = [signed_in(user) for user in (chair, world.social_worker)]

    def more() -> None:
        close(world.social_worker, agree(world, case))
        act(chair, decide(chair, meeting), world)

    path = f"/reviews/{meeting.pk}/"
    more()
    once = [queries(client, path) for client in clients]
    for _ in range(8):
        more()
    assert [queries(client, path) for client in clients] == once


def test_the_page_of_a_case_costs_the_same_for_1_and_9_actions_and_reviews(
    world: World, chair: User, case: Case, signed_in: SignIn
) -> None:
    clients = [signed_in(user) for user in (chair, world.social_worker)]

    def more() -> None:
        agree(world, case)
        close(world.social_worker, agree(world, case))
        open_review(chair, case)

    path = f"/cases/{case.pk}/"
    more()
    once = [queries(client, path) for client in clients]
    for _ in range(8):
        more()
    assert [queries(client, path) for client in clients] == once
