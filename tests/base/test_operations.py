"""The migration operations of the wall go forwards, backwards and forwards again."""

from typing import Any

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.writer import OperationWriter

from foundation.base.pg.operations import DatabaseOperation, DefinerFunction, GrantTo, LetSee, ProtectTable
from foundation.base.pg.roles import as_owner
from tests.base.sql import rows

CATALOGUE = {
    "row security": "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class"
    " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'",
    "policies": "SELECT tablename, policyname, roles::text, cmd, qual, with_check FROM pg_policies",
    "table rights": "SELECT relname, a.grantee::regrole::text, a.privilege_type FROM pg_class, aclexplode(relacl) a"
    " WHERE relnamespace = 'public'::regnamespace AND a.grantee <> 'sg_owner'::regrole",
    "column rights": "SELECT attrelid::regclass::text, attname, a.grantee::regrole::text, a.privilege_type"
    " FROM pg_attribute, aclexplode(attacl) a"
    " WHERE attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)",
    "functions": "SELECT oid::regprocedure::text, proowner::regrole::text, prosecdef, proconfig::text, proacl::text, prosrc"
    " FROM pg_proc WHERE pronamespace = 'wall'::regnamespace",
}


def catalogue() -> dict[str, list[tuple[Any, ...]]]:
    return {name: sorted(rows(question), key=str) for name, question in CATALOGUE.items()}


def operations_in_order() -> list[DatabaseOperation]:
    """Every operation of the wall in every migration, as `migrate` would run them."""
    loader = MigrationLoader(connection)
    planned: dict[tuple[str, str], None] = {}
    for leaf in sorted(loader.graph.leaf_nodes()):
        planned.update(dict.fromkeys(loader.graph.forwards_plan(leaf)))
    return [
        operation
        for node in planned
        for operation in loader.graph.nodes[node].operations
        if isinstance(operation, DatabaseOperation)
    ]


def run(statements: Any) -> None:
    for statement in statements:
        rows(statement)


def test_the_whole_wall_can_be_taken_down_and_put_up_again(db: None) -> None:
    operations = operations_in_order()
    assert {type(each) for each in operations} >= {ProtectTable, GrantTo, DefinerFunction}
    before = catalogue()
    with as_owner():
        for operation in reversed(operations):
            run(operation.backwards())
        bare = catalogue()
        for operation in operations:
            run(operation.forwards())
    assert bare["policies"] == []
    assert bare["table rights"] == bare["column rights"] == []
    assert not any(on or forced for _, on, forced in bare["row security"])
    left = {name for name, *_ in bare["functions"]}
    assert left == {"wall.viewer()", "wall.teams()"}, "they are not made by an operation"
    assert catalogue() == before


def test_afterwards_the_migration_is_the_owner_again(db: None) -> None:
    function = DefinerFunction("nothing_much()", "boolean", "RETURN true;")
    with as_owner():
        run(function.forwards())
        assert rows("SELECT current_user, wall.nothing_much()") == [("sg_owner", True)]
        run(function.backwards())
        assert rows("SELECT current_user") == [("sg_owner",)]


def test_what_is_not_asked_for_is_not_granted() -> None:
    table = ProtectTable("some_table", see="true")
    assert set(table.policies()) == {"owner_work", "app_see"}
    assert table.forwards()[-1] == 'GRANT SELECT ON "some_table" TO sg_app'
    append_only = ProtectTable("some_table", see=None, add="true")
    assert append_only.forwards()[-1] == 'GRANT INSERT ON "some_table" TO sg_app'


def test_rights_come_last_so_that_a_half_built_wall_shows_nothing() -> None:
    statements = list(
        ProtectTable("some_table", see="true", add="true", change="true", drop="true").forwards()
    )
    assert [each for each in statements if "TO sg_app" in each and each.startswith("GRANT")] == statements[
        -1:
    ]
    assert statements[1] == 'ALTER TABLE "some_table" FORCE ROW LEVEL SECURITY'


@pytest.mark.parametrize(
    "operation",
    [
        ProtectTable("some_table", see="true", add="false", access_columns="id"),
        GrantTo("some_table", "SELECT, INSERT", role="sg_sweep"),
        LetSee("some_table", role="sg_sweep", rows="id > 0"),
        DefinerFunction("nothing_much()", "boolean", "RETURN true;"),
    ],
    ids=lambda operation: type(operation).__name__,
)
def test_an_operation_can_be_written_into_a_squashed_migration(operation: DatabaseOperation) -> None:
    text, imports = OperationWriter(operation).serialize()
    assert type(operation).__name__ in text
    assert imports
    assert operation.describe()
    assert operation.reversible
