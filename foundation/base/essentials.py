"""What every process of the service stands on: database, migrations, the login's rights, Redis."""

import logging
import time
from dataclasses import dataclass
from typing import Any

import psycopg
import redis
from django.conf import settings
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from redis.backoff import NoBackoff
from redis.retry import Retry

from foundation.base.readiness import NO_DATABASE, Check, Finding, checks

log = logging.getLogger(__name__)

TOO_LONG_SECONDS = 2
ROLE = "sg_app"
AWAY = Finding(ok=False, sentence=NO_DATABASE)


@dataclass(frozen=True)
class LoginFacts:
    """What the database says about the login of this process and the role it has taken up."""

    login: str
    role: str
    is_superuser: bool
    passes_row_security: bool
    may_become_owner: bool
    owns_tables: int


LOGIN_FACTS = """
SELECT session_user, current_user, r.rolsuper, r.rolbypassrls,
  r.rolsuper OR pg_has_role(session_user, 'sg_owner', 'MEMBER'),
  (SELECT count(*) FROM pg_class c WHERE c.relkind IN ('r', 'p', 'v', 'm')
    AND pg_get_userbyid(c.relowner) IN (session_user, current_user))
FROM pg_roles r WHERE r.rolname = session_user"""


def ask_database(statement: str) -> list[tuple[Any, ...]]:
    """Rows, over a short-lived connection of the application's role. Raises psycopg.Error in time."""
    parameters = {**connections["default"].get_connection_params(), "connect_timeout": TOO_LONG_SECONDS}
    bounded = f"-c statement_timeout={TOO_LONG_SECONDS}s -c lock_timeout={TOO_LONG_SECONDS}s"
    parameters["options"] = f"{parameters.get('options', '')} {bounded}".strip()
    with psycopg.connect(**parameters, autocommit=True) as connection:
        connection.execute("SELECT set_config('role', %s, false)", [ROLE])
        return connection.execute(statement.encode()).fetchall()


def database() -> Finding:
    began = time.monotonic()
    try:
        ask_database("SELECT 1")
    except psycopg.Error as failed:
        log.warning(
            "the database does not answer: %s", (str(failed).splitlines() or [type(failed).__name__])[0]
        )
        return AWAY
    spent = round(1000 * (time.monotonic() - began), 1)
    return Finding(ok=True, sentence="The database answers, in milliseconds:", figure=spent)


def migrations() -> Finding:
    try:
        rows = ask_database("SELECT app, name FROM django_migrations")
    except psycopg.errors.UndefinedTable:
        rows = []
    except psycopg.Error:
        return AWAY
    return judge_migrations({(str(app), str(name)) for app, name in rows})


def judge_migrations(applied: set[tuple[str, str]]) -> Finding:
    """A database that knows more migrations than this version is served: old and new run side by side."""
    loader = MigrationLoader(None)
    replaces = {each: set(migration.replaces) for each, migration in loader.disk_migrations.items()}
    missing = [each for each, old in replaces.items() if each not in applied and not (old and old <= applied)]
    if missing:
        return Finding(
            ok=False, sentence="Migrations are missing: run manage.py migrate. How many:", figure=len(missing)
        )
    return Finding(ok=True, sentence="No migration is missing.", figure=0)


def roles() -> Finding:
    try:
        rows = ask_database(LOGIN_FACTS)
    except psycopg.errors.UndefinedObject:
        return Finding(ok=False, sentence="The database roles are missing: run launch/roles.py.")
    except psycopg.Error:
        return AWAY
    return judge_login(LoginFacts(*rows[0]))


def judge_login(facts: LoginFacts) -> Finding:
    """The web's login may do what sg_app may, and nothing else."""
    faults = {
        "is a superuser": facts.is_superuser,
        "passes row security": facts.passes_row_security,
        "may become the owner": facts.may_become_owner,
        f"does not work as {ROLE}": facts.role != ROLE,
        "owns tables": facts.owns_tables > 0,
    }
    wrong = [words for words, is_so in faults.items() if is_so]
    if wrong:
        return Finding(ok=False, sentence=f"The database login {' and '.join(wrong)}.", figure=len(wrong))
    return Finding(ok=True, sentence="The database login has the application's rights and no others.")


def queue() -> Finding:
    """Redis wakes the worker. Without it nothing is lost, and nothing is sent either."""
    address = settings.REDIS_URL.replace("redis+socket://", "unix://", 1)
    began = time.monotonic()
    line = redis.Redis.from_url(
        address,
        socket_connect_timeout=TOO_LONG_SECONDS,
        socket_timeout=TOO_LONG_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )
    try:
        line.ping()
    except (redis.RedisError, OSError):
        return Finding(ok=False, sentence="Redis does not answer.")
    finally:
        line.close()
    spent = round(1000 * (time.monotonic() - began), 1)
    return Finding(ok=True, sentence="Redis answers, in milliseconds:", figure=spent)


def register() -> None:
    for order, (name, ask) in enumerate(
        {"database": database, "migrations": migrations, "roles": roles, "redis": queue}.items()
    ):
        checks.add(name, Check(name, ask, order=order))
