"""Changes of words and figures as sentences."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from foundation.vocabulary.models import Change, What

CHANGES_SHOWN = 25

SENTENCES = {
    What.ADDED: "Added “{after}”",
    What.LABEL: "Called “{after}” instead of “{before}”",
    What.POSITION: "Moved from number {before} to number {after}",
    What.RETIRED: "Retired",
    What.BROUGHT_BACK: "Brought back",
}


@dataclass(frozen=True)
class Told:
    """One line of a history. `about` names the value where the history is of a whole list."""

    about: str
    sentence: str
    by: str
    at: datetime


def changes_of(
    list_name: str, code: str = "", *, user: Any, labels: dict[str, str] | None = None
) -> list[Told]:
    """The latest changes of a list or of one value, for an administrator; nothing for others."""
    latest = Change.objects.visible_to(user).about(list_name, code)[:CHANGES_SHOWN]
    return [told(change, labels) for change in latest]


def told(change: Change, labels: dict[str, str] | None = None) -> Told:
    """`labels`: code to present label, where the reader sees several values at once."""
    about = (labels or {}).get(change.code, change.code) if labels is not None else ""
    return Told(about, sentence(change), change.actor_name, change.at)


def sentence(change: Change) -> str:
    what = What(change.what)
    if what in SENTENCES:
        return SENTENCES[what].format(before=change.before, after=change.after)
    before, after = (f"“{text}”" if text else "nothing" for text in (change.before, change.after))
    return f"{what.label} changed from {before} to {after}"
