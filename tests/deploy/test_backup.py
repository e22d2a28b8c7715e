"""Backup and restore: all of it, on another server, compared; or nothing, with a sentence."""

import io
import json
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from psycopg.conninfo import make_conninfo

from foundation.base.pg import stock
from launch.servers import Addresses
from tests.architecture.source import ROOT
from tests.deploy.clusters import Cluster
from tests.factories import make_case, make_world

pytestmark = pytest.mark.django_db  # what is backed up is committed before (`made`)
Command = Callable[..., str]


def address_of(login: str) -> str:
    """The tests' own database, for another login."""
    words = connection.get_connection_params()
    known = {key: words[key] for key in ("dbname", "host", "port") if words.get(key)}
    address = make_conninfo(**known, user=login)
    try:
        psycopg.connect(address).close()
    except psycopg.OperationalError as failed:
        pytest.skip(f"{login} cannot sign in to this server without a password: {failed}")
    return address


@pytest.fixture(scope="module")
def made(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """One backup for all tests here, of a database with three cases that is still as it was."""
    file = tmp_path_factory.mktemp("made") / "sg.dump"
    with django_db_blocker.unblock():
        world = make_world()
        for name in ("Robin Fable", "Kit Marrow", "Lou Penny"):
            make_case(world, name=name)
        with override_settings(DATABASE_BACKUP_URL=address_of("sg_backup")):
            began = time.monotonic()
            assert "keep it encrypted" in said_by("backup")(str(file))
            print(f"backup: {time.monotonic() - began:.1f} s")
        try:
            yield file
        finally:
            call_command("flush", interactive=False, verbosity=0)
            connection.close()


@pytest.fixture
def dump(made: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may spoil."""
    for path in (made, made.with_name("sg.dump.json")):
        shutil.copy2(path, tmp_path)
    return tmp_path / made.name


@pytest.fixture
def backup(settings: Any, made: Path) -> Command:
    settings.DATABASE_BACKUP_URL = address_of("sg_backup")
    return said_by("backup")


@pytest.fixture
def restore(settings: Any, cluster: Cluster) -> Command:
    settings.DATABASE_ADMIN_URL = cluster.address()
    cluster.run("DROP DATABASE IF EXISTS sg WITH (FORCE)", database="postgres")
    cluster.run("CREATE DATABASE sg OWNER sg_owner", database="postgres")
    return said_by("restore")


def said_by(name: str) -> Command:
    def call(*words: str, **options: Any) -> str:
        said = io.StringIO()
        call_command(name, *words, stderr=said, **options)
        return said.getvalue()

    return call


def counted(address: str) -> stock.Stock:
    with psycopg.connect(address, autocommit=True) as line:
        return stock.take(line)


def test_a_backup_comes_back_whole_on_another_server(dump: Path, restore: Command, cluster: Cluster) -> None:
    began = time.monotonic()
    said = restore(str(dump))
    print(f"restore: {time.monotonic() - began:.1f} s")
    assert "without a viewer the application sees no row" in said
    before, after = counted(address_of("sg_backup")), counted(cluster.address())
    assert before == after
    assert after.rows["public.records_case"] == 3
    assert len(after.forced) >= 10
    assert "public.records_case" in after.forced
    assert after.policies
    assert cluster.run("SELECT count(*) FROM records_case", login="postgres") == [(3,)]
    with psycopg.connect(cluster.address("sg_web"), autocommit=True) as web:
        web.execute("SET ROLE sg_app")
        assert web.execute("SELECT count(*) FROM records_case").fetchall() == [(0,)]


def test_both_files_are_for_their_owners_eyes_alone_and_no_half_file_is_left(made: Path) -> None:
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in made.parent.iterdir()} == {
        "sg.dump": 0o600,
        "sg.dump.json": 0o600,
    }


def test_the_manifest_holds_numbers_and_no_record(made: Path) -> None:
    text = made.with_name("sg.dump.json").read_text()
    assert json.loads(text)["stock"]["rows"]["public.records_case"] == 3
    assert "Robin" not in text
    assert "@test.example" not in text


def test_a_backup_is_never_written_over_another(backup: Command, tmp_path: Path) -> None:
    file = tmp_path / "sg.dump"
    file.write_text("the last good one")
    with pytest.raises(CommandError, match="never written over another"):
        backup(str(file))
    assert file.read_text() == "the last good one"


@pytest.mark.parametrize("login", ["sg_web", "sg_migrate"])
def test_a_login_behind_the_wall_is_refused_instead_of_writing_an_empty_backup(
    settings: Any, made: Path, tmp_path: Path, login: str
) -> None:
    settings.DATABASE_BACKUP_URL = address_of(login)
    with pytest.raises(CommandError, match="does not pass row security"):
        said_by("backup")(str(tmp_path / "sg.dump"))
    assert list(tmp_path.iterdir()) == []


def test_without_an_address_one_sentence_says_which_is_missing(settings: Any, tmp_path: Path) -> None:
    settings.DATABASE_BACKUP_URL = settings.DATABASE_ADMIN_URL = ""
    with pytest.raises(CommandError, match="Set DATABASE_BACKUP_URL"):
        said_by("backup")(str(tmp_path / "sg.dump"))
    with pytest.raises(CommandError, match="Set DATABASE_ADMIN_URL"):
        said_by("restore")(str(tmp_path / "sg.dump"))


def test_a_restore_takes_the_place_of_tables_only_when_told_and_keeps_them(
    dump: Path, restore: Command, cluster: Cluster
) -> None:
    file = str(dump)
    cluster.run("CREATE TABLE precious (words text); INSERT INTO precious VALUES ('here first')")
    with pytest.raises(CommandError, match=r"holds 1 tables(.|\n)*Nothing was changed"):
        restore(file)
    assert cluster.run("SELECT words FROM precious") == [("here first",)]
    said = restore(file, over=True)
    kept = said.split("kept as the database ")[1].split(";")[0]
    assert cluster.run("SELECT count(*) FROM records_case") == [(3,)]
    cluster.run(f"ALTER DATABASE {kept} ALLOW_CONNECTIONS true", database="postgres")
    assert cluster.run("SELECT words FROM precious", database=kept) == [("here first",)]
    cluster.run(f"DROP DATABASE {kept}", database="postgres")


def test_a_file_that_was_changed_changes_nothing(dump: Path, restore: Command, cluster: Cluster) -> None:
    whole = dump.read_bytes()
    for spoiled in (whole[: len(whole) // 2], whole + b"more", b"not a dump"):
        dump.write_bytes(spoiled)
        with pytest.raises(CommandError, match="Nothing was changed"):
            restore(str(dump))
    assert cluster.run("SELECT count(*) FROM pg_database WHERE datname LIKE 'sg%'", database="postgres") == [
        (1,)
    ]
    assert cluster.run("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]


def test_a_restore_that_lacks_something_is_not_put_in_place(
    dump: Path, restore: Command, cluster: Cluster
) -> None:
    rewrite(dump, lambda manifest: manifest["stock"]["rows"].update({"public.records_case": 4}))
    with pytest.raises(CommandError, match="records_case had 4 rows and has 3"):
        restore(str(dump))
    assert cluster.run("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"rows": {"public.a": 1}}, "public.b had 2 rows and has None."),
        (
            {"owners": {"public.a": "postgres"}},
            "Owners are not the same: public.a postgres, public.a sg_owner.",
        ),
        ({"forced": []}, "Forced are not the same: public.a."),
        ({"policies": []}, "Policies are not the same: public.a app_see."),
        ({"functions": ["wall.may(uuid) postgres"]}, "Functions are not the same"),
        ({"triggers": ["public.a other"]}, "Triggers are not the same"),
    ],
)
def test_whatever_is_not_as_it_was_is_named(change: dict[str, Any], sentence: str) -> None:
    before = stock.Stock(
        rows={"public.a": 1, "public.b": 2},
        owners={"public.a": "sg_owner"},
        forced=["public.a"],
        policies=["public.a app_see"],
        functions=["wall.may(uuid) sg_access definer"],
        triggers=["public.a append_only"],
    )
    assert stock.differences(before, before) == []
    (found,) = stock.differences(before, replace(before, **change))
    assert sentence in found


def test_rows_that_anybody_could_see_are_found(cluster: Cluster) -> None:
    cluster.run("CREATE DATABASE leaking OWNER sg_owner", database="postgres")
    cluster.run(
        "CREATE TABLE open_case (id int); INSERT INTO open_case VALUES (1), (2); GRANT SELECT ON open_case TO sg_app;"
        "ALTER TABLE open_case ENABLE ROW LEVEL SECURITY; ALTER TABLE open_case FORCE ROW LEVEL SECURITY;"
        "CREATE POLICY nearly_everybody ON open_case USING (id > 0)",
        database="leaking",
    )
    with psycopg.connect(cluster.address(database="leaking"), autocommit=True) as line:
        assert stock.shown_to_nobody(line) == ["public.open_case shows 2 rows to sg_app without a viewer."]
    cluster.run("DROP DATABASE leaking", database="postgres")


def test_a_server_without_our_roles_is_told_so(dump: Path, restore: Command) -> None:
    rewrite(dump, lambda manifest: manifest["stock"]["owners"].update({"public.records_case": "sg_somebody"}))
    with pytest.raises(CommandError, match=r"lacks the roles sg_somebody(.|\n)*launch/roles.py --print"):
        restore(str(dump))


def test_a_database_that_was_closed_to_others_stays_closed(
    dump: Path, restore: Command, cluster: Cluster
) -> None:
    rights = [["sg_web", "CONNECT"], ["a_login_of_the_old_server", "CONNECT"]]
    rewrite(dump, lambda manifest: manifest.update(rights=rights))
    restore(str(dump))
    assert cluster.run("SELECT 1", login="sg_web") == [(1,)]
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        cluster.run("SELECT 1", login="sg_worker")


def test_a_dump_may_pass_through_a_program_that_encrypts_it(
    made: Path, settings: Any, cluster: Cluster, restore: Command, tmp_path: Path
) -> None:
    """`backup - --manifest M | age ... > F` and `age -d F | restore - --manifest M`, with cat in place of age."""
    manage = [sys.executable, "manage.py"]
    environment = {
        "DJANGO_SETTINGS_MODULE": "safeguarding.settings.base",
        "DATABASE_BACKUP_URL": address_of("sg_backup"),
        "DATABASE_ADMIN_URL": cluster.address(),
    }
    manifest = str(tmp_path / "sg.json")
    for command, mode in (("backup", "wb"), ("restore", "rb")):
        with (tmp_path / "encrypted").open(mode) as file:
            done = subprocess.run(
                [*manage, command, "-", "--manifest", manifest],
                stdin=file if command == "restore" else None,
                stdout=file if command == "backup" else None,
                stderr=subprocess.PIPE,
                cwd=ROOT,
                env=environment,
                text=True,
                check=False,
            )
        assert done.returncode == 0, done.stderr
    assert cluster.run("SELECT count(*) FROM records_case") == [(3,)]


def test_the_running_demo_knows_both_addresses_and_a_database_of_somebody_else_does_not() -> None:
    """`make demo`, then `manage.py backup FILE`: nothing to set."""
    place = "?host=/run/sg"
    own = Addresses(f"postgresql://sg_web@/sg{place}", "", f"postgresql://sg_migrate@/sg{place}", "", True)
    assert own.for_operators() == {
        "DATABASE_BACKUP_URL": f"postgresql://sg_backup@/sg{place}",
        "DATABASE_ADMIN_URL": f"postgresql://postgres@/sg{place}",
    }
    assert replace(own, own_database=False).for_operators() == {}


def rewrite(dump: Path, change: Callable[[Any], Any]) -> None:
    """Another manifest beside the same dump."""
    place = dump.with_name("sg.dump.json")
    manifest = json.loads(place.read_text())
    change(manifest)
    place.write_text(json.dumps(manifest))
