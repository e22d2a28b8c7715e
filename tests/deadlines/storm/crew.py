"""Workers and schedulers as real processes: started, killed, and started again when they end, as a container would."""

import contextlib
import os
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import psutil

from launch.places import bin_of_running_python
from launch.supervisor import clear_group
from tests.deadlines.storm.ground import Ground

CONCURRENCY = "2"
RESTARTS_AFTER = 0.5


@dataclass
class Post:
    """A place in the crew that is filled again whenever its process has ended."""

    name: str
    argv: list[str]
    lives: int = 0
    process: subprocess.Popen[bytes] | None = None
    ended_at: float = 0
    log: Path = field(default_factory=Path)

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Crew:
    def __init__(self, ground: Ground, workers: int) -> None:
        self.ground = ground
        self.workers = [Post(f"worker-{number}", worker(number)) for number in range(1, workers + 1)]
        self.schedulers = [Post(f"beat-{number}", scheduler(ground, number)) for number in (1, 2)]
        self.wanted_schedulers = 1
        self.kills = 0
        self.ended_by_themselves: list[str] = []
        self._killed: set[int] = set()

    @property
    def on_duty(self) -> list[Post]:
        return [*self.workers, *self.schedulers[: self.wanted_schedulers]]

    def look_after(self) -> None:
        """What a container's restart policy does. Called again and again."""
        now = time.monotonic()
        for post in self.on_duty:
            if post.is_alive:
                continue
            if post.process is not None and not post.ended_at:
                post.ended_at = now
                if post.process.pid not in self._killed:
                    self.ended_by_themselves.append(f"{post.name} ({post.process.returncode})")
            if post.process is None or now - post.ended_at > RESTARTS_AFTER:
                self._fill(post)

    def _fill(self, post: Post) -> None:
        self._clear(post)
        post.lives += 1
        program = self.ground.program(f"{post.name}.{post.lives:03}", "worker", *post.argv)
        post.process, post.log, post.ended_at = program.start(), program.log, 0

    def _clear(self, post: Post) -> None:
        if post.process is not None:
            clear_group(post.process.pid)

    def schedule_with(self, count: int) -> None:
        """0, 1 or 2 schedulers at once; those that are too many are killed."""
        self.wanted_schedulers = count
        for post in self.schedulers[count:]:
            self._kill_post(post)

    def kill(self, whom: str, dice: Random) -> bool:
        """kill -9: a child, a parent, a parent with all its children, or the scheduler.

        A parent that has no child yet goes in its place. False where nobody was there.
        """
        posts = self.schedulers[: self.wanted_schedulers] if whom == "scheduler" else self.workers
        alive = [post for post in posts if post.is_alive]
        if not alive:
            return False
        post = dice.choice(alive)
        assert post.process is not None
        children = children_of(post.process.pid)
        if whom == "child" and children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(dice.choice(children), signal.SIGKILL)
        elif whom == "all":
            self._killed.add(post.process.pid)
            clear_group(post.process.pid)
        else:
            self._kill_post(post)
        self.kills += 1
        return True

    def _kill_post(self, post: Post) -> None:
        if post.process is not None and post.is_alive:
            self._killed.add(post.process.pid)
            post.process.kill()

    def stop(self) -> list[str]:
        """All together, politely first. Gives the names of those that had to be killed."""
        posts = [post for post in [*self.workers, *self.schedulers] if post.is_alive]
        for post in posts:
            assert post.process is not None
            post.process.terminate()
        stubborn = []
        until = time.monotonic() + 15
        for post in posts:
            assert post.process is not None
            try:
                post.process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                stubborn.append(post.name)
                post.process.kill()
                post.process.wait()
        for post in [*self.workers, *self.schedulers]:
            self._clear(post)
        return stubborn


def children_of(pid: int) -> list[int]:
    with contextlib.suppress(psutil.NoSuchProcess):
        return [child.pid for child in psutil.Process(pid).children()]
    return []


def celery(*words: str) -> list[str]:
    return [str(bin_of_running_python() / "celery"), "--app", "safeguarding", *words, "--loglevel", "INFO"]


def worker(number: int) -> list[str]:
    quiet = ["--without-mingle", "--without-gossip", "--hostname", f"worker-{number}@storm"]
    return celery("worker", "--concurrency", CONCURRENCY, *quiet)


def scheduler(ground: Ground, number: int) -> list[str]:
    return celery("beat", "--schedule", str(ground.logs / f"schedule-{number}"), "--pidfile", "")
