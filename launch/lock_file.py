"""A lock that the kernel takes back by itself when its holder dies, however it dies."""

import fcntl
import os
from pathlib import Path

from launch.console import Refusal


class Held(Exception):
    """Somebody else holds the lock. The text is their process number, if they wrote it."""


def take(path: Path) -> int:
    """Take the lock and write our process number into it. Keep the returned handle open to keep the lock."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        holder = os.read(handle, 20).decode("ascii", "replace").strip()
        os.close(handle)
        raise Held(holder) from None
    os.truncate(handle, 0)
    os.pwrite(handle, str(os.getpid()).encode(), 0)
    return handle


def take_or_refuse(path: Path, what: str) -> int:
    """Take the lock or say who has it."""
    try:
        return take(path)
    except Held as held:
        raise Refusal(
            f"{what} is already running (process {held}): use it, or stop it with Ctrl-C in its window."
        ) from None


def refuse_if_held(path: Path, what: str) -> None:
    """Look without keeping the lock."""
    if path.exists():
        os.close(take_or_refuse(path, what))


def is_free(path: Path) -> bool:
    """Is nobody holding this lock?"""
    try:
        os.close(take(path))
    except Held:
        return False
    return True
