"""Every table is behind the wall or on a list with a reason; every function that looks past the wall is kept short."""

import pytest
from django.apps import apps
from django.db import connection

from foundation.access.models import CaseOwned
from foundation.audit.models import AuditEvent
from foundation.base.pg.guard import Guarded
from foundation.base.pg.roles import as_owner
from tests.base.sql import protected_tables, rows, scalar
from tests.factories import World, make_case

ACCOUNTS = "who works here: every signed-in person may read it, none of it is about a child"
SIGN_IN = "what signing in reads and writes, before anybody is looking"
REFERENCE = "Django's own reference rows"
PLAIN = {
    "demo_sentmail": "the demo's outbox: mail that names nobody, where the demo is installed",
    "accounts_agency": ACCOUNTS,
    "accounts_area": ACCOUNTS,
    "accounts_membership": ACCOUNTS,
    "accounts_partnership": ACCOUNTS,
    "accounts_team": ACCOUNTS,
    "accounts_user": ACCOUNTS,
    "accounts_user_groups": ACCOUNTS,
    "auth_group": ACCOUNTS,
    "auth_group_permissions": REFERENCE,
    "auth_permission": REFERENCE,
    "django_content_type": REFERENCE,
    "django_migrations": "read by the readiness page",
    "account_emailaddress": SIGN_IN,
    "django_session": SIGN_IN,
    "axes_accessattempt": SIGN_IN,
    "axes_accessattemptexpiration": SIGN_IN,
}
READ_BY_EVERYBODY = {
    "deadlines_bankholiday": "days that are no working days",
    "vocabulary_term": "labels that a partnership may rename",
    "vocabulary_timelimit": "time limits with their source",
}
"""Behind the wall so that only administrators write. Read without a viewer too: by workers and before sign-in."""
CLOSED = {
    "account_emailconfirmation": "allauth's, for sign-up that is not offered",
    "axes_accessfailurelog": "switched off by settings: it keeps what was typed",
    "axes_accesslog": "switched off by settings: audit is kept in audit_auditevent",
    "guardian_groupobjectpermission": "guardian's generic table, not used: grants have tables of their own",
    "guardian_userobjectpermission": "guardian's generic table, not used: grants have tables of their own",
    "accounts_user_user_permissions": "no permission is given to a person directly",
}
VERBS = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"]


def tables() -> list[str]:
    return [
        name
        for (name,) in rows(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p')"
            " AND relnamespace = 'public'::regnamespace ORDER BY relname"
        )
    ]


def rights(table: str, role: str = "sg_app") -> set[str]:
    """Verbs the role has on the whole table or on any of its columns."""
    whole = {
        verb for verb in VERBS if scalar("SELECT has_table_privilege(%s, %s, %s)", role, f'"{table}"', verb)
    }
    some = {
        verb
        for verb in ("SELECT", "INSERT", "UPDATE")
        if scalar("SELECT has_any_column_privilege(%s, %s, %s)", role, f'"{table}"', verb)
    }
    return whole | some


def unclassified(names: list[str], protected: list[str]) -> list[str]:
    """Tables that neither stand behind the wall nor on a list here."""
    return [name for name in names if name not in protected and name not in PLAIN and name not in CLOSED]


def test_every_table_belongs_to_the_owner(db: None) -> None:
    strangers = rows(
        "SELECT relname, relowner::regrole::text FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relowner <> 'sg_owner'::regrole"
    )
    assert strangers == []


def test_every_table_is_behind_the_wall_or_on_a_list_with_a_reason(db: None) -> None:
    assert unclassified(tables(), protected_tables()) == []


def test_a_table_that_nobody_thought_of_is_named(db: None) -> None:
    assert unclassified(["records_case", "records_secret"], ["records_case"]) == ["records_secret"]


def test_the_lists_name_nothing_that_is_gone_or_protected(db: None) -> None:
    there, protected = set(tables()), set(protected_tables())
    assert set(PLAIN) - there == set()
    assert (set(PLAIN) | set(CLOSED)) & protected == set()


def test_the_application_may_neither_truncate_nor_put_triggers_on_any_table(db: None) -> None:
    too_much = {"TRUNCATE", "REFERENCES", "TRIGGER"}
    for role in ("sg_app", "sg_access", "sg_sweep"):
        assert {
            name: rights(name, role) & too_much for name in tables() if rights(name, role) & too_much
        } == {}


def test_what_is_closed_gives_the_application_nothing(db: None) -> None:
    assert {name: rights(name) for name in CLOSED if name in tables() and rights(name)} == {}


def test_protected_tables_are_never_emptied_by_the_application(db: None) -> None:
    may_delete = {name for name in protected_tables() if "DELETE" in rights(name)}
    assert may_delete <= {"records_usergrant", "records_teamgrant", "web_savedview", *drafts()}


def drafts() -> set[str]:
    """Unsent words that their author may throw away."""
    return {name for name in protected_tables() if "draft" in name}


