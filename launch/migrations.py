"""Is there anything to migrate? Answered without starting Django.

No, if the files that could matter, and what the database says it has applied, are as they were after the last
time.
"""

from pathlib import Path

import psycopg

from launch.places import REQUIREMENTS, ROOT
from launch.stamps import Stamps, digest

NOT_OURS = {".venv", ".local", ".git", "node_modules", "build"}


def files(root: Path = ROOT) -> list[Path]:
    """Every migration of the tree, and whatever decides what a migration does."""
    found = [*root.glob("*/migrations/*.py"), *root.glob("*/*/migrations/*.py")]
    settings = [*root.glob("safeguarding/settings/*.py"), *root.glob("foundation/base/pg/*.py")]
    return sorted(path for path in [*found, *settings] if path.relative_to(root).parts[0] not in NOT_OURS)


def applied(owner: str) -> list[str]:
    """The migrations the database has, or nothing if it has never been migrated."""
    try:
        with psycopg.connect(owner, connect_timeout=5) as connection:
            connection.execute("SET ROLE sg_owner")
            rows = connection.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
    except psycopg.errors.UndefinedTable:
        return []
    return [f"{app} {name}" for app, name in rows]


def state(owner: str) -> str:
    """One digest of files and database together."""
    return digest([REQUIREMENTS / "demo.txt", *(str(path) for path in files()), *files(), *applied(owner)])


def nothing_to_do(stamps: Stamps, owner: str) -> bool:
    """Was the database migrated with exactly these files, and not touched since?"""
    return stamps.holds("migrated", state(owner))


def note(stamps: Stamps, owner: str) -> None:
    """Remember that the database is up to date."""
    stamps.write(migrated=state(owner))
