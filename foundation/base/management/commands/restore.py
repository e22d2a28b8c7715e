"""Bring a backup back, and show that it is whole."""

import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from foundation.base import backup

STANDARD_INPUT = "-"


class Command(BaseCommand):
    help = (
        "Restore a backup to the database of DATABASE_ADMIN_URL, as the cluster's administrator. It is "
        "restored beside what is there, compared with its manifest, and only then put in place."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="What manage.py backup has written, or - for standard input")
        parser.add_argument("--manifest", help="Where the manifest is (default: FILE.json)")
        parser.add_argument(
            "--over",
            action="store_true",
            help="Take the place of a database that holds tables; it is kept under another name",
        )

    def handle(self, *, file: str, manifest: str | None, over: bool, **_: Any) -> None:
        address = settings.DATABASE_ADMIN_URL
        if not address:
            raise CommandError(
                "Set DATABASE_ADMIN_URL to the administrator's address of the database to restore."
            )
        if file == STANDARD_INPUT and not manifest:
            raise CommandError("Say where the manifest is: --manifest FILE.json")
        began = time.monotonic()
        try:
            made = backup.Manifest.from_json(Path(manifest or f"{file}.json").read_text())
            with opened(file) as source:
                kept = backup.restore(address, source, made, over=over)
        except backup.Refused as refused:
            raise CommandError(f"{refused}\nNothing was changed.") from None
        except OSError as failed:
            raise CommandError(f"It could not be read: {failed.strerror} ({failed.filename}).") from None
        took = time.monotonic() - began
        stock = made.stock
        self.stderr.write(
            f"Restored {stock.all_rows} rows of {len(stock.rows)} tables in {took:.1f} s, as they were at "
            f"{made.made_at}: every table has its rows, {len(stock.forced)} tables are forced, "
            f"{len(stock.policies)} policies are back, and without a viewer the application sees no row."
        )
        if kept:
            self.stderr.write(
                f"What stood there before is kept as the database {kept}; drop it when you are sure."
            )


def opened(file: str) -> IO[bytes]:
    return sys.stdin.buffer if file == STANDARD_INPUT else Path(file).open("rb")
