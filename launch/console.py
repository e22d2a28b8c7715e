"""What the person at the keyboard reads: named steps with seconds, and one sentence when we cannot go on."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

STARTED = "SG_LAUNCH_STARTED"


class Refusal(Exception):
    """We cannot go on. The text is one clear sentence; the exit status is not zero."""


class StopRequest(Exception):
    """Somebody asked us to stop (Ctrl-C, SIGTERM, SIGHUP)."""


def elapsed() -> float:
    """Seconds since the first process of this run began (kept across exec in the environment)."""
    started = float(os.environ.setdefault(STARTED, repr(time.time())))
    return max(0.0, time.time() - started)


def say(text: str) -> None:
    """Print one line with the elapsed seconds. A closed terminal is no reason to stop."""
    show(f"[{elapsed():6.1f} s] {text}")


def show(text: str) -> None:
    """Print a line as it is."""
    with suppress(OSError):
        print(text, flush=True)


@contextmanager
def step(name: str) -> Iterator[None]:
    """Name a step as it begins, and say how long it took."""
    say(f"{name} ...")
    began = time.monotonic()
    yield
    say(f"{name}: done in {time.monotonic() - began:.1f} s")


def closing(main: Callable[[], int]) -> int:
    """Run `main`; turn what can go wrong on a machine into one sentence and an exit status."""
    try:
        return main()
    except Refusal as refusal:
        sentence, status = str(refusal), 1
    except (KeyboardInterrupt, StopRequest):
        sentence, status = "Stopped.", 130
    except subprocess.CalledProcessError as failed:
        name = Path(str(failed.cmd[0] if isinstance(failed.cmd, list) else failed.cmd)).name
        sentence, status = f"{name} ended with status {failed.returncode}; its own words are above.", 1
    except OSError as failed:
        where = f" ({failed.filename})" if failed.filename else ""
        sentence, status = f"The system refused: {failed.strerror or failed}{where}.", 1
    sys.stdout.flush()
    print(sentence, file=sys.stderr, flush=True)
    return status


def number(environment: Mapping[str, str], name: str, default: int, *, highest: int) -> int:
    """A whole number from 1 to `highest` in an environment variable, or one sentence."""
    text = environment.get(name, "").strip() or str(default)
    if not text.isdecimal() or not 1 <= int(text) <= highest:
        raise Refusal(f"{name} must be a number from 1 to {highest}; it is {text!r}.")
    return int(text)
