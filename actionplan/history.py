"""What was said and changed, as the proposal's page tells it: who, when, why, from what to what."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from actionplan.models import ChangeSource, Lifecycle, Proposal, ProposalChange, Rating, Update
from foundation.base import clock

TITLES = {
    "text": "Wording",
    "theme": "Theme",
    "lead_user": "Person who leads it",
    "lead": "Lead officer or agency",
    "by_when": "By when",
    "progress": "Progress",
    "rating": "Status",
    "lifecycle": "How far it has come",
    "corrective_step": "What is being done to put it right",
}
NOTHING = "nothing"
SHORT = 60  # letters: both values then stand in one sentence


@dataclass(frozen=True)
class ToldChange:
    title: str
    before: str
    after: str

    @property
    def fits_a_line(self) -> bool:
        return max(len(self.before), len(self.after)) <= SHORT and "\n" not in self.before + self.after


@dataclass
class Told:
    """What one person said or changed at one time."""

    version: int
    at: datetime
    by: str
    title: str
    rating: Rating | None = None
    reason: str = ""
    changes: list[ToldChange] = field(default_factory=list)


def told_of(proposal: Proposal, *, since: int = 0) -> list[Told]:
    """Everything after the version `since`, newest first. Two queries, however long it is."""
    updates = {each.version: each for each in proposal.updates.filter(version__gt=since).select_related("by")}
    changes: dict[int, list[ProposalChange]] = {}
    for change in proposal.changes.filter(version__gt=since).select_related("by"):
        changes.setdefault(change.version, []).append(change)
    versions = sorted(updates.keys() | changes.keys(), reverse=True)
    return [told(version, updates.get(version), changes.get(version, [])) for version in versions]


def told(version: int, update: Update | None, changes: list[ProposalChange]) -> Told:
    said: Any = update or changes[0]
    moved = next((change for change in changes if change.field == "rating"), None)
    in_title = moved if update else None
    rating = update.rating if update else moved.after if moved else None
    return Told(
        version=version,
        at=said.at,
        by=str(said.by),
        title=title_of(update, moved),
        rating=Rating(rating) if rating else None,
        reason=update.reason if update else "",
        changes=[told_change(each) for each in sorted(changes, key=in_order) if each is not in_title],
    )


def in_order(change: ProposalChange) -> int:
    names = list(TITLES)
    return names.index(change.field) if change.field in names else len(names)


def title_of(update: Update | None, moved: ProposalChange | None) -> str:
    if update is None:
        return str(ChangeSource.IMPORT.label)
    if moved:
        return f"{Rating(moved.after).label}, before: {Rating(moved.before).label.lower()}"
    return "Update" if update.rating == Rating.NOT_RATED else f"Still {Rating(update.rating).label.lower()}"


def told_change(change: ProposalChange) -> ToldChange:
    return ToldChange(
        title=TITLES.get(change.field, change.field),
        before=shown(change.field, change.before),
        after=shown(change.field, change.after),
    )


def shown(name: str, kept: str) -> str:
    """As people say it: a rating by its word, a day as "3 December 2026"."""
    if name == "rating":
        return str(Rating(kept).label)
    if name == "lifecycle":
        return str(Lifecycle(kept).label)
    if name == "by_when" and kept:
        return clock.spoken(date.fromisoformat(kept))
    return kept or NOTHING


def last_rated(history: Iterable[Told]) -> Told | None:
    """Where the present rating was said last."""
    return next((each for each in history if each.rating), None)


def values_at(proposal: Proposal, version: int) -> dict[str, str]:
    """What has changed since then, with the value each field had at that version, as it is kept."""
    later = proposal.changes.filter(version__gt=version).order_by("-version")
    return {change.field: change.before for change in later}


def ago(moment: datetime) -> str:
    """Such as "today", "yesterday", "3 days ago"."""
    days = (clock.today() - clock.day_of(moment)).days
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")


def last_updated(proposal: Proposal) -> str:
    """Such as "Updated 3 days ago"."""
    return f"Updated {ago(proposal.updated_at)}" if proposal.version else "Not updated since it was added"
