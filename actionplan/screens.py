"""What the action plan shows on My work and in the navigation."""

from itertools import groupby
from typing import Any

from actionplan.models import Proposal
from actionplan.policies import may_read_plans
from actionplan.summary import Summary
from foundation.accounts.roles import Role
from foundation.base import clock
from foundation.web import registries
from foundation.web.registries import NavigationItem, WorkPanel

WATCHERS = frozenset({Role.PLAN_LEAD, Role.EXECUTIVE})


def register() -> None:
    registries.navigation.add(
        "action plan", NavigationItem("Action plan", "actionplan:list", shown_to=may_read_plans, order=60)
    )
    registries.my_work.add(
        "action plan", WorkPanel("Action plan", "actionplan/my_work.html", how_plans_stand, order=60)
    )


def how_plans_stand(user: Any) -> dict[str, Any] | None:
    """The sentences of each plan, for those who answer for it. One query, none for everyone else."""
    if not user.roles & WATCHERS:
        return None
    proposals = Proposal.objects.visible_to(user).select_related("plan").order_by("plan__name", "plan_id")
    today = clock.today()
    plans = [
        {"plan": plan, "summary": Summary.of(of_plan, today)}
        for plan, of_plan in groupby(proposals, key=lambda proposal: proposal.plan)
    ]
    return {"plans": plans} if plans else None
