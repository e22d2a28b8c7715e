"""`make demo`: servers, roles, migrations, fictional data; then web, worker and beat, until stopped."""

import json
import os
import secrets
import shutil
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from launch import console, identity, leash, lock_file, migrations, probes, readiness, servers
from launch.console import Refusal, StopRequest, say, show, step
from launch.leftovers import Ledger
from launch.places import (
    BUILD,
    DEMO,
    DEMO_CLOCK,
    DEMO_ENVIRONMENT,
    DEMO_LOCK,
    DEMO_LOG,
    DEMO_SECRET,
    REQUIREMENTS,
    ROOT,
    bin_of_running_python,
    private,
    write_private,
)
from launch.programs import Program
from launch.stamps import Stamps, digest, tree
from launch.supervisor import Supervisor

SETTINGS = "safeguarding.settings.demo"
APPS = frozenset({"web", "worker", "beat"})
COLLECTED = Stamps(BUILD / "collected.json")


def main() -> int:
    """Run the demo; whatever happens, stop what was started."""
    tie_to_make()
    port = console.number(os.environ, "PORT", 8000, highest=65535)
    private(DEMO)
    lock = lock_file.take_or_refuse(DEMO_LOCK, "The demo of this folder")
    ledger = Ledger(DEMO / "running.json")
    supervisor = Supervisor(ledger)
    supervisor.listen()
    try:
        ledger.end_leftovers()
        probes.port_is_free(port)
        start(supervisor, port)
        supervisor.watch()
    except StopRequest:
        pass
    finally:
        wind_down(supervisor)
        os.close(lock)
    return 0


def tie_to_make() -> None:
    """If make started us and is killed, stop in good order."""
    if "MAKELEVEL" in os.environ:
        leash.hold(os.getppid(), signal.SIGTERM)


def start(supervisor: Supervisor, port: int) -> None:
    """Everything from nothing to `Ready`."""
    user = identity.current()
    home = user.home("demo")
    if os.environ.get("RESET", "0") not in ("", "0"):
        start_over(home)
        home = user.home("demo")
    DEMO_CLOCK.unlink(missing_ok=True)  # each run begins in the present
    with step("Servers (PostgreSQL and Valkey)"):
        addresses = servers.start(supervisor, home, DEMO_LOG, for_tests=False)
    environment = environment_of_run(addresses, port)
    known = {**environment, **addresses.for_operators()}
    write_private(DEMO_ENVIRONMENT, json.dumps(known, indent=1) + "\n")
    full = {**os.environ, **environment}
    migrate(supervisor, full, home if addresses.own_database else None)
    collect(supervisor, full)
    with step("Fictional data"):
        manage(supervisor, full, "demo_load")
    began = console.elapsed()
    for program in programs(full, port):
        supervisor.start(program)
    readiness.wait_for_web(supervisor, port, environment["RUN_TOKEN"])
    readiness.wait_for_worker(supervisor, DEMO_LOG / "worker.log")
    say(f"Web, worker and beat: running after {console.elapsed() - began:.1f} s (logs: .local/demo/log)")
    show(f"Ready: http://127.0.0.1:{port}")


def start_over(home: Path) -> None:
    """RESET=1: throw the data of our own servers away."""
    if os.environ.get("DATABASE_URL"):
        raise Refusal(
            "RESET=1 empties the demo's own database only; DATABASE_URL names yours: empty it yourself."
        )
    with step("RESET=1: starting over"):
        shutil.rmtree(home / "pg", ignore_errors=True)
        for path in (DEMO_SECRET, home / "migrated.json", DEMO_ENVIRONMENT):
            path.unlink(missing_ok=True)
        shutil.rmtree(DEMO / "beat", ignore_errors=True)
        shutil.rmtree(DEMO_LOG, ignore_errors=True)


