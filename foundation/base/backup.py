"""A backup and its restore: everything or nothing, counted before and after.

The file holds every record in plain form. Keep it where only operators can read it, and encrypt it before it
leaves the machine (docs/operations.md).
"""

import hashlib
import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import IO, Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from foundation.base import clock
from foundation.base.pg import programs, stock
from foundation.base.pg.stock import Stock

PIECE = 1 << 20
OWNER = "sg_owner"
NEEDED = frozenset({OWNER, "sg_app", "sg_access", "sg_sweep"})


class Refused(Exception):
    """It was not done, and nothing was changed. The text is a sentence or several."""


@dataclass(frozen=True)
class Manifest:
    """What stands beside a dump: numbers and names of tables, no record."""

    made_at: str
    database: str
    server_major: int
    sha256: str
    rights: list[list[str]]
    stock: Stock

    def as_json(self) -> str:
        return json.dumps(asdict(self), indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Manifest":
        try:
            words = json.loads(text)
            return cls(**{**words, "stock": Stock(**words["stock"])})
        except (ValueError, KeyError, TypeError):
            raise Refused("The manifest cannot be read: manage.py backup has not written it.") from None


def back_up(address: str, target: IO[bytes]) -> Manifest:
    """Write a dump of the whole database to `target`, and count what is in it in the same snapshot."""
    with _connected(address) as connection:
        _refuse_a_login_that_sees_a_part(connection)
        connection.execute("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        snapshot = stock.ask(connection, "SELECT pg_export_snapshot()")[0][0]
        major = connection.info.server_version // 10000
        program = _program("pg_dump", major)
        dump = subprocess.Popen(  # noqa: S603 - our own words
            [program, "--format=custom", "--snapshot", snapshot, "--no-password"],
            env=programs.environment(address),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert dump.stdout is not None
        digest = _copy(dump.stdout, target)
        _finish(dump, "pg_dump")
        return Manifest(
            made_at=clock.now().isoformat(timespec="seconds"),
            database=connection.info.dbname,
            server_major=major,
            sha256=digest,
            rights=stock.rights(connection),
            stock=stock.take(connection),
        )


def restore(address: str, source: IO[bytes], manifest: Manifest, *, over: bool = False) -> str | None:
    """Restore beside what is there, compare, and only then put it in place. `address` is the administrator's.

    Gives the name under which the database that stood there before is kept, or None. Raises Refused.
    """
    name = conninfo_to_dict(address).get("dbname")
    if not name:
        raise Refused("The administrator's address names no database.")
    draft = f"{name}_restoring"
    with _connected(make_conninfo(address, dbname="postgres")) as cluster:
        _refuse_without_roles(cluster, manifest)
        there = _tables_in(cluster, address, str(name))
        if there and not over:
            raise Refused(
                f"The database {name} holds {there} tables. To put the backup in its place say --over."
            )
        _drop(cluster, draft)
        _run(cluster, "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'", draft, OWNER)
        try:
            _fill_and_compare(make_conninfo(address, dbname=draft), source, manifest)
        except BaseException:
            _drop(cluster, draft)
            raise
        _give_rights(cluster, draft, manifest)
        return _put_in_place(cluster, draft, str(name), is_there=there is not None, keep=bool(there))


def _fill_and_compare(address: str, source: IO[bytes], manifest: Manifest) -> None:
    filling = subprocess.Popen(  # noqa: S603 - our own words
        [
            _program("pg_restore", manifest.server_major),
            *("--exit-on-error", "--single-transaction", "--no-password"),
            *("--dbname", str(conninfo_to_dict(address)["dbname"])),
        ],
        env=programs.environment(address),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert filling.stdin is not None
    digest = _copy(source, filling.stdin)
    _finish(filling, "pg_restore")
    if digest != manifest.sha256:
        raise Refused("The file is not the one that this manifest belongs to: its sha256 is another.")
    with _connected(address) as connection:
        wrong = [
            *stock.differences(manifest.stock, stock.take(connection)),
            *stock.shown_to_nobody(connection),
        ]
    if wrong:
        raise Refused("\n".join(["What was restored is not what was backed up:", *wrong]))


def _put_in_place(cluster: Any, draft: str, name: str, *, is_there: bool, keep: bool) -> str | None:
    kept = f"{name}_before_{clock.now():%Y%m%d_%H%M%S}" if keep else None
    if kept:
        _run(cluster, "ALTER DATABASE {} ALLOW_CONNECTIONS false", name)
        cluster.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        _run(cluster, "ALTER DATABASE {} RENAME TO {}", name, kept)
    elif is_there:
        _drop(cluster, name)
    _run(cluster, "ALTER DATABASE {} RENAME TO {}", draft, name)
    return kept


def _give_rights(cluster: Any, draft: str, manifest: Manifest) -> None:
    """Who may connect, as it was. Logins this cluster does not know are left out."""
    known = {name for (name,) in stock.ask(cluster, "SELECT rolname FROM pg_roles")}
    _run(cluster, "REVOKE ALL ON DATABASE {} FROM PUBLIC", draft)
    for grantee, right in manifest.rights:
        if right not in {"CONNECT", "CREATE", "TEMPORARY"}:
            continue
        if grantee == "PUBLIC":
            _run(cluster, f"GRANT {right} ON DATABASE {{}} TO PUBLIC", draft)
        elif grantee in known:
            _run(cluster, f"GRANT {right} ON DATABASE {{}} TO {{}}", draft, grantee)


def _tables_in(cluster: Any, address: str, name: str) -> int | None:
    """How many tables the database holds; None where there is no such database."""
    if not cluster.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        return None
    with _connected(address) as connection:
        return len(stock.ask(connection, stock.NAMES))


def _refuse_a_login_that_sees_a_part(connection: Any) -> None:
    passes = "SELECT rolsuper OR rolbypassrls, current_user FROM pg_roles WHERE rolname = current_user"
    sees_all, login = stock.ask(connection, passes)[0]
    if not sees_all:
        raise Refused(
            f"The login {login} does not pass row security: its backup would be empty. Use sg_backup."
        )


def _refuse_without_roles(cluster: Any, manifest: Manifest) -> None:
    """A dump holds no roles."""
    known = {name for (name,) in stock.ask(cluster, "SELECT rolname FROM pg_roles")}
    missing = sorted((NEEDED | set(manifest.stock.owners.values())) - known)
    if missing:
        raise Refused(
            f"This cluster lacks the roles {', '.join(missing)}: "
            "make them first, with the SQL of launch/roles.py --print."
        )


def _program(name: str, major: int) -> str:
    try:
        return str(programs.find(name, major))
    except programs.NoProgram as missing:
        raise Refused(str(missing)) from None


@contextmanager
def _connected(address: str) -> Iterator[psycopg.Connection[Any]]:
    try:
        connection = psycopg.connect(address, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as failed:
        reason = (str(failed).strip().splitlines() or ["no reason given"])[0]
        raise Refused(f"The database does not answer: {reason}") from None
    with connection:
        yield connection


def _copy(source: IO[bytes], target: IO[bytes]) -> str:
    """Copy to the end and close both pipes' ends that are ours; the sha256 of what went through."""
    digest = hashlib.sha256()
    try:
        while piece := source.read(PIECE):
            digest.update(piece)
            target.write(piece)
        target.flush()
    except BrokenPipeError:
        pass  # the program has ended early: its own words say why
    return digest.hexdigest()


def _finish(process: "subprocess.Popen[bytes]", name: str) -> None:
    _, said = process.communicate()
    if process.returncode:
        words = said.decode(errors="replace").strip().splitlines()[:5]
        raise Refused("\n".join([f"{name} ended with status {process.returncode}:", *words]))


def _drop(cluster: Any, name: str) -> None:
    _run(cluster, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _run(cluster: Any, statement: str, *names: str) -> None:
    cluster.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))
