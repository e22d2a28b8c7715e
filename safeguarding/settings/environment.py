"""The only place that reads the environment. Every name is listed in `.env.example`."""

from typing import Any

import environ as django_environ
from psycopg.conninfo import conninfo_to_dict

environ = django_environ.Env()

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
    return {
        **settings,
        "ENGINE": "foundation.base.pg",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**words, "assume_role": ROLES[part]},
    }
