"""What people do with agreed actions, for tests: each act is made by the real services, under its actor's eyes."""

from datetime import date, timedelta
from typing import Any

from cases.plans import services
from cases.plans.models import AgreedAction
from cases.records.models import Case
from foundation.accounts.models import Team, User
from foundation.base import clock
from foundation.base.pg.viewer import acting_as
from tests.factories import World

TEXT = "Ring the school about the taxi"


def in_days(count: int) -> date:
    return clock.today() + timedelta(days=count)


def agree(
    world: World,
    case: Case,
    *,
    owner: User | None = None,
    team: Team | None = None,
    actor: User | None = None,
    due_on: date | None = None,
    **more: Any,
) -> AgreedAction:
    """The coordinator agrees with the social worker, for this day week."""
    by = actor or world.coordinator
    with acting_as(by):
        return services.agree_action(
            case_id=case.pk,
            text=more.pop("text", TEXT),
            owner=owner or world.social_worker,
            team=team or world.social_work,
            due_on=due_on or in_days(7),
            actor=by,
            **more,
        )


def close(actor: User, action: AgreedAction, outcome: str = "done", said: str = "") -> AgreedAction:
    with acting_as(actor):
        return services.close_action(action_id=action.pk, outcome=outcome, said=said, actor=actor)


def hand_over(actor: User, action: AgreedAction, owner: User, team: Team, **more: Any) -> AgreedAction:
    with acting_as(actor):
        return services.hand_over_action(action_id=action.pk, owner=owner, team=team, actor=actor, **more)
