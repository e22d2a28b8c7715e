"""A connection that is used by one viewer after another never shows the rows of the one before."""

import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.db.backends.postgresql.base import DatabaseWrapper as PostgresWrapper

from foundation.accounts.models import User
from foundation.base.pg.viewer import acting_as
from tests.base.sql import rows
from tests.factories import make_case, make_world

CONNECTIONS = 4
THREADS = 8


@pytest.fixture
def pool_for_threads(transactional_db: None) -> Iterator[None]:
    """Threads that begin in the test share a pool; the test's own connection stays as it is."""
    unpooled = connections.settings["default"]
    pool = {"min_size": CONNECTIONS, "max_size": CONNECTIONS, "timeout": 10}
    connections.settings["default"] = {**unpooled, "OPTIONS": {**unpooled["OPTIONS"], "pool": pool}}
    try:
        yield
    finally:
        connections.settings["default"] = unpooled
        vars(PostgresWrapper)["_connection_pools"].pop("default").close()


def references_seen() -> tuple[int | None, list[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall.viewer(), coalesce(array_agg(reference), '{}') FROM records_case")
        viewer, seen = cursor.fetchone()
    return viewer, seen


def look_many_times(seed: int, times: int, expected: dict[int, set[str]]) -> list[str]:
    """As random viewers, with random failures; answers what was seen that should not have been."""
    chance, wrong = random.Random(seed), []
    for turn in range(times):
        who = chance.choice([*expected, None])
        try:
            with acting_as(who), transaction.atomic():
                viewer, seen = references_seen()
                if viewer != who or set(seen) != expected.get(who or 0, set()):
                    wrong.append(
                        f"turn {turn}: {who} looked, the database heard {viewer} and showed {len(seen)}"
                    )
                if chance.random() < 0.2:
                    with connection.cursor() as cursor:
                        cursor.execute("SELECT 1/0")
        except DatabaseError:
            pass
        if chance.random() < 0.3:
            connection.close()
    connection.close()
    return wrong


def prove_no_bleeding(times: int) -> None:
    world = make_world()
    shared, hub_only = make_case(world), make_case(world, shared_with=())
    expected: dict[int, set[str]] = {
        world.social_worker.pk: {shared.reference},
        world.coordinator.pk: {shared.reference, hub_only.reference},
        world.hub_minutes.pk: {shared.reference, hub_only.reference},
        world.nurse.pk: set(),
        world.administrator.pk: set(),
    }
    with ThreadPoolExecutor(THREADS) as threads:
        answers = threads.map(lambda seed: look_many_times(seed, times, expected), range(THREADS))
        assert [wrong for each in answers for wrong in each] == []


def in_another_thread(work: Callable[[], Any]) -> Any:
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()


def test_a_pooled_connection_has_the_role_and_hears_the_viewer(pool_for_threads: None) -> None:
    user = make_world().coordinator

    def look() -> Any:
        with acting_as(user), transaction.atomic():
            assert vars(PostgresWrapper)["_connection_pools"]["default"] is not None
            answer = rows("SELECT current_user, wall.viewer()")
        connection.close()
        return answer

    assert in_another_thread(look) == [("sg_app", user.pk)]


def test_viewers_do_not_bleed_between_threads_that_share_a_pool(pool_for_threads: None) -> None:
    prove_no_bleeding(times=40)


@pytest.mark.long
def test_viewers_do_not_bleed_in_sixty_thousand_transactions(pool_for_threads: None) -> None:
    prove_no_bleeding(times=7_500)


@pytest.mark.django_db(transaction=True)
def test_threads_with_connections_of_their_own_see_their_own_rows() -> None:
    world = make_world()
    make_case(world)
    answers: dict[int, set[tuple[int | None, int]]] = {}

    def look(user: User) -> None:
        with acting_as(user):
            for _ in range(20):
                with transaction.atomic():
                    viewer, seen = references_seen()
                    answers.setdefault(user.pk, set()).add((viewer, len(seen)))
        connection.close()

    threads = [threading.Thread(target=look, args=(user,)) for user in (world.social_worker, world.nurse)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expected = {world.social_worker: 1, world.nurse: 0}
    assert answers == {user.pk: {(user.pk, number)} for user, number in expected.items()}
