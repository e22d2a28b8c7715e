"""Asked by the container engine: does this web, worker or beat work? Exit status 0 or 1, and a word on why.

Standard library only. /health/ready is for monitors: to end web helps nobody while mail is late.
"""

import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

PORT = 8000
BEAT_SCHEDULE = "/tmp/schedule"  # noqa: S108 - a tmpfs of the container's own
STALE_SECONDS = 10 * 60
"""Units: seconds. Beat writes its schedule down every three minutes."""


def web() -> str | None:
    """None, or what is wrong."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=4)
    try:
        line.request("GET", "/health/live", headers={"Host": host})
        status = line.getresponse().status
    except (OSError, http.client.HTTPException) as failed:
        return f"does not answer: {failed}"
    finally:
        line.close()
    return None if status == 200 else f"answers {status}"


def worker() -> str | None:
    """Asks through Redis, as tasks come."""
    command = [sys.executable, "-m", "celery", "--app", "safeguarding", "inspect", "ping", "--timeout", "5"]
    command += ["--destination", f"celery@{socket.gethostname()}"]
    try:
        asked = subprocess.run(command, capture_output=True, timeout=20, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return "does not answer"
    return None if asked.returncode == 0 else "does not answer"


def beat(schedule: str = BEAT_SCHEDULE) -> str | None:
    """Looks at when it last wrote its schedule."""
    place = Path(schedule)
    written = [path.stat().st_mtime for path in place.parent.glob(f"{place.name}*")]
    if not written:
        return "has written no schedule"
    age = time.time() - max(written)
    return None if age < STALE_SECONDS else f"has written nothing for {age:.0f} s"


def main(words: list[str]) -> int:
    looks = {"web": web, "worker": worker, "beat": beat}
    if len(words) != 1 or words[0] not in looks:
        sys.stderr.write("Say which: web, worker or beat.\n")
        return 2
    wrong = looks[words[0]]()
    if wrong:
        sys.stderr.write(f"{words[0]} {wrong}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
