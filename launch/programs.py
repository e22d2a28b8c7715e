"""One program of ours: how to start it, how to ask it to stop, and what its log says last."""

import os
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from launch import leash
from launch.places import ROOT

LAST_LINES = 12


@dataclass(frozen=True)
class Program:
    """A command with its name, its log and its two ways to end."""

    name: str
    argv: list[str]
    log: Path
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    directory: Path = ROOT
    user: str = "-"
    stop_signal: int = signal.SIGTERM
    death_signal: int = signal.SIGTERM  # what it gets when the supervisor is killed
    patience: float = 8.0  # seconds to end after the stop signal, before it is killed

    def start(self) -> subprocess.Popen[bytes]:
        """Start it in a session of its own, on the leash of the calling process."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists():
            self.log.replace(self.log.with_name(self.log.name + ".1"))
        with self.log.open("wb") as output:
            return subprocess.Popen(
                leash.leashed(self.argv, on_parent_death=self.death_signal, user=self.user),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.directory,
                env=dict(self.environment),
                start_new_session=True,
            )

    def last_words(self) -> list[str]:
        """The end of its log."""
        try:
            size = self.log.stat().st_size
            with self.log.open("rb") as log:
                log.seek(max(0, size - 20_000))
                text = log.read().decode("utf-8", "replace")
        except OSError:
            return []
        return text.splitlines()[-LAST_LINES:]


def how_it_ended(status: int) -> str:
    """An exit status in words."""
    if status >= 0:
        return f"ended with status {status}"
    try:
        return f"was ended by {signal.Signals(-status).name}"
    except ValueError:
        return f"was ended by signal {-status}"
