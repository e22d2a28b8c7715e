"""One storm from beginning to end: ground, town, crew and post office, the faults in their order, then the calm."""

import json
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

import psycopg

from launch.places import BUILD, LOCAL, ROOT
from tests.deadlines.storm.crew import Crew
from tests.deadlines.storm.figures import Account
from tests.deadlines.storm.ground import Ground
from tests.deadlines.storm.post_office import PostOffice
from tests.deadlines.storm.timetable import LONDON, Event, Plan, timetable

TOWN = "tests.deadlines.storm.town"
MOODS = {
    "mail hangs": "hangs",
    "mail away": "away",
    "mail drops": "drops",
    "mail says later": "later",
    "mail refuses us": "refuses us",
}
WAITING = """
SELECT (SELECT count(*) FROM deadlines_deadline WHERE state = 'open' AND look_at <= to_timestamp(%s)),
       (SELECT count(*) FROM deadlines_notice WHERE sent_at IS NULL AND withdrawn_at IS NULL AND parked_at IS NULL)"""
UNMARKED = "SELECT id::text FROM deadlines_notice WHERE sent_at IS NULL AND id = ANY(%s::uuid[])"
HELD = """
SELECT id::text FROM deadlines_notice WHERE sent_at IS NULL AND withdrawn_at IS NULL AND parked_at IS NULL
AND try_at BETWEEN to_timestamp(%s) AND to_timestamp(%s)"""
LEASE = 120
"""Units: seconds that a notice is out of the others' reach while somebody sends it."""
KEPT = 4
WINDOW = 30
"""Units: seconds. No sender takes longer from the server's answer to the mark in the table."""


