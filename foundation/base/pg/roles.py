"""Work done as the owner of the tables: migrations of data, factories, reference data. Never a request."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections, transaction

from foundation.base.pg.viewer import _owner_at_work

OWNER = "sg_owner"

_REMEMBER = "SELECT current_setting('role'), coalesce(current_setting('app.maintenance', true), '')"
_BECOME_OWNER = "SELECT set_config('role', 'sg_owner', true), set_config('app.maintenance', 'on', true)"
_GO_BACK = "SELECT set_config('role', %s, true), set_config('app.maintenance', %s, true)"


@contextmanager
def as_owner(using: str = "default") -> Iterator[None]:
    """One transaction as the owner, with the owner's policies open.

    The database refuses it to sg_web and sg_worker.
    """
    with transaction.atomic(using, savepoint=False):
        connection: Any = connections[using]
        before = connection.connection.execute(_REMEMBER).fetchone()
        connection.past_django(_BECOME_OWNER)
        token = _owner_at_work.set(True)
        try:
            yield
        finally:
            _owner_at_work.reset(token)
            if not connection.is_broken:
                connection.past_django(_GO_BACK, before)
