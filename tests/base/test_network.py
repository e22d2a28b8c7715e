"""The network of a request is what our own proxies saw, never what a visitor says."""

import pytest
from django.test import RequestFactory

from foundation.base.network import network_of


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, None, "10.0.0.9"),
        (0, "203.0.113.5", "10.0.0.9"),
        (1, "203.0.113.5", "203.0.113.5"),
        (1, "6.6.6.6, 203.0.113.5", "203.0.113.5"),
        (2, "6.6.6.6, 203.0.113.5, 10.1.1.1", "203.0.113.5"),
        (1, None, "10.0.0.9"),
        (1, " , ", "10.0.0.9"),
    ],
)
def test_what_stands_left_of_our_proxies_may_be_made_up(
    settings: object, proxies: int, forwarded: str | None, seen: str
) -> None:
    settings.PROXY_COUNT = proxies  # type: ignore[attr-defined]
    headers = {} if forwarded is None else {"x-forwarded-for": forwarded}
    assert network_of(RequestFactory(headers=headers).get("/", REMOTE_ADDR="10.0.0.9")) == seen
