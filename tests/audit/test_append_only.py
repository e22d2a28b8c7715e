"""A row of the audit is written once, in one's own name, and nobody changes or removes it."""

import uuid

import pytest
from django.db import DatabaseError, transaction

from foundation.audit import services as audit
from foundation.audit.models import AuditEvent, Outcome
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from tests.base.sql import refused, rows
from tests.factories import World, make_case

CHANGES = [
    "UPDATE audit_auditevent SET action = 'x'",
    "DELETE FROM audit_auditevent",
    "TRUNCATE audit_auditevent",
]


@pytest.mark.parametrize("statement", [*CHANGES, "SELECT * FROM audit_auditevent"])
def test_the_application_only_adds(world: World, statement: str) -> None:
    with acting_as(world.coordinator):
        audit.record(action="look")
        with refused("permission denied"):
            rows(statement)


@pytest.mark.parametrize("statement", CHANGES)
def test_the_owner_at_work_changes_nothing_either(world: World, statement: str) -> None:
    with as_owner(), pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows(statement)


def test_nobody_writes_a_row_in_the_name_of_another(world: World) -> None:
    with acting_as(world.coordinator):
        for actor in (world.nurse.pk, None, 0):
            with refused("row-level security"):
                AuditEvent.objects.create(actor=actor, action="look")
    with refused("row-level security"):
        AuditEvent.objects.create(actor=world.nurse.pk, action="look")


def test_where_nobody_is_signed_in_the_row_is_nobodys(db: None) -> None:
    audit.record(action="look", outcome=Outcome.REFUSED)
    with as_owner():
        event = AuditEvent.objects.get(action="look")
    assert (event.actor, event.outcome) == (None, Outcome.REFUSED)


def test_a_row_says_who_what_and_where_it_belongs(world: World) -> None:
    case = make_case(world)
    shown = [uuid.uuid4(), uuid.uuid4()]
    circumstances = audit.Circumstances(request_id="r1", session="s1", network="203.0.113.9")
    with acting_as(world.coordinator), audit.under(circumstances):
        audit.record(
            action="look", about=case, scope_id=case.pk, shown=shown, fields=["title"], purpose="public_task"
        )
    with as_owner():
        event = AuditEvent.objects.get(action="look")
    assert (event.actor, event.object_kind, event.object_id) == (
        world.coordinator.pk,
        "records.Case",
        str(case.pk),
    )
    assert (event.scope_id, event.shown, event.fields) == (case.pk, [str(each) for each in shown], ["title"])
    assert (event.request_id, event.session, event.network) == ("r1", "s1", "203.0.113.9")
    assert str(event) == f"look records.Case {case.pk}"


def test_a_row_goes_with_the_act_it_stands_beside(world: World) -> None:
    with acting_as(world.coordinator), transaction.atomic():
        audit.record(action="look")
        transaction.set_rollback(True)
    with as_owner():
        assert not AuditEvent.objects.filter(action="look").exists()


def test_a_row_outlives_what_it_speaks_of(db: None) -> None:
    assert (
        rows(
            "SELECT conname FROM pg_constraint WHERE contype = 'f' AND conrelid = 'audit_auditevent'::regclass"
        )
        == []
    )
