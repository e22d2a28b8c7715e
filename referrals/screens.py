"""What referrals show on My work and in the navigation."""

from datetime import timedelta
from typing import Any

from django.db.models import Q

from foundation.audit import services as audit
from foundation.base import clock
from foundation.web import registries
from foundation.web.registries import FindResult, FindSource, NavigationItem, WorkPanel
from referrals.models import Progress, Referral
from referrals.policies import decides_for, referring_teams

SHOWN_AT_MOST = 10
DECIDED_STAYS = timedelta(days=14)


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
    registries.find.add(
        "referrals",
        FindSource("Referrals", "referrals/found.html", find_referrals, kind="referral", order=20),
    )
    registries.my_work.add("in-tray", WorkPanel("To decide", "referrals/to_decide.html", to_decide, order=10))
    registries.my_work.add("referrals", WorkPanel("Your referrals", "referrals/yours.html", yours, order=20))


def to_decide(user: Any) -> dict[str, Any] | None:
    """For coordinators: how many wait, and the first few."""
    areas = [team.area for team in decides_for(user)]
    if not areas:
        return None
    open_here = Progress.objects.visible_to(user).filter(area__in=areas).undecided().with_words(user)
    waiting = list(open_here.urgent_first().select_related("team__agency")[: SHOWN_AT_MOST + 1])
    shown = waiting[:SHOWN_AT_MOST]
    rows = [{"progress": row, "due": clock.distance(row.decide_by)} for row in shown]
    audit.record(action="referrals to decide", object_kind="list", shown=[row.pk for row in shown])
    return {"rows": rows, "there_are_more": len(waiting) > SHOWN_AT_MOST}


def yours(user: Any) -> dict[str, Any] | None:
    """For referrers: drafts to finish, questions to answer, what waits, and what was decided lately."""
    if not referring_teams(user):
        return None
    mine = Referral.objects.visible_to(user).filter(author=user)
    lately = Q(progress__decided_at=None) | Q(progress__decided_at__gt=clock.now() - DECIDED_STAYS)
    sent = mine.filter(lately, sent_at__isnull=False).select_related("progress").order_by("-sent_at")
    waiting, drafts = list(sent[:SHOWN_AT_MOST]), list(mine.filter(sent_at=None)[:SHOWN_AT_MOST])
    rows = [{"referral": row, "due": clock.distance(row.progress.decide_by)} for row in waiting]
    shown = [row.pk for row in [*waiting, *drafts]]
    audit.record(action="my referrals", object_kind="list", shown=shown)
    return {"rows": rows, "drafts": drafts}


def find_referrals(user: Any, words: str) -> FindResult:
    """Referrals whose words the viewer may read."""
    found = Referral.objects.visible_to(user).about(words).select_related("progress")
    rows = list(found.filter(sent_at__isnull=False)[:SHOWN_AT_MOST])
    return FindResult(rows=rows, object_ids=[str(row.pk) for row in rows])
