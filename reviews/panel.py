"""Reviews on the case page."""

from typing import Any

from cases.records.models import Case
from cases.records.registries import CasePanel
from foundation.base.policy import allows
from reviews import policies
from reviews.models import AgendaItem

SHOWN_AT_MOST = 10


def reviews(user: Any, case: Case) -> dict[str, Any]:
    """The latest first, and for a chair the way to a new one."""
    items = AgendaItem.objects.visible_to(user).filter(case=case).select_related("meeting")
    found = list(items.order_by("-meeting__held_on", "-meeting__starts_at")[: SHOWN_AT_MOST + 1])
    return {
        "items": found[:SHOWN_AT_MOST],
        "there_are_more": len(found) > SHOWN_AT_MOST,
        "shown_at_most": SHOWN_AT_MOST,
        "may_open": allows(policies.check_can_open, user, case.area),
    }


REVIEWS = CasePanel("Reviews", "reviews/panel.html", reviews, order=15)
