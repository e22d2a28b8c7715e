"""What referrals show on My work and in the navigation."""

from typing import Any

from foundation.audit import services as audit
from foundation.base import clock
from foundation.web import registries
from foundation.web.registries import NavigationItem, WorkPanel
from referrals.models import Progress, Referral, Status
from referrals.policies import decides_for, referring_teams

SHOWN_AT_MOST = 10


def register() -> None:
    registries.navigation.add(
        "referrals",
        NavigationItem(
            "Referrals", "referrals:list", shown_to=lambda user: bool(referring_teams(user)), order=30
        ),
    )
    registries.navigation.add(
        "in-tray",
        NavigationItem("In-tray", "referrals:in-tray", shown_to=lambda user: bool(user.hub_areas), order=25),
    )
    registries.my_work.add("in-tray", WorkPanel("To decide", "referrals/to_decide.html", to_decide, order=10))
    registries.my_work.add("referrals", WorkPanel("Your referrals", "referrals/yours.html", yours, order=20))


def to_decide(user: Any) -> dict[str, Any] | None:
    """For coordinators: how many wait, and the first few."""
    areas = [team.area for team in decides_for(user)]
    if not areas:
        return None
    open_here = Progress.objects.visible_to(user).filter(area__in=areas).undecided()
    waiting = list(open_here.select_related("team__agency")[: SHOWN_AT_MOST + 1])
    shown = waiting[:SHOWN_AT_MOST]
    rows = [{"progress": row, "due": clock.distance(row.decide_by)} for row in shown]
    audit.record(action="referrals to decide", object_kind="list", shown=[row.pk for row in shown])
    return {"rows": rows, "there_are_more": len(waiting) > SHOWN_AT_MOST}


def yours(user: Any) -> dict[str, Any] | None:
    """For referrers: drafts to finish, questions to answer, and what still waits."""
    if not referring_teams(user):
        return None
    mine = Referral.objects.visible_to(user).filter(author=user)
    undecided = mine.filter(progress__status__in=[Status.SENT, Status.ASKED]).select_related("progress")
    waiting, drafts = list(undecided[:SHOWN_AT_MOST]), list(mine.filter(sent_at=None)[:SHOWN_AT_MOST])
    rows = [{"referral": row, "due": clock.distance(row.progress.decide_by)} for row in waiting]
    shown = [row.pk for row in [*waiting, *drafts]]
    audit.record(action="my referrals", object_kind="list", shown=shown)
    return {"rows": rows, "drafts": drafts}
