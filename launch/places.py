"""Where things are: the tree, the virtual environment, and what a run leaves on disk."""

import hashlib
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_BIN = VENV / "bin"
VENV_PYTHON = VENV_BIN / "python"
REQUIREMENTS = ROOT / "requirements"
NODE_MODULES = ROOT / "node_modules"
BUILD = ROOT / "build"
LOCAL = ROOT / ".local"
NODE_WHEEL = LOCAL / "node"

DEMO = LOCAL / "demo"
DEMO_LOG = DEMO / "log"
DEMO_ENVIRONMENT = DEMO / "environment.json"
DEMO_SECRET = DEMO / "secret"
DEMO_CLOCK = DEMO / "clock"
DEMO_LOCK = DEMO / "lock"

# Longest path of a Unix socket that every system accepts (104 bytes on macOS, with the closing NUL).
LONGEST_SOCKET_PATH = 103


def tag(root: Path = ROOT) -> str:
    """A short name for this clone, for places outside it."""
    return hashlib.sha256(os.fsencode(root)).hexdigest()[:10]


def bin_of_running_python() -> Path:
    """The directory of the tools that belong to the Python we run in."""
    return Path(sys.executable).parent


def private(directory: Path) -> Path:
    """Make a directory that only its owner may open."""
    directory.mkdir(parents=True, exist_ok=True)
    directory.chmod(0o700)
    return directory


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(path)
