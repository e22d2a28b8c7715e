"""Mail goes out once, at least; a bad address, a server that hangs or a poisoned notice holds nobody else back."""

import logging
import smtplib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from foundation.base import clock
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from foundation.deadlines import delivery, services
from foundation.deadlines.delivery import BREAKS_AFTER, TAKEN_FOR, TRIES_AT_MOST, deliver
from foundation.deadlines.models import Deadline, Notice
from foundation.deadlines.sweep import sweep
from foundation.deadlines.telling import SUBJECT, message_id
from tests.deadlines.duties import DUTY, at, leave_team, make_duty, name_manager, on
from tests.factories import World

FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)


class Server(EmailBackend):
    """A mail server with a temper: `mood(message)` may raise."""

    mood: Any = staticmethod(lambda message: None)

    def send_messages(self, messages: Any) -> int:
        for message in messages:
            type(self).mood(message)
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def server(settings: Any) -> Iterator[type[Server]]:
    settings.EMAIL_BACKEND = f"{__name__}.Server"
    yield Server
    Server.mood = staticmethod(lambda message: None)


def given(world: World, **about: Any) -> Deadline:
    duty = make_duty(world, due_on=MONDAY, owner=world.social_worker, opened_at=at(FRIDAY, 15), **about)
    with on(FRIDAY, 15, 1):
        sweep()
    return duty


def notice_of(duty: Deadline, slot: str = "owner") -> Notice:
    with as_owner():
        return Notice.objects.get(deadline=duty.pk, slot=slot)


def deliver_at(minutes: int) -> int:
    with on(FRIDAY, 15, minutes):
        return deliver()


def test_a_message_holds_a_reference_a_day_and_a_link_and_no_name(world: World) -> None:
    duty = given(world)
    assert deliver_at(2) == 1
    sent = mail.outbox[0]
    assert sent.subject == SUBJECT
    assert sent.to == ["sol.vane@test.example"]
    assert "T-TEST" in sent.body
    assert "23 November 2026" in sent.body
    assert f"/notices/{notice_of(duty).pk}/" in sent.body
    for secret in ("Sol", "Vane", "Cora", "Water the plants", "Bristol"):
        assert secret not in sent.body
    assert sent.extra_headers["Message-ID"] == message_id(notice_of(duty))


def test_what_went_out_does_not_go_out_again(world: World) -> None:
    given(world)
    assert [deliver_at(2), deliver_at(3), deliver_at(30)] == [1, 0, 0]


def test_a_worker_that_dies_after_sending_is_followed_by_the_same_message_id(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(world)

    class Killed(BaseException):
        pass

    def killed(*args: Any, **values: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(delivery, "_mark", killed)
        with pytest.raises(Killed):
            deliver_at(2)
    assert deliver_at(3) == 0  # still taken
    with on(FRIDAY, 15, 2 + int(TAKEN_FOR.total_seconds() // 60) + 1):
        assert deliver() == 1
    assert len(mail.outbox) == 2
    assert len({each.extra_headers["Message-ID"] for each in mail.outbox}) == 1


def test_what_is_met_before_it_goes_is_not_sent(world: World) -> None:
    duty = given(world)
    with on(FRIDAY, 15, 2), acting_as(world.social_worker):
        services.meet_deadline(kind=DUTY, scope_id=duty.scope_id, actor=world.social_worker)
    assert deliver_at(3) == 0
    assert notice_of(duty).withdrawn_at is not None


def test_a_refused_address_goes_to_the_teams_inbox_and_is_named(
    world: World, server: type[Server], caplog: pytest.LogCaptureFixture
) -> None:
    duty, other = given(world), make_duty(world, due_on=MONDAY, owner=world.nurse, team=world.health)
    with on(FRIDAY, 16):
        sweep()

    def mood(message: Any) -> None:
        if message.to == ["sol.vane@test.example"]:
            raise smtplib.SMTPRecipientsRefused({message.to[0]: (550, b"no such person")})

    server.mood = staticmethod(mood)
    with caplog.at_level(logging.ERROR), on(FRIDAY, 16, 1):
        assert deliver() == 2
    assert [each.to for each in mail.outbox] == [["nora.pell@test.example"], ["duty@test.example"]]
    assert notice_of(duty).parked_at is not None
    assert "refuses the address" in notice_of(duty).failure
    assert str(notice_of(duty).pk) in caplog.text
    assert "sol.vane" not in caplog.text
    assert notice_of(other).sent_at is not None


def test_a_server_that_says_later_is_asked_again_and_not_for_ever(world: World, server: type[Server]) -> None:
    duty = given(world)

    def mood(message: Any) -> None:
        raise smtplib.SMTPRecipientsRefused({message.to[0]: (451, b"later")})

    server.mood = staticmethod(mood)
    for time in range(TRIES_AT_MOST + 2):
        with clock.set_to(at(FRIDAY, 15, 2) + timedelta(minutes=31 * time)):
            deliver()
    assert notice_of(duty).parked_at is not None
    assert notice_of(duty).tries == TRIES_AT_MOST


def test_a_server_that_hangs_is_left_alone_and_everything_goes_out_later(
    world: World, server: type[Server]
) -> None:
    duties = [given(world) for _ in range(BREAKS_AFTER + 3)]
    asked = []

    def hangs(message: Any) -> None:
        asked.append(message)
        raise TimeoutError

    server.mood = staticmethod(hangs)
    assert deliver_at(2) == 0
    assert len(asked) == BREAKS_AFTER
    server.mood = staticmethod(lambda message: None)
    assert deliver_at(3) + deliver_at(5) == len(duties)


def test_a_notice_that_cannot_be_written_keeps_nobody_back(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    poisoned, fine = given(world), given(world)
    with as_owner():
        Notice.objects.filter(deadline=poisoned.pk).update(kind="forgotten")
    assert deliver_at(2) == 1
    assert notice_of(fine).sent_at is not None
    assert notice_of(poisoned).failure == "KeyError"


def test_someone_who_left_since_gets_no_mail_and_the_inbox_does(world: World) -> None:
    duty = given(world)
    with on(FRIDAY, 15, 1):
        leave_team(world.social_worker)
    assert deliver_at(2) == 1
    assert mail.outbox[0].to == ["duty@test.example"]
    assert notice_of(duty).failure == "the person has left or may no longer see it"


def test_mail_waits_in_the_table_not_in_redis(world: World) -> None:
    name_manager(world.social_work, "Mara Quist")
    duty = given(world)
    assert notice_of(duty).sent_at is None
    with on(FRIDAY + timedelta(days=3), 9, 1):
        sweep()
        assert deliver() == 2


def test_what_was_given_to_somebody_else_since_is_not_sent(world: World) -> None:
    duty = given(world)
    with on(FRIDAY, 15, 2), acting_as(world.coordinator):
        services.move_deadline(kind=DUTY, scope_id=duty.scope_id, due_on=MONDAY, actor=world.coordinator)
    assert deliver_at(3) == 0
    assert notice_of(duty).withdrawn_at is not None
