"""`make lock`: write the lock files again from requirements/*.in, with hashes and without addresses."""

import os
import subprocess
import sys

from launch import console, install
from launch.check import addresses_in
from launch.console import Refusal, step
from launch.places import REQUIREMENTS, bin_of_running_python

# embedded.in is part of demo.in and has no lock of its own.
LOCKED = ("bootstrap", "base", "demo", "test", "node")
OPTIONS = [
    "--quiet",
    "--universal",
    "--python-version",
    "3.11",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
]


def main() -> int:
    """Compile each lock; refuse one that names an address."""
    upgrade = ["--upgrade"] if "--upgrade" in sys.argv else []
    uv = str(bin_of_running_python() / "uv")
    for name in LOCKED:
        with step(f"requirements/{name}.txt"):
            argv = [uv, "pip", "compile", *OPTIONS, *upgrade, "-o", f"{name}.txt", f"{name}.in"]
            subprocess.run(argv, cwd=REQUIREMENTS, check=True, env={**os.environ, **install.index_of_pip()})
        found = addresses_in(REQUIREMENTS / f"{name}.txt")
        if found:
            raise Refusal(f"A lock file must hold no address: {found[0]}")
    return 0


if __name__ == "__main__":
    sys.exit(console.closing(main))
