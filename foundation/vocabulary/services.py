"""Change words, lists and time limits: each service locks, asks, changes, and records who did it.

Values are retired and never deleted: old records keep their words.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from foundation.audit import services as audit
from foundation.base.errors import RuleBroken
from foundation.vocabulary import policies
from foundation.vocabulary.models import TIME_LIMITS, Change, Term, TimeLimit, What
from foundation.vocabulary.registries import lists

CODE_LENGTH = 40
KEPT_WORDS = (What.LABEL, What.DESCRIPTION, What.PARENT, What.REVIEW, What.RETURNED_AS)


@dataclass(frozen=True)
class Words:
    """What an administrator may say of a value. `parent` is a code of the list it belongs to."""

    label: str
    description: str = ""
    parent: str = ""
    review_every_days: int | None = None
    returned_as: str = ""


@transaction.atomic
def add_term(*, list_name: str, words: Words, actor: Any) -> Term:
    """Put a new value at the end of the list. Its code is made of its words now and stays.

    Raises PermissionDenied, KeyError for a list that is not, RuleBroken for words that are taken or missing.
    """
    policies.check_can_change_words(actor)
    kind = lists[list_name]
    there = _locked(list_name)
    term = Term(list=list_name, code=_new_code(words.label, {each.code for each in there}))
    term.position = max((each.position for each in there), default=-1) + 1
    _say(term, words)
    policies.check_is_complete(term, kind)
    policies.check_label_is_free(term)
    _save(term)
    note_change(list_name=list_name, code=term.code, what=What.ADDED, after=term.label, actor=actor)
    audit.record(action="add a word", about=term)
    return term


@transaction.atomic
def change_term(*, list_name: str, code: str, words: Words, seen: int, actor: Any) -> Term:
    """Say a value in other words, here and on every old record. Unchanged words change nothing.

    `seen`: key of the latest change when the page was opened, 0 for none. Raises PermissionDenied,
    Term.DoesNotExist, RuleBroken where somebody else changed it meanwhile or the words are taken or missing.
    """
    policies.check_can_change_words(actor)
    term = _one_of(_locked(list_name), code)
    policies.check_nothing_came_between(_latest(list_name, code), seen)
    before = _as_texts(term)
    _say(term, words)
    policies.check_is_complete(term, lists[list_name])
    if not term.is_retired:
        policies.check_label_is_free(term)
    after = _as_texts(term)
    changed = [what for what in KEPT_WORDS if before[what] != after[what]]
    if changed:
        fields = [what.value for what in changed]
        _save(term, *fields)
        for what in changed:
            note_change(
                list_name=list_name, code=code, what=what, before=before[what], after=after[what], actor=actor
            )
        audit.record(action="change a word", about=term, fields=fields)
    return term


@transaction.atomic
def move_term(*, list_name: str, code: str, places: int, actor: Any) -> Term:
    """Change places with the value in use before (-1) or after (+1) it; at the end of the list nothing moves.

    Raises PermissionDenied, Term.DoesNotExist for what is not in use.
    """
    policies.check_can_change_words(actor)
    there = _locked(list_name)
    in_use = [each for each in there if not each.is_retired]
    term = _one_of(in_use, code)
    place = in_use.index(term)
    if not 0 <= place + places < len(in_use):
        return term
    other = in_use[place + places]
    one, two = there.index(term), there.index(other)
    there[one], there[two] = other, term
    for position, each in enumerate(there):
        if each.position != position:
            each.position = position
            _save(each, "position")
    was, now = str(place + 1), str(place + places + 1)
    note_change(list_name=list_name, code=code, what=What.POSITION, before=was, after=now, actor=actor)
    audit.record(action="move a word", about=term, fields=["position"])
    return term


@transaction.atomic
def retire_term(*, list_name: str, code: str, actor: Any) -> Term:
    """No longer offer a value. Old records keep its words; a value that is retired stays as it is.

    Raises PermissionDenied, Term.DoesNotExist, RuleBroken where the service or other values need it.
    """
    policies.check_can_change_words(actor)
    term = _one_of(_locked(list_name), code)
    if not term.is_retired:
        policies.check_can_retire(term, lists[list_name])
        term.is_retired = True
        _save(term, "is_retired")
        note_change(list_name=list_name, code=code, what=What.RETIRED, actor=actor)
        audit.record(action="retire a word", about=term, fields=["is_retired"])
    return term


@transaction.atomic
def bring_back_term(*, list_name: str, code: str, actor: Any) -> Term:
    """Offer a retired value again, in its old place.

    Raises PermissionDenied, Term.DoesNotExist, RuleBroken where its words are taken or its parent is retired.
    """
    policies.check_can_change_words(actor)
    term = _one_of(_locked(list_name), code)
    if term.is_retired:
        term.is_retired = False
        policies.check_is_complete(term, lists[list_name])
        policies.check_label_is_free(term)
        _save(term, "is_retired")
        note_change(list_name=list_name, code=code, what=What.BROUGHT_BACK, actor=actor)
        audit.record(action="bring back a word", about=term, fields=["is_retired"])
    return term


@transaction.atomic
def change_limit(*, code: str, length: int, source: str, seen: int, actor: Any) -> TimeLimit:
    """Set how long practice allows, and where the figure comes from. The unit stays.

    Raises PermissionDenied, TimeLimit.DoesNotExist, RuleBroken where somebody else changed it meanwhile or
    the figure is out of reach.
    """
    policies.check_can_change_words(actor)
    limit = TimeLimit.objects.select_for_update().get(code=code)
    policies.check_nothing_came_between(_latest(TIME_LIMITS, code), seen)
    source = _one_line(source)
    policies.check_limit_is_plausible(limit, length, source)
    said: dict[str, Any] = {What.LENGTH.value: length, What.SOURCE.value: source}
    changed = [name for name, value in said.items() if getattr(limit, name) != value]
    for name in changed:
        was, now = str(getattr(limit, name)), str(said[name])
        note_change(list_name=TIME_LIMITS, code=code, what=What(name), before=was, after=now, actor=actor)
        setattr(limit, name, said[name])
    if changed:
        limit.save(update_fields=changed)
        audit.record(action="change a time limit", about=limit, fields=changed)
    return limit


@transaction.atomic
def note_change(
    *, list_name: str, code: str, what: What, actor: Any, before: str = "", after: str = ""
) -> None:
    """Keep who changed what, in the name of `actor`. Refused by the database to all but administrators."""
    Change.objects.create(
        list=list_name,
        code=code,
        what=what,
        before=before,
        after=after,
        actor=actor.pk,
        actor_name=str(actor),
    )


def _locked(list_name: str) -> list[Term]:
    """Every value of the list, locked, in the order it has once the lock is ours."""
    there = Term.objects.of(list_name).select_for_update().order_by("pk")
    return sorted(there, key=lambda each: (each.position, each.label, each.pk))


def _one_of(there: Sequence[Term], code: str) -> Term:
    for each in there:
        if each.code == code:
            return each
    raise Term.DoesNotExist


def _say(term: Term, words: Words) -> None:
    kind = lists[term.list]
    term.label, term.description = _one_line(words.label), _one_line(words.description)
    if kind.parent:
        above = Term.objects.of(kind.parent).select_for_update()  # so that nobody retires it meanwhile
        term.parent = above.filter(code=words.parent).first()
    if kind.has_reviews:
        term.review_every_days = words.review_every_days
    if kind.has_returns:
        term.returned_as = _one_line(words.returned_as)


def _one_line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _save(term: Term, *fields: str) -> None:
    """Raises RuleBroken where somebody took the same words or code a moment ago."""
    try:
        with transaction.atomic():
            term.save(update_fields=fields or None)
    except IntegrityError as error:
        raise RuleBroken("Somebody changed this list a moment ago. Look at it again, then save.") from error


def _as_texts(term: Term) -> dict[What, str]:
    return {
        What.LABEL: term.label,
        What.DESCRIPTION: term.description,
        What.PARENT: str(term.parent or ""),
        What.REVIEW: str(term.review_every_days or ""),
        What.RETURNED_AS: term.returned_as,
    }


def _new_code(label: str, taken: set[str]) -> str:
    """Small letters, digits and underscores; with a number where another value has the same."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    code = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[: CODE_LENGTH - 4].strip("_") or "value"
    numbered = (f"{code}_{number}" for number in range(2, 1000))
    return code if code not in taken else next(each for each in numbered if each not in taken)


def _latest(list_name: str, code: str) -> Change | None:
    return Change.objects.about(list_name, code).first()
