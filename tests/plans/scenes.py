"""Who tries the pages of agreed actions, for tests/triples.py."""

from collections.abc import Callable
from typing import Any

from foundation.access.words import Verb
from tests.access.situations import share
from tests.factories import World, make_case
from tests.plans.acts import agree


def new_action(world: World) -> dict[str, Any]:
    case = make_case(world)
    return {
        "ids": {"case_id": case.pk},
        "outsider": world.nurse,
        "insider": world.social_worker,
        "allowed": world.coordinator,
    }


def action_page(world: World) -> dict[str, Any]:
    action = agree(world, make_case(world))
    return {
        "ids": {"case_id": action.case_id, "action_id": action.pk},
        "outsider": world.nurse,
        "allowed": world.social_worker,
        "nobody_because": "whoever may read the plan may read it; closing is tried in tests/plans/test_pages.py",
    }


def hand_over(world: World) -> dict[str, Any]:
    case = make_case(world)
    share(world, case, team=world.school, verb=Verb.COORDINATE)
    action = agree(world, case)
    return {
        "ids": {"case_id": case.pk, "action_id": action.pk},
        "outsider": world.nurse,
        "insider": world.social_worker,
        "allowed": world.coordinator,
    }


SCENES: dict[str, Callable[[World], dict[str, Any]]] = {
    "plans:add": new_action,
    "plans:action": action_page,
    "plans:hand-over": hand_over,
}
