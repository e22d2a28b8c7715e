"""The same page sent twice is taken once; with other words it is refused, so that none are lost."""

from typing import Any

from foundation.base.errors import RuleBroken

SAVED_OTHERWISE = (
    "This page was saved already, and what stands differs from what is typed here. "
    "Copy what you typed, open the page again and add it."
)


def check_says_the_same(kept: Any, **sent: Any) -> None:
    """`kept` is what the page saved before. Raises RuleBroken where it differs from what is sent now."""
    if any(getattr(kept, name) != value for name, value in sent.items()):
        raise RuleBroken(SAVED_OTHERWISE)
