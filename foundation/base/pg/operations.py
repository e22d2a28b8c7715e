"""Migration operations for the second wall: policies, force and grants, always together and reversible.

`see`, `add` and `change` are SQL conditions written against the table's own name. Tables are created with no
privilege for the application: until one of these operations has run, a page that needs the table is broken.
"""

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations.base import Operation

OWNER_AT_WORK = "current_setting('app.maintenance', true) = 'on'"


class DatabaseOperation(Operation):
    """Statements forwards, statements backwards, no change of model state."""

    reduces_to_sql = True
    reversible = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        pass

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for statement in self.forwards():
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for statement in self.backwards():
            schema_editor.execute(statement, params=None)

    def forwards(self) -> Sequence[str]:
        raise NotImplementedError

    def backwards(self) -> Sequence[str]:
        raise NotImplementedError


class GrantTo(DatabaseOperation):
    """Plain privileges on tables without case data. `verbs` such as "SELECT, INSERT"; columns may be named."""

    def __init__(self, table: str, verbs: str = "SELECT", role: str = "sg_app") -> None:
        self.table, self.verbs, self.role = table, verbs, role

    def describe(self) -> str:
        return f"Let {self.role} {self.verbs} on {self.table}"

    def forwards(self) -> Sequence[str]:
        return [f'GRANT {self.verbs} ON "{self.table}" TO {self.role}']

    def backwards(self) -> Sequence[str]:
        return [f'REVOKE {self.verbs} ON "{self.table}" FROM {self.role}']


class ProtectTable(DatabaseOperation):
    """Row security, forced, on `table`; then, last, the application's privileges.

    `access_columns`: what the definer functions (role sg_access) may read; None for nothing.
    Without `change` the application may not UPDATE, without `drop` not DELETE. `lock`: which rows it may lock
    or start to change (default: those it may see); `change` is what they must be afterwards, `change_columns` the only columns it may touch.
    """

    def __init__(
        self,
        table: str,
        *,
        see: str | None,
        add: str | None = None,
        change: str | None = None,
        change_columns: str | None = None,
        lock: str | None = None,
        drop: str | None = None,
        access_columns: str | None = None,
    ) -> None:
        self.table, self.see, self.add, self.change = table, see, add, change
        self.lock, self.drop, self.access_columns = lock or see, drop, access_columns
        self.change_columns = change_columns

    def describe(self) -> str:
        return f"Put {self.table} behind the second wall"

    def policies(self) -> dict[str, str]:
        rules = {"owner_work": f"TO sg_owner USING ({OWNER_AT_WORK}) WITH CHECK ({OWNER_AT_WORK})"}
        if self.see is not None:
            rules["app_see"] = f"FOR SELECT TO sg_app USING ({self.see})"
        if self.add is not None:
            rules["app_add"] = f"FOR INSERT TO sg_app WITH CHECK ({self.add})"
        if self.change is not None:
            rules["app_change"] = f"FOR UPDATE TO sg_app USING ({self.lock}) WITH CHECK ({self.change})"
        if self.drop is not None:
            rules["app_drop"] = f"FOR DELETE TO sg_app USING ({self.drop})"
        if self.access_columns is not None:
            rules["access_read"] = "FOR SELECT TO sg_access USING (true)"
        return rules

    def forwards(self) -> Sequence[str]:
        update = f"UPDATE ({self.change_columns})" if self.change_columns else "UPDATE"
        verbs = {"SELECT": self.see, "INSERT": self.add, update: self.change, "DELETE": self.drop}
        allowed = ", ".join(verb for verb, rule in verbs.items() if rule is not None)
        statements = [
            f'ALTER TABLE "{self.table}" ENABLE ROW LEVEL SECURITY',
            f'ALTER TABLE "{self.table}" FORCE ROW LEVEL SECURITY',
            *(f'CREATE POLICY {name} ON "{self.table}" {rule}' for name, rule in self.policies().items()),
        ]
        if self.access_columns is not None:
            statements.append(f'GRANT SELECT ({self.access_columns}) ON "{self.table}" TO sg_access')
        return [*statements, f'GRANT {allowed} ON "{self.table}" TO sg_app']

    def backwards(self) -> Sequence[str]:
        return [
            f'REVOKE ALL ON "{self.table}" FROM sg_app, sg_access',
            *(f'DROP POLICY {name} ON "{self.table}"' for name in self.policies()),
            f'ALTER TABLE "{self.table}" NO FORCE ROW LEVEL SECURITY',
            f'ALTER TABLE "{self.table}" DISABLE ROW LEVEL SECURITY',
        ]


