"""Too many wrong passwords lock one account for one network, and the count is kept in PostgreSQL."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from foundation.accounts.models import User
from foundation.base.pg.roles import as_owner
from tests.accounts.test_sign_in import PASSWORD, WRONG, sign_in, with_password
from tests.factories import World, make_world

LOCKED = 429
HERE, ELSEWHERE = "203.0.113.1", "198.51.100.7"


@pytest.fixture
def nurse(world: World) -> User:
    return with_password(world.nurse)


def lock(email: str) -> list[int]:
    return [sign_in(Client(), email, WRONG, HERE) for _ in range(settings.AXES_FAILURE_LIMIT)]


def test_the_last_try_of_the_limit_locks_and_even_the_right_password_waits(
    client: Client, nurse: User
) -> None:
    *before, last = lock(nurse.email)
    assert LOCKED not in before
    assert last == LOCKED
    assert sign_in(client, nurse.email, PASSWORD, HERE) == LOCKED
    assert client.get("/").status_code == 302


def test_the_same_person_elsewhere_is_not_locked(client: Client, nurse: User) -> None:
    lock(nurse.email)
    assert sign_in(client, nurse.email, PASSWORD, ELSEWHERE) == 302


def test_a_colleague_in_the_same_network_is_not_locked(client: Client, nurse: User, world: World) -> None:
    colleague = with_password(world.school_lead)
    lock(nurse.email)
    assert sign_in(client, colleague.email, PASSWORD, HERE) == 302


def test_an_unknown_address_locks_like_a_known_one(db: None) -> None:
    *before, last = lock("nobody@test.example")
    assert LOCKED not in before
    assert last == LOCKED


def test_another_spelling_of_the_address_is_the_same_account(nurse: User) -> None:
    lock(nurse.email)
    assert sign_in(Client(), nurse.email.upper(), WRONG, HERE) == LOCKED


def test_a_made_up_forwarding_header_is_not_another_network(nurse: User) -> None:
    lock(nurse.email)
    answer = Client().post(
        "/sign-in/",
        {"login": nurse.email, "password": PASSWORD},
        REMOTE_ADDR=HERE,
        headers={"X-Forwarded-For": ELSEWHERE},
    )
    assert answer.status_code == LOCKED


def test_signing_in_rightly_forgets_the_wrong_tries(nurse: User) -> None:
    for _ in range(3):
        for _ in range(settings.AXES_FAILURE_LIMIT - 1):
            sign_in(Client(), nurse.email, WRONG, HERE)
        assert sign_in(Client(), nurse.email, PASSWORD, HERE) == 302


def test_after_the_time_is_over_the_account_is_open_again(nurse: User) -> None:
    lock(nurse.email)
    with as_owner():
        AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(days=1))
        with connection.cursor() as cursor:
            cursor.execute("UPDATE axes_accessattemptexpiration SET expires_at = now() - interval '1 minute'")
    assert sign_in(Client(), nurse.email, PASSWORD, HERE) == 302


@pytest.mark.django_db(transaction=True)
def test_the_count_outlives_the_requests_that_failed() -> None:
    nurse = with_password(make_world().nurse)
    sign_in(Client(), nurse.email, WRONG, HERE)
    sign_in(Client(), nurse.email, WRONG, HERE)
    connection.close()
    (attempt,) = AccessAttempt.objects.all()
    assert attempt.failures_since_start == 2
    assert attempt.ip_address == HERE
    assert WRONG not in str(vars(attempt))


def test_the_count_is_kept_for_the_account(nurse: User) -> None:
    sign_in(Client(), nurse.email.upper(), WRONG, HERE)
    sign_in(Client(), nurse.email, WRONG, HERE)
    (attempt,) = AccessAttempt.objects.all()
    assert (attempt.username, attempt.ip_address) == (nurse.email, HERE)


def test_counters_are_kept_in_the_database_and_not_in_a_cache() -> None:
    assert settings.AXES_LOCKOUT_PARAMETERS == [["username", "ip_address"]]
    assert getattr(settings, "AXES_HANDLER", "axes.handlers.database.AxesDatabaseHandler").endswith(
        "AxesDatabaseHandler"
    )
    assert "locmem" in settings.CACHES["default"]["BACKEND"]
    assert not settings.ACCOUNT_RATE_LIMITS
