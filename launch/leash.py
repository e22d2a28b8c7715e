"""A shim in front of every process we start: it becomes the command, on a leash.

The leash is PR_SET_PDEATHSIG (Linux): when the process that started us dies, whatever kills it, the kernel
sends us a signal. The kernel forgets the leash when the user changes, so the user is changed here first and
the leash set after.
Other systems have no such call; there leftovers.py tidies up at the next start.

Usage: leash.py PARENT SIGNAL UID:GID|- -- COMMAND...
"""

import ctypes
import os
import signal
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1


def leashed(argv: list[str], *, on_parent_death: int = signal.SIGTERM, user: str = "-") -> list[str]:
    """The command line that runs `argv` on a leash held by the calling process."""
    shim = [sys.executable, "-I", "-S", str(Path(__file__).resolve())]
    return [*shim, str(os.getpid()), str(int(on_parent_death)), user, "--", *argv]


def hold(parent: int, on_parent_death: int) -> bool:
    """Ask the kernel for a signal when the parent dies. False if the parent is already gone."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, on_parent_death, 0, 0, 0)
    return os.getppid() == parent


def become(user: str) -> None:
    """Change to another user for good; no groups are kept."""
    uid, gid = (int(part) for part in user.split(":"))
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def main(words: list[str]) -> int:
    """Change user, take the leash, become the command."""
    parent, on_parent_death, user, _, *argv = words
    if user != "-":
        become(user)
    if not hold(int(parent), int(on_parent_death)):
        return 1
    for name in ("SIGPIPE", "SIGXFSZ"):  # Python ignores these two, and exec would pass that on
        signal.signal(getattr(signal, name), signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        os.execvp(argv[0], argv)  # noqa: S606
    except OSError as failed:
        print(f"{argv[0]}: {failed.strerror}", file=sys.stderr)
        return 127


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
