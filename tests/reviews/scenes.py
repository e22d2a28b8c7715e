"""Who tries the pages of reviews, for tests/triples.py and the walk over every page."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from cases.plans import services as plans
from cases.records.models import Case
from foundation.accounts.models import Team, User
from foundation.accounts.roles import Role
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from tests.factories import World, make_case, make_user
from tests.plans.acts import TEXT, in_days
from tests.reviews.acts import cancel, decide, finish, item_of, open_review


def of_a_review(*, page_of: str = "") -> Callable[[World], dict[str, Any]]:
    """A page of a review under way: those who see the case read the review, and only its chair runs it."""

    def arrange(world: World) -> dict[str, Any]:
        chair = make_user("Chay Reed", world.hub, Role.CHAIR)
        meeting = open_review(chair, make_case(world))
        ids = {"meeting_id": meeting.pk}
        if page_of == "item":
            ids["item_id"] = item_of(meeting).pk
        if page_of == "decision":
            ids["decision_id"] = decide(chair, meeting).pk
        return {"ids": ids, "outsider": world.nurse, "insider": world.coordinator, "allowed": chair}

    return arrange


def review_page(world: World) -> dict[str, Any]:
    return {
        **of_a_review()(world),
        "insider": None,
        "allowed": world.social_worker,
        "nobody_because": "whoever sees the case of a review may read it; running it has pages of its own",
    }


SCENES: dict[str, Callable[[World], dict[str, Any]]] = {
    "reviews:detail": review_page,
    "reviews:decide": of_a_review(page_of="item"),
    "reviews:act": of_a_review(page_of="decision"),
    "reviews:finish": of_a_review(),
    "reviews:cancel": of_a_review(),
}

ROUTES = frozenset(
    {
        "plans:add",
        "plans:action",
        "plans:hand-over",
        "reviews:list",
        "reviews:open",
        *SCENES,
    }
)
"""Addresses with a page that the walk over every page must visit."""


def arranged(cases: list[Case]) -> dict[str, list[str]]:
    """Over the demo's people: reviews and actions in every state, with an address for each page of them."""
    chair, hub, owner = (
        User.objects.get(email=f"{who}@demo.example") for who in ("chair", "coordinator", "social.worker")
    )
    case = next(each for each in cases if sees(owner, each))
    coming = open_review(chair, case, held_on=in_days(3))
    today, held, cancelled = (open_review(chair, case) for _ in range(3))
    decisions = [decide(chair, each) for each in (today, held)]
    terms: dict[str, Any] = {"owner": owner, "team": Team.objects.get(group__user=owner)}
    with acting_as(hub):
        due, closed = (
            plans.agree_action(case_id=case.pk, text=TEXT, due_on=in_days(days), actor=hub, **terms)
            for days in (2, 4)
        )
        plans.close_action(action_id=closed.pk, outcome="not_done", said="The firm has closed.", actor=hub)
    with acting_as(chair):
        plans.agree_action(
            case_id=case.pk, text=TEXT, due_on=in_days(5), source_id=decisions[0].pk, actor=chair, **terms
        )
    finish(chair, held)
    cancel(chair, cancelled)
    of_case = {"case_id": case.pk}
    one = {"meeting_id": today.pk}

    def at(name: str, **ids: Any) -> str:
        return reverse(name, kwargs=ids)

    return {
        "plans:add": [at("plans:add", **of_case)],
        "plans:action": [at("plans:action", **of_case, action_id=each.pk) for each in (due, closed)],
        "plans:hand-over": [at("plans:hand-over", **of_case, action_id=due.pk)],
        "reviews:list": [at("reviews:list")],
        "reviews:open": [f"{at('reviews:open')}?case={case.reference}"],
        "reviews:detail": [
            at("reviews:detail", meeting_id=each.pk) for each in (coming, today, held, cancelled)
        ],
        "reviews:decide": [at("reviews:decide", **one, item_id=item_of(today).pk)],
        "reviews:act": [at("reviews:act", **one, decision_id=decisions[0].pk)],
        "reviews:finish": [at("reviews:finish", **one)],
        "reviews:cancel": [at("reviews:cancel", **one)],
    }


def sees(user: User, case: Case) -> bool:
    with acting_as(user), as_owner():
        return Case.objects.visible_to(user).filter(pk=case.pk).exists()
