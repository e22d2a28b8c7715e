"""Pages of a list stay where they are while rows are added, and nobody makes up a place in it."""

import pytest
from django.core.signing import Signer

from foundation.base import keyset
from foundation.base.keyset import Order, WrongCursor, page_of
from foundation.vocabulary.models import Term

pytestmark = pytest.mark.django_db

BY_POSITION = Order(("-position", "code"))


@pytest.fixture
def rows() -> object:
    """Seven rows, three of them in one place, as the owner makes them."""
    from foundation.base.pg.roles import as_owner

    with as_owner():
        for number, position in enumerate([1, 2, 2, 2, 3, 4, 5]):
            Term.objects.create(list="sample", code=f"c{number}", label=f"{number}", position=position)
    return Term.objects.of("sample")


def walk(rows: object, size: int, order: Order = BY_POSITION) -> list[list[str]]:
    """Every page from the first to the last."""
    pages, cursor = [], ""
    while True:
        page = page_of(rows, order=order, cursor=cursor, size=size)  # type: ignore[arg-type, var-annotated]
        pages.append([row.code for row in page.rows])
        if not page.next:
            return pages
        cursor = page.next


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7, 8])
@pytest.mark.parametrize("order", [BY_POSITION, Order(BY_POSITION.backwards), Order(("code",))])
def test_every_row_is_on_one_page_in_its_order(rows: object, size: int, order: Order) -> None:
    walked = [code for page in walk(rows, size, order) for code in page]
    assert walked == [row.code for row in rows.order_by(*order.columns)]  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_the_way_back_shows_the_same_pages(rows: object, size: int) -> None:
    forwards = walk(rows, size)
    page, cursor = page_of(rows, order=BY_POSITION, cursor="", size=size), ""  # type: ignore[arg-type, var-annotated]
    while page.next:
        cursor = page.next
        page = page_of(rows, order=BY_POSITION, cursor=cursor, size=size)  # type: ignore[arg-type, var-annotated]
    backwards = [[row.code for row in page.rows]]
    while page.previous:
        page = page_of(rows, order=BY_POSITION, cursor=page.previous, size=size)  # type: ignore[arg-type, var-annotated]
        backwards.insert(0, [row.code for row in page.rows])
    assert backwards == forwards


def test_a_row_that_is_added_before_moves_nothing(rows: object) -> None:
    from foundation.base.pg.roles import as_owner

    first = page_of(rows, order=BY_POSITION, cursor="", size=3)  # type: ignore[arg-type, var-annotated]
    second = page_of(rows, order=BY_POSITION, cursor=first.next, size=3)  # type: ignore[arg-type, var-annotated]
    with as_owner():
        Term.objects.create(list="sample", code="new", label="new", position=9)
    again = page_of(rows, order=BY_POSITION, cursor=first.next, size=3)  # type: ignore[arg-type, var-annotated]
    assert [row.code for row in again.rows] == [row.code for row in second.rows]


def test_one_page_costs_one_query(rows: object, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        page_of(rows, order=BY_POSITION, cursor="", size=2)  # type: ignore[arg-type, var-annotated]


@pytest.mark.parametrize(
    "cursor",
    ["x", "é", "'; DROP TABLE", "a" * 5000, "\ud800", ":", "WzFd:abc", "WzFd", "\0", "[1,2]", "null"],
)
def test_a_cursor_that_is_not_ours_is_refused(rows: object, cursor: str) -> None:
    with pytest.raises(WrongCursor):
        page_of(rows, order=BY_POSITION, cursor=cursor, size=2)  # type: ignore[arg-type, var-annotated]


def test_a_cursor_of_another_order_or_another_signer_is_refused(rows: object) -> None:
    page = page_of(rows, order=BY_POSITION, cursor="", size=2)  # type: ignore[arg-type, var-annotated]
    forged = Signer(salt="another").sign_object([False, 1, "c1"])
    for cursor in (page.next, forged, page.next[:-1]):
        with pytest.raises(WrongCursor):
            page_of(rows, order=Order(("code",)), cursor=cursor, size=2)  # type: ignore[arg-type, var-annotated]


def test_a_column_that_may_be_empty_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError, match="may be NULL"):
        Order(("position", "id")).cursor(Term(position=3), backwards=False)


def test_a_cursor_is_shorter_than_what_is_taken(rows: object) -> None:
    page = page_of(rows, order=BY_POSITION, cursor="", size=2)  # type: ignore[arg-type, var-annotated]
    assert 0 < len(page.next) < keyset.LONGEST_CURSOR