class Storm:
    def __init__(self, plan: Plan, seed: int, name: str) -> None:
        self.plan, self.seed, self.name = plan, seed, name
        self.dice = Random(seed)
        self.logs = folder_for_logs(name)
        self.post = PostOffice()
        self.ground = Ground(self.logs)
        self.faults: Counter[str] = Counter()
        self.caught: Counter[str] = Counter()
        """By Message-ID: how often a fault came while it was on its way, so that it may have gone twice."""
        self.log = (self.logs / "storm.log").open("w", encoding="utf-8")

    def blow(self) -> dict[str, Any]:
        """Everything; whatever happens, nothing is left running. Gives the figures."""
        began = time.monotonic()
        self.post.start()
        try:
            self.ground.start(self.post.port)
            self.crew = Crew(self.ground, self.plan.workers)
            self.run_town("fill", self.plan.obligations, self.plan.bulk)
            self.say(f"seed {self.seed}: ready after {time.monotonic() - began:.1f} s")
            try:
                self.play()
                quiet_after = self.calm_down()
            finally:
                stubborn = self.crew.stop()
            account = Account(self.ground, self.logs, self.post.taken, self.clear_at)
            verdict, wanted = account.verdict()
            figures = {
                "seed": self.seed,
                **dict(sorted(self.faults.items())),
                "processes killed": self.crew.kills,
                **account.figures(verdict, wanted),
                "messages on their way at a fault": sum(self.caught.values()),
                "messages dropped after they were taken": sum(not each.said for each in self.post.taken),
                "quiet after the faults cleared": quiet_after,
                "workers that hung": self.hung,
                "processes that ended by themselves": self.crew.ended_by_themselves,
                "processes that did not stop when asked": stubborn,
                "seconds in all": round(time.monotonic() - began),
            }
            return {
                **figures,
                "unexplained duplicates": self.unexplained(account),
                "faults found": verdict.faults,
            }
        finally:
            self.ground.stop()
            self.post.stop()
            self.log.close()

    def run_town(self, what: str, *numbers: float) -> None:
        words = [TOWN, what, str(self.logs), str(self.seed), *map(str, numbers)]
        self.ground.run("loader", "-m", *words)

    def play(self) -> None:
        """The timetable, with people who act meanwhile."""
        self.crew.look_after()
        words = [
            sys.executable,
            "-m",
            TOWN,
            "act",
            str(self.logs),
            str(self.seed),
            str(self.plan.acts_a_second),
        ]
        log = self.logs / "town.log"
        with log.open("wb") as said:
            people = subprocess.Popen(
                words, cwd=ROOT, env=self.ground.of("app"), stdin=subprocess.PIPE, stdout=said, stderr=said
            )
        try:
            self.wait_until(lambda: b"ready" in log.read_bytes() and self.all_workers_work())
            began = time.monotonic()
            for event in timetable(self.plan, self.dice):
                while (left := began + event.at - time.monotonic()) > 0:
                    self.crew.look_after()
                    time.sleep(min(left, 0.1))
                self.happen(event)
        finally:
            assert people.stdin is not None
            people.stdin.close()
            try:
                ended = people.wait(30)
            finally:
                people.kill()
                people.wait()
        assert ended == 0, log.read_text()[-3000:]

    def happen(self, event: Event) -> None:
        """One event of the timetable."""
        self.say(event.what)
        if event.what.startswith("kill "):
            if not self.crew.kill(event.what.removeprefix("kill "), self.dice):
                return
            self.catch()
        elif event.what == "clock":
            self.move_clock_to(event.detail)
        elif event.what == "flush redis":
            if not self.ground.flush_redis():
                return
        else:
            self.spell(event.what)
        if not event.what.startswith("end of "):
            self.faults[event.what] += 1

    def spell(self, what: str) -> None:
        kind, ends = what.removeprefix("end of "), what.startswith("end of ")
        if kind == "postgres away":
            if ends:
                self.ground.start_server("postgres")
                self.catch()
            else:
                self.ground.stop_server("postgres", signal.SIGQUIT)
        elif kind == "redis away":
            if ends:
                self.ground.start_server("valkey")
            else:
                self.ground.stop_server("valkey", self.dice.choice([signal.SIGKILL, signal.SIGTERM]))
        elif kind in MOODS:
            self.post.become("fine" if ends else MOODS[kind])
        else:
            self.crew.schedule_with(1 if ends else {"no scheduler": 0, "two schedulers": 2}[kind])

    def catch(self) -> None:
        """Which messages the server has taken and nobody has marked: one of them may go again."""
        time.sleep(0.05)
        recent = [each.message_id for each in self.post.taken if each.at > time.time() - WINDOW and each.said]
        with suppress(psycopg.OperationalError):
            self.caught.update(row[0] for row in self.ground.ask(UNMARKED, recent))

    def move_clock_to(self, moment: float) -> None:
        """Which notices did somebody hold just now? After the step another may take them as well."""
        before = self.ground.now()
        held = self.held_at(before)
        self.ground.move_clock_to(datetime.fromtimestamp(moment, LONDON))
        time.sleep(0.05)
        self.caught.update(held | self.held_at(before))

    def held_at(self, moment: float) -> set[str]:
        with suppress(psycopg.OperationalError):
            found = self.ground.ask(HELD, moment + LEASE - WINDOW, moment + LEASE + 1)
            return {row[0] for row in found}
        return set()

    def unexplained(self, account: Account) -> dict[str, int]:
        """Message-IDs that went more often than the faults around them explain."""
        dropped = Counter(each.message_id for each in self.post.taken if not each.said)
        extra = {name: len(each) - 1 for name, each in account.taken.items()}
        return {name: n for name, n in extra.items() if n > self.caught[name] + dropped[name]}

    def calm_down(self) -> float | None:
        """No fault any more. Seconds until nothing waited; None where that did not come."""
        self.clear_at = began = time.time()
        self.crew.look_after()
        offsets = {post.name: (post.log, size_of(post.log)) for post in self.crew.workers}
        quiet_at = None
        while time.time() < began + self.plan.calm_at_most and quiet_at is None:
            self.crew.look_after()
            waiting = self.ground.ask(WAITING, self.ground.now())[0]
            self.say(f"waiting: {waiting}")
            if waiting == (0, 0):
                quiet_at = round(time.time() - began, 1)
            if self.plan.nudges and time.time() > began + 3:
                self.move_clock_to(self.ground.now() + 3 * 60)
            time.sleep(1)
        self.hung = self.who_hangs(offsets)
        return quiet_at

    def all_workers_work(self) -> bool:
        return all(b"succeeded" in post.log.read_bytes() for post in self.crew.workers)

    def wait_until(self, ready: Callable[[], bool]) -> None:
        until = time.monotonic() + 120
        while not ready():
            self.crew.look_after()
            assert time.monotonic() < until, "the people or a worker did not begin"
            time.sleep(0.1)

    def who_hangs(self, offsets: dict[str, tuple[Path, int]]) -> list[str]:
        """Workers that have done nothing since the faults cleared, though they live and there were ticks."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            idle = [post.name for post in self.crew.workers if not has_worked(post.log, *offsets[post.name])]
            if not idle:
                return []
            self.crew.look_after()
            time.sleep(0.5)
        return idle

    def say(self, words: str) -> None:
        self.log.write(f"{time.strftime('%H:%M:%S')} {words}\n")
        self.log.flush()


def size_of(log: Path) -> int:
    return log.stat().st_size if log.exists() else 0


def has_worked(log: Path, before: Path, size: int) -> bool:
    """In the same life since then, or in a later one at all."""
    return b"succeeded" in log.read_bytes()[size if log == before else 0 :]


def folder_for_logs(name: str) -> Path:
    """In .local/storm, a new one each time; the last few are kept, to read them after a failure."""
    parent = LOCAL / "storm"
    parent.mkdir(parents=True, exist_ok=True)
    earlier = sorted(parent.iterdir(), key=lambda each: each.stat().st_mtime)
    for old in earlier[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=parent))


def keep(name: str, figures: dict[str, Any]) -> None:
    """Into build/, for people and for the report."""
    BUILD.mkdir(exist_ok=True)
    (BUILD / f"{name}.json").write_text(json.dumps(figures, indent=1, default=str), encoding="utf-8")
