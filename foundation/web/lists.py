"""Lists as people expect them: filters and order in the address, pages that stay put, a name for a view.

A room declares its list once (`ListOf` with a `Filters` form and `Sort`s), registers it, and calls `opened`.
What stands in the address is never a column: it chooses among what the room has written out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from foundation.base import keyset
from foundation.base.keyset import Order, Page
from foundation.web.forms import ChoiceField, Form

PAGE_SIZE = 25
IN_SIGHT = 3
"""Units: filters above the list; the rest is behind “More filters”. Source: MOJ “Filter a list”, ux.md 1."""
SORT, PLACE = "sort", "page"
LOST = "That place in the list is not known any more. This is the first page."
MOST_LETTERS = 100


def one_of(label: str, choices: Any, *, anything: str = "Any") -> ChoiceField:
    """A filter: one value of a short list, or no matter."""
    return ChoiceField(
        label=label,
        choices=choices,
        as_select=True,
        empty_label=anything,
        required=False,
        missing=f"Choose “{label}” from its list",
    )


class Filters(Form):
    """The filters of one list, as fields. For each there is `by_<name>(rows, value)`, which narrows the rows.

    It compares columns of the row itself, or asks rows through their `visible_to`: a filter that looked
    further could tell of a row that is hidden.
    """

    def __init__(self, data: Mapping[str, Any], *, viewer: Any) -> None:
        super().__init__(data, auto_id="filter_%s")
        self.viewer = viewer

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Choices that depend on the viewer or on rows of vocabulary."""
        offered: Any = self.fields[name]
        offered.choices = offered.with_empty(choices)

    def narrowed(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Nothing where a value is not one of those offered."""
        if not self.is_valid():
            return rows.none()
        for name, value in self.chosen.items():
            rows = getattr(self, f"by_{name}")(rows, value)
        return rows

    @cached_property
    def chosen(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if value} if self.is_valid() else {}

    @property
    def in_sight(self) -> list[BoundField]:
        return list(self)[:IN_SIGHT]

    @property
    def further(self) -> list[BoundField]:
        return list(self)[IN_SIGHT:]

    @property
    def further_in_use(self) -> bool:
        return any(bound.name in self.chosen or bound.errors for bound in self.further)

    def words_for(self, name: str) -> str:
        choices: Any = self.fields[name].choices  # type: ignore[attr-defined]
        return next((str(label) for value, label in choices if str(value) == str(self.chosen[name])), "")


@dataclass(frozen=True)
class Sort:
    """One way to order a list. `columns` as `Order` takes them, in the direction that is offered first."""

    name: str
    columns: tuple[str, ...]
    label: str

    def order(self, *, turned: bool) -> Order:
        order = Order(self.columns)
        return Order(order.backwards) if turned else order

    @property
    def falls(self) -> bool:
        """Does its first direction go from the largest down?"""
        return self.columns[0].startswith("-")


@dataclass(frozen=True)
class ListOf:
    """What a list offers. The first sort is the one it opens with. `url_name` takes no ids."""

    name: str
    title: str
    url_name: str
    filters: type[Filters]
    sorts: tuple[Sort, ...]
    page_size: int = PAGE_SIZE

    def sort_in(self, address: Mapping[str, Any]) -> tuple[Sort, bool]:
        """The sort that is asked for, and if it is turned round ("-name"). Unknown names are passed over."""
        asked = str(address.get(SORT, ""))
        for sort in self.sorts:
            if asked.removeprefix("-") == sort.name:
                return sort, asked.startswith("-")
        return self.sorts[0], False


@dataclass(frozen=True)
class Chosen:
    """A filter in use, and the address of the list without it."""

    label: str
    words: str
    without: str


@dataclass
class OpenList:
    """One list as one request shows it. Templates draw it with `components/list_*.html`."""

    of: ListOf
    path: str
    filters: Filters
    sort: Sort
    is_turned: bool
    page: Page[Any] = field(default_factory=lambda: Page(rows=[]))
    lost: str = ""
    was_placed: bool = False

    @property
    def rows(self) -> list[Any]:
        return self.page.rows

    @property
    def status(self) -> int:
        return 422 if self.lost or not self.filters.is_valid() else 200

    def state(self, **changes: str) -> dict[str, str]:
        """What the address holds, without the page: filters in their order, then the sort."""
        kept = {name: str(value) for name, value in self.filters.chosen.items()}
        if self.is_turned or self.sort is not self.of.sorts[0]:
            kept[SORT] = f"{'-' if self.is_turned else ''}{self.sort.name}"
        return {name: value for name, value in {**kept, **changes}.items() if value}

    def address(self, **changes: str) -> str:
        state = self.state(**changes)
        return f"{self.path}?{urlencode(state)}" if state else self.path

    @property
    def query(self) -> str:
        return urlencode(self.state())

    @property
    def saving_address(self) -> str:
        """Where this view gets a name; nothing where it is what the list opens with."""
        return (
            f"{reverse('web:save-view')}?{urlencode({'of': self.of.name, **self.state()})}"
            if self.state()
            else ""
        )

    @property
    def sort_in_address(self) -> str:
        return self.state().get(SORT, "")

    @property
    def first_address(self) -> str:
        return self.address()

    @property
    def next_address(self) -> str:
        return self.address(**{PLACE: self.page.next}) if self.page.next else ""

    @property
    def previous_address(self) -> str:
        return self.address(**{PLACE: self.page.previous}) if self.page.previous else ""

    @property
    def first_sort_address(self) -> str:
        """The same rows in the order the list opens with."""
        return self.address(**{SORT: ""})

    @property
    def cleared_address(self) -> str:
        """The list without filters, in the same order."""
        return self.address(**dict.fromkeys(self.filters.chosen, ""))

    @property
    def chosen(self) -> Iterator[Chosen]:
        for name in self.filters.chosen:
            label = str(self.filters.fields[name].label)
            yield Chosen(label, self.filters.words_for(name), self.address(**{name: ""}))

    @property
    def is_narrowed(self) -> bool:
        return bool(self.filters.chosen)

    @property
    def is_first_page(self) -> bool:
        return not self.was_placed or bool(self.lost)

    def address_sorted_by(self, name: str) -> str:
        """Another sort in its first direction; this one turned round."""
        is_first = name == self.of.sorts[0].name
        if name == self.sort.name:
            turned = "" if self.is_turned else "-"
            return self.address(**{SORT: "" if is_first and not turned else f"{turned}{name}"})
        return self.address(**{SORT: "" if is_first else name})

    def direction_of(self, name: str) -> str:
        """For aria-sort: the direction in which the list is ordered by this now, or nothing."""
        if name != self.sort.name:
            return ""
        return "descending" if self.sort.falls != self.is_turned else "ascending"


def opened(request: HttpRequest, of: ListOf, rows: QuerySet[Any]) -> OpenList:
    """The page of the list that the address asks for. `rows` come through their `visible_to`. One query.

    A filter that cannot be read shows no rows and says so; an unknown page shows the first. Both 422.
    """
    shown = read(of, request.GET, viewer=request.user, path=request.path)
    place, found = str(request.GET.get(PLACE, "")), shown.filters.narrowed(rows)
    shown.was_placed = bool(place)
    order = shown.sort.order(turned=shown.is_turned)
    try:
        shown.page = keyset.page_of(found, order=order, cursor=place, size=of.page_size)
    except keyset.WrongCursor:
        shown.page = keyset.page_of(found, order=order, cursor="", size=of.page_size)
        shown.lost = LOST
    return shown


def read(of: ListOf, address: QueryDict, *, viewer: Any, path: str = "") -> OpenList:
    """Filters and sort of an address, before a row is asked for. Names that are not ours are passed over."""
    known = {name: address.get(name, "")[:MOST_LETTERS] for name in of.filters.base_fields}  # type: ignore[index]
    sort, is_turned = of.sort_in(address)
    return OpenList(of, path, of.filters(known, viewer=viewer), sort, is_turned)
