"""However a run ends, nothing is left running. Real processes, small ones: parents with a child each."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from launch.leftovers import Ledger, born, still_the_same
from launch.places import ROOT

LINUX = sys.platform == "linux"
PATIENCE = 60.0

# A program that has a child in its own process group, like a worker with its pool.
PROGRAM = """
import os, signal, subprocess, sys, time
if "stubborn" in sys.argv:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
open(sys.argv[1], "a").write(f"{os.getpid()}\\n")
subprocess.Popen([sys.executable, "-c", CHILD, sys.argv[1]])
print("last words of", sys.argv[1], flush=True)
time.sleep(float(sys.argv[2]))
sys.exit(3)
"""
CHILD = """
import os, signal, sys, time
sys.path.insert(0, ROOT)
from launch import leash
leash.hold(os.getppid(), signal.SIGKILL)
open(sys.argv[1], "a").write(f"{os.getpid()}\\n")
time.sleep(60)
"""
SUPERVISOR = """
import sys
from pathlib import Path
from launch import console
from launch.leftovers import Ledger
from launch.programs import Program
from launch.supervisor import Supervisor
here, lives, *words = sys.argv[1:]
here = Path(here)
def main():
    supervisor = Supervisor(Ledger(here / "running.json"))
    supervisor.listen()
    try:
        for name, seconds in (("server", "60"), ("web", lives)):
            argv = [sys.executable, "-c", PROGRAM, str(here / "pids"), seconds, *words]
            supervisor.start(Program(name, argv, here / f"{name}.log", patience=1.0))
        supervisor.watch()
    finally:
        supervisor.stop()
    return 0
sys.exit(console.closing(main))
"""


def written_out() -> str:
    """The supervisor's program text, with the texts of its programs inside it."""
    child = CHILD.replace("ROOT", repr(str(ROOT)))
    program = PROGRAM.replace("CHILD", repr(child))
    return SUPERVISOR.replace("PROGRAM", repr(program))


def running(pids: list[int]) -> list[int]:
    return [pid for pid in pids if born(pid)]


def wait_for(condition: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until, what
        time.sleep(0.02)


class Run:
    """A supervisor with two programs, each with a child."""

    def __init__(self, here: Path, lives: float = 60, *words: str) -> None:
        self.here = here
        self.process = subprocess.Popen(
            [sys.executable, "-c", written_out(), str(here), str(lives), *words],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        wait_for(lambda: len(self.pids()) == 4, "the programs did not start")

    def pids(self) -> list[int]:
        place = self.here / "pids"
        return [int(word) for word in place.read_text().split()] if place.exists() else []

    def ended(self) -> str:
        words, _ = self.process.communicate(timeout=PATIENCE)
        wait_for(lambda: running(self.pids()) == [], "something was left running")
        return words


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Callable[..., Run]]:
    runs: list[Run] = []

    def start(*arguments: object) -> Run:
        runs.append(Run(tmp_path, *arguments))  # type: ignore[arg-type]
        return runs[-1]

    yield start
    for run in runs:
        run.process.kill()
        for pid in running(run.pids()):
            os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_an_orderly_stop_leaves_nothing(begin, number):
    run = begin()
    run.process.send_signal(number)
    run.ended()
    assert run.process.returncode == 0
    assert not (run.here / "running.json").exists()


@pytest.mark.skipif(not LINUX, reason="only Linux ends the programs of a killed supervisor by itself")
def test_a_killed_supervisor_leaves_nothing(begin):
    run = begin()
    run.process.kill()
    run.ended()


def test_a_program_that_ends_early_is_named_with_its_last_words(begin):
    run = begin(0.3)
    words = run.ended()
    assert run.process.returncode == 1
    assert "web ended with status 3" in words
    assert "web | last words of" in words


def test_a_killed_program_is_named_and_its_children_are_cleared(begin):
    run = begin()
    os.kill(run.pids()[0], signal.SIGKILL)
    assert "was ended by SIGKILL" in run.ended()


def test_a_stubborn_program_is_ended_after_a_while(begin):
    run = begin(60, "stubborn")
    run.process.send_signal(signal.SIGTERM)
    assert "did not stop when asked" in run.ended()


def test_the_next_start_ends_what_a_killed_run_left_behind(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True
    ) as left:
        Ledger(tmp_path / "running.json").add("web", left.pid)
        assert Ledger(tmp_path / "running.json").end_leftovers(patience=3.0) == 1
        assert left.wait(PATIENCE) != 0
    assert Ledger(tmp_path / "running.json").end_leftovers() == 0


def test_a_number_given_to_another_process_since_is_left_alone():
    assert not still_the_same({"name": "web", "pid": os.getpid(), "born": "long ago"})
    assert not still_the_same({"name": "web", "pid": os.getpid(), "born": ""})
