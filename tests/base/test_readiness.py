"""Ready or not: each thing that may be broken is named, quickly, without a stack trace and without sign-in."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client

from foundation.base import essentials, readiness
from foundation.base.essentials import LoginFacts
from foundation.base.pg.base import DatabaseWrapper
from foundation.base.readiness import Check, Finding
from foundation.base.registries import Registry
from tests.factories import World

GOOD = Finding(ok=True, sentence="It answers.", figure=1.0)
WEB = LoginFacts("sg_web", "sg_app", False, False, False, 0)


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    readiness.last_look.forget()
    yield
    readiness.last_look.forget()


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Replace what is looked at."""

    def replace(**asked: Callable[[], Finding]) -> None:
        chosen: Registry[Check] = Registry()
        for order, (name, ask) in enumerate(asked.items()):
            chosen.add(name, Check(name, ask, order=order))
        monkeypatch.setattr(readiness, "checks", chosen)

    return replace


def ready(client: Client) -> tuple[int, dict[str, Any]]:
    answer = client.get("/health/ready")
    return answer.status_code, answer.json()


def test_base_looks_at_database_migrations_roles_and_redis() -> None:
    names = [check.name for check in readiness.checks]
    assert names[:4] == ["database", "migrations", "roles", "redis"]


def test_where_all_is_well_the_answer_is_200(only: Any, client: Client) -> None:
    only(database=lambda: GOOD, redis=lambda: GOOD)
    status, answer = ready(client)
    assert status == 200
    assert answer["status"] == "ready"
    assert answer["checks"]["redis"] == {"ok": True, "sentence": "It answers.", "figure": 1.0}


def test_one_thing_that_is_not_there_makes_503_and_the_others_are_still_told(
    only: Any, client: Client
) -> None:
    only(database=lambda: GOOD, redis=lambda: Finding(ok=False, sentence="Redis does not answer."))
    status, answer = ready(client)
    assert (status, answer["status"]) == (503, "not ready")
    assert answer["checks"]["database"]["ok"]
    assert not answer["checks"]["redis"]["ok"]


def test_a_check_that_fails_is_a_sentence_and_not_a_stack_trace(only: Any, client: Client) -> None:
    def fail() -> Finding:
        raise RuntimeError("postgresql://sg_web:secret@db.example")

    only(notices=fail)
    status, answer = ready(client)
    assert status == 503
    assert answer["checks"]["notices"]["sentence"] == readiness.BROKEN
    assert "secret" not in json.dumps(answer)


def test_a_check_of_an_app_may_ask_the_database_through_django(only: Any, client: Client) -> None:
    def fail() -> Finding:
        raise OperationalError("connection to db.example failed")

    only(notices=fail)
    assert ready(client)[1]["checks"]["notices"]["sentence"] == "The database does not answer."


def test_a_check_that_hangs_is_not_waited_for(
    only: Any, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def after_a_second() -> Finding:
        time.sleep(1)
        return GOOD

    monkeypatch.setattr(readiness, "PATIENCE", 0.2)
    only(database=after_a_second, redis=lambda: GOOD)
    began = time.monotonic()
    status, answer = ready(client)
    assert time.monotonic() - began < 0.9
    assert status == 503
    assert answer["checks"]["database"]["sentence"] == readiness.OVERDUE
    assert answer["checks"]["redis"]["ok"]


def test_asking_often_looks_once(only: Any, client: Client) -> None:
    asked: list[int] = []

    def count() -> Finding:
        asked.append(1)
        return GOOD

    only(database=count)
    assert [ready(client)[0] for _ in range(5)] == [200] * 5
    assert len(asked) == 1


def test_only_reading_is_answered(only: Any, client: Client) -> None:
    only(database=lambda: GOOD)
    assert client.post("/health/ready").status_code == 405
    assert client.head("/health/ready").status_code == 200


def test_the_database_answers(db: None) -> None:
    finding = essentials.database()
    assert finding.ok
    assert finding.figure is not None


def test_a_database_that_is_away_is_named_by_everything_that_needs_it(
    db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(connection.settings_dict, "HOST", str(tmp_path))
    for ask in (essentials.database, essentials.migrations, essentials.roles):
        assert ask() == essentials.AWAY


@pytest.mark.parametrize("path", ["/health/ready", "/health/live"])
def test_without_a_database_even_a_signed_in_browser_is_answered(
    world: World, signed_in: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, path: str
) -> None:
    browser = signed_in(world.coordinator)
    monkeypatch.setitem(connection.settings_dict, "HOST", str(tmp_path))

    def away(*_: Any, **__: Any) -> None:
        raise AssertionError("the database was asked outside the checks")

    with monkeypatch.context() as patched:
        patched.setattr(DatabaseWrapper, "cursor", away)
        answer = browser.get(path)
    assert answer.status_code == (200 if path.endswith("live") else 503)
    assert answer["Content-Type"] == "application/json"


def test_no_migration_is_missing_here(db: None) -> None:
    assert essentials.migrations() == Finding(ok=True, sentence="No migration is missing.", figure=0)


def test_missing_migrations_are_counted_and_not_named(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        applied = {(app, name) for app, name in cursor.fetchall()}
    finding = essentials.judge_migrations(applied - {("audit", "0002_append_only"), ("base", "0001_wall")})
    assert not finding.ok
    assert finding.figure == 2
    assert "0001" not in finding.sentence


def test_a_database_that_is_newer_than_the_program_is_served(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        applied = {(app, name) for app, name in cursor.fetchall()}
    assert essentials.judge_migrations(applied | {("audit", "9999_of_tomorrow")}).ok


def test_an_empty_database_lacks_every_migration() -> None:
    assert not essentials.judge_migrations(set()).ok


def test_the_webs_login_is_as_it_should_be() -> None:
    assert essentials.judge_login(WEB).ok


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"is_superuser": True}, "is a superuser"),
        ({"passes_row_security": True}, "passes row security"),
        ({"may_become_owner": True}, "may become the owner"),
        ({"role": "sg_web"}, "does not work as sg_app"),
        ({"owns_tables": 3}, "owns tables"),
    ],
)
def test_a_login_that_may_more_is_found(facts: dict[str, Any], words: str) -> None:
    finding = essentials.judge_login(LoginFacts(**{**vars(WEB), **facts}))
    assert not finding.ok
    assert words in finding.sentence
    assert "sg_web" not in finding.sentence


def test_the_tests_own_login_is_found_to_be_too_mighty(db: None) -> None:
    """The tests sign in as sg_migrate, which production must not."""
    finding = essentials.roles()
    assert not finding.ok
    assert "may become the owner" in finding.sentence


def test_redis_answers() -> None:
    assert essentials.queue().ok


@pytest.mark.parametrize("address", ["redis+socket:///nowhere/redis.sock", "redis://127.0.0.1:9/0"])
def test_redis_that_is_away_is_named(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr(settings, "REDIS_URL", address)
    began = time.monotonic()
    assert essentials.queue() == Finding(ok=False, sentence="Redis does not answer.")
    assert time.monotonic() - began < readiness.PATIENCE


def test_anonymous_people_learn_no_version_no_address_and_no_name(db: None, client: Client) -> None:
    text = client.get("/health/ready").content.decode()
    login = str(connection.settings_dict["USER"])
    host = str(connection.settings_dict["HOST"])
    for secret in (login, host, "PostgreSQL", "18.", "5.2", "Python", "django"):
        assert not secret or secret.lower() not in text.lower()
