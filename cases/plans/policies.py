"""May an action be agreed, closed, handed over? Sentences for people."""

from datetime import date

from django.core.exceptions import PermissionDenied

from cases.plans.models import EXPLAINED, AgreedAction
from cases.plans.owners import Owner, possible_owners
from cases.records.models import Case
from foundation.access.decisions import check_may, may
from foundation.access.words import Section, Verb
from foundation.accounts.models import Team, User
from foundation.base import clock
from foundation.base.errors import RuleBroken

LATEST_YEARS = 2
"""Units: years from today within which an action must be due. Source: our own; more is a slip of the pen."""


def check_can_agree(user: User, case: Case) -> None:
    """Whoever coordinates the case. Raises PermissionDenied."""
    check_may(user, Verb.COORDINATE, case)


def is_of_the_hub(user: User, case: Case) -> bool:
    """Works in the hub team of the case's area and may coordinate the case."""
    return any(area.pk == case.area_id for area in user.hub_areas) and may(user, Verb.COORDINATE, case)


def check_can_close(user: User, action: AgreedAction) -> None:
    """Its owner, or somebody of the area's hub team who coordinates the case. Raises PermissionDenied."""
    if is_of_the_hub(user, action.case):
        return
    if action.owner_id != user.pk:
        raise PermissionDenied(
            f"Only {action.owner}, who owns this action, or the hub team for {action.case.area} closes it."
        )
    check_may(user, Verb.CONTRIBUTE, action.case, Section.PLAN)


def check_can_hand_over(user: User, action: AgreedAction) -> None:
    """Somebody of the area's hub team who coordinates the case. Raises PermissionDenied."""
    if not is_of_the_hub(user, action.case):
        raise PermissionDenied(
            f"Only the hub team for {action.case.area} hands an action over or moves its day."
        )


def check_is_open(action: AgreedAction) -> None:
    """Raises RuleBroken."""
    if not action.is_open:
        raise RuleBroken(
            f"{action.closed_by} has closed this action already: {action.get_outcome_display().lower()}. "
            "Open it again to see what was said."
        )


def check_outcome_is_explained(outcome: str, said: str) -> None:
    """Raises RuleBroken."""
    if outcome in EXPLAINED and not said:
        raise RuleBroken("Say in a sentence why it was not done or cannot be done.")


def check_is_current(action: AgreedAction, seen_steps: int, steps: int) -> None:
    """Raises RuleBroken where the page was opened before the action's latest step."""
    if seen_steps != steps:
        raise RuleBroken(
            f"This action has changed since you opened this page: {action.owner} owns it, by "
            f"{clock.spoken(action.due_on)}. Copy what you typed and open the page again."
        )


def check_can_own(viewer: User, case: Case, owner: User, team: Team, due_on: date) -> None:
    """The owner must see what they owe and be able to close it, until it is due. Raises RuleBroken."""
    chosen = Owner(owner, team)
    if chosen not in possible_owners(viewer, case):
        raise RuleBroken(
            f"{owner} cannot own this action: no share lets {owner} of {team} add to the plan of this case. "
            "Share the case with them first, or choose somebody else."
        )
    if chosen not in possible_owners(viewer, case, until=due_on):
        raise RuleBroken(
            f"{owner} cannot own this action until {clock.spoken(due_on)}: the share of this case with "
            f"{owner} of {team} ends before. Share it for longer first, or choose another day or person."
        )


def check_day(due_on: date) -> None:
    """Raises RuleBroken for a day that has passed or is years away."""
    today = clock.today()
    if due_on < today:
        raise RuleBroken("The day by which it is to be done has passed. Choose today or a later day.")
    if due_on.year - today.year > LATEST_YEARS:
        raise RuleBroken("The day by which it is to be done is years away. Check the year.")
