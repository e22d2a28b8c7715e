"""Views that forget `visible_to` show the viewer's rows and no other; and this test would notice if they did not."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from cases.people.models import Person
from cases.records.models import Case
from foundation.accounts.models import Agency, Team, User
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from tests.base.sql import protected_tables, rows, scalar
from tests.factories import World, make_case

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.urls("tests.base.pages")


@pytest.fixture
def cases(world: World) -> tuple[Case, Case]:
    """One that the social work team shares, and one that it does not."""
    return make_case(world), make_case(world, name="Wren Harbour", shared_with=(world.school,))


@contextmanager
def wall_switched_off() -> Iterator[None]:
    """The policies of every table stand open, until the test's transaction is rolled back."""
    with as_owner():
        names = protected_tables()
        rows("SET CONSTRAINTS ALL IMMEDIATE")
        for name in names:
            rows(f'ALTER TABLE "{name}" NO FORCE ROW LEVEL SECURITY')
            rows(f'ALTER TABLE "{name}" DISABLE ROW LEVEL SECURITY')
    yield


def everything_leaked(answer: dict[str, Any]) -> set[str]:
    """Which of the careless reads showed more than one case's worth."""
    return {name for name, seen in answer.items() if (seen if isinstance(seen, int) else len(seen)) > 1}


def test_careless_views_show_only_the_viewers_rows(
    world: World, cases: tuple[Case, Case], signed_in: SignIn
) -> None:
    mine, _ = cases
    answer = signed_in(world.social_worker).get("/unscoped/").json()
    assert answer == {
        "all": [mine.reference],
        "raw count": 1,
        "aggregate": 1,
        "through values": [mine.reference],
        "through a foreign key": [mine.reference],
        "joined from teams": ["East team"],
        "joined from people who work here": [mine.reference],
    }
    assert everything_leaked(answer) == set()


@pytest.mark.parametrize("viewer", ["nurse", "administrator", "executive", "other_coordinator", "plan_lead"])
def test_careless_views_show_nothing_to_those_without_a_share(
    world: World, cases: tuple[Case, Case], signed_in: SignIn, viewer: str
) -> None:
    answer = signed_in(getattr(world, viewer)).get("/unscoped/").json()
    assert not any(answer.values())


def test_with_the_wall_switched_off_every_planted_leak_leaks(
    world: World, cases: tuple[Case, Case], signed_in: SignIn
) -> None:
    with wall_switched_off():
        answer = signed_in(world.social_worker).get("/unscoped/").json()
    assert everything_leaked(answer) == set(answer)


@pytest.mark.parametrize("table", ["records_case"])
def test_without_force_the_owner_alone_would_see_again(cases: tuple[Case, Case], table: str) -> None:
    with as_owner():
        rows("SET CONSTRAINTS ALL IMMEDIATE")
        rows("SELECT set_config('app.maintenance', '', true)")
        assert scalar(f"SELECT count(*) FROM {table}") == 0
        rows(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        assert scalar(f"SELECT count(*) FROM {table}") == 2
        rows(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


JOINS = {
    "teams to shares to cases": "SELECT c.reference FROM accounts_team t JOIN records_share s ON s.team_id = t.group_id"
    " JOIN records_case c ON c.id = s.case_id",
    "users to people": "SELECT p.name FROM accounts_user u JOIN people_person p ON p.made_by_id = u.id",
    "users to grants": "SELECT g.content_object_id::text FROM accounts_team t JOIN records_teamgrant g"
    " ON g.group_id = t.group_id",
    "areas to cases": "SELECT c.reference FROM accounts_area a LEFT JOIN records_case c ON c.area_id = a.id"
    " WHERE c.id IS NOT NULL",
    "counted by area": "SELECT area_id::text FROM records_case GROUP BY area_id HAVING count(*) > 1",
    "in a common table": "WITH found AS MATERIALIZED (SELECT * FROM people_person) SELECT name FROM found",
    "one union": "SELECT reference FROM records_case UNION SELECT name FROM people_person",
    "by random sample": "SELECT reference FROM records_case TABLESAMPLE BERNOULLI (100)",
}


@pytest.mark.parametrize("statement", JOINS.values(), ids=JOINS)
def test_no_join_in_sql_reaches_a_hidden_row(world: World, cases: tuple[Case, Case], statement: str) -> None:
    with as_owner():
        everything = set(rows(statement))
    with acting_as(world.nurse):
        assert rows(statement) == []
    with acting_as(world.social_worker):
        assert set(rows(statement)) < everything or "HAVING" in statement


@pytest.mark.parametrize(
    "look",
    [
        lambda: list(Team.objects.filter(pk__in=Case.objects.values("lead_agency"))),
        lambda: list(Person.objects.filter(standings__case__reference__startswith="C")),
        lambda: list(Agency.objects.filter(teams__area__in=Case.objects.values("area"))),
        lambda: list(Person.objects.prefetch_related("standings__case__shares")),
        lambda: Case.objects.in_bulk(),
        lambda: list(Case.objects.dates("opened_at", "year")),
        lambda: list(Case.objects.order_by().values_list("kind").distinct()),
        lambda: list(Case.objects.iterator()),
    ],
)
def test_no_path_through_the_orm_reaches_a_hidden_row(
    world: World, cases: tuple[Case, Case], look: Callable[[], Any]
) -> None:
    with acting_as(world.nurse):
        assert not look()


def test_a_condition_never_sees_the_hidden_rows_it_is_tried_on(
    world: World, cases: tuple[Case, Case]
) -> None:
    """A condition that fails on a row, such as a division by nought, would tell that the row is there."""
    with acting_as(world.nurse), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM people_person WHERE 1 / length(replace(name, 'Wren Harbour', '')) > 0"
        )
        assert cursor.fetchone() == (0,)