def test_public_has_no_right_on_any_table(db: None) -> None:
    open_tables = rows(
        "SELECT relname FROM pg_class, aclexplode(relacl) a WHERE a.grantee = 0"
        " AND relnamespace IN ('public'::regnamespace, 'wall'::regnamespace)"
    )
    assert open_tables == []


def test_the_role_behind_the_functions_reads_grants_and_memberships_only(db: None) -> None:
    assert {
        name: rights(name, "sg_access") for name in tables() if rights(name, "sg_access") - {"SELECT"}
    } == {}
    readable = {
        (table, column)
        for table, column in rows(
            "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
            " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0"
            " AND has_column_privilege('sg_access', c.oid, a.attnum, 'SELECT')"
        )
    }
    words = {
        "text",
        "title",
        "name",
        "known_as",
        "born_on",
        "purpose",
        "necessity",
        "reason",
        "told_by",
        "school",
    }
    case_tables = {model._meta.db_table for model in apps.get_models() if issubclass(model, Guarded)}
    assert {
        (table, column) for table, column in readable if table in case_tables and column in words
    } == set()


@pytest.mark.parametrize(
    "model", [m for m in apps.get_models() if issubclass(m, Guarded)], ids=lambda m: m._meta.label
)
def test_every_guarded_model_is_behind_the_wall(db: None, model: type[Guarded]) -> None:
    assert model._meta.db_table in protected_tables()
    assert model._meta.base_manager_name == "objects"


def test_every_row_of_a_case_is_guarded_and_audit_is_protected(db: None) -> None:
    owned = [model for model in apps.get_models() if issubclass(model, CaseOwned)]
    assert len(owned) >= 4
    assert all(issubclass(model, Guarded) for model in owned)
    assert AuditEvent._meta.db_table in protected_tables()


def test_every_protected_table_has_a_guarded_model(db: None) -> None:
    guarded = {model._meta.db_table for model in apps.get_models() if issubclass(model, Guarded)}
    assert set(protected_tables()) - guarded - {"audit_auditevent"} == set(READ_BY_EVERYBODY)


def test_row_security_is_never_on_without_force(db: None) -> None:
    assert rows("SELECT relname FROM pg_class WHERE relrowsecurity <> relforcerowsecurity") == []


def test_every_protected_table_shows_the_application_no_row_without_a_viewer(world: World) -> None:
    make_case(world)
    hidden = [n for n in protected_tables() if "SELECT" in rights(n) and n not in READ_BY_EVERYBODY]
    shown = {n: scalar(f'SELECT count(*) FROM "{n}"') for n in hidden}
    assert set(shown.values()) == {0}


@pytest.mark.parametrize("table", READ_BY_EVERYBODY)
def test_what_everybody_reads_is_written_by_administrators_alone(db: None, table: str) -> None:
    assert rights(table) <= {"SELECT", "INSERT", "UPDATE"}
    asked = rows(
        "SELECT cmd, coalesce(with_check, qual) FROM pg_policies WHERE tablename = %s AND 'sg_app' = ANY (roles)",
        table,
    )
    assert {cmd for cmd, _ in asked} >= {"SELECT", "UPDATE"}
    assert all("wall.administers()" in rule for cmd, rule in asked if cmd != "SELECT")


def test_no_policy_names_public(db: None) -> None:
    assert rows("SELECT tablename, policyname FROM pg_policies WHERE 'public' = ANY (roles)") == []


def test_functions_that_look_past_the_wall_are_owned_pinned_and_not_public(db: None) -> None:
    definers = rows(
        "SELECT p.oid::regprocedure::text, p.proowner::regrole::text, p.proconfig,"
        " p.proacl IS NULL OR EXISTS (SELECT FROM aclexplode(p.proacl) a WHERE a.grantee = 0)"
        " FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema')"
    )
    assert {name.split("(")[0] for name, *_ in definers} >= {
        "wall.may",
        "wall.may_grant",
        "wall.stands_in_a_case",
    }
    for name, owner, settings, is_public in definers:
        assert owner == "sg_access", name
        assert settings == ["search_path=pg_catalog, pg_temp"], name
        assert not is_public, name


def test_no_function_of_the_wall_may_be_called_by_everybody(db: None) -> None:
    open_functions = rows(
        "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'wall'::regnamespace"
        " AND (proacl IS NULL OR EXISTS (SELECT FROM aclexplode(proacl) a WHERE a.grantee = 0))"
    )
    assert open_functions == []


def test_there_are_no_views_that_would_show_their_owners_rows(db: None) -> None:
    assert (
        rows(
            "SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace"
        )
        == []
    )


def test_the_owner_is_asked_to_say_that_it_is_at_work_by_every_protected_table(db: None) -> None:
    said = dict(rows("SELECT tablename, qual FROM pg_policies WHERE policyname = 'owner_work'"))
    assert set(said) == set(protected_tables())
    assert all("app.maintenance" in condition for condition in said.values())


def test_every_table_django_knows_was_looked_at(db: None) -> None:
    with as_owner():
        known = set(connection.introspection.django_table_names(only_existing=True))
    assert known <= set(tables())
