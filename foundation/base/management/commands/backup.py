"""Write everything to one file, with a manifest beside it."""

import os
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from foundation.base import backup

STANDARD_OUTPUT = "-"


class Command(BaseCommand):
    help = (
        "Back up the whole database, as the login of DATABASE_BACKUP_URL (sg_backup). The file holds every "
        "record in plain form: encrypt it before it leaves this machine (docs/operations.md)."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="A new file, or - for standard output (for age or gpg)")
        parser.add_argument("--manifest", help="Where the manifest goes (default: FILE.json)")

    def handle(self, *, file: str, manifest: str | None, **_: Any) -> None:
        address = settings.DATABASE_BACKUP_URL
        if not address:
            raise CommandError("Set DATABASE_BACKUP_URL to the address of the login sg_backup.")
        if file == STANDARD_OUTPUT and not manifest:
            raise CommandError("Say where the manifest goes: --manifest FILE.json")
        beside = Path(manifest or f"{file}.json")
        began = time.monotonic()
        try:
            if beside.exists():
                raise CommandError(f"{beside} is there already: a backup is never written over another.")
            made = to_standard_output(address) if file == STANDARD_OUTPUT else to_file(address, Path(file))
            with new(beside) as target:
                target.write(made.as_json().encode())
        except backup.Refused as refused:
            raise CommandError(str(refused)) from None
        except FileExistsError as there:
            raise CommandError(
                f"{there.filename} is there already: a backup is never written over another."
            ) from None
        except OSError as failed:
            raise CommandError(f"It could not be written: {failed.strerror} ({failed.filename}).") from None
        took = time.monotonic() - began
        self.stderr.write(
            f"Backed up {made.stock.all_rows} rows of {len(made.stock.rows)} tables in {took:.1f} s. "
            "The file holds everything in plain form: keep it encrypted."
        )


def to_standard_output(address: str) -> backup.Manifest:
    return backup.back_up(address, sys.stdout.buffer)


def to_file(address: str, path: Path) -> backup.Manifest:
    """The whole file or none: half of one could be taken for a backup."""
    if path.exists():
        raise FileExistsError(17, "is there already", str(path))
    draft = path.with_name(path.name + ".part")
    try:
        with new(draft) as target:
            made = backup.back_up(address, target)
            os.fsync(target.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return made


def new(path: Path) -> IO[bytes]:
    """A file that was not there, for its owner's eyes alone."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
