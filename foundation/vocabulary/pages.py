"""What the pages about words show, made ready for their templates."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from foundation.vocabulary.history import Told, changes_of
from foundation.vocabulary.models import TIME_LIMITS, Change, Term, TimeLimit
from foundation.vocabulary.registries import WordList, lists


@dataclass(frozen=True)
class Counted:
    kind: WordList
    in_use: int
    retired: int


def counted_lists() -> list[Counted]:
    """One query, however many lists there are."""
    counts = {
        row["list"]: row
        for row in Term.objects.order_by()
        .values("list")
        .annotate(
            used=Count("pk", filter=Q(is_retired=False)), retired=Count("pk", filter=Q(is_retired=True))
        )
    }
    none = {"used": 0, "retired": 0}
    return [
        Counted(each, counts.get(each.name, none)["used"], counts.get(each.name, none)["retired"])
        for each in lists
    ]


def list_page(kind: WordList, user: Any) -> dict[str, Any]:
    """The values in order, the retired ones apart, and the latest changes. Three queries."""
    terms = list(Term.objects.of(kind.name).select_related("parent"))
    labels = {term.code: term.label for term in terms}
    return {
        "kind": kind,
        "in_use": [term for term in terms if not term.is_retired],
        "retired": [term for term in terms if term.is_retired],
        "belongs_to": lists[kind.parent].title if kind.parent else "",
        "changes": changes_of(kind.name, user=user, labels=labels),
    }


def seen_now(list_name: str, code: str, user: Any) -> int:
    """The key of the latest change of a value, 0 where it was never changed."""
    latest = Change.objects.visible_to(user).about(list_name, code).first()
    return latest.pk if latest else 0


def as_offered(kind: WordList, term: Term, label: str, description: str) -> list[dict[str, Any]]:
    """How a list reads with these words for one of its values, which is marked."""
    shown = [each for each in Term.objects.of(kind.name) if not each.is_retired or each.pk == term.pk]
    return [
        {"label": label, "hint": description, "is_new": True}
        if each.pk == term.pk
        else {"label": each.label, "hint": each.description, "is_new": False}
        for each in (shown if term.pk else [*shown, term])
    ]


def limit_rows() -> list[TimeLimit]:
    return list(TimeLimit.objects.all())


def limit_changes(user: Any) -> list[Told]:
    labels = {limit.code: limit.label for limit in TimeLimit.objects.all()}
    return changes_of(TIME_LIMITS, user=user, labels=labels)
