"""The database roles: what is missing is planned, what may not be made is told, a second run plans none."""

import os

import psycopg
import pytest

from launch import roles
from launch.roles import Found, Wanted

COMPLETE = Found(
    roles=frozenset(roles.ROLES),
    members=frozenset((role, member) for member, granted in roles.MEMBERS.items() for role in granted),
    may_connect=frozenset(roles.MEMBERS),
    open_to_public=False,
    owner_may_create=True,
    public_may_create=False,
)


def plan(found: Found, wanted: Wanted) -> list[str]:
    return [*roles.cluster_plan(found, wanted), *roles.database_plan(found, wanted)]


def test_where_everything_is_there_nothing_is_planned():
    assert plan(COMPLETE, Wanted("")) == []


def test_an_empty_cluster_gets_the_eight_roles_before_their_memberships():
    statements = plan(Found(), Wanted(""))
    assert [line for line in statements if line.startswith("CREATE ROLE")] == statements[:8]
    assert "CREATE ROLE sg_web LOGIN NOINHERIT;" in statements
    assert statements.index("GRANT CONNECT ON DATABASE sg TO sg_web;") < statements.index(
        "REVOKE ALL ON DATABASE sg FROM PUBLIC;"
    )


def test_the_owner_is_no_member_of_the_role_that_reads_grants():
    assert "sg_owner" not in roles.MEMBERS
    assert "sg_access" not in roles.MEMBERS["sg_web"] + roles.MEMBERS["sg_worker"]


def test_only_test_clusters_let_the_owner_make_databases():
    extras = ["ALTER ROLE sg_owner CREATEDB;", "GRANT SET ON PARAMETER session_replication_role TO sg_owner;"]
    assert plan(COMPLETE, Wanted("", for_tests=True)) == extras


def test_logins_of_the_addresses_get_what_their_purpose_needs():
    wanted = Wanted.from_addresses(
        "postgresql://owner@h/d", "postgresql://web@h/d", "postgresql://web@h/d", False
    )
    assert wanted.logins == {"web": ("sg_app", "sg_sweep"), "owner": roles.OWNER}
    statements = plan(COMPLETE, wanted)
    assert "GRANT sg_app, sg_sweep TO web WITH INHERIT FALSE, SET TRUE;" in statements
    assert "GRANT CONNECT ON DATABASE sg TO web;" in statements


def test_older_servers_are_not_asked_for_options_they_do_not_know():
    found = Found(**{**vars(COMPLETE), "version": 15})
    assert "GRANT sg_app TO web;" in plan(found, Wanted("", {"web": ("sg_app",)}))


def test_a_superuser_needs_no_grants():
    found = Found(**{**vars(COMPLETE), "superusers": frozenset({"boss"})})
    assert plan(found, Wanted("", {"boss": roles.OWNER})) == []


def test_a_strange_login_name_is_quoted():
    assert roles.quoted("web") == "web"
    assert roles.quoted('we"b; DROP') == '"we""b; DROP"'


def test_only_the_backup_login_can_wait():
    waiting = [statement for statement in plan(Found(), Wanted("")) if roles.can_wait(statement)]
    assert len(waiting) == 3
    assert all("sg_backup" in statement for statement in waiting)


def test_the_running_server_has_every_role_and_a_second_run_changes_nothing():
    wanted = Wanted(os.environ["DATABASE_URL"], for_tests=True)
    assert roles.ensure(wanted) == []
    assert roles.ensure(wanted) == []


def test_a_login_that_may_not_make_roles_is_told_the_sql():
    login = "a_login_that_is_not_there"
    wanted = Wanted(os.environ["DATABASE_URL"], {login: ("sg_owner",)})
    with pytest.raises(roles.Missing) as missing:
        roles.ensure(wanted)
    assert f"GRANT sg_owner TO {login}" in str(missing.value)
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        assert login not in roles.look(connection).roles


def test_the_command_prints_the_sql_and_fails(monkeypatch, capsys):
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert roles.main(["--print"]) == 0
    assert "CREATE ROLE sg_owner NOLOGIN;" in capsys.readouterr().out
    assert roles.main([]) == 1
