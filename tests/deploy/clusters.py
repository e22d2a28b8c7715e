"""A PostgreSQL of a test's own, empty and without our roles: what an operator begins with."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from launch import identity, postgres
from launch.console import Refusal
from launch.servers import database_answers
from launch.supervisor import Supervisor


@dataclass(frozen=True)
class Cluster:
    """Where it is, and where its programs are."""

    sockets: Path
    programs: Path
    process: int

    def address(self, login: str = "postgres", database: str = "sg") -> str:
        return postgres.address(login, self.sockets, database)

    def run(
        self, statement: str, *, login: str = "postgres", database: str = "sg"
    ) -> list[tuple[object, ...]]:
        with psycopg.connect(self.address(login, database), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []


@contextmanager
def empty_cluster() -> Iterator[Cluster]:
    """Made in about two seconds; nothing of it stays."""
    user, supervisor = identity.current(), Supervisor()
    parent = user.home("test")
    home = user.own(Path(tempfile.mkdtemp(prefix="cluster-", dir=parent)))
    try:
        programs = postgres.find(user)
        data = postgres.make_data(supervisor, programs, home, user, home / "initdb.log")
        sockets = user.socket_directory(home)
        server = postgres.server(programs, data, sockets, user, home / "postgres.log", careless=True)
        process = supervisor.start(server)
        address = postgres.address("postgres", sockets, "postgres")
        supervisor.wait_until(
            lambda: database_answers(address), seconds=30, otherwise="PostgreSQL does not answer."
        )
        yield Cluster(sockets, programs, process.pid)
    except Refusal as refused:
        pytest.skip(f"no PostgreSQL of our own here: {refused}")
    finally:
        supervisor.stop()
        shutil.rmtree(home, ignore_errors=True)
