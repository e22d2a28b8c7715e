"""May words, lists and figures be changed? Sentences for people; nothing is changed here."""

from typing import Any

from django.core.exceptions import PermissionDenied

from foundation.base.errors import RuleBroken
from foundation.vocabulary.models import ADMINISTRATOR, Change, Term, TimeLimit, TimeUnit
from foundation.vocabulary.registries import WordList, lists

ONLY_ADMINISTRATORS = "Only an administrator may change words, lists and time limits."
REACH = {TimeUnit.WORKING_DAYS: (0, 250), TimeUnit.DAYS: (1, 3650)}
"""Units: those of the limit, 0 working days the day itself. Source: ours, against slips of the keyboard."""

LONGEST_BETWEEN_REVIEWS = 366
"""Units: calendar days. Source: ours, against slips of the keyboard."""


def may_change_words(user: Any) -> bool:
    """An administrator today, with an account that is still active."""
    return bool(user.is_active and ADMINISTRATOR in user.roles)


def check_can_change_words(user: Any) -> None:
    """Raises PermissionDenied."""
    if not may_change_words(user):
        raise PermissionDenied(ONLY_ADMINISTRATORS)


def check_nothing_came_between(latest: Change | None, seen: int) -> None:
    """`seen` is the key of the change that was the latest when the page was opened. Raises RuleBroken."""
    if latest is not None and latest.pk != seen:
        raise RuleBroken(
            f"{latest.actor_name} changed this after you opened the page. Open it again, look, and then save."
        )


def check_label_is_free(term: Term) -> None:
    """One label for one thing: no two live values of a list read the same. Raises RuleBroken."""
    same = Term.objects.of(term.list).in_use().filter(label__iexact=term.label).exclude(pk=term.pk).first()
    if same is not None:
        raise RuleBroken(f"This list already has “{same.label}”. Use other words, or change that value.")


def check_is_complete(term: Term, kind: WordList) -> None:
    """Raises RuleBroken for empty words, a missing or foreign parent, or days out of reach."""
    if not term.label:
        raise RuleBroken("Enter the words that people read.")
    if kind.parent and (term.parent is None or term.parent.list != kind.parent):
        raise RuleBroken(f"Choose from “{lists[kind.parent].title}” what this belongs to.")
    if term.parent is not None and term.parent.is_retired and not term.is_retired:
        raise RuleBroken(f"“{term.parent}” is retired. Choose another, or bring it back first.")
    days = term.review_every_days
    if kind.has_reviews and (days is None or not 1 <= days <= LONGEST_BETWEEN_REVIEWS):
        raise RuleBroken(f"Days between reviews must be a number from 1 to {LONGEST_BETWEEN_REVIEWS}.")


def check_can_retire(term: Term, kind: WordList) -> None:
    """Raises RuleBroken where the service needs the value, others belong to it, or nothing would be left."""
    if because := kind.fixed.get(term.code):
        raise RuleBroken(f"“{term}” cannot be retired. {because} You can change its words.")
    if term.parts.filter(is_retired=False).exists():
        raise RuleBroken(f"Other values still belong to “{term}”. Move or retire those first.")
    if not Term.objects.of(term.list).in_use().exclude(pk=term.pk).exists():
        raise RuleBroken("A list needs at least one value. Add another before you retire this one.")


def check_limit_is_plausible(limit: TimeLimit, length: int, source: str) -> None:
    """Raises RuleBroken for a length out of reach, or a figure that says nothing of where it comes from."""
    least, most = REACH[TimeUnit(limit.unit)]
    if not least <= length <= most:
        raise RuleBroken(f"Enter a number of {limit.get_unit_display()} from {least} to {most}.")
    if not source:
        raise RuleBroken("Say where the figure comes from, such as your local policy and its date.")
