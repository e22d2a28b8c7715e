"""One sweep and one delivery by themselves, with the worker's login: how long they take when much is due at once."""

import json
import time

import django

django.setup()

from foundation.deadlines.delivery import deliver  # noqa: E402
from foundation.deadlines.sweep import sweep  # noqa: E402

ENOUGH = 2000
"""Units: messages. Then the rate is known."""


def main() -> None:
    began = time.monotonic()
    swept = sweep()
    told = time.monotonic()
    sent = 0
    while sent < ENOUGH and (count := deliver()):
        sent += count
    ended = time.monotonic()
    figures = {
        "deadlines looked at": swept.looked_at,
        "notices told": swept.told,
        "seconds of the sweep": round(told - began, 1),
        "messages sent": sent,
        "seconds of the delivery, one process": round(ended - told, 1),
        "messages a second, one process": round(sent / (ended - told), 1),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
