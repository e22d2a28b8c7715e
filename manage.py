#!/usr/bin/env python
"""Django's commands, with the settings of the environment or else those of the running demo."""

import json
import os
import socket
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

OWNERS_COMMANDS = frozenset(
    {
        "migrate",
        "makemigrations",
        "flush",
        "loaddata",
        "sqlmigrate",
        "sqlflush",
        "remove_stale_contenttypes",
        "add_person",
    }
)
RUNNING_DEMO = Path(__file__).resolve().parent / ".local" / "demo" / "environment.json"
NO_SETTINGS = (
    "No settings: set DJANGO_SETTINGS_MODULE and DATABASE_URL, or start the demo with 'make demo' first."
)


def main() -> None:
    if "DJANGO_SETTINGS_MODULE" not in os.environ:
        known = json.loads(RUNNING_DEMO.read_text()) if RUNNING_DEMO.exists() else None
        if known is None or not answers(known["DATABASE_URL"]):
            sys.exit(NO_SETTINGS)
        os.environ.update(known)
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    if command in OWNERS_COMMANDS:
        os.environ.setdefault("DB_ROLE", "owner")
    if command == "demo_load":
        os.environ.setdefault("DB_ROLE", "loader")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def answers(database_url: str) -> bool:
    """Whether the demo's own PostgreSQL is there. A server that is not its own is taken at its word."""
    folder = parse_qs(urlsplit(database_url).query).get("host", [""])[0]
    if not folder.startswith("/"):
        return True
    with socket.socket(socket.AF_UNIX) as line:
        return line.connect_ex(f"{folder}/.s.PGSQL.5432") == 0


if __name__ == "__main__":
    main()
