"""A list of what we started, kept on disk, so that the next start can end what a killed supervisor left.

On Linux the leash (leash.py) has usually ended them already, and this only waits; on macOS this is the
clean-up.
"""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

from launch.console import say


def born(pid: int) -> str | None:
    """When a living process began, in the system's own words; None if there is no such process."""
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            return None
        return None if fields[0] == "Z" else fields[19]
    asked = subprocess.run(
        ["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return asked.stdout.strip() or None


class Ledger:
    """Names and process numbers of what runs now.

    A number may have been given to another process since, so the time of birth is kept with it.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self.entries: list[dict[str, str | int]] = []

    def add(self, name: str, pid: int) -> None:
        """Write down a program that was just started."""
        self.entries.append({"name": name, "pid": pid, "born": born(pid) or ""})
        self._write()

    def clear(self) -> None:
        """Nothing runs any more."""
        self.entries = []
        self.file.unlink(missing_ok=True)

    def _write(self) -> None:
        draft = self.file.with_name(self.file.name + ".new")
        draft.write_text(json.dumps(self.entries), encoding="utf-8")
        draft.replace(self.file)

    def end_leftovers(self, patience: float = 10.0) -> int:
        """End what an earlier supervisor left behind. Says how many there were."""
        alive = [entry for entry in self._read() if still_the_same(entry)]
        if alive:
            say(f"The last run was killed: ending {', '.join(str(entry['name']) for entry in alive)}")
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
            for entry in alive:
                tell(int(entry["pid"]), number)
            until = time.monotonic() + patience / 3
            while any(still_the_same(entry) for entry in alive) and time.monotonic() < until:
                time.sleep(0.05)
        self.file.unlink(missing_ok=True)
        return len(alive)

    def _read(self) -> list[dict[str, str | int]]:
        try:
            entries = json.loads(self.file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return []
        return [entry for entry in entries if {"name", "pid", "born"} <= set(entry)]


def still_the_same(entry: dict[str, str | int]) -> bool:
    """Is this process the one that was written down?"""
    return bool(entry["born"]) and born(int(entry["pid"])) == entry["born"]


def tell(pid: int, number: int) -> None:
    """Send a signal to a process that may have gone; the last one to its whole group."""
    try:
        if number == signal.SIGKILL:
            os.killpg(pid, number)
        else:
            os.kill(pid, number)
    except (ProcessLookupError, PermissionError):
        pass
