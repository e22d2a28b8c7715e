"""The ways in which a journey is told: by keyboard alone, and on a phone without JavaScript."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.system.browser import Keyboard, Person, Pointer

Send = Callable[[str], Person]


@dataclass
class Way:
    """A way of using the service, and the window it is used in."""

    name: str
    person: type[Keyboard] | type[Pointer]
    width: int
    javascript: bool


WAYS = [
    Way("keyboard alone", Keyboard, width=1280, javascript=True),
    Way("phone without JavaScript", Pointer, width=375, javascript=False),
]
