"""PostgreSQL engine that takes up the application's role and tells each transaction who is looking.

Django loads this module by its name (`ENGINE = "foundation.base.pg"`). Statements about role and viewer go
past Django's cursor, so that they are neither logged nor counted as queries.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db.backends.base.base import NO_DB_ALIAS
from django.db.backends.postgresql import base, creation
from psycopg.pq import TransactionStatus

from foundation.base.pg import viewer
from foundation.base.pg.roles import OWNER


class DatabaseCreation(creation.DatabaseCreation):
    """Test databases are made, cloned and dropped by the owner."""

    def create_test_db(self, *args: Any, **kwargs: Any) -> str:
        with self.connection.session_role(OWNER):
            return super().create_test_db(*args, **kwargs)

    def _clone_test_db(self, *args: Any, **kwargs: Any) -> None:
        with self.connection.session_role(OWNER):
            super()._clone_test_db(*args, **kwargs)

    def _destroy_test_db(self, *args: Any, **kwargs: Any) -> None:
        with self.connection.session_role(OWNER):
            super()._destroy_test_db(*args, **kwargs)


class DatabaseWrapper(base.DatabaseWrapper):
    creation_class = DatabaseCreation
    role_for_session: str | None = None

    def _configure_role(self, connection: Any) -> bool:
        """For each new connection, pooled or not. (Django 5.2's own version waits for ever under a pool.)"""
        role = self.role_for_session or self.settings_dict["OPTIONS"].get("assume_role")
        if role:
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('role', %s, false)", [role])
        return bool(role)

    @contextmanager
    def session_role(self, role: str) -> Iterator[None]:
        """Another role for the whole connection: making test databases, nothing else."""
        self.close()
        self.close_pool()
        before, self.role_for_session = self.role_for_session, role
        try:
            yield
        finally:
            self.close()
            self.close_pool()
            self.role_for_session = before

    @contextmanager
    def _nodb_cursor(self) -> Iterator[Any]:
        """CREATE and DROP DATABASE run on a second wrapper: it gets our role as well."""
        options = {**self.settings_dict["OPTIONS"]}
        options.pop("pool", None)
        if self.role_for_session:
            options["assume_role"] = self.role_for_session
        settings = {**self.settings_dict, "NAME": None, "OPTIONS": options}
        connection = self.__class__(settings, alias=NO_DB_ALIAS)
        try:
            with connection.cursor() as cursor:
                yield cursor
        finally:
            connection.close()

    def _set_autocommit(self, autocommit: bool) -> None:
        """The outermost atomic block begins here: the viewer is the first thing its transaction hears."""
        super()._set_autocommit(autocommit)
        if not autocommit:
            self.tell_viewer()

    def tell_viewer(self) -> None:
        who = viewer.current()
        if who is not None and self.connection is not None:
            self.past_django(viewer.TELL, (who, who))

    def past_django(self, sql: str, params: Sequence[Any] = ()) -> None:
        """Run one statement without Django's cursor."""
        with self.wrap_database_errors:
            self.connection.execute(sql, params).close()

    @property
    def is_broken(self) -> bool:
        """Nothing can be said to the server until the transaction is rolled back."""
        return self.connection is None or self.connection.info.transaction_status >= TransactionStatus.INERROR
