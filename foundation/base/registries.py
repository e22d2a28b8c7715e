"""Lists that higher apps fill in `AppConfig.ready()`, so that lower ones need not import them."""

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """Named items, read in the order of their `order` attribute (0 where an item has none)."""

    def __init__(self) -> None:
        self._items: dict[str, T] = {}

    def add(self, name: str, item: T) -> None:
        """Register once. Raises ValueError where another item already has the name."""
        if self._items.setdefault(name, item) is not item:
            raise ValueError(f"{name} is registered twice")

    def __getitem__(self, name: str) -> T:
        return self._items[name]

    def __contains__(self, name: str) -> bool:
        return name in self._items

    def __iter__(self) -> Iterator[T]:
        return iter(sorted(self._items.values(), key=lambda item: getattr(item, "order", 0)))
