"""`make check`: every linter, the types, the contracts and the deploy check.

All run; all failures are shown at the end.
`make fix` lets the linters repair what they can.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from launch import console
from launch.console import say, show
from launch.places import REQUIREMENTS, ROOT, bin_of_running_python
from launch.testrun import cores

# Enough for settings to load; nothing connects anywhere.
NOWHERE = {
    "DATABASE_URL": "postgresql://sg_web@127.0.0.1:5432/sg",
    "DATABASE_WORKER_URL": "postgresql://sg_worker@127.0.0.1:5432/sg",
    "DATABASE_OWNER_URL": "postgresql://sg_migrate@127.0.0.1:5432/sg",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
}
# Enough for production settings to be judged.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "safeguarding.settings.prod",
    "SECRET_KEY": "only-for-the-deploy-check-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG",
    "ALLOWED_HOSTS": "safeguarding.example",
    "PROXY_COUNT": "1",
    "PUBLIC_URL": "https://safeguarding.example",
}


@dataclass(frozen=True)
class Outcome:
    """What one check found."""

    name: str
    passed: bool
    seconds: float
    words: str


def tool(name: str, *words: str) -> list[str]:
    """A tool of the virtual environment we run in."""
    return [str(bin_of_running_python() / name), *words]


def checks() -> dict[str, Callable[[], tuple[bool, str]]]:
    """Every check by name, the slow ones first."""
    manage = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    commands = {
        "types (mypy)": tool("mypy", "."),
        "deploy check": manage,
        "import contracts": tool("lint-imports"),
        "templates (djlint)": tool("djlint", "templates", "--lint", "--quiet"),
        "lint (ruff)": tool("ruff", "check", "--quiet", "--output-format", "concise"),
        "format (ruff)": tool("ruff", "format", "--check", "--quiet", "--output-format", "concise"),
    }
    made = {name: partial(ask, argv) for name, argv in commands.items()}
    return {**made, "lock files without addresses": lock_files}


def ask(argv: list[str]) -> tuple[bool, str]:
    """Run a tool and keep its words."""
    environment = {**os.environ, **NOWHERE, **(PRODUCTION if "manage.py" in argv else {})}
    environment.pop("DB_ROLE", None)
    done = subprocess.run(
        argv,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode == 0, done.stdout


def lock_files() -> tuple[bool, str]:
    """No lock file may name the address it was made from."""
    places = [*sorted(REQUIREMENTS.glob("*.txt")), ROOT / "package-lock.json"]
    found = [line for place in places for line in addresses_in(place)]
    return not found, "\n".join(found)


def addresses_in(place: Path) -> list[str]:
    """Lines of a lock file that hold the address of a package."""
    if not place.exists():
        return [f"{place.name}: missing"]
    lines = place.read_text(encoding="utf-8").splitlines()
    return [f"{place.name}:{number}: {line.strip()}" for number, line in enumerate(lines, 1) if "://" in line]


def timed(name: str, check: Callable[[], tuple[bool, str]]) -> Outcome:
    """Run one check against the clock."""
    began = time.monotonic()
    try:
        passed, words = check()
    except OSError as failed:
        passed, words = False, f"{failed.strerror}: {failed.filename}"
    return Outcome(name, passed, time.monotonic() - began, words)


def table(outcomes: list[Outcome]) -> list[str]:
    """Name, result, seconds."""
    width = max(len(outcome.name) for outcome in outcomes)
    return [
        f"{outcome.name:<{width}}  {'ok' if outcome.passed else 'FAILED':<6}  {outcome.seconds:5.1f} s"
        for outcome in outcomes
    ]


def check_all() -> int:
    """Run every check, show the words of those that failed, then the table."""
    with ThreadPoolExecutor(max_workers=max(2, cores())) as pool:
        outcomes = list(pool.map(lambda pair: timed(*pair), checks().items()))
    for outcome in outcomes:
        if not outcome.passed:
            show(f"\n--- {outcome.name}\n{outcome.words.rstrip()}")
    show("")
    for line in table(outcomes):
        show(line)
    failed = sum(not outcome.passed for outcome in outcomes)
    say(f"{failed} of {len(outcomes)} checks failed" if failed else f"All {len(outcomes)} checks passed")
    return 1 if failed else 0


def fix_all() -> int:
    """Repair what the tools can repair. What they cannot is for `make check` to tell."""
    ask_loudly(tool("ruff", "check", "--fix", "--exit-zero"))
    ask_loudly(tool("ruff", "format"))
    return 0


def ask_loudly(argv: list[str]) -> None:
    """Run a tool in our terminal."""
    say(" ".join([Path(argv[0]).name, *argv[1:]]))
    subprocess.run(argv, cwd=ROOT, check=False)


def main() -> int:
    """Check, or fix."""
    return fix_all() if "fix" in sys.argv[1:2] else check_all()


if __name__ == "__main__":
    sys.exit(console.closing(main))
