"""What the containers are made with: the roles' SQL is the launcher's, and it runs; secrets are made once."""

import os
import stat
import subprocess
import time
from pathlib import Path

import psycopg
import pytest

from deploy import healthcheck, make_secrets
from launch import roles
from tests.architecture.source import ROOT
from tests.deploy.clusters import Cluster, empty_cluster

INIT = ROOT / "deploy" / "postgres"


def statements(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.startswith("--")]


def test_the_sql_of_the_container_is_what_the_launcher_prints() -> None:
    assert statements((INIT / "10-roles.sql").read_text()) == roles.everything_missing(None, False)


def run_as_the_image_does(cluster: Cluster, file: Path) -> None:
    """`psql -v ON_ERROR_STOP=1 --no-psqlrc --username postgres --dbname postgres -f FILE`, as its entrypoint."""
    psql = [
        str(cluster.programs / "psql"),
        "-v",
        "ON_ERROR_STOP=1",
        "--no-psqlrc",
        "--quiet",
        "--no-password",
    ]
    where = ["--host", str(cluster.sockets), "--username", "postgres", "--dbname", "postgres"]
    done = subprocess.run([*psql, *where, "-f", str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_new_server_gets_every_role_and_password_from_the_init_scripts(tmp_path: Path) -> None:
    make_secrets.write(tmp_path / "secrets")
    passwords = tmp_path / "20-passwords.sql"
    text = (INIT / passwords.name).read_text()
    passwords.write_text(text.replace("/run/secrets", str(tmp_path / "secrets")))
    with empty_cluster() as cluster:
        run_as_the_image_does(cluster, INIT / "10-roles.sql")
        run_as_the_image_does(cluster, passwords)
        with psycopg.connect(cluster.address()) as connection:
            found = roles.look(connection)
            wanted = roles.Wanted("")
            assert [*roles.cluster_plan(found, wanted), *roles.database_plan(found, wanted)] == []
        kept = cluster.run(
            "SELECT rolname, rolpassword FROM pg_authid WHERE rolname LIKE 'sg_%' AND rolcanlogin"
        )
        assert {name for name, _ in kept} == {"sg_web", "sg_worker", "sg_migrate", "sg_backup"}
        assert all(str(password).startswith("SCRAM-SHA-256$") for _, password in kept)
        assert len({password for _, password in kept}) == 4


def test_secrets_are_made_once_and_differ(tmp_path: Path) -> None:
    place = tmp_path / "secrets"
    made = make_secrets.write(place)
    first = {path.name: path.read_text() for path in place.iterdir()}
    assert sorted(first) == made
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in place.iterdir()} == {0o444}
    passwords = [text for name, text in first.items() if name.endswith("_password") and text]
    assert len(set(passwords)) == len(passwords) == 6
    assert all(len(text) >= 32 for text in passwords)
    assert make_secrets.write(place) == []
    assert {path.name: path.read_text() for path in place.iterdir()} == first


def test_an_address_that_is_lost_is_made_again_from_its_password(tmp_path: Path) -> None:
    place = tmp_path / "secrets"
    make_secrets.write(place)
    before = (place / "database_url").read_text()
    (place / "database_url").unlink()
    assert make_secrets.write(place) == ["database_url"]
    assert (place / "database_url").read_text() == before
    assert before.startswith("postgresql://sg_web:")


def test_every_secret_compose_names_is_made(tmp_path: Path) -> None:
    import yaml

    place = tmp_path / "secrets"
    make_secrets.write(place)
    declared = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["secrets"]
    assert {entry["file"] for entry in declared.values()} == {
        f"deploy/secrets/{p.name}" for p in place.iterdir()
    }


def test_beat_is_well_while_it_writes_its_schedule(tmp_path: Path) -> None:
    schedule = tmp_path / "schedule"
    assert healthcheck.beat(str(schedule)) == "has written no schedule"
    (tmp_path / "schedule.db").write_text("")
    assert healthcheck.beat(str(schedule)) is None
    old = time.time() - 2 * healthcheck.STALE_SECONDS
    os.utime(tmp_path / "schedule.db", (old, old))
    assert "has written nothing" in str(healthcheck.beat(str(schedule)))


def test_web_that_does_not_answer_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(healthcheck, "PORT", 9)
    assert healthcheck.main(["web"]) == 1
    assert "web does not answer" in capsys.readouterr().err
    assert healthcheck.main(["nothing"]) == 2
