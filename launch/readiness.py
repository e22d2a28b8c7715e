"""When is a run ready? When the page that answers is this run's own, and the worker says that it listens."""

import http.client
import json
from pathlib import Path

from launch.console import say
from launch.supervisor import Supervisor

WEB_PATIENCE = 60.0
WORKER_PATIENCE = 10.0


def wait_for_web(supervisor: Supervisor, port: int, token: str) -> None:
    """Wait until /health/live answers with the token of this run: an old server would not know it."""
    supervisor.wait_until(
        lambda: token_of_answer(port) == token,
        seconds=WEB_PATIENCE,
        otherwise=f"The web server did not answer on port {port} within {WEB_PATIENCE:.0f} s; "
        "see .local/demo/log/web.log.",
    )


def token_of_answer(port: int) -> str | None:
    """The run token that the server on this port shows, if it shows one."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health/live")
        answer = json.loads(connection.getresponse().read(10_000))
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        connection.close()
    token = answer.get("run") if isinstance(answer, dict) else None
    return token if isinstance(token, str) else None


def wait_for_worker(supervisor: Supervisor, log: Path) -> None:
    """Wait until the worker writes that it is ready. Its words may change: then we go on after a while."""
    waited = 0.0
    while not says_ready(log):
        if waited >= WORKER_PATIENCE:
            say("The worker runs but has not said that it is ready; see .local/demo/log/worker.log")
            return
        supervisor.pause(0.1)
        waited += 0.1


def says_ready(log: Path) -> bool:
    """Does the log of this run hold the worker's `... ready.` line?"""
    try:
        return b" ready." in log.read_bytes()
    except OSError:
        return False
