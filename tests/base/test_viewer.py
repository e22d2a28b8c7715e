"""Who is looking: the guard in Python, the setting in the database, and how the two follow each other."""

import threading
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from cases.chronology.models import Entry
from cases.people.models import Person
from cases.records.models import Case, CasePerson
from foundation.base.pg import viewer
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import NoViewer, acting_as
from tests.base.sql import protected_tables, rows, scalar
from tests.base.test_coverage_of_the_wall import READ_BY_EVERYBODY
from tests.factories import World, make_case, make_world


def viewer_in_database() -> int | None:
    return scalar("SELECT wall.viewer()")


def seen_by_the_wall() -> int:
    return scalar("SELECT count(*) FROM records_case")


@pytest.fixture
def case(world: World) -> Case:
    return make_case(world)


@pytest.mark.parametrize(
    "read_or_write",
    [
        lambda case: Case.objects.count(),
        lambda case: list(Case.objects.all()),
        lambda case: Case.objects.exists(),
        lambda case: Case.objects.values_list("reference").first(),
        lambda case: Case.objects.filter(pk=case.pk).update(updated_at=None),
        lambda case: Case.objects.filter(pk=case.pk).delete(),
        lambda case: case.refresh_from_db(),
        lambda case: case.delete(),
        lambda case: case.people.count(),
        lambda case: list(Case.objects.raw("SELECT * FROM records_case")[:1] or [Case.objects.get()]),
        lambda case: CasePerson.objects.select_related("person").first(),
        lambda case: Entry.objects.in_bulk(),
        lambda case: Case.objects.select_for_update().get(pk=case.pk),
    ],
)
def test_without_a_viewer_every_read_and_write_raises(case: Case, read_or_write: Any) -> None:
    with pytest.raises(NoViewer):
        read_or_write(case)


def test_without_a_viewer_saving_and_adding_is_refused_by_the_database(world: World, case: Case) -> None:
    person = Person(name="Robin Fable", made_by=world.coordinator)
    for write in (case.save, person.save, lambda: Person.objects.bulk_create([person])):
        with pytest.raises((NoViewer, DatabaseError)), transaction.atomic():
            write()
    with as_owner():
        assert (Case.objects.count(), Person.objects.count()) == (1, 1)


def test_following_a_foreign_key_without_a_viewer_raises(world: World, case: Case) -> None:
    with acting_as(world.coordinator):
        standing = CasePerson.objects.get(case=case)
    with pytest.raises(NoViewer):
        standing.person  # noqa: B018 - reading it asks the database


@pytest.mark.django_db(transaction=True)
def test_with_a_viewer_and_outside_a_transaction_every_read_and_write_raises() -> None:
    world = make_world()
    case = make_case(world)
    with acting_as(world.coordinator):
        for forbidden in (
            Case.objects.count,
            case.refresh_from_db,
            lambda: Case.objects.filter(pk=case.pk).update(updated_at=None),
            lambda: Case.objects.filter(pk=case.pk).delete(),
        ):
            with pytest.raises(NoViewer, match="outside a transaction"):
                forbidden()
        with transaction.atomic():
            assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_with_a_viewer_and_outside_a_transaction_bare_sql_sees_nothing() -> None:
    world = make_world()
    make_case(world)
    with acting_as(world.coordinator):
        assert seen_by_the_wall() == 0


def test_bare_sql_without_a_viewer_sees_no_row_of_a_protected_table(case: Case) -> None:
    with as_owner():
        filled = [name for name in protected_tables() if scalar(f'SELECT count(*) FROM "{name}"')]
    assert {"records_case", "records_share", "people_person", "records_teamgrant"} <= set(filled)
    mine = set(filled) - set(READ_BY_EVERYBODY)
    readable = [name for name in mine if scalar("SELECT has_table_privilege('sg_app', %s, 'SELECT')", name)]
    assert {name: scalar(f'SELECT count(*) FROM "{name}"') for name in readable} == dict.fromkeys(readable, 0)


def test_inner_viewers_take_turns_with_outer_ones(world: World, case: Case) -> None:
    with acting_as(world.coordinator):
        assert (viewer_in_database(), seen_by_the_wall()) == (world.coordinator.pk, 1)
        with acting_as(world.nurse):
            assert (viewer_in_database(), seen_by_the_wall()) == (world.nurse.pk, 0)
            with acting_as(None):
                assert (viewer_in_database(), seen_by_the_wall()) == (None, 0)
            assert viewer_in_database() == world.nurse.pk
        assert (viewer_in_database(), seen_by_the_wall()) == (world.coordinator.pk, 1)
    assert (viewer_in_database(), seen_by_the_wall()) == (None, 0)


