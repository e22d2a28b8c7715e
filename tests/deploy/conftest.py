"""Servers for the tests of deployment."""

from collections.abc import Iterator

import pytest

from launch import roles
from tests.deploy.clusters import Cluster, empty_cluster


@pytest.fixture(scope="module")
def bare_cluster() -> Iterator[Cluster]:
    with empty_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="module")
def cluster(bare_cluster: Cluster) -> Cluster:
    """With our roles and the empty database `sg`, as launch/roles.py leaves it."""
    roles.make_database(bare_cluster.address(database="postgres"), "sg")
    roles.ensure(roles.Wanted(bare_cluster.address()))
    return bare_cluster
