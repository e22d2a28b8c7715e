"""What referrals show on My work and in the navigation."""

from datetime import timedelta
from typing import Any

from django.db.models import Q

from foundation.accounts.roles import Role
from foundation.audit import services as audit
from foundation.base import clock
from foundation.web import registries
from foundation.web.registries import FindResult, FindSource, NavigationItem, WorkPanel
from referrals.lists import IN_TRAY, SENT
from referrals.models import Referral
from referrals.policies import referring_teams

SHOWN_AT_MOST = 10
DECIDED_STAYS = timedelta(days=14)


def register() -> None:
    for offered in (SENT, IN_TRAY):
        registries.lists.add(offered.name, offered)
    registries.navigation.add(
        "referrals",
        NavigationItem(
            "Referrals", "referrals:list", shown_to=lambda user: bool(referring_teams(user)), order=30
        ),
    )
    registries.navigation.add(
        "in-tray",
        NavigationItem("In-tray", "referrals:in-tray", shown_to=reads_the_in_tray, order=25),
    )
    registries.find.add(
        "referrals",
        FindSource("Referrals", "referrals/found.html", find_referrals, kind="referral", order=20),
    )
    registries.my_work.add("referrals", WorkPanel("Your referrals", "referrals/yours.html", yours, order=20))


def reads_the_in_tray(user: Any) -> bool:
    """The hub team, without those who only chair: their way goes through the meetings."""
    return bool(user.hub_areas) and user.roles != {Role.CHAIR}


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