class LetSee(DatabaseOperation):
    """Let a role other than the application's read a protected table: the rows of `rows`, a condition."""

    def __init__(self, table: str, role: str, rows: str = "true") -> None:
        self.table, self.role, self.rows = table, role, rows

    def describe(self) -> str:
        return f"Let {self.role} see {self.table}"

    def forwards(self) -> Sequence[str]:
        return [
            f'CREATE POLICY {self.role}_see ON "{self.table}" FOR SELECT TO {self.role} USING ({self.rows})',
            *GrantTo(self.table, role=self.role).forwards(),
        ]

    def backwards(self) -> Sequence[str]:
        return [
            *GrantTo(self.table, role=self.role).backwards(),
            f'DROP POLICY {self.role}_see ON "{self.table}"',
        ]


class LetSweep(DatabaseOperation):
    """Let the sweep's role see every row of a protected table, with the privileges named in `verbs`."""

    def __init__(self, table: str, verbs: str) -> None:
        self.table, self.verbs = table, verbs

    def describe(self) -> str:
        return f"Let the sweep work on {self.table}"

    def forwards(self) -> Sequence[str]:
        return [
            f'CREATE POLICY sweep_work ON "{self.table}" TO sg_sweep USING (true) WITH CHECK (true)',
            f'GRANT {self.verbs} ON "{self.table}" TO sg_sweep',
        ]

    def backwards(self) -> Sequence[str]:
        return [
            f'REVOKE ALL ON "{self.table}" FROM sg_sweep',
            f'DROP POLICY sweep_work ON "{self.table}"',
        ]


class WallSql(DatabaseOperation):
    """What the wall needs and no other operation says: SQL forwards, and SQL that takes it back."""

    def __init__(self, sql: str, reverse_sql: str) -> None:
        self.sql, self.reverse_sql = sql, reverse_sql

    def describe(self) -> str:
        return f"Run {self.sql.strip()[:40]}..."

    def forwards(self) -> Sequence[str]:
        return [self.sql]

    def backwards(self) -> Sequence[str]:
        return [self.reverse_sql]


class DefinerFunction(DatabaseOperation):
    """A function of schema `wall`, owned by sg_access, for the application to call.

    `signature` such as "may(case_id uuid, verb text)". The body is plpgsql, bound late, and names every table
    with its schema: the search path holds nothing but the catalogue. `callers`: the roles that may call it.
    """

    def __init__(self, signature: str, returns: str, body: str, *, callers: str = "sg_app, sg_owner") -> None:
        self.signature, self.returns, self.body, self.callers = signature, returns, body, callers

    def describe(self) -> str:
        return f"Create wall.{self.signature}"

    def forwards(self) -> Sequence[str]:
        return [
            "SET LOCAL ROLE sg_access",
            f"CREATE FUNCTION wall.{self.signature} RETURNS {self.returns} LANGUAGE plpgsql STABLE SECURITY DEFINER "
            f"SET search_path = pg_catalog, pg_temp AS $wall$ BEGIN {self.body} END $wall$",
            f"GRANT EXECUTE ON FUNCTION wall.{self.signature} TO {self.callers}",
            "SET LOCAL ROLE sg_owner",
        ]

    def backwards(self) -> Sequence[str]:
        return ["SET LOCAL ROLE sg_access", f"DROP FUNCTION wall.{self.signature}", "SET LOCAL ROLE sg_owner"]
