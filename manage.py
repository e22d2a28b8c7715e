#!/usr/bin/env python
"""Django's commands, with the settings of the environment or else those of the running demo."""

import json
import os
import sys
from pathlib import Path

OWNERS_COMMANDS = frozenset(
    {"migrate", "makemigrations", "flush", "loaddata", "sqlmigrate", "sqlflush", "remove_stale_contenttypes"}
)
RUNNING_DEMO = Path(__file__).resolve().parent / ".local" / "demo" / "environment.json"
NO_SETTINGS = (
    "No settings: set DJANGO_SETTINGS_MODULE and DATABASE_URL, or start the demo with 'make demo' first."
)


def main() -> None:
    if "DJANGO_SETTINGS_MODULE" not in os.environ:
        if not RUNNING_DEMO.exists():
            sys.exit(NO_SETTINGS)
        os.environ.update(json.loads(RUNNING_DEMO.read_text()))
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    if command in OWNERS_COMMANDS:
        os.environ.setdefault("DB_ROLE", "owner")
    if command == "demo_load":
        os.environ.setdefault("DB_ROLE", "loader")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
