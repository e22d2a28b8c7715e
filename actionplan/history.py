"""A change as the proposal's page tells it."""

from dataclasses import dataclass
from datetime import date, datetime

from actionplan.models import ProposalChange, Rating

TITLES = {
    "text": "New wording",
    "theme": "Moved to another theme",
    "lead": "Lead",
    "by_when": "By when",
    "progress": "Progress",
    "rating": "Status",
}
NOTHING = "nothing"
SHORT = 60  # letters: both values then stand in one sentence


@dataclass(frozen=True)
class ToldChange:
    title: str
    before: str
    after: str
    at: datetime
    by: str
    source: str

    @property
    def fits_a_line(self) -> bool:
        return max(len(self.before), len(self.after)) <= SHORT and "\n" not in self.before + self.after


def told(change: ProposalChange) -> ToldChange:
    return ToldChange(
        title=TITLES.get(change.field, change.field),
        before=shown(change.field, change.before),
        after=shown(change.field, change.after),
        at=change.at,
        by=str(change.by),
        source=change.get_source_display(),
    )


def shown(field: str, kept: str) -> str:
    """As people say it: a rating by its word, a day as "3 December 2026"."""
    if field == "rating":
        return Rating(kept).label
    if field == "by_when" and kept:
        return spoken(date.fromisoformat(kept))
    return kept or NOTHING


def spoken(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
