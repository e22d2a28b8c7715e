"""What reviews show on My work and in the navigation."""

import uuid
from collections.abc import Iterable
from typing import Any

from foundation.accounts.roles import Role
from foundation.audit import services as audit
from foundation.base.policy import allows
from foundation.web import registries
from foundation.web.registries import NavigationItem, WorkPanel
from reviews import policies
from reviews.models import Meeting

COMING_AT_MOST = 10
RUNS_REVIEWS = frozenset({Role.CHAIR, Role.MINUTE_TAKER})
"""Who has the link. Coordinators have six links already (ADR 24) and come by My work and the case page."""


def register() -> None:
    registries.navigation.add(
        "reviews", NavigationItem("Meetings", "reviews:list", shown_to=runs_reviews, order=35)
    )
    registries.my_work.add("reviews", WorkPanel("Coming reviews", "reviews/coming.html", coming, order=30))


def runs_reviews(user: Any) -> bool:
    return any(m.role in RUNS_REVIEWS and m.team.is_hub for m in user.current_memberships)


def coming(user: Any) -> dict[str, Any] | None:
    """The next planned reviews of the viewer's cases and, for a hub team, of its area."""
    if not user.case_workplaces:
        return None
    planned = Meeting.objects.visible_to(user).planned().with_items(user)
    found = list(planned[: COMING_AT_MOST + 1])
    may_open = allows(policies.check_can_open, user)
    if not found and not may_open:
        return None
    shown = found[:COMING_AT_MOST]
    audit.record(action="coming reviews", object_kind="list", shown=shown_cases(shown))
    return {"meetings": shown, "there_are_more": len(found) > COMING_AT_MOST, "may_open": may_open}


def shown_cases(meetings: Iterable[Meeting]) -> list[uuid.UUID]:
    """The cases named on a page of meetings, for the audit row. After `with_items`."""
    return [item.case_id for meeting in meetings for item in meeting.seen_items]  # type: ignore[attr-defined]
