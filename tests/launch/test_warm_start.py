"""A warm start skips the migrations exactly when neither their files nor the database have changed."""

import os

import pytest
from psycopg.conninfo import make_conninfo

from launch import migrations
from launch.stamps import Stamps


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """A tree with one migration, and a database whose answer the test decides."""
    (tmp_path / "app" / "migrations").mkdir(parents=True)
    (tmp_path / "app" / "migrations" / "0001_first.py").write_text("one")
    rows = ["app 0001_first"]
    found = migrations.files
    monkeypatch.setattr(migrations, "files", lambda: found(tmp_path))
    monkeypatch.setattr(migrations, "applied", lambda owner: rows)
    return tmp_path, rows


def test_nothing_is_to_do_after_a_migration(tree):
    place, _ = tree
    stamps = Stamps(place / "migrated.json")
    assert not migrations.nothing_to_do(stamps, "")
    migrations.note(stamps, "")
    assert migrations.nothing_to_do(stamps, "")


def test_a_new_or_changed_migration_is_noticed(tree):
    place, _ = tree
    stamps = Stamps(place / "migrated.json")
    migrations.note(stamps, "")
    (place / "app" / "migrations" / "0002_second.py").write_text("two")
    assert not migrations.nothing_to_do(stamps, "")
    migrations.note(stamps, "")
    (place / "app" / "migrations" / "0002_second.py").write_text("two, otherwise")
    assert not migrations.nothing_to_do(stamps, "")


def test_a_database_that_was_taken_back_is_noticed(tree):
    place, rows = tree
    stamps = Stamps(place / "migrated.json")
    migrations.note(stamps, "")
    rows.clear()
    assert not migrations.nothing_to_do(stamps, "")


def test_migrations_of_installed_packages_are_not_read_one_by_one(tree):
    place, _ = tree
    (place / "node_modules" / "migrations").mkdir(parents=True)
    (place / "node_modules" / "migrations" / "0001_x.py").write_text("x")
    assert [path.name for path in migrations.files()] == ["0001_first.py"]


def test_a_database_that_was_never_migrated_has_applied_nothing():
    assert migrations.applied(make_conninfo(os.environ["DATABASE_URL"], dbname="postgres")) == []
