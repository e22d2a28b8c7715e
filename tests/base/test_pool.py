"""Connections of the web: kept by each thread, or shared from a pool where DATABASE_POOL_SIZE says so."""

import os
import random
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from foundation.accounts.models import User
from safeguarding.settings import environment
from tests.architecture.source import ROOT
from tests.base.test_bleed import THREADS, pool_for_threads  # noqa: F401 - a fixture
from tests.factories import make_case, make_world

REFERENCE = re.compile(r"\bC-\w{4}-\w{4}\b")


def database(monkeypatch: pytest.MonkeyPatch, **told: str) -> dict[str, Any]:
    monkeypatch.setenv("DATABASE_URL", "postgresql://sg_web@db.example/sg?sslmode=require")
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    return environment.database()


def test_without_a_size_each_thread_keeps_its_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    found = database(monkeypatch)
    assert found["CONN_MAX_AGE"] == 60
    assert found["OPTIONS"] == {"sslmode": "require", "assume_role": "sg_app"}


def test_with_a_size_the_web_has_a_pool_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    found = database(monkeypatch, DATABASE_POOL_SIZE="4", DB_ROLE="app")
    assert found["CONN_MAX_AGE"] == 0
    assert found["OPTIONS"]["pool"]["max_size"] == 4
    assert found["OPTIONS"]["assume_role"] == "sg_app"


@pytest.mark.parametrize("part", ["worker", "owner", "loader"])
def test_nobody_else_has_one(monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    found = database(monkeypatch, DATABASE_POOL_SIZE="4", DB_ROLE=part)
    assert "pool" not in found["OPTIONS"]
    assert found["CONN_MAX_AGE"] == 60


def test_limits_of_the_address_itself_win(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "DATABASE_URL", "postgresql://sg_web@db/sg?connect_timeout=2&options=-c%20lock_timeout%3D1s"
    )
    limited = environment.time_limits(environment.database()["OPTIONS"])
    assert limited["connect_timeout"] == "2"
    assert limited["options"].endswith("-c lock_timeout=1s")


def test_migrations_may_take_their_time_and_do_not_wait_for_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    limited = environment.time_limits(database(monkeypatch, DB_ROLE="owner")["OPTIONS"])
    assert limited["options"] == "-c lock_timeout=5s"


def test_a_secret_in_a_file_is_read_without_its_line_break(tmp_path: Any) -> None:
    (tmp_path / "url").write_text("postgresql://sg_web:secret@db.example/sg\n")
    probe = "from safeguarding.settings.environment import database; print(database()['PASSWORD'], end='|')"
    told = {"PATH": os.environ["PATH"], "DATABASE_URL_FILE": str(tmp_path / "url")}
    answer = subprocess.run(
        [sys.executable, "-c", probe],
        cwd=ROOT,
        env=told,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert answer.stdout == "secret|"
    probe = "from safeguarding.settings.environment import database; print(database()['NAME'], end='|')"
    answer = subprocess.run(
        [sys.executable, "-c", probe],
        cwd=ROOT,
        env=told,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert answer.stdout == "sg|"


def test_pages_of_many_people_over_few_connections_show_each_their_own(
    pool_for_threads: None,  # noqa: F811
    signed_in: Any,
) -> None:
    """Whole requests, eight at a time over four connections: session, viewer, page, refusals."""
    world = make_world()
    shared, hub_only = make_case(world), make_case(world, name="Kit Marrow", shared_with=())
    expected: dict[User, set[str]] = {
        world.social_worker: {shared.reference},
        world.coordinator: {shared.reference, hub_only.reference},
        world.nurse: set(),
    }
    browsers = {user: signed_in(user) for user in expected}

    def walk(seed: int) -> list[str]:
        chance, wrong = random.Random(seed), []
        mine = {user: Client() for user in expected}
        for user, browser in mine.items():
            browser.cookies = browsers[user].cookies.copy()
        for _ in range(5):
            user = chance.choice(list(expected))
            page = mine[user].get("/cases/").content.decode()
            seen = set(REFERENCE.findall(page))
            if seen != expected[user]:
                wrong.append(f"{user} saw {seen}")
            connection.close()  # the end of a request, which the test client leaves out: back to the pool
            hidden = mine[user].get(f"/cases/{hub_only.pk}/").status_code
            connection.close()
            if hidden != (200 if user == world.coordinator else 404):
                wrong.append(f"{user} got {hidden}")
        return wrong

    with ThreadPoolExecutor(THREADS) as threads:
        assert [wrong for each in threads.map(walk, range(THREADS)) for wrong in each] == []
