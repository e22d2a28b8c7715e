"""The chronology on the case page."""

from typing import Any

from cases.chronology.models import EntryPart
from cases.records.models import Case
from cases.records.policies import check_can_contribute
from cases.records.registries import CasePanel
from foundation.access.words import Section
from foundation.base.policy import allows

SHOWN_AT_MOST = 50


def chronology(user: Any, case: Case) -> dict[str, Any]:
    """The newest first, as far as the viewer may read."""
    parts = EntryPart.objects.visible_to(user).filter(case=case)
    parts = parts.select_related("entry__recorded_by", "entry__recorded_for__agency")
    shown = list(parts.order_by("-entry__happened_on", "-entry__recorded_at")[: SHOWN_AT_MOST + 1])
    return {
        "parts": shown[:SHOWN_AT_MOST],
        "there_are_more": len(shown) > SHOWN_AT_MOST,
        "shown_at_most": SHOWN_AT_MOST,
        "may_add": allows(check_can_contribute, user, case, Section.CHRONOLOGY),
    }


CHRONOLOGY = CasePanel("Chronology", "chronology/panel.html", chronology, order=20)
