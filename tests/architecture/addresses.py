"""Every page of the service, walked from the URLconf."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

SAMPLE = {"uuid": "5f0c1d9e-0000-4000-8000-000000000000", "int": "7", "slug": "x", "string": "x", "path": "x"}


@dataclass(frozen=True)
class Page:
    """`name` as reverse() takes it, `ids` the names of what the address takes, `address` with sample values."""

    name: str
    address: str
    ids: tuple[str, ...]
    pattern: URLPattern

    @property
    def is_open(self) -> bool:
        """Declared to need no sign-in."""
        return not getattr(self.pattern.callback, "login_required", True)


def pages(resolver: URLResolver | None = None) -> list[Page]:
    return list(_walk(resolver or get_resolver(), "/", "", ()))


def _walk(resolver: URLResolver, prefix: str, names: str, ids: tuple[str, ...]) -> Iterator[Page]:
    for each in resolver.url_patterns:
        address, taken = prefix + _sample(each), (*ids, *each.pattern.converters)
        if isinstance(each, URLResolver):
            yield from _walk(each, address, f"{names}{each.namespace}:" if each.namespace else names, taken)
        else:
            yield Page(f"{names}{each.name}", address, taken, each)


def _sample(each: URLPattern | URLResolver) -> str:
    route = str(each.pattern)
    for name, converter in each.pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower()
        for written in (f"<{kind}:{name}>", f"<str:{name}>", f"<{name}>"):
            route = route.replace(written, SAMPLE.get(kind, "x"))
    return route