def test_a_savepoint_rolled_back_around_or_inside_a_viewer_restores_the_outer_one(
    world: World, case: Case
) -> None:
    with acting_as(world.coordinator):
        with pytest.raises(ZeroDivisionError), transaction.atomic(), acting_as(world.nurse):
            raise ZeroDivisionError
        assert viewer_in_database() == world.coordinator.pk
        with acting_as(world.nurse):
            with pytest.raises(ZeroDivisionError), transaction.atomic():
                raise ZeroDivisionError
            assert viewer_in_database() == world.nurse.pk
        assert (viewer_in_database(), seen_by_the_wall()) == (world.coordinator.pk, 1)


def test_an_aborted_transaction_restores_the_outer_viewer_and_role(world: World, case: Case) -> None:
    with acting_as(world.coordinator):
        with pytest.raises(DatabaseError), transaction.atomic(), acting_as(world.nurse):
            rows("SELECT 1/0")
        assert (viewer_in_database(), seen_by_the_wall()) == (world.coordinator.pk, 1)
        with pytest.raises(DatabaseError), transaction.atomic(), as_owner():
            rows("SELECT 1/0")
        assert scalar("SELECT current_user") == "sg_app"
        assert scalar("SELECT current_setting('app.maintenance', true)") != "on"
        assert (viewer_in_database(), seen_by_the_wall()) == (world.coordinator.pk, 1)


def test_the_owner_at_work_inside_a_viewer_leaves_the_viewer_as_it_was(world: World, case: Case) -> None:
    with acting_as(world.nurse):
        with as_owner():
            assert scalar("SELECT current_user") == "sg_owner"
            assert Case.objects.count() == 1
            with acting_as(world.coordinator), as_owner():
                assert Case.objects.count() == 1
            assert scalar("SELECT current_user") == "sg_owner"
            assert Case.objects.count() == 1
        assert scalar("SELECT current_user") == "sg_app"
        assert (viewer_in_database(), Case.objects.count()) == (world.nurse.pk, 0)
    with pytest.raises(NoViewer):
        Case.objects.count()


def test_nobody_signed_in_is_nobody_to_the_database(db: None) -> None:
    with acting_as(None):
        assert viewer_in_database() is None
        assert scalar("SELECT wall.teams()") == []


def test_threads_begin_with_no_viewer(world: World) -> None:
    heard: list[int | None] = []
    with acting_as(world.coordinator):
        thread = threading.Thread(target=lambda: heard.append(viewer.current()))
        thread.start()
        thread.join()
    assert heard == [None]


@pytest.mark.django_db(transaction=True)
def test_work_after_the_commit_needs_a_transaction_of_its_own() -> None:
    world = make_world()
    make_case(world)
    heard: list[object] = []

    def after_commit() -> None:
        heard.append(seen_by_the_wall())
        with pytest.raises(NoViewer):
            Case.objects.count()
        with transaction.atomic():
            heard.append(Case.objects.count())

    with acting_as(world.coordinator), transaction.atomic():
        transaction.on_commit(after_commit)
    assert heard == [0, 1]


@pytest.mark.django_db(transaction=True)
def test_the_viewer_ends_with_the_transaction() -> None:
    world = make_world()
    with acting_as(world.coordinator), transaction.atomic():
        assert viewer_in_database() == world.coordinator.pk
    with transaction.atomic():
        assert viewer_in_database() is None
    assert viewer_in_database() is None


@pytest.mark.django_db(transaction=True)
def test_a_new_transaction_of_the_same_viewer_is_told_who_is_looking_as_its_first_statement() -> None:
    world = make_world()
    with acting_as(world.social_worker):
        for _ in range(2):
            with transaction.atomic():
                assert viewer_in_database() == world.social_worker.pk
                assert scalar("SELECT wall.teams()") == [world.social_work.pk]


def test_viewer_and_role_statements_are_not_counted_as_queries(
    world: World, case: Case, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1), acting_as(world.coordinator):
        Case.objects.count()
    with django_assert_num_queries(0), as_owner():
        pass


def test_the_engine_takes_the_same_role_on_a_new_connection(db: None) -> None:
    fresh = connection.copy()
    try:
        with fresh.cursor() as cursor:
            cursor.execute("SELECT current_user")
            assert cursor.fetchone() == ("sg_app",)
    finally:
        fresh.close()
