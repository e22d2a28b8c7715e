"""Which user runs the servers, and where they may write.

PostgreSQL refuses to run as root. Started by root, the servers run as `nobody`, with their data under
/var/tmp, and with copies of their programs if `nobody` cannot reach the originals. No mode of any existing
directory is changed.
"""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from launch.console import Refusal
from launch.places import LOCAL, LONGEST_SOCKET_PATH, private, tag

SHARED = Path("/var/tmp")  # noqa: S108 (claim() looks at what is there)
NOBODY = 65534


@dataclass(frozen=True)
class Identity:
    """A user for the servers: ours, or `nobody` when we are root."""

    uid: int
    gid: int
    switched: bool

    @property
    def leash_user(self) -> str:
        """As leash.py wants it."""
        return f"{self.uid}:{self.gid}" if self.switched else "-"

    def answers(self, program: Path) -> subprocess.CompletedProcess[str]:
        """Ask a program for its version as this user. Raises OSError if it cannot be run at all."""
        argv = [str(program), "--version"]
        if not self.switched:
            return subprocess.run(argv, capture_output=True, text=True, cwd="/", check=False)
        return subprocess.run(
            argv,
            capture_output=True,
            text=True,
            cwd="/",
            check=False,
            user=self.uid,
            group=self.gid,
            extra_groups=[],
        )

    def may_run(self, program: Path) -> bool:
        """Can this user reach and start the program?"""
        try:
            return self.answers(program).returncode == 0
        except OSError:
            return False

    def own(self, directory: Path) -> Path:
        """Make a directory that this user owns and nobody else may open."""
        private(directory)
        if self.switched:
            os.chown(directory, self.uid, self.gid)
        return directory

    def home(self, mode: str) -> Path:
        """Where the servers of a mode (demo, test) keep their data."""
        if not self.switched:
            return private(LOCAL / mode)
        base = SHARED / f"sg-{tag()}"
        claim(base, self.uid, self.gid, 0o700)
        return self.own(base / mode)

    def socket_directory(self, home: Path) -> Path:
        """A fresh directory for sockets: in `home`, or one with a short name where its path is too long."""
        wanted = home / "run"
        shutil.rmtree(wanted, ignore_errors=True)
        if len(os.fsencode(wanted / ".s.PGSQL.5432.lock")) <= LONGEST_SOCKET_PATH:
            return self.own(wanted)
        short = SHARED / f"sg-{tag(home)}-run"
        claim(short, self.uid, self.gid, 0o700)
        return short


def current() -> Identity:
    """The user for the servers of this run."""
    if os.geteuid() != 0:
        return Identity(os.getuid(), os.getgid(), switched=False)
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        return Identity(NOBODY, NOBODY, switched=True)
    return Identity(entry.pw_uid, entry.pw_gid, switched=True)


def claim(directory: Path, uid: int, gid: int, mode: int) -> bool:
    """Make a directory in a place that everyone may write to. Refuse one that somebody else put there.

    True if it was made now.
    """
    try:
        directory.mkdir(mode=0o700)
    except FileExistsError:
        found = os.lstat(directory)
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != uid or found.st_mode & 0o022:
            raise Refusal(f"{directory} belongs to somebody else: remove it and try again.") from None
        return False
    os.chown(directory, uid, gid)
    directory.chmod(mode)
    return True


def within_reach(sources: dict[str, Path], mark: Path) -> Path:
    """Copy files or directories to a place every user can reach, once; give the directory they are in.

    `sources` are kept under their relative names; `mark` is the file whose change asks for a new copy.
    """
    facts = mark.stat()
    key = hashlib.sha256(f"{mark}\0{facts.st_size}\0{facts.st_mtime_ns}".encode()).hexdigest()[:10]
    target = SHARED / f"sg-programs-{key}"
    complete = target / "complete"
    made = claim(target, os.geteuid(), os.getegid(), 0o755)
    if not made and complete.exists():
        return target
    for name, source in sources.items():
        place = target / name
        if place.is_dir():
            shutil.rmtree(place)
        place.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, place, symlinks=True)
        else:
            shutil.copy2(source, place)
    open_to_all(target)
    complete.touch()
    return target


def open_to_all(directory: Path) -> None:
    """Let every user read these copies (and run what could be run)."""
    for place in [directory, *directory.rglob("*")]:
        if place.is_symlink():
            continue
        runnable = place.is_dir() or place.stat().st_mode & 0o100
        place.chmod(0o755 if runnable else 0o644)
