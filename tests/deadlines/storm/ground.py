"""What the storm stands on: a PostgreSQL and a Valkey of its own that can be stopped, one clock, one environment."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
import redis

from launch import identity, lock_file, postgres, servers, valkey
from launch.places import ROOT, write_private
from launch.programs import Program
from launch.supervisor import Supervisor, clear_group
from tests.deadlines.storm.timetable import BEGINS

QUIETLY = ["nice", "-n", "5"]
"""The tests beside us come first."""
FOREIGN = ("DATABASE_", "REDIS_", "DB_", "PYTEST_", "TEST_", "DJANGO_")


class Ground:
    """Servers in a private folder, `logs` apart from it so that they can be read afterwards."""

    def __init__(self, logs: Path) -> None:
        self.logs = logs
        self.supervisor = Supervisor()
        self.away: dict[str, Program] = {}
        self.steps: list[tuple[float, float]] = []
        """The clock's history: (real second, how far the clock is ahead of it from then on)."""

    def start(self, mail_port: int) -> None:
        """Servers, roles and tables. Durable, as in production: what was acknowledged survives a crash."""
        user = identity.current()
        self.home = user.own(Path(tempfile.mkdtemp(prefix="run-", dir=user.home("test"))))
        self.lock = lock_file.take(self.home / "lock")
        self.move_clock_to(BEGINS)
        addresses = servers.start(self.supervisor, self.home, self.logs, for_tests=False, given={})
        self.sockets = Path(addresses.redis.removeprefix("redis+socket://")).parent
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)},
            **addresses.environment(),
            "DJANGO_SETTINGS_MODULE": "tests.deadlines.storm.settings",
            "CLOCK_MOVED_FILE": str(self.home / "clock"),
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(mail_port),
            "SWEEP_EVERY_SECONDS": "1",
            "PUBLIC_URL": "https://storm.example",
        }
        self.run("owner", "manage.py", "migrate", "--verbosity", "0")

    def run(self, role: str, *words: str) -> str:
        """One Python command to its end, in a role. Raises where it fails; its words are in the error."""
        done = subprocess.run(
            [sys.executable, *words], cwd=ROOT, env=self.of(role), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-4000:]
        return done.stdout

    def of(self, role: str) -> dict[str, str]:
        return {**self.environment, "DB_ROLE": role}

    def program(self, name: str, role: str, *argv: str, stop_signal: int = signal.SIGTERM) -> Program:
        return Program(
            name,
            [*QUIETLY, *argv],
            log=self.logs / f"{name}.log",
            environment=self.of(role),
            stop_signal=stop_signal,
            death_signal=signal.SIGQUIT,
        )

    def stop_server(self, name: str, how: int) -> None:
        """`how` is the signal: SIGQUIT stops PostgreSQL at once, without a word to anybody."""
        pair = next(pair for pair in self.supervisor.running if pair[0].name == name)
        self.supervisor.running.remove(pair)  # it would take the end of one for the end of everything
        program, process = pair
        process.send_signal(how)
        process.wait(30)
        clear_group(process.pid)
        self.away[name] = program

    def start_server(self, name: str) -> None:
        process = self.away[name].start()
        up = self.database_answers if name == "postgres" else lambda: valkey.answers(self.sockets)
        until = time.monotonic() + 60
        while not up():
            assert time.monotonic() < until, f"{name} did not come back"
            time.sleep(0.05)
        self.supervisor.running.append((self.away.pop(name), process))

    def database_answers(self) -> bool:
        return servers.database_answers(self.administrator)

    @property
    def administrator(self) -> str:
        return postgres.address(postgres.BOOTSTRAP_USER, self.sockets, servers.DATABASE)

    def ask(self, question: str, *values: Any) -> list[tuple[Any, ...]]:
        """Past both walls: what really stands in the tables."""
        with psycopg.connect(self.administrator, autocommit=True, connect_timeout=5) as connection:
            return connection.execute(question.encode(), values).fetchall()

    def flush_redis(self) -> bool:
        """False where it was away."""
        with redis.Redis(unix_socket_path=str(self.sockets / valkey.SOCKET)) as client:
            try:
                return bool(client.flushall())
            except redis.ConnectionError:
                return False

    def move_clock_to(self, moment: datetime) -> None:
        """Every process of the storm reads the new time at once."""
        now = time.time()
        write_private(self.home / "clock", repr(moment.timestamp() - now))
        (self.home / "clock").chmod(0o644)
        self.steps.append((now, moment.timestamp() - now))

    def now(self) -> float:
        """The storm's time, as a timestamp."""
        return time.time() + self.steps[-1][1]

    def really(self, moment: float) -> float:
        """The real second at which the storm's clock first showed `moment`."""
        for (began, ahead), (ends, _) in zip(self.steps, [*self.steps[1:], (float("inf"), 0.0)], strict=True):
            if moment <= began + ahead:
                return began
            if moment < ends + ahead:
                return moment - ahead
        return float("inf")

    def stop(self) -> None:
        self.supervisor.stop()
        os.close(self.lock)
        shutil.rmtree(self.home, ignore_errors=True)
