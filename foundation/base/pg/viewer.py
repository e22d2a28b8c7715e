"""Who is looking: a context variable here, told to the database by the engine in every transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connections

_viewer: ContextVar[int | None] = ContextVar("viewer", default=None)
_no_viewer_needed: ContextVar[bool] = ContextVar("no_viewer_needed", default=False)

# Nobody, where the account is no longer active.
TELL = """
SELECT
  set_config('app.user_id', coalesce((
    SELECT id::text FROM accounts_user WHERE id = %s AND is_active), ''), true),
  set_config('app.teams', '{' || coalesce((
    SELECT string_agg(DISTINCT m.team_id::text, ',') FROM accounts_membership m
    JOIN accounts_user u ON u.id = m.user_id AND u.is_active
    JOIN accounts_user_groups g ON g.user_id = m.user_id AND g.group_id = m.team_id
    WHERE m.user_id = %s AND m.begins_on <= (now() AT TIME ZONE 'Europe/London')::date
    AND (m.ends_on IS NULL OR m.ends_on > (now() AT TIME ZONE 'Europe/London')::date)
    ), '') || '}', true)"""
CLEAR = "SELECT set_config('app.user_id', '', true), set_config('app.teams', '', true)"


class NoViewer(RuntimeError):
    """Case data was asked for without a viewer or outside a transaction: the database would show nothing."""


def current() -> int | None:
    """The id of the user whose eyes are used now, or None."""
    return _viewer.get()


def required(using: str = "default") -> None:
    """Raise NoViewer unless somebody looks (or owner or sweep is at work) inside a transaction."""
    if not connections[using].in_atomic_block:
        raise NoViewer("Case data asked for outside a transaction.")
    if _viewer.get() is None and not _no_viewer_needed.get():
        raise NoViewer("Case data asked for with no viewer: wrap the call in acting_as(user).")


@contextmanager
def acting_as(user: Any, using: str = "default") -> Iterator[None]:
    """Look with the eyes of `user` (a user, an id, or None for nobody) until the block ends."""
    connection = connections[using]
    token = _viewer.set(getattr(user, "pk", user))
    _tell(connection)
    try:
        yield
    finally:
        _viewer.reset(token)
        _tell(connection)


def _tell(connection: Any) -> None:
    if not connection.in_atomic_block or connection.is_broken:
        return
    if current() is None:
        connection.past_django(CLEAR)
    else:
        connection.tell_viewer()
