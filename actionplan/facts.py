"""How a plan and a proposal are laid out on their pages. What is missing is said, never left blank."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from actionplan import history
from actionplan.history import Told
from actionplan.lateness import late_by
from actionplan.models import Proposal, Theme
from foundation.base import clock


@dataclass(frozen=True)
class Row:
    """A proposal in the table of its theme."""

    proposal: Proposal
    late_by: str
    last_updated: str


@dataclass(frozen=True)
class Group:
    """A heading with its proposals; `wording` where the plan's own words for it are known and are others."""

    title: str
    wording: str
    rows: list[Row]


def row_of(proposal: Proposal, today: date) -> Row:
    return Row(proposal, late_by(proposal, today), history.last_updated(proposal))


def by_theme(themes: Sequence[Theme], proposals: Iterable[Proposal], today: date) -> list[Group]:
    """The themes that have proposals, in their order, then what stands under none."""
    rows: dict[uuid.UUID | None, list[Row]] = {}
    for proposal in proposals:
        rows.setdefault(proposal.theme_id, []).append(row_of(proposal, today))
    groups = [Group(t.title, adopted(t), rows[t.pk]) for t in themes if t.pk in rows]
    if None in rows:
        groups.append(Group("Under no theme" if groups else "Proposals", "", rows[None]))
    return groups


def latest_first(proposals: Iterable[Proposal], today: date) -> list[Row]:
    """Those past their date, the longest first."""
    late = [proposal for proposal in proposals if proposal.days_late(today)]
    return [row_of(each, today) for each in sorted(late, key=lambda each: -each.days_late(today))]


def adopted(theme: Theme) -> str:
    return theme.wording if theme.wording != theme.title else ""


def facts_about(proposal: Proposal, today: date, said: Told | None) -> list[dict[str, Any]]:
    """Rows of the summary list; first, where somebody has, who `said` its status and why."""
    theme = proposal.theme
    own_words = adopted(theme) if theme else ""
    step = proposal.corrective_step
    return [
        *facts_of_status(said),
        {"key": "Theme", "value": theme.title if theme else "Under no theme"},
        *([{"key": "Theme as adopted", "value": own_words}] if own_words else []),
        {"key": "Lead", "value": proposal.lead_name or "No lead named"},
        {"key": "By when", "value": by_when(proposal, today)},
        {"key": "Progress", "value": proposal.progress or "None reported"},
        *([{"key": history.TITLES["corrective_step"], "value": step}] if step else []),
        {"key": "How far it has come", "value": proposal.get_lifecycle_display()},
        {"key": "Last update", "value": history.last_updated(proposal)},
    ]


def facts_of_status(said: Told | None) -> list[dict[str, Any]]:
    if said is None:
        return []
    return [
        {"key": "Why", "value": said.reason or "No reason given"},
        {"key": "Said by", "value": f"{said.by}, {clock.spoken(clock.day_of(said.at))}"},
    ]


def by_when(proposal: Proposal, today: date) -> list[str]:
    """The date, by how much it has passed, and the first date where another was set since."""
    day, first = proposal.by_when, proposal.by_when_first
    told = [clock.spoken(day) if day else "No date set", late_by(proposal, today)]
    if first and first != day:
        told.append(f"First set for {clock.spoken(first)}")
    return [line for line in told if line]
