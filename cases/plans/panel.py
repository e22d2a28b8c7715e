"""Agreed actions on the case page."""

from typing import Any

from cases.plans.models import AgreedAction
from cases.plans.owners import possible_owners
from cases.plans.policies import check_can_agree
from cases.records.models import Case
from cases.records.registries import CasePanel
from foundation.base.policy import allows

OPEN_AT_MOST = 50
CLOSED_AT_MOST = 10


def actions(user: Any, case: Case) -> dict[str, Any]:
    """Open ones first, the earliest day on top; then the latest closed, with what became of them."""
    ours = AgreedAction.objects.visible_to(user).filter(case=case).select_related("owner", "team__agency")
    still_open = list(ours.open()[: OPEN_AT_MOST + 1])
    may_add = allows(check_can_agree, user, case)
    return {
        "open_actions": still_open[:OPEN_AT_MOST],
        "there_are_more": len(still_open) > OPEN_AT_MOST,
        "shown_at_most": OPEN_AT_MOST,
        "closed_actions": list(ours.closed()[:CLOSED_AT_MOST]),
        "may_add": may_add,
        "out_of_reach": out_of_reach(user, case, still_open) if may_add else set(),
    }


def out_of_reach(user: Any, case: Case, still_open: list[AgreedAction]) -> set[Any]:
    """Open actions whose owner can no longer close them: the share ended, or the person left."""
    reach = {(owner.user.pk, owner.team.pk) for owner in possible_owners(user, case)}
    return {action.pk for action in still_open if (action.owner_id, action.team_id) not in reach}


ACTIONS = CasePanel("Agreed actions", "plans/panel.html", actions, order=10)
