"""Through what a person may be seen. `cases.records` registers its condition when it is ready."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q

Condition = Callable[[Any], Q]
_through: list[Condition] = []


def register(condition: Condition) -> None:
    """`condition(user)` is a Q on Person."""
    _through.append(condition)


def seen_by(user: Any) -> Q:
    """Any of the registered conditions; nobody is seen while there is none."""
    answer = Q(pk__in=[])
    for condition in _through:
        answer |= condition(user)
    return answer
