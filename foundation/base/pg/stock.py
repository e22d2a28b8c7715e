"""What a database holds, counted: before a backup and after its restore the two must be the same."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import psycopg
from psycopg import sql

OURS = "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'"
TABLES = f"""
SELECT n.nspname, c.relname, c.relrowsecurity AND c.relforcerowsecurity, pg_get_userbyid(c.relowner),
  has_any_column_privilege('sg_app', c.oid, 'SELECT') AND NOT EXISTS (
    SELECT FROM pg_policy y WHERE y.polrelid = c.oid AND pg_get_expr(y.polqual, c.oid) = 'true')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND {OURS} ORDER BY 1, 2"""  # noqa: S608 - a constant of this file
NAMES = f"""
SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND {OURS}"""  # noqa: S608
POLICIES = "SELECT schemaname || '.' || tablename, policyname FROM pg_policies ORDER BY 1, 2"
FUNCTIONS = f"""
SELECT p.oid::regprocedure::text,
  p.proowner::regrole::text || CASE WHEN p.prosecdef THEN ' definer' ELSE '' END
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE {OURS} ORDER BY 1"""  # noqa: S608
TRIGGERS = "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2"
RIGHTS = """
SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee) END, a.privilege_type
FROM pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
WHERE d.datname = current_database() AND a.grantee <> d.datdba ORDER BY 1, 2"""


@dataclass(frozen=True)
class Stock:
    """Rows of each table; which tables are forced; policies, functions and triggers by name."""

    rows: Mapping[str, int]
    owners: Mapping[str, str]
    forced: list[str]
    policies: list[str]
    functions: list[str]
    triggers: list[str]

    @property
    def all_rows(self) -> int:
        return sum(self.rows.values())


def take(connection: psycopg.Connection[Any]) -> Stock:
    """Count everything in the connection's snapshot. The login must pass row security."""
    tables = ask(connection, TABLES)
    rows = {}
    for schema, name, *_ in tables:
        count = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, name))
        rows[f"{schema}.{name}"] = connection.execute(count).fetchall()[0][0]
    return Stock(
        rows=rows,
        owners={f"{schema}.{name}": owner for schema, name, _, owner, _ in tables},
        forced=[f"{schema}.{name}" for schema, name, is_forced, *_ in tables if is_forced],
        policies=[" ".join(each) for each in ask(connection, POLICIES)],
        functions=[" ".join(each) for each in ask(connection, FUNCTIONS)],
        triggers=[" ".join(each) for each in ask(connection, TRIGGERS)],
    )


def rights(connection: psycopg.Connection[Any]) -> list[list[str]]:
    """Who may do what with the database itself: a dump does not hold that."""
    return [list(each) for each in ask(connection, RIGHTS)]


def differences(wanted: Stock, found: Stock) -> list[str]:
    """Sentences about what is not as it was."""
    sentences = []
    for table in sorted(wanted.rows.keys() | found.rows.keys()):
        before, after = wanted.rows.get(table), found.rows.get(table)
        if before != after:
            sentences.append(f"{table} had {before} rows and has {after}.")
    for field in fields(Stock):
        changed = sorted(_words(getattr(wanted, field.name)) ^ _words(getattr(found, field.name)))
        if changed and field.name != "rows":
            sentences.append(f"{field.name.capitalize()} are not the same: {', '.join(changed[:5])}.")
    return sentences


def _words(names: Mapping[str, object] | list[str]) -> set[str]:
    return {f"{name} {what}" for name, what in names.items()} if isinstance(names, Mapping) else set(names)


def shown_to_nobody(connection: psycopg.Connection[Any]) -> list[str]:
    """Sentences about forced tables that show the application rows although nobody is looking.

    Tables that say they are for everybody to read (a policy `true`: words and labels) are left out.
    """
    readable = [
        (schema, name)
        for schema, name, is_forced, _, for_some in ask(connection, TABLES)
        if is_forced and for_some
    ]
    sentences = []
    with connection.transaction(force_rollback=True):
        connection.execute("SET LOCAL ROLE sg_app")
        for schema, name in readable:
            count = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, name))
            shown = connection.execute(count).fetchall()[0][0]
            if shown:
                sentences.append(f"{schema}.{name} shows {shown} rows to sg_app without a viewer.")
    return sentences


def ask(connection: psycopg.Connection[Any], statement: str) -> list[tuple[Any, ...]]:
    """Rows of a statement of this file."""
    return connection.execute(statement.encode()).fetchall()
