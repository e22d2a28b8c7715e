"""What the application's role cannot do, and what the owner cannot do without saying that it is at work."""

import psycopg
import pytest
from django.db import connection, transaction

from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from tests.base.sql import refused, rows, scalar
from tests.factories import World, make_case


def test_tests_run_as_the_application(db: None) -> None:
    assert scalar("SELECT current_user") == "sg_app"


def test_the_application_role_is_nothing_special(db: None) -> None:
    (special,) = rows(
        "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = 'sg_app'"
    )
    assert special == (False, False, False, False)
    assert scalar("SELECT count(*) FROM pg_class WHERE relowner = 'sg_app'::regrole") == 0
    assert scalar("SELECT count(*) FROM pg_proc WHERE proowner = 'sg_app'::regrole") == 0


@pytest.mark.parametrize("climber", ["sg_app", "sg_web", "sg_worker", "sg_access", "sg_sweep"])
@pytest.mark.parametrize("above", ["sg_owner", "sg_access"])
def test_no_role_of_the_web_is_a_member_of_a_higher_one(db: None, climber: str, above: str) -> None:
    if climber != above:
        assert not scalar("SELECT pg_has_role(%s, %s, 'MEMBER')", climber, above)


def test_the_owner_is_no_member_of_the_role_that_reads_all_grants(db: None) -> None:
    assert not scalar("SELECT pg_has_role('sg_owner', 'sg_access', 'MEMBER')")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("login", ["sg_web", "sg_worker"])
def test_a_real_login_of_the_web_cannot_climb(login: str) -> None:
    parameters = {**connection.get_connection_params(), "user": login}
    known = {key: parameters[key] for key in ("dbname", "user", "host", "port") if parameters.get(key)}
    try:
        climber = psycopg.connect(**known, autocommit=True)
    except psycopg.OperationalError as error:
        pytest.skip(f"{login} cannot sign in to this server without a password: {error}")
    with climber:
        climber.execute("SET ROLE sg_app")
        for role in ("sg_owner", "sg_access", "sg_migrate", "sg_backup"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                climber.execute(f"SET ROLE {role}")
        climber.execute("RESET ROLE")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            climber.execute("SELECT 1 FROM records_case")


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("TRUNCATE records_case CASCADE", "permission denied"),
        ("TRUNCATE audit_auditevent", "permission denied"),
        ("DELETE FROM records_case", "permission denied"),
        ("DELETE FROM people_person", "permission denied"),
        ("DELETE FROM chronology_entry", "permission denied"),
        ("UPDATE chronology_entrypart SET text = 'x'", "permission denied"),
        ("UPDATE chronology_entry SET title = 'x'", "permission denied"),
        ("UPDATE records_exclusion SET user_id = 1", "permission denied"),
        ("DELETE FROM records_exclusion", "permission denied"),
        ("DELETE FROM records_share", "permission denied"),
        ("ALTER TABLE records_case DISABLE ROW LEVEL SECURITY", "must be owner"),
        ("ALTER TABLE records_case NO FORCE ROW LEVEL SECURITY", "must be owner"),
        ("DROP POLICY app_see ON records_case", "must be owner"),
        ("CREATE POLICY mine ON records_case USING (true)", "must be owner"),
        ("DROP TABLE records_case CASCADE", "must be owner"),
        ("CREATE TABLE mine (id int)", "permission denied"),
        ("CREATE FUNCTION wall.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'", "permission denied"),
        (
            "CREATE OR REPLACE FUNCTION wall.viewer() RETURNS bigint LANGUAGE sql AS 'SELECT 1'",
            "permission denied",
        ),
        ("SET session_replication_role = replica", "permission denied"),
    ],
)
def test_the_application_may_not(world: World, statement: str, why: str) -> None:
    with acting_as(world.coordinator), refused(why):
        rows(statement)


def test_the_owner_sees_and_changes_nothing_until_it_says_that_it_is_at_work(world: World) -> None:
    make_case(world)
    with transaction.atomic():
        rows("SELECT set_config('role', 'sg_owner', true)")
        assert scalar("SELECT current_user") == "sg_owner"
        assert scalar("SELECT count(*) FROM records_case") == 0
        assert rows("UPDATE records_case SET kind = 'place' RETURNING id") == []
        assert rows("DELETE FROM records_teamgrant RETURNING id") == []
        with refused("row-level security"):
            rows(
                "INSERT INTO people_person (id, name, known_as, school, made_by_id, made_at)"
                " VALUES (gen_random_uuid(), 'Robin Fable', '', '', %s, now())",
                world.coordinator.pk,
            )
        rows("SELECT set_config('role', 'sg_app', true)")


def test_the_application_gains_nothing_by_saying_that_it_is_at_work(world: World) -> None:
    make_case(world)
    with transaction.atomic():
        rows("SELECT set_config('app.maintenance', 'on', true)")
        assert scalar("SELECT count(*) FROM records_case") == 0
        assert scalar("SELECT count(*) FROM people_person") == 0
        rows("SELECT set_config('app.maintenance', '', true)")


def test_the_owner_at_work_sees_all_and_goes_back(world: World) -> None:
    make_case(world)
    with as_owner():
        assert scalar("SELECT count(*) FROM records_case") == 1
    assert scalar("SELECT current_user") == "sg_app"
    assert scalar("SELECT current_setting('app.maintenance', true)") == ""
