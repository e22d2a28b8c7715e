"""Start programs, watch them, stop them all. One that ends early ends everything.

Nothing may be left behind: an orderly stop asks each program and then clears its whole process group; if the
supervisor itself is killed, each program is on a leash (leash.py), and leftovers.py looks again at the next
start.
"""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable
from types import FrameType

from launch.console import Refusal, StopRequest, say, show
from launch.leftovers import Ledger
from launch.programs import Program, how_it_ended

TICK = 0.05
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Supervisor:
    """Programs in the order they were started; they are stopped in the opposite order, group by group."""

    def __init__(self, ledger: Ledger | None = None) -> None:
        self.running: list[tuple[Program, subprocess.Popen[bytes]]] = []
        self.ledger = ledger
        self.asked_by: int | None = None
        self.asked_times = 0

    def listen(self) -> None:
        """Take note of signals. They are acted upon between steps: no program is lost half started."""
        for number in STOP_SIGNALS:
            if signal.getsignal(number) != signal.SIG_IGN or number == signal.SIGTERM:
                signal.signal(number, self._note)

    def _note(self, number: int, _frame: FrameType | None) -> None:
        self.asked_by = number
        self.asked_times += 1

    def start(self, program: Program) -> subprocess.Popen[bytes]:
        """Start a program that is to run until we stop."""
        self.look()
        process = program.start()
        self.running.append((program, process))
        if self.ledger:
            self.ledger.add(program.name, process.pid)
        return process

    def look(self) -> None:
        """Raise if somebody asked us to stop, or if a program has ended."""
        if self.asked_by is not None:
            raise StopRequest(signal.Signals(self.asked_by).name)
        for program, process in self.running:
            if process.poll() is not None:
                raise Refusal(self._obituary(program, process.returncode))

    def _obituary(self, program: Program, status: int) -> str:
        for line in program.last_words():
            show(f"    {program.name} | {line}")
        return (
            f"{program.name} {how_it_ended(status)}; its last words are above, all of them in {program.log}."
        )

    def pause(self, seconds: float) -> None:
        """Wait, with an eye on everything."""
        until = time.monotonic() + seconds
        while True:
            self.look()
            left = until - time.monotonic()
            if left <= 0:
                return
            time.sleep(min(TICK, left))

    def wait_until(self, ready: Callable[[], bool], *, seconds: float, otherwise: str) -> None:
        """Wait for a sign of life; refuse with the sentence if it does not come."""
        until = time.monotonic() + seconds
        while not ready():
            if time.monotonic() > until:
                raise Refusal(otherwise)
            self.pause(TICK)

    def run(self, argv: list[str], environment: dict[str, str]) -> int:
        """Run one command to its end in our own terminal; stop it when we are asked to stop."""
        from launch import leash
        from launch.places import ROOT

        process = subprocess.Popen(leash.leashed(argv), cwd=ROOT, env=environment)
        try:
            while process.poll() is None:
                self.look()
                time.sleep(TICK)
        finally:
            self._end_foreground(process)
        return process.returncode

    def _end_foreground(self, process: subprocess.Popen[bytes]) -> None:
        """The terminal has already passed Ctrl-C to the command; other signals are passed on as Ctrl-C."""
        if process.poll() is None and self.asked_by != signal.SIGINT:
            process.send_signal(signal.SIGINT)
        for number, patience in ((signal.SIGTERM, 15.0), (signal.SIGKILL, 5.0)):
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(patience)
            if process.poll() is None:
                process.send_signal(number)
        process.wait()

    def watch(self) -> None:
        """Stay until somebody asks us to stop (returns) or a program ends (raises)."""
        try:
            while True:
                self.pause(0.5)
        except StopRequest:
            return

    def stop(self, names: frozenset[str] | None = None) -> None:
        """Stop the programs named (or all) together, then clear what is left of their process groups."""
        chosen = [pair for pair in self.running if names is None or pair[0].name in names]
        patience_from = self.asked_times
        for program, process in reversed(chosen):
            if process.poll() is None:
                process.send_signal(program.stop_signal)
        began = time.monotonic()
        for program, process in reversed(chosen):
            while process.poll() is None:
                hurried = self.asked_times > patience_from
                if hurried or time.monotonic() - began > program.patience:
                    say(f"{program.name} did not stop when asked, and was ended")
                    clear_group(process.pid)
                    process.wait()
                    break
                time.sleep(TICK / 2)
            clear_group(process.pid)
        self.running = [pair for pair in self.running if pair not in chosen]
        if self.ledger and not self.running:
            self.ledger.clear()


def clear_group(group: int) -> None:
    """End whatever still runs in a program's process group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)
