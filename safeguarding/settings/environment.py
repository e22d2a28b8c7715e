"""The only place that reads the environment. Every name is listed in `.env.example`.

What is secret may stand in a file: SECRET_KEY_FILE=/run/secrets/secret_key is read where SECRET_KEY would be.
"""

from typing import Any

import environ as django_environ
from environ.fileaware_mapping import FileAwareMapping
from psycopg.conninfo import conninfo_to_dict


class SecretFiles(FileAwareMapping):
    """A file that ends with a line break, as editors write it, holds the same secret."""

    def __getitem__(self, key: str) -> str:
        return str(super().__getitem__(key)).rstrip("\r\n")


class Environment(django_environ.Env):
    ENVIRON = SecretFiles()


environ = Environment()

ROLES = {"app": "sg_app", "worker": "sg_app", "owner": "sg_owner", "loader": "sg_app"}
URLS = {
    "app": ("DATABASE_URL",),
    "worker": ("DATABASE_WORKER_URL", "DATABASE_URL"),
    "owner": ("DATABASE_OWNER_URL", "DATABASE_URL"),
    "loader": ("DATABASE_OWNER_URL", "DATABASE_URL"),
}


def database() -> dict[str, Any]:
    """Django's settings for the one database, in the role that DB_ROLE names.

    app and worker: their own logins under the application's role. owner: the owner's, for migrations. loader:
    the owner's login under the application's role, for loading the demo.

    The URL is libpq's: postgresql://login@host/name, or postgresql://login@/name?host=/folder/of/socket.
    """
    part = environ.str("DB_ROLE", default="app")
    url = next((environ.str(name) for name in URLS[part] if environ.str(name, default="")), "postgresql://")
    words = {key: str(value) for key, value in conninfo_to_dict(url).items()}
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    settings = {name: words.pop(key, "") for key, name in known.items()}
    size = environ.int("DATABASE_POOL_SIZE", default=0) if part == "app" else 0
    return {
        **settings,
        "ENGINE": "foundation.base.pg",
        "CONN_MAX_AGE": 0 if size else 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**words, "assume_role": ROLES[part], **pool(size)},
    }


def pool(size: int) -> dict[str, Any]:
    """A pool of `size` connections for this process; for 0 each thread keeps one of its own (ADR 41).

    Units: seconds. A request waits for a connection for at most `timeout`. Where PostgreSQL is away the pool
    gives up after `reconnect_timeout` and begins afresh with the next request; its own pauses grow long.
    """
    if not size:
        return {}
    waits = {"timeout": 5, "reconnect_timeout": 2, "max_idle": 300, "max_lifetime": 3600}
    return {"pool": {"min_size": 1, "max_size": size, **waits}}


def time_limits(options: dict[str, Any]) -> dict[str, Any]:
    """Nothing waits for ever: for a connection, a lock, an answer, or a transaction that was forgotten.

    Migrations have limits for connections and locks alone: one that must wait for a busy table fails, and is
    run again. Units: seconds.
    """
    limits = {"lock_timeout": 5}
    if options["assume_role"] == "sg_app":
        limits |= {"statement_timeout": 20, "idle_in_transaction_session_timeout": 60}
    said = " ".join(f"-c {name}={seconds}s" for name, seconds in limits.items())
    return {"connect_timeout": 5, **options, "options": f"{said} {options.get('options', '')}".strip()}
