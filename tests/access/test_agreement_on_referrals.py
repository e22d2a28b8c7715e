"""Both walls agree on referrals: words, progress, steps and the case that was opened."""

import uuid
from dataclasses import fields
from typing import Any

import pytest

from cases.records.services import ShareTerms
from foundation.accounts.models import User
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from referrals import services
from referrals.models import Move, OpenedCase, Progress, Referral
from tests.factories import World
from tests.triples import asked, draft, sent

SCOPED: list[Any] = [Referral, Progress, Move, OpenedCase]
PEOPLE = [each.name for each in fields(World) if each.type is User]


@pytest.fixture
def tray(world: World) -> dict[str, Referral]:
    """One referral in every state."""
    made = {"draft": draft(world), "sent": sent(world), "asked": asked(world), "declined": sent(world)}
    accepted = made["accepted"] = sent(world)
    terms = ShareTerms(team=world.social_work, purpose="To keep the child safe", lawful_basis="public_task")
    first = services.FirstEntry(text="A new phone", happened_on=clock.today())
    with acting_as(world.coordinator):
        services.decline(referral_id=made["declined"].pk, reason="Known already", actor=world.coordinator)
        services.accept(
            referral_id=accepted.pk,
            reason="We act",
            shares=[terms],
            first_entry=first,
            actor=world.coordinator,
        )
    return made


def asked_of_python(user: User) -> dict[str, set[uuid.UUID]]:
    with acting_as(user), as_owner():
        return {m.__name__: set(m.objects.visible_to(user).values_list("pk", flat=True)) for m in SCOPED}


def asked_of_the_database(user: User) -> dict[str, set[uuid.UUID]]:
    with acting_as(user):
        return {m.__name__: set(m.objects.values_list("pk", flat=True)) for m in SCOPED}


@pytest.mark.parametrize("who", PEOPLE)
def test_both_walls_agree_for(world: World, tray: dict[str, Referral], who: str) -> None:
    viewer = getattr(world, who)
    python, database = asked_of_python(viewer), asked_of_the_database(viewer)
    assert python == database
    everything, sent_ones = (
        {row.pk for row in tray.values()},
        {row.pk for row in tray.values()} - {tray["draft"].pk},
    )
    words = {"school_lead": everything, "coordinator": sent_ones, "hub_minutes": sent_ones}
    assert database["Referral"] == words.get(who, set())
    progress = {"school_lead", "school_colleague", "coordinator", "hub_minutes"}
    assert database["Progress"] == (sent_ones if who in progress else set())
    assert bool(database["OpenedCase"]) is (who in {"coordinator", "hub_minutes"})


def test_who_sees_the_case_never_reads_the_referral(world: World, tray: dict[str, Referral]) -> None:
    assert not any(asked_of_the_database(world.social_worker).values())


def test_a_named_keeper_reads_that_one_and_no_other(world: World, tray: dict[str, Referral]) -> None:
    kept = tray["sent"]
    with acting_as(world.coordinator):
        services.name_keeper(referral_id=kept.pk, user=world.nurse, actor=world.coordinator)
    python, database = asked_of_python(world.nurse), asked_of_the_database(world.nurse)
    assert database["Referral"] == {kept.pk}
    assert {name: python[name] for name in ("Referral", "Move")} == {
        n: database[n] for n in ("Referral", "Move")
    }


def test_an_account_that_is_no_longer_active_reads_nothing(world: World, tray: dict[str, Referral]) -> None:
    with as_owner():
        User.objects.filter(pk=world.school_lead.pk).update(is_active=False)
    world.school_lead.refresh_from_db()
    assert not any(asked_of_the_database(world.school_lead).values())
    assert not any(asked_of_python(world.school_lead).values())
