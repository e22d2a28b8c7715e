"""Kinds of deadline: what is owed, who is told and when. Apps declare theirs in `AppConfig.ready()`."""

import enum
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from foundation.accounts.roles import Role
from foundation.base.registries import Registry


class Told(enum.Enum):
    """Who hears of a step."""

    OWNER = "owner"
    TEAM_MANAGER = "team manager"
    HUB_MANAGER = "hub manager"


@dataclass(frozen=True)
class Step:
    """A reminder before the due day, or a rung after it.

    `limit` is the code of the TimeLimit that holds how many working days before or after; it is told at nine
    in the morning of that day.
    """

    code: str
    limit: str
    to: Told = Told.OWNER


@dataclass(frozen=True)
class Act:
    """What can be done about a row of My work: a link, or (with `fields`) a button that posts them."""

    label: str
    url: str
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class WorkRow:
    """What My work says of one obligation, for those who may know what it is about.

    `detail` is said after the words, `flag` is a short warning in words.
    """

    words: str
    url: str
    acts: Sequence[Act] = ()
    detail: str = ""
    flag: str = ""


@dataclass(frozen=True)
class DeadlineKind:
    """`owed` goes into e-mail: it names no person and tells nothing of a case.

    `owed_by`: where no person owns a deadline, those with one of these roles in its team are told, and have
    it on My work. `rows(user, scope_ids)` answers what the user may know, in a constant number of queries.
    """

    code: str
    owed: str
    rows: Callable[[Any, Sequence[uuid.UUID]], Mapping[uuid.UUID, WorkRow]]
    reminders: tuple[Step, ...] = ()
    rungs: tuple[Step, ...] = ()
    owed_by: frozenset[Role] = field(default_factory=frozenset)
    tells_owner_at_once: bool = False


kinds: Registry[DeadlineKind] = Registry()


def register(kind: DeadlineKind) -> None:
    """Raises ValueError where another kind has the code."""
    kinds.add(kind.code, kind)
