"""The lists there are. A list is known to code by its name; its values are rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from foundation.base.registries import Registry


class Offered(Enum):
    """How people meet the values of a list: this decides how the page shows them beforehand."""

    ONE = "radios"
    SEVERAL = "checkboxes"
    AS_WORDS = "words"


@dataclass(frozen=True)
class WordList:
    """A list that a partnership may change.

    `fixed`: codes that the service itself uses, each with the reason; they may be renamed and never retired.
    `parent`: the list whose values these belong to, `belongs_to` the question for it.
    """

    name: str
    title: str
    about: str
    offered: Offered = Offered.ONE
    fixed: Mapping[str, str] = field(default_factory=dict)
    parent: str = ""
    belongs_to: str = ""
    has_reviews: bool = False
    has_returns: bool = False
    order: int = 100


lists: Registry[WordList] = Registry()
