"""Is everything there that the service needs? Named checks, each with an answer people and machines can read.

Higher apps register theirs in `AppConfig.ready()`: `readiness.checks.add("notices", Check("notices", ask))`.
An answer names no person, no address and no version: anybody may read it.
"""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from django.db import OperationalError, connections

from foundation.base.registries import Registry

log = logging.getLogger(__name__)

PATIENCE = 3.0
"""Units: seconds for all checks together. Shorter than what asks (container, proxy, monitor) waits for."""
KEPT_FOR = 2.0
"""Units: seconds. Asking more often gives the same answer: nobody can keep the database busy by asking."""
OVERDUE = "This did not answer in time."
NO_DATABASE = "The database does not answer."
BROKEN = "This could not be looked at; the log says why."


@dataclass(frozen=True)
class Finding:
    """`figure` is a number to watch; the sentence says its unit."""

    ok: bool
    sentence: str
    figure: float | None = None


@dataclass(frozen=True)
class Check:
    """`ask` looks and answers. It may raise: then the log has the reason and the answer is no."""

    name: str
    ask: Callable[[], Finding]
    order: int = 100


@dataclass(frozen=True)
class Report:
    """Every finding by the name of its check."""

    findings: dict[str, Finding]

    @property
    def is_ready(self) -> bool:
        return all(finding.ok for finding in self.findings.values())

    def as_json(self) -> dict[str, Any]:
        return {
            "status": "ready" if self.is_ready else "not ready",
            "checks": {name: vars(finding) for name, finding in self.findings.items()},
        }


checks: Registry[Check] = Registry()


def look() -> Report:
    """Ask every check, all at the same time, each in a thread of its own, for at most PATIENCE seconds."""
    until = time.monotonic() + PATIENCE
    asked = {check.name: _in_a_thread(check) for check in checks}
    return Report({name: _answer(name, future, until) for name, future in asked.items()})


def _in_a_thread(check: Check) -> "Future[Finding]":
    """A thread that hangs is left behind: it ends with its own time-outs, or with the process."""
    future: Future[Finding] = Future()

    def ask() -> None:
        try:
            future.set_result(check.ask())
        except Exception as failed:
            future.set_exception(failed)
        finally:
            connections.close_all()

    threading.Thread(target=ask, name=f"readiness {check.name}", daemon=True).start()
    return future


def _answer(name: str, future: "Future[Finding]", until: float) -> Finding:
    try:
        return future.result(max(0.0, until - time.monotonic()))
    except TimeoutError:
        log.warning("%s did not answer within %s seconds", name, PATIENCE)
        return Finding(ok=False, sentence=OVERDUE)
    except OperationalError:
        return Finding(ok=False, sentence=NO_DATABASE)  # the check of the database itself has logged why
    except Exception:
        log.exception("%s could not be looked at", name)
        return Finding(ok=False, sentence=BROKEN)


class LastLook:
    """The report of a moment ago, for everybody who asks at once. One process looks once at a time."""

    def __init__(self) -> None:
        self._busy = threading.Lock()
        self._report: Report | None = None
        self._at = 0.0

    def report(self) -> Report:
        with self._busy:
            if self._report is None or time.monotonic() - self._at >= KEPT_FOR:
                self._report = look()
                self._at = time.monotonic()
            return self._report

    def forget(self) -> None:
        with self._busy:
            self._report = None


last_look = LastLook()
