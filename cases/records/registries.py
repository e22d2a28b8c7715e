"""Where rooms above the record put their part of the case page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cases.records.models import Case
from foundation.base.registries import Registry


@dataclass(frozen=True)
class CasePanel:
    """A part of the case page. `context(user, case)` fills `template`."""

    title: str
    template: str
    context: Callable[[Any, Case], dict[str, Any]]
    order: int = 100


case_panels: Registry[CasePanel] = Registry()
