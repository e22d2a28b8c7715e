"""Random references that people can read aloud. They carry no order, so a gap tells nobody anything."""

import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings

ALPHABET = "23456789BCDFGHJKMNPQRTVWXYZ"  # no vowels, no 0/O, 1/I/L, 5/S stays apart from S
_seeded: ContextVar[random.Random | None] = ContextVar("references", default=None)


def new(prefix: str) -> str:
    """Such as "R-7K3M-9QXD": eight characters out of 27, about 2.8e11 possibilities."""
    chance = _seeded.get() or secrets.SystemRandom()
    letters = "".join(chance.choice(ALPHABET) for _ in range(8))
    return f"{prefix}-{letters[:4]}-{letters[4:]}"


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Make references repeatable. Raises RuntimeError unless settings.CLOCK_MAY_BE_SET (demo and tests)."""
    if not getattr(settings, "CLOCK_MAY_BE_SET", False):
        raise RuntimeError("Only the demo and the tests may make references repeatable.")
    token = _seeded.set(random.Random(seed))  # noqa: S311 - not a secret: invented data only
    try:
        yield
    finally:
        _seeded.reset(token)
