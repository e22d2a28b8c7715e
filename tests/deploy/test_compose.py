"""The compose file, without an engine: it is valid, pinned, watched, not root, and tells processes what they read."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.architecture.source import ROOT
from tests.architecture.test_settings import names_read

FILE = ROOT / "docker-compose.yml"
COMPOSE: dict[str, Any] = yaml.safe_load(FILE.read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("web", "worker", "beat", "migrate", "backup", "restore")
RUNNING = ("web", "worker", "beat", "db", "redis")
PINNED = re.compile(r"^[a-z0-9/.-]+:v?\d+\.\d+(\.\d+)?([.-][\w.-]+)?$")
DJANGOS_OWN = {"DJANGO_SETTINGS_MODULE"}


def of(service: str, name: str) -> str:
    """A value with the defaults of its `${NAME:-default}` put in, as compose does where nothing is set."""
    return re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", str(SERVICES[service].get(name, "")))


def variables(service: str) -> set[str]:
    return {name.removesuffix("_FILE") for name in SERVICES[service].get("environment", {})}


def validate(path: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("check-jsonschema"))]
    command += ["--builtin-schema", "vendor.compose-spec", str(path)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_the_file_is_what_the_compose_specification_says() -> None:
    answer = validate(FILE)
    assert answer.returncode == 0, answer.stdout


def test_a_mistake_is_found(tmp_path: Path) -> None:
    spoiled = tmp_path / "docker-compose.yml"
    spoiled.write_text(FILE.read_text().replace("healthcheck:", "healthchek:"))
    assert validate(spoiled).returncode == 1


def test_the_services_are_there() -> None:
    assert set(SERVICES) == {*OURS, "db", "redis"}
    assert SERVICES["db"]["image"].startswith("postgres:18.")
    assert SERVICES["redis"]["image"].startswith("redis:8.")


@pytest.mark.parametrize("service", ["web", "worker", "beat", "migrate", "backup", "restore"])
def test_every_variable_that_is_given_is_read_by_settings(service: str) -> None:
    assert variables(service) - names_read() - DJANGOS_OWN == set()


@pytest.mark.parametrize("service", ["web", "worker", "beat"])
def test_every_variable_without_a_default_is_given(service: str) -> None:
    assert {"SECRET_KEY", "ALLOWED_HOSTS", "PROXY_COUNT", "PUBLIC_URL", "REDIS_URL"} <= variables(service)


def test_each_process_has_the_login_of_its_own_part_and_no_other() -> None:
    addresses = {
        name: {v for v in variables(name) if v.startswith("DATABASE_") and v.endswith("URL")} for name in OURS
    }
    assert addresses == {
        "web": {"DATABASE_URL"},
        "worker": {"DATABASE_WORKER_URL"},
        "beat": {"DATABASE_WORKER_URL"},
        "migrate": {"DATABASE_OWNER_URL"},
        "backup": {"DATABASE_BACKUP_URL"},
        "restore": {"DATABASE_ADMIN_URL"},
    }
    roles = {name: SERVICES[name]["environment"].get("DB_ROLE") for name in ("web", "worker", "beat")}
    assert roles == {"web": "app", "worker": "worker", "beat": "worker"}


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_every_image_is_pinned(service: str) -> None:
    assert PINNED.match(of(service, "image")), of(service, "image")


@pytest.mark.parametrize("image", ["redis", "redis:latest", "redis:8", "postgres:18-alpine", "web:local"])
def test_an_image_that_is_not_pinned_is_found(image: str) -> None:
    assert not PINNED.match(image)


@pytest.mark.parametrize("service", RUNNING)
def test_everything_that_keeps_running_is_watched_and_started_again(service: str) -> None:
    assert SERVICES[service]["healthcheck"]["test"]
    assert SERVICES[service]["restart"] == "unless-stopped"
    assert SERVICES[service]["security_opt"] == ["no-new-privileges:true"]


def test_each_of_our_processes_asks_about_itself() -> None:
    asked = {name: SERVICES[name]["healthcheck"]["test"][-1] for name in ("web", "worker", "beat")}
    assert asked == {"web": "web", "worker": "worker", "beat": "beat"}


@pytest.mark.parametrize("service", OURS)
def test_ours_run_as_nobody_in_particular_and_change_no_file_of_the_image(service: str) -> None:
    user = of(service, "user")
    assert user.split(":")[0].isdecimal()
    assert user.split(":")[0] != "0"
    assert SERVICES[service]["read_only"] is True
    assert SERVICES[service]["cap_drop"] == ["ALL"]


def test_nothing_but_web_can_be_reached_and_that_from_this_host_alone() -> None:
    published = {name: each["ports"] for name, each in SERVICES.items() if "ports" in each}
    assert list(published) == ["web"]
    assert all(str(port).startswith("127.0.0.1:") for port in published["web"])
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert SERVICES["db"]["networks"] == SERVICES["redis"]["networks"] == ["inside"]


def test_web_worker_and_beat_wait_for_the_migrations() -> None:
    for name in ("web", "worker", "beat"):
        assert SERVICES[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert SERVICES["migrate"]["depends_on"]["db"]["condition"] == "service_healthy"
    assert SERVICES["migrate"]["restart"] == "no"


def test_redis_keeps_what_it_was_given_and_asks_for_a_password() -> None:
    words = SERVICES["redis"]["command"][-1]
    for option in ("--appendonly yes", "--maxmemory-policy noeviction", "--requirepass"):
        assert option in words


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)
    else:
        yield str(value)


def test_secrets_are_files_and_each_is_declared() -> None:
    for name, each in SERVICES.items():
        named = {
            text.removeprefix("/run/secrets/")
            for text in texts(each.get("environment", {}))
            if "/run/" in text
        }
        named |= set(re.findall(r"/run/secrets/(\w+)", " ".join(texts(each.get("command", [])))))
        assert named <= set(each.get("secrets", [])) <= set(COMPOSE["secrets"]), name
        secret = [v for v in each.get("environment", {}) if re.search("SECRET|PASSWORD|_URL", v)]
        assert {v for v in secret if not v.endswith("_FILE")} <= {"PUBLIC_URL"}, name


def test_every_variable_the_file_asks_for_is_explained() -> None:
    asked = set(re.findall(r"\$\{(\w+)", FILE.read_text()))
    guide = (ROOT / "docs" / "operations.md").read_text()
    assert {name for name in asked if f"`{name}`" not in guide} == set()


def test_it_is_the_same_postgresql_and_redis_for_the_image_and_the_services() -> None:
    stages = re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert SERVICES["db"]["image"] in stages
