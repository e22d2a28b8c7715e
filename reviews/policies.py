"""May a review be opened, may it decide, may it end? Sentences for people."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied

from foundation.accounts.models import Area, Team, User
from foundation.accounts.roles import Role
from foundation.base import clock
from foundation.base.errors import RuleBroken
from foundation.vocabulary.models import Term
from reviews.models import MOVES, AgendaItem, Meeting, Status

KINDS = "meeting_kind"
REVIEW = "review"
NOT_ABOUT_ONE_CASE = frozenset({"complex_strategy", "context", "regional", "steering"})
"""Kinds of meeting that cannot be opened with one case as their item."""
YEAR_DAYS = 366
"""Units: days before or after today of a review. Source: our own; more is a slip of the pen."""


def chairs_in(user: User) -> list[Team]:
    """The hub teams in which the user chairs reviews."""
    return [team for team in user.teams if team.is_hub and user.has_role_in(Role.CHAIR, team)]


def check_can_open(user: User, area: Area | None = None) -> None:
    """Raises PermissionDenied for anyone but a chair of a hub team, of the area's if one is named."""
    if not any(area is None or team.area_id == area.pk for team in chairs_in(user)):
        where = f" for {area}" if area else ""
        raise PermissionDenied(f"Only a chair of the hub team{where} opens a review.")


def check_can_chair(user: User, meeting: Meeting) -> None:
    """Raises PermissionDenied for anyone but a chair of the area's hub team."""
    if not any(team.area_id == meeting.area_id for team in chairs_in(user)):
        raise PermissionDenied(f"Only a chair of the hub team for {meeting.area} does this.")


def check_can_move(meeting: Meeting, after: Status) -> None:
    """Raises RuleBroken where the transition table does not know the step."""
    if after not in MOVES[meeting.status]:
        now = meeting.get_status_display().lower()
        raise RuleBroken(f"This review is already {now}. Open it again to see what it decided.")


def check_is_planned(meeting: Meeting) -> None:
    """Raises RuleBroken once the review is held or cancelled."""
    if not meeting.is_planned:
        now = meeting.get_status_display().lower()
        raise RuleBroken(f"This review is {now}, so nothing more is recorded on it.")


def check_its_day_has_come(meeting: Meeting) -> None:
    """Raises RuleBroken before the day of the review."""
    if meeting.held_on > clock.today():
        day = clock.spoken(meeting.held_on)
        raise RuleBroken(f"This review is on {day}. What it decides is recorded from that day on.")


def check_day(held_on: date) -> None:
    """Raises RuleBroken."""
    if abs((held_on - clock.today()).days) > YEAR_DAYS:
        raise RuleBroken("The day of the review is more than a year away. Check the year.")


def check_kind(kind: str) -> None:
    """Raises RuleBroken for a kind that is not offered, where the list has come at all."""
    offered = kinds_for_one_case()
    if (offered or kind) and kind not in dict(offered):
        raise RuleBroken("Choose what kind of meeting it is.")


def kinds_for_one_case() -> list[tuple[str, str]]:
    """Code and label of what may be opened with one case."""
    found = Term.objects.of(KINDS).in_use().exclude(code__in=NOT_ABOUT_ONE_CASE)
    return found.choices()


def check_case_is_seen(items: Sequence[AgendaItem]) -> None:
    """`items` as the chair sees them. Raises RuleBroken where there is none."""
    if not items:
        raise RuleBroken("You may not see the case of this review, so another chair ends it.")


def check_every_item_is_decided(items: Sequence[AgendaItem], decided: set[object]) -> None:
    """Raises RuleBroken."""
    for item in items:
        if item.pk not in decided:
            raise RuleBroken(
                f"Item {item.position}, case {item.case.reference}, has no decision yet. "
                "Record one before you finish the review."
            )


def check_nothing_is_decided(is_decided: bool) -> None:
    """Raises RuleBroken."""
    if is_decided:
        raise RuleBroken("This review has decided something, so it was held. Finish it instead.")


def check_something_was_said(said: str, sentence: str) -> None:
    """Raises RuleBroken."""
    if not said.strip():
        raise RuleBroken(sentence)
