"""`make test` and `make prove`: servers that nobody keeps, a browser, then pytest on every core."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from launch import browser, console, identity, leash, lock_file, servers
from launch.console import Refusal, StopRequest, say, step
from launch.supervisor import Supervisor

SETTINGS = "safeguarding.settings.test"
LOCK = "lock"


def main() -> int:
    """Run the tests; the exit status is pytest's."""
    target, *words = sys.argv[1:] or ["test"]
    if "MAKELEVEL" in os.environ:
        leash.hold(os.getppid(), 15)
    supervisor = Supervisor()
    supervisor.listen()
    user = identity.current()
    parent = user.home("test")
    sweep(parent)
    home = user.own(Path(tempfile.mkdtemp(prefix="run-", dir=parent)))
    lock = lock_file.take(home / LOCK)
    try:
        return run(supervisor, home, target, words)
    except StopRequest:
        return 130
    finally:
        supervisor.stop()
        os.close(lock)
        shutil.rmtree(home, ignore_errors=True)


def sweep(parent: Path) -> None:
    """Remove the data of test runs that were killed: nobody holds their lock any more."""
    for place in parent.glob("run-*"):
        if (place / LOCK).exists() and lock_file.is_free(place / LOCK):
            shutil.rmtree(place, ignore_errors=True)


def run(supervisor: Supervisor, home: Path, target: str, words: list[str]) -> int:
    """Servers, browser, pytest."""
    with step("Servers (PostgreSQL and Valkey, for this run alone)"):
        addresses = servers.start(supervisor, home, home, for_tests=True)
    environment = {
        **os.environ,
        **addresses.environment(),
        "DATABASE_URL": addresses.owner,
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        **browser_environment(),
    }
    if target == "prove":
        environment["PROVE"] = "1"
    argv = pytest_command(words)
    say("Tests: " + " ".join(["pytest", *argv[3:]]))
    return supervisor.run(argv, environment)


def browser_environment() -> dict[str, str]:
    """Where the browser is. Without one the browser tests skip themselves and say why, except in CI."""
    found = browser.find()
    if found:
        say(f"Browser: {found}")
        return {"CHROME_PATH": found}
    if os.environ.get("CI"):
        raise Refusal(browser.NONE_FOUND + ".")
    say(browser.NONE_FOUND + ". The browser tests are skipped.")
    return {"BROWSER_MISSING": browser.NONE_FOUND}


def pytest_command(words: list[str]) -> list[str]:
    """pytest on every core, with our closing summary, and whatever the caller adds."""
    workers = (
        []
        if any(word.startswith(("-n", "--numprocesses", "--pdb")) for word in words)
        else ["-n", str(cores())]
    )
    return [sys.executable, "-m", "pytest", "-p", "launch.skipped", *workers, *words]


def cores() -> int:
    """The processors we may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS
        return os.cpu_count() or 1


if __name__ == "__main__":
    sys.exit(console.closing(main))
