"""Settings of gunicorn for the demo."""

import os
import signal
from typing import Any

from launch import leash

workers = 2
threads = 4
graceful_timeout = 5
control_socket_disable = True


def post_fork(_server: Any, _worker: Any) -> None:
    """A worker that is busy when its master is killed ends too."""
    leash.hold(os.getppid(), signal.SIGKILL)
