"""These pages are tested with the addresses and links of this room alone, without the rooms above."""

from typing import Any

import pytest

from foundation.base.registries import Registry
from foundation.web import registries
from foundation.web.registries import NavigationItem


@pytest.fixture(autouse=True)
def nothing_from_the_rooms_above(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.web.sample_urls"
    for name in ("navigation", "my_work", "find", "find_listeners", "sign_in_panels"):
        monkeypatch.setattr(registries, name, Registry())
    registries.navigation.add("my work", NavigationItem("My work", "web:my-work", order=10))
    registries.navigation.add("find", NavigationItem("Find", "web:find", order=20))
