"""Statements past the ORM, as the role the test runs under: what SQL injection could do."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import Error, connection, transaction
from psycopg import errors


def rows(statement: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall() if cursor.description else []


def scalar(statement: str, *params: Any) -> Any:
    return rows(statement, *params)[0][0]


@contextmanager
def refused(words: str) -> Iterator[None]:
    """The database refuses what the block does, for want of a right, and says so in `words`."""
    with pytest.raises(Error, match=words) as caught, transaction.atomic():
        yield
    assert isinstance(caught.value.__cause__, errors.InsufficientPrivilege)


def protected_tables() -> list[str]:
    """Every table under forced row security."""
    found = rows(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        " AND relrowsecurity AND relforcerowsecurity ORDER BY relname"
    )
    return [name for (name,) in found]
