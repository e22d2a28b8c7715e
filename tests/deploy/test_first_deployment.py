"""docs/operations.md on bare servers, step by step: roles, migrate, check, serve, ready; then what breaks is named."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.source import ROOT
from tests.deploy.clusters import Cluster, empty_cluster

HOST = "safeguarding.example"
HEADERS = {
    "Host": HOST,
    "X-Forwarded-Proto": "https",
    "Cookie": "__Host-session=abcdefghijklmnopqrstuvwxyz0123456",  # looked up in the database
}
KEPT_FOR = 2.1
Ask = Callable[[str], tuple[int, dict[str, Any]]]


def environment(cluster: Cluster) -> dict[str, str]:
    """What an operator sets. The tests' Redis stands in for the installation's."""
    return {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "safeguarding.settings.prod",
        "SECRET_KEY": "".join(chr(33 + (7 * n) % 90) for n in range(64)),
        "ALLOWED_HOSTS": HOST,
        "PUBLIC_URL": f"https://{HOST}",
        "PROXY_COUNT": "1",
        "DATABASE_URL": cluster.address("sg_web"),
        "DATABASE_WORKER_URL": cluster.address("sg_worker"),
        "REDIS_URL": os.environ["REDIS_URL"],
    }


def run(*words: str, typed: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        input=typed,
        env=more,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def deployed() -> Iterator[Cluster]:
    """Roles from the printed SQL, tables from `migrate` with the owner's login, nothing to warn of."""
    with empty_cluster() as cluster:
        sql = run("launch/roles.py", "--print").stdout
        psql = [str(cluster.programs / "psql"), "-v", "ON_ERROR_STOP=1", "--quiet", "--no-psqlrc"]
        where = ["--host", str(cluster.sockets), "--username", "postgres", "--dbname", "postgres"]
        subprocess.run([*psql, *where], input=sql, text=True, check=True)
        known = environment(cluster)
        owner = cluster.address("sg_migrate")
        assert "Roles are in place" in run("launch/roles.py", **{**known, "DATABASE_OWNER_URL": owner}).stdout
        run("manage.py", "migrate", "--verbosity", "0", **{**known, "DATABASE_OWNER_URL": owner})
        run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **known)
        yield cluster


