"""Pages of a long list that stay where they are while rows are added: "after this row", never "row 51 on"."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)

LONGEST_CURSOR = 600
"""Units: characters of an address. Ours have about 200."""


class WrongCursor(ValueError):
    """The words that name a place in a list are not ours, or belong to another order."""


@dataclass(frozen=True)
class Order:
    """Columns as `order_by` takes them ("-updated_at", "-id"). The last is unique; none is ever NULL."""

    columns: tuple[str, ...]

    @property
    def backwards(self) -> tuple[str, ...]:
        return tuple(column[1:] if column.startswith("-") else f"-{column}" for column in self.columns)

    @property
    def signer(self) -> Signer:
        """A cursor of one order says nothing in another."""
        return Signer(salt=f"keyset {' '.join(self.columns)}")

    def cursor(self, row: Model, *, backwards: bool) -> str:
        """The place of `row`, to go on after it; or before it where `backwards`."""
        values = [plain(getattr(row, column.lstrip("-"))) for column in self.columns]
        return self.signer.sign_object([backwards, *values])

    def read(self, cursor: str) -> tuple[bool, list[Any]]:
        """Direction and values of a cursor. Raises WrongCursor for whatever we have not signed."""
        try:
            if len(cursor) > LONGEST_CURSOR:
                raise WrongCursor
            backwards, *values = self.signer.unsign_object(cursor)
        except (BadSignature, ValueError, TypeError) as wrong:
            raise WrongCursor("This place in the list is not known.") from wrong
        return bool(backwards), values


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of rows, and the cursors of its neighbours where there are any."""

    rows: list[Row]
    next: str = ""
    previous: str = ""


def plain(value: object) -> object:
    """A value of a row as JSON keeps it, to the microsecond."""
    if isinstance(value, date):  # datetimes too
        return value.isoformat()
    if value is None:
        raise TypeError("a list cannot be ordered by a column that may be NULL")
    return str(value) if isinstance(value, UUID) else value


def beyond(columns: tuple[str, ...], values: list[Any]) -> Q:
    """Condition: the row comes after these values in the order of `columns`.

    The first bound says again what follows from the rest, in the form an index answers.
    """
    later, equal = Q(), Q()
    for column, value in zip(columns, values, strict=True):
        name, sign = column.lstrip("-"), "lt" if column.startswith("-") else "gt"
        later |= equal & Q(**{f"{name}__{sign}": value})
        equal &= Q(**{name: value})
    first, sign = columns[0].lstrip("-"), "lte" if columns[0].startswith("-") else "gte"
    return Q(**{f"{first}__{sign}": values[0]}) & later


def page_of(rows: QuerySet[Row], *, order: Order, cursor: str, size: int) -> Page[Row]:
    """One query. Raises WrongCursor."""
    backwards, values = order.read(cursor) if cursor else (False, [])
    columns = order.backwards if backwards else order.columns
    found = rows.order_by(*columns)
    if cursor:
        found = found.filter(beyond(columns, values))
    taken = list(found[: size + 1])
    there_are_more, shown = len(taken) > size, taken[:size]
    if backwards:
        shown.reverse()
    goes_on, began_later = (bool(cursor), there_are_more) if backwards else (there_are_more, bool(cursor))
    return Page(
        rows=shown,
        next=order.cursor(shown[-1], backwards=False) if shown and goes_on else "",
        previous=order.cursor(shown[0], backwards=True) if shown and began_later else "",
    )
