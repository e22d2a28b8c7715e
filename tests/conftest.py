"""Fixtures for every test. The database is real, and tests look at it under the application's role."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from foundation.accounts.models import User
from tests import factories

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's own loop runs beside the ORM


@pytest.fixture
def world(db: None) -> factories.World:
    return factories.make_world()


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A client of its own for each user, signed in without the form."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`make prove` runs the long proofs alone and whole; `make test` runs their samples."""
    proving = os.environ.get("PROVE") == "1"
    for item in items:
        if (item.get_closest_marker("long") is not None) != proving:
            why = (
                "a sample or an ordinary test"
                if proving
                else "a long proof: its sample runs here, make prove runs it"
            )
            item.add_marker(pytest.mark.skip(reason=why))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """A proof that records `figures` has them printed at the end, also where xdist ran it."""
    reports = [*terminalreporter.stats.get("passed", []), *terminalreporter.stats.get("failed", [])]
    for report in reports:
        for name, figures in getattr(report, "user_properties", []):
            if name == "figures":
                terminalreporter.section(f"figures of {report.nodeid.split('::')[-1]}")
                for label, figure in figures.items():
                    terminalreporter.write_line(f"{label:<48}{figure}")
