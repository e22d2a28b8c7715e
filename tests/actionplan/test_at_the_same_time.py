"""Two people, or one click twice, at the same moment; and rows from before there were versions."""

import importlib
import threading
import uuid
from datetime import date
from typing import Any

import pytest
from django.db import connection

from actionplan.models import Proposal, ProposalChange, Rating, Update
from actionplan.policies import ChangedMeanwhile
from actionplan.services import PlanRow
from foundation.accounts.models import User
from foundation.accounts.roles import Role
from foundation.base.pg.roles import as_owner
from tests.actionplan.plans import import_as, make_plan, stored, update
from tests.base.sql import rows
from tests.factories import World, make_user


def at_once(*pages: tuple[User, dict[str, Any]]) -> list[str]:
    """Each page sent from a thread of its own, in the same moment. What became of it."""
    together = threading.Barrier(len(pages))
    told: list[str] = []

    def send(actor: User, said: dict[str, Any]) -> None:
        try:
            together.wait(timeout=10)
            update(actor, **said)
            told.append("saved")
        except ChangedMeanwhile:
            told.append("changed meanwhile")
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=page) for page in pages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(told)


@pytest.mark.django_db(transaction=True)
def test_one_click_twice_is_one_update(world: World) -> None:
    make_plan(world)
    page = {"update_id": uuid.uuid4(), "seen_version": 0, "rating": Rating.AT_RISK, "reason": "Rain."}

    assert at_once((world.plan_lead, dict(page)), (world.plan_lead, dict(page))) == ["saved", "saved"]

    with as_owner():
        assert (Update.objects.count(), ProposalChange.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_people_one_is_told_of_the_other(world: World) -> None:
    make_plan(world)
    chair = make_user("Cass Ember", world.hub, Role.CHAIR)
    update(world.plan_lead, lead_user=chair)
    one: dict[str, Any] = {"seen_version": 1, "rating": Rating.AT_RISK, "reason": "Rain."}
    other: dict[str, Any] = {"seen_version": 1, "rating": Rating.NOT_RATED, "progress": "Begun."}

    assert at_once((world.plan_lead, one), (chair, other)) == ["changed meanwhile", "saved"]

    assert stored().version == 2


def test_what_was_changed_before_there_were_versions_is_counted(world: World) -> None:
    make_plan(world)
    for day in (date(2030, 3, 31), date(2030, 6, 30), date(2030, 9, 30)):
        import_as(world.plan_lead, PlanRow(1, f"Paint by {day}.", by_when=day))
    count = importlib.import_module("actionplan.migrations.0003_leads_and_updates").COUNT

    with as_owner():
        Proposal.objects.update(version=0, by_when_first=None)
        ProposalChange.objects.update(version=0)
        for statement in filter(str.strip, count.split(";")):
            rows(statement)
        found = Proposal.objects.order_by("number").values_list("version", "by_when_first")
        assert list(found) == [(3, date(2030, 3, 31)), (0, None), (0, None)]
        versions = ProposalChange.objects.order_by("at").values_list("version", flat=True)
        assert list(versions) == [1, 1, 2, 2, 3, 3]
