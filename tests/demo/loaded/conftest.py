"""The demo loaded once, and looked at from many sides."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from foundation.base import clock
from tests.demo.loading import LOADED_AT, load


@pytest.fixture(scope="package")
def told(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The whole story, in a transaction that is rolled back after the last of these tests. What the command said."""
    with django_db_blocker.unblock(), transaction.atomic():
        with clock.set_to(LOADED_AT):
            said = load()
        yield said
        transaction.set_rollback(True)


@pytest.fixture
def loaded(told: str, db: None) -> Iterator[str]:
    """The whole story, at the hour at which it was loaded."""
    with clock.set_to(LOADED_AT):
        yield told