@pytest.fixture(scope="module")
def ask(deployed: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """The web, served as production serves it, with a pool of connections."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("web") / "log"
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--config",
        "deploy/gunicorn.py",
        "--bind",
        f"127.0.0.1:{port}",
    ]
    told = {**environment(deployed), "DATABASE_POOL_SIZE": "3", "WEB_CONCURRENCY": "1"}
    with log.open("wb") as words:
        process = subprocess.Popen(
            [*command, "safeguarding.wsgi"],
            cwd=ROOT,
            env=told,
            stdout=words,
            stderr=words,
            start_new_session=True,
        )

    def answer(path: str) -> tuple[int, dict[str, Any]]:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        line.request("GET", path, headers=HEADERS)
        response = line.getresponse()
        try:
            is_json = response.getheader("Content-Type") == "application/json"
            return response.status, json.loads(response.read()) if is_json else {}
        finally:
            line.close()

    try:
        wait_for(lambda: answer("/health/live")[0] == 200, log)
        yield answer
    finally:
        process.terminate()
        process.wait(30)


def wait_for(ready: Callable[[], bool], log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            if ready():
                return
        except OSError:
            pass
        time.sleep(0.1)
    pytest.fail(f"the web does not answer:\n{log.read_text()[-3000:]}")


def looked_at(ask: Ask, deployed: Cluster, change: str, back: str) -> tuple[int, dict[str, Any]]:
    """The answer while something is wrong with the database; it is put right again."""
    deployed.run(change)
    try:
        time.sleep(KEPT_FOR)
        return ask("/health/ready")
    finally:
        deployed.run(back)


def test_it_is_ready(ask: Ask) -> None:
    status, answer = ask("/health/ready")
    assert status == 200, answer
    assert set(answer["checks"]) >= {"database", "migrations", "roles", "redis"}
    assert ask("/")[0] == 302


def test_the_first_person_is_added_with_the_owners_login(deployed: Cluster) -> None:
    words = ["add_person", "cora@city.example", "--name", "Cora Lind", "--role", "coordinator", "--hub"]
    place = [
        "--partnership",
        "Ours",
        "--area",
        "Bristol",
        "--agency",
        "Council",
        "--agency-kind",
        "social_care",
    ]
    told = {**environment(deployed), "DATABASE_OWNER_URL": deployed.address("sg_migrate")}
    said = run(
        "manage.py", *words, *place, "--team", "Hub", typed="meadow-lantern-sparrow-7\n", **told
    ).stdout
    assert "cora@city.example is now coordinator in Hub, Council" in said
    assert deployed.run("SELECT email FROM accounts_user") == [("cora@city.example",)]


def test_nothing_waits_for_ever(deployed: Cluster) -> None:
    names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    asked = (
        "from django.db import connection as c; k = c.cursor(); k.execute('SELECT {}'); print(*k.fetchone())"
    )
    settings = ", ".join(f"current_setting($${name}$$)" for name in names)
    said = run(
        "manage.py", "shell", "--verbosity", "0", "-c", asked.format(settings), **environment(deployed)
    )
    assert said.stdout.split() == ["20s", "5s", "1min"]


def test_a_login_that_was_given_the_owners_rights_is_not_ready(ask: Ask, deployed: Cluster) -> None:
    status, answer = looked_at(ask, deployed, "GRANT sg_owner TO sg_web", "REVOKE sg_owner FROM sg_web")
    assert status == 503
    assert "may become the owner" in answer["checks"]["roles"]["sentence"]


def test_a_migration_that_is_missing_is_not_ready(ask: Ask, deployed: Cluster) -> None:
    status, answer = looked_at(
        ask,
        deployed,
        "UPDATE django_migrations SET name = 'x' WHERE app = 'audit' AND name = '0001_initial'",
        "UPDATE django_migrations SET name = '0001_initial' WHERE name = 'x'",
    )
    assert status == 503
    assert answer["checks"]["migrations"]["figure"] == 1


def test_a_database_that_hangs_is_named_in_seconds_and_live_still_answers(
    ask: Ask, deployed: Cluster
) -> None:
    os.kill(deployed.process, signal.SIGSTOP)
    try:
        time.sleep(KEPT_FOR)
        began = time.monotonic()
        status, answer = ask("/health/ready")
        assert time.monotonic() - began < 5
        assert status == 503
        assert not answer["checks"]["database"]["ok"]
        assert answer["checks"]["redis"]["ok"]
        assert ask("/health/live")[0] == 200
    finally:
        os.kill(deployed.process, signal.SIGCONT)


def test_a_database_that_refuses_is_named_in_seconds_and_comes_back_by_itself(
    ask: Ask, deployed: Cluster
) -> None:
    closed = "ALTER DATABASE sg CONNECTION LIMIT 0; SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    deployed.run(f"{closed} WHERE usename = 'sg_web'", database="postgres")
    deployed.run("ALTER ROLE sg_web NOLOGIN", database="postgres")
    try:
        time.sleep(KEPT_FOR)
        began = time.monotonic()
        status, answer = ask("/health/ready")
        assert time.monotonic() - began < 5
        assert (status, answer["checks"]["database"]["sentence"]) == (503, "The database does not answer.")
        assert ask("/")[0] == 500
    finally:
        deployed.run("ALTER ROLE sg_web LOGIN; ALTER DATABASE sg CONNECTION LIMIT -1", database="postgres")
    back = time.monotonic()
    while (ask("/")[0], ask("/health/ready")[0]) != (302, 200):
        assert time.monotonic() - back < 20
        time.sleep(0.5)
