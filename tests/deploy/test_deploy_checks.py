"""`check --deploy` names what would run and should not with real data."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from foundation.base import deploy_checks

Check = Callable[..., list[Any]]


@dataclass
class Settings:
    """Those of a service that is well deployed."""

    ALLOWED_HOSTS: list[str] = field(default_factory=lambda: ["safeguarding.example"])
    IS_DEMO: bool = False
    CLOCK_MAY_BE_SET: bool = False
    PUBLIC_URL: str = "https://safeguarding.example"
    REDIS_URL: str = "redis://:secret@redis.example/0"
    DATABASES: dict[str, Any] = field(default_factory=dict)


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch) -> Settings:
    well = Settings()
    database(well)
    monkeypatch.setattr(deploy_checks, "settings", well)
    return well


def database(settings: Settings, *, host: str = "db.example", user: str = "sg_web", **options: Any) -> None:
    told = {"assume_role": "sg_app", "sslmode": "verify-full", **options}
    settings.DATABASES = {"default": {"HOST": host, "USER": user, "OPTIONS": told}}


def ids(check: Check) -> list[str]:
    return [message.id for message in check()]


CHECKS = [
    deploy_checks.hosts,
    deploy_checks.demo,
    deploy_checks.database_login,
    deploy_checks.database_line,
    deploy_checks.redis_password,
    deploy_checks.public_address,
]


def test_where_all_is_well_nothing_is_said() -> None:
    assert [ids(check) for check in CHECKS] == [[]] * len(CHECKS)


@pytest.mark.parametrize(
    ("name", "value", "check", "number"),
    [
        ("ALLOWED_HOSTS", ["safeguarding.example", "*"], deploy_checks.hosts, "base.E001"),
        ("IS_DEMO", True, deploy_checks.demo, "base.E002"),
        ("CLOCK_MAY_BE_SET", True, deploy_checks.demo, "base.E002"),
        ("REDIS_URL", "redis://redis.example/0", deploy_checks.redis_password, "base.W002"),
        ("PUBLIC_URL", "http://127.0.0.1:8000", deploy_checks.public_address, "base.W003"),
    ],
)
def test_what_should_not_be_is_named(
    settings: Settings, name: str, value: Any, check: Check, number: str
) -> None:
    setattr(settings, name, value)
    assert ids(check) == [number]


@pytest.mark.parametrize("login", ["postgres", "sg_migrate", "sg_backup"])
def test_pages_are_not_served_with_a_login_above_the_web(settings: Settings, login: str) -> None:
    database(settings, user=login)
    assert ids(deploy_checks.database_login) == ["base.E003"]


def test_migrations_have_the_owners_login(settings: Settings) -> None:
    database(settings, user="sg_migrate", assume_role="sg_owner")
    assert ids(deploy_checks.database_login) == []


@pytest.mark.parametrize("mode", [None, "prefer", "allow"])
def test_a_line_that_may_be_plain_by_accident_is_named(settings: Settings, mode: str | None) -> None:
    database(settings, sslmode=mode)
    assert ids(deploy_checks.database_line) == ["base.W001"]


@pytest.mark.parametrize(
    ("host", "mode"), [("db", "disable"), ("/run/postgresql", None), ("127.0.0.1", None)]
)
def test_a_line_that_was_decided_on_or_never_leaves_the_machine_is_not(
    settings: Settings, host: str, mode: str | None
) -> None:
    database(settings, host=host, sslmode=mode)
    assert ids(deploy_checks.database_line) == []


@pytest.mark.parametrize("address", ["redis+socket:///run/redis.sock", "redis://127.0.0.1:6379/0"])
def test_a_redis_of_this_machine_may_go_without_a_password(settings: Settings, address: str) -> None:
    settings.REDIS_URL = address
    assert ids(deploy_checks.redis_password) == []
