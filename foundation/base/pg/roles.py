"""Work done under another role than the application's: the owner's, and the sweep's. Never a request."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections, transaction

from foundation.base.pg.viewer import _no_viewer_needed

OWNER = "sg_owner"
SWEEP = "sg_sweep"

_REMEMBER = "SELECT current_setting('role'), coalesce(current_setting('app.maintenance', true), '')"
_BECOME = "SELECT set_config('role', %s, true), set_config('app.maintenance', %s, true)"


@contextmanager
def as_owner(using: str = "default") -> Iterator[None]:
    """One transaction as the owner, with the owner's policies open.

    For migrations of data, factories and reference data. The database refuses it to sg_web and sg_worker.
    """
    with _as_role(OWNER, "on", using):
        yield


@contextmanager
def as_sweep(using: str = "default") -> Iterator[None]:
    """One transaction that sees deadlines, notices, teams and memberships of everybody, and nothing else.

    The database refuses it to sg_web.
    """
    with _as_role(SWEEP, "", using):
        yield


@contextmanager
def _as_role(role: str, maintenance: str, using: str) -> Iterator[None]:
    with transaction.atomic(using, savepoint=False):
        connection: Any = connections[using]
        before = connection.connection.execute(_REMEMBER).fetchone()
        connection.past_django(_BECOME, (role, maintenance))
        token = _no_viewer_needed.set(True)
        try:
            yield
        finally:
            _no_viewer_needed.reset(token)
            if not connection.is_broken:
                connection.past_django(_BECOME, before)
