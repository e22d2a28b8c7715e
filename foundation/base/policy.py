"""Ask a `check_*` function as a yes-or-no question."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied

from foundation.base.errors import RuleBroken


def allows(check: Callable[..., object], *args: Any) -> bool:
    """True where `check(*args)` raises neither PermissionDenied nor RuleBroken (templates, button states)."""
    try:
        check(*args)
    except (PermissionDenied, RuleBroken):
        return False
    return True
