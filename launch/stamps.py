"""A stamp says: this step was done with exactly these inputs. Same inputs again, and the step is skipped."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path


def digest(inputs: Iterable[Path | str]) -> str:
    """One sha256 over files (their names and contents) and plain words. A missing file counts as missing."""
    total = hashlib.sha256()
    for item in inputs:
        if isinstance(item, str):
            total.update(b"word\0" + item.encode() + b"\0")
        elif item.is_file():
            total.update(b"file\0" + item.name.encode() + b"\0")
            total.update(hashlib.sha256(item.read_bytes()).digest())
        else:
            total.update(b"none\0" + item.name.encode() + b"\0")
    return total.hexdigest()


def tree(*directories: Path) -> list[Path | str]:
    """Every file under these directories, with its relative path, in a fixed order."""
    found: list[Path | str] = []
    for directory in directories:
        for path in sorted(directory.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                found += [path.relative_to(directory).as_posix(), path]
    return found


class Stamps:
    """Stamps kept in one small JSON file, beside the thing they vouch for."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def read(self) -> dict[str, str]:
        """All stamps; none if the file is missing or damaged."""
        try:
            stamps = json.loads(self.file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return stamps if isinstance(stamps, dict) else {}

    def holds(self, name: str, value: str) -> bool:
        """Was this step done with these inputs?"""
        return self.read().get(name) == value

    def write(self, **stamps: str) -> None:
        """Replace all stamps with these."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        draft = self.file.with_name(self.file.name + ".new")
        draft.write_text(json.dumps(stamps, indent=1) + "\n", encoding="utf-8")
        draft.replace(self.file)

    def forget(self) -> None:
        """Forget every stamp, before a step that may fail half way."""
        self.file.unlink(missing_ok=True)
