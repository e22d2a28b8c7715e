"""A chair of the hub, and a case of its area."""

import pytest

from cases.records.models import Case
from foundation.accounts.models import User
from foundation.accounts.roles import Role
from tests.factories import World, make_case, make_user


@pytest.fixture
def chair(world: World) -> User:
    return make_user("Chay Reed", world.hub, Role.CHAIR)


@pytest.fixture
def case(world: World) -> Case:
    return make_case(world)
