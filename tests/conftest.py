"""Fixtures for every test. The database is real, and tests look at it under the application's role."""

import os
from collections.abc import Callable

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
