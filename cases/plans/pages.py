"""Load an action through its case (else 404). Reading one is recorded."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from cases.plans.models import AgreedAction
from cases.plans.policies import check_can_close, check_can_hand_over
from cases.records.pages import CasePage
from foundation.accounts.models import User
from foundation.audit import services as audit
from foundation.base import clock
from foundation.base.policy import allows

TOLD = {True: "Yes", False: "No", None: "Not known"}


class ActionPage(CasePage):
    """Sets `self.action`, and gives it to the template."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = AgreedAction.objects.visible_to(request.user).filter(case=self.case)
        found = found.select_related("case__area", "owner", "team__agency", "agreed_by", "closed_by")
        self.action: AgreedAction = get_object_or_404(found, pk=kwargs["action_id"])
        audit.record(action="read an agreed action", about=self.action, scope_id=self.case.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(action=self.action, **kwargs)


def rows_of(action: AgreedAction) -> list[dict[str, Any]]:
    """The facts of an action for a summary list."""
    left = f" ({action.due_in_words})" if action.is_open else ""
    rows = [
        {"key": "What will be done", "value": action.text},
        {"key": "Who", "value": f"{action.owner}, {action.team}"},
        {"key": "By when", "value": f"{clock.spoken(action.due_on)}{left}"},
        {"key": "Child or family told", "value": TOLD[action.told_child]},
        {"key": "Agreed", "value": f"{clock.spoken(action.agreed_on)}, by {action.agreed_by}"},
    ]
    if action.closed_at:
        closed = f"{clock.spoken(clock.day_of(action.closed_at))}, by {action.closed_by}"
        rows += [
            {"key": "What became of it", "value": action.get_outcome_display()},
            {"key": "What was said", "value": action.outcome_said or "Nothing was written here"},
            {"key": "Closed", "value": closed},
        ]
    return rows


def detail_of(user: User, action: AgreedAction) -> dict[str, Any]:
    """What the page of an action shows this viewer."""
    return {
        "rows": rows_of(action),
        "steps": list(action.steps.visible_to(user).select_related("owner", "by")),
        "may_close": action.is_open and allows(check_can_close, user, action),
        "may_hand_over": action.is_open and allows(check_can_hand_over, user, action),
    }