def environment_of_run(addresses: servers.Addresses, port: int) -> dict[str, str]:
    """What web, worker, beat and manage.py need to know of this run."""
    return {
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        **addresses.environment(),
        "SECRET_KEY": secret(),
        "ALLOWED_HOSTS": os.environ.get("ALLOWED_HOSTS") or "127.0.0.1,localhost",
        "RUN_TOKEN": secrets.token_urlsafe(16),
        "PORT": str(port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "CLOCK_MOVED_FILE": str(DEMO_CLOCK),
    }


def secret() -> str:
    """The demo's secret key: made once, readable by its owner alone."""
    if not DEMO_SECRET.exists():
        write_private(DEMO_SECRET, secrets.token_urlsafe(48))
    return DEMO_SECRET.read_text(encoding="utf-8").strip()


def manage(supervisor: Supervisor, environment: Mapping[str, str], *words: str) -> None:
    """Run one management command in our terminal."""
    status = supervisor.run([sys.executable, "manage.py", *words], dict(environment))
    if status:
        raise Refusal(f"manage.py {words[0]} ended with status {status}; its own words are above.")


def migrate(supervisor: Supervisor, environment: Mapping[str, str], home: Path | None) -> None:
    """Bring the tables up to date. Our own database remembers when there is nothing to do."""
    stamps = Stamps((home or DEMO) / "migrated.json")
    owner = environment["DATABASE_OWNER_URL"]
    if home and migrations.nothing_to_do(stamps, owner):
        say("Migrations: skipped, nothing to apply")
        return
    with step("Migrations"):
        manage(supervisor, environment, "migrate", "--verbosity", "0")
    if home:
        migrations.note(stamps, owner)


def collect(supervisor: Supervisor, environment: Mapping[str, str]) -> None:
    """Gather the files that pages serve, unless none has changed."""
    sources = [
        path for path in [BUILD / "static", *ROOT.glob("*/static"), *ROOT.glob("*/*/static")] if path.is_dir()
    ]
    settings = sorted((ROOT / "safeguarding" / "settings").glob("*.py"))
    value = digest([REQUIREMENTS / "demo.txt", *settings, *tree(*sorted(set(sources)))])
    if COLLECTED.holds("collected", value) and (BUILD / "collected").is_dir():
        say("Static files: skipped, already collected")
        return
    with step("Static files (build/collected)"):
        COLLECTED.forget()
        manage(supervisor, environment, "collectstatic", "--noinput", "--clear", "--verbosity", "0")
    COLLECTED.write(collected=value)


def programs(environment: Mapping[str, str], port: int) -> list[Program]:
    """Web, worker and beat."""
    tools = bin_of_running_python()
    web = {**environment, "DB_ROLE": "app"}
    worker = {**environment, "DB_ROLE": "worker"}
    beat_state = private(DEMO / "beat") / "schedule"  # beat dies where this directory is missing
    gunicorn = [str(tools / "gunicorn"), "safeguarding.wsgi:application", "--config", "python:launch.web"]
    gunicorn += ["--bind", f"127.0.0.1:{port}"]
    celery = [str(tools / "celery"), "--app", "safeguarding"]
    working = [
        *celery,
        "worker",
        "--concurrency",
        "2",
        "--loglevel",
        "INFO",
        "--without-mingle",
        "--without-gossip",
    ]
    beating = [*celery, "beat", "--loglevel", "INFO", "--schedule", str(beat_state), "--pidfile", ""]
    quick = signal.SIGQUIT  # when the supervisor is killed there is nobody left to wait for: end at once
    return [
        Program("web", gunicorn, DEMO_LOG / "web.log", web, death_signal=quick),
        Program("worker", working, DEMO_LOG / "worker.log", worker, death_signal=quick),
        Program("beat", beating, DEMO_LOG / "beat.log", worker),
    ]


def wind_down(supervisor: Supervisor) -> None:
    """Stop the programs, then the servers under them."""
    DEMO_ENVIRONMENT.unlink(missing_ok=True)
    if not supervisor.running:
        return
    say("Stopping ...")
    supervisor.stop(APPS)
    supervisor.stop()
    say("Stopped; nothing is left running. The data is kept.")


if __name__ == "__main__":
    sys.exit(console.closing(main))
