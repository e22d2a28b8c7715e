"""The two servers of a run: those whose addresses are given, otherwise our own; and the roles in them."""

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg

from launch import identity, postgres, roles, valkey
from launch.console import Refusal, say, show
from launch.supervisor import Supervisor

DATABASE = "sg"


@dataclass(frozen=True)
class Addresses:
    """Where the servers are, one address per purpose."""

    web: str
    worker: str
    owner: str
    redis: str
    own_database: bool

    def environment(self) -> dict[str, str]:
        """As the settings read them."""
        return {
            "DATABASE_URL": self.web,
            "DATABASE_WORKER_URL": self.worker,
            "DATABASE_OWNER_URL": self.owner,
            "REDIS_URL": self.redis,
        }

    def for_operators(self) -> dict[str, str]:
        """For backup and restore by hand: two logins of our own server that no process is told of."""
        if not self.own_database:
            return {}
        logins = {"DATABASE_BACKUP_URL": "sg_backup", "DATABASE_ADMIN_URL": postgres.BOOTSTRAP_USER}
        return {name: self.owner.replace("//sg_migrate@", f"//{login}@") for name, login in logins.items()}


def start(
    supervisor: Supervisor, home: Path, log: Path, *, for_tests: bool, given: Mapping[str, str] = os.environ
) -> Addresses:
    """Start what is not given, wait until it answers, and see to the roles."""
    user = identity.current()
    database, redis = given.get("DATABASE_URL"), given.get("REDIS_URL")
    sockets = user.socket_directory(home) if not (database and redis) else home
    if redis:
        refuse_silent_redis(redis)
        say("Valkey: using REDIS_URL from the environment")
    else:
        supervisor.start(valkey.server(valkey.find(user), home, sockets, user, log / "valkey.log"))
        redis = valkey.address(sockets)
    if database:
        say("PostgreSQL: using DATABASE_URL from the environment")
        addresses = given_addresses(given, redis)
        see_to_roles(roles.Wanted.from_addresses(addresses.owner, addresses.web, addresses.worker, for_tests))
    else:
        addresses = own_database(supervisor, home, sockets, log, redis, user, for_tests=for_tests)
    if redis == valkey.address(sockets):
        supervisor.wait_until(
            lambda: valkey.answers(sockets),
            seconds=20,
            otherwise=f"Valkey does not answer; see {log / 'valkey.log'}.",
        )
    return addresses


def given_addresses(given: Mapping[str, str], redis: str) -> Addresses:
    """The addresses of the environment, with the contract's defaults."""
    web = given["DATABASE_URL"]
    worker = given.get("DATABASE_WORKER_URL") or web
    owner = given.get("DATABASE_OWNER_URL") or web
    return Addresses(web=web, worker=worker, owner=owner, redis=redis, own_database=False)


def own_database(
    supervisor: Supervisor,
    home: Path,
    sockets: Path,
    log: Path,
    redis: str,
    user: identity.Identity,
    *,
    for_tests: bool,
) -> Addresses:
    """Start our own PostgreSQL and give it the roles and the database."""
    programs = postgres.find(user)
    data = postgres.make_data(supervisor, programs, home, user, log / "initdb.log")
    supervisor.start(postgres.server(programs, data, sockets, user, log / "postgres.log", careless=for_tests))
    administrator = postgres.address(postgres.BOOTSTRAP_USER, sockets, "postgres")
    supervisor.wait_until(
        lambda: database_answers(administrator),
        seconds=60,
        otherwise=f"PostgreSQL does not answer; see {log / 'postgres.log'}.",
    )
    roles.make_database(administrator, DATABASE)
    administrator = postgres.address(postgres.BOOTSTRAP_USER, sockets, DATABASE)
    see_to_roles(roles.Wanted(administrator=administrator, for_tests=for_tests))

    def of(login: str) -> str:
        return postgres.address(login, sockets, DATABASE)

    web = of("sg_migrate" if for_tests else "sg_web")
    return Addresses(web, of("sg_worker"), of("sg_migrate"), redis, own_database=True)


def see_to_roles(wanted: roles.Wanted) -> None:
    """Make the roles that are missing, or print their SQL and refuse."""
    try:
        for statement in roles.ensure(wanted):
            say(f"Database roles: can wait, an administrator may run: {statement}")
    except roles.Missing as missing:
        show(str(missing))
        raise Refusal(
            "The owner's login may not make these database roles: let an administrator run the SQL above."
        ) from None
    except psycopg.OperationalError as failed:
        raise Refusal(f"The database does not answer: {roles.first_line(failed)}") from None


def database_answers(address: str) -> bool:
    """Can we connect?"""
    try:
        psycopg.connect(address, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def refuse_silent_redis(address: str) -> None:
    """Refuse a REDIS_URL behind which nothing listens."""
    parts = urlsplit(address)
    family, target = redis_target(address)
    with socket.socket(family, socket.SOCK_STREAM) as caller:
        caller.settimeout(3)
        try:
            caller.connect(target)
        except OSError as failed:
            where = parts.path if family == socket.AF_UNIX else f"{parts.hostname}:{parts.port or 6379}"
            raise Refusal(
                f"REDIS_URL does not answer at {where} ({failed.strerror or failed}): "
                "start that server, or unset REDIS_URL to use our own."
            ) from None


def redis_target(address: str) -> tuple[socket.AddressFamily, str | tuple[str, int]]:
    """The socket behind a Redis address."""
    parts = urlsplit(address)
    if parts.scheme in ("redis+socket", "unix"):
        return socket.AF_UNIX, unquote(parts.path)
    return socket.AF_INET, (parts.hostname or "localhost", parts.port or 6379)
