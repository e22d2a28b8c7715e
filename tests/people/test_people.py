"""Records of people: who makes them, who sees them, and how age is told."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from cases.people.models import Person
from cases.people.services import add_person
from foundation.accounts.models import User
from foundation.base import clock
from foundation.base.errors import RuleBroken
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from tests.factories import World, make_case

TODAY = date(2026, 3, 4)
LATER = datetime(2099, 3, 4, 12, tzinfo=UTC)  # when everybody has long been a member of their team


def add(actor: User, born_on: date | None = None) -> Person:
    with acting_as(actor):
        return add_person(name="Robin Fable", known_as="", born_on=born_on, school="", actor=actor)


def test_a_hubs_coordinator_makes_a_record_that_only_they_see_until_there_is_a_case(world: World) -> None:
    person = add(world.coordinator)
    for viewer, seen in ((world.coordinator, 1), (world.hub_minutes, 0), (world.other_coordinator, 0)):
        with acting_as(viewer):
            assert Person.objects.visible_to(viewer).filter(pk=person.pk).count() == seen


@pytest.mark.parametrize("who", ["hub_minutes", "social_worker", "school_lead", "executive", "administrator"])
def test_nobody_else_makes_a_record_of_a_person(world: World, who: str) -> None:
    with pytest.raises(PermissionDenied, match="hub's coordinator"):
        add(getattr(world, who))
    with as_owner():
        assert Person.objects.count() == 0


def test_a_birth_in_the_future_is_refused_and_today_is_not(world: World) -> None:
    with clock.set_to(LATER):
        with pytest.raises(RuleBroken, match="in the future"):
            add(world.coordinator, born_on=date(2099, 3, 5))
        assert add(world.coordinator, born_on=date(2099, 3, 4)).born_on == date(2099, 3, 4)


def test_those_who_share_the_case_see_its_person_and_nobody_else_does(world: World) -> None:
    make_case(world, name="Robin Fable")
    for viewer, seen in (
        (world.social_worker, 1),
        (world.hub_minutes, 1),
        (world.nurse, 0),
        (world.executive, 0),
    ):
        with acting_as(viewer):
            assert Person.objects.visible_to(viewer).count() == Person.objects.count() == seen


def test_a_search_by_name_takes_every_word_in_any_order(world: World) -> None:
    with acting_as(world.coordinator):
        add_person(name="Robin Fable", known_as="Robbie", born_on=None, school="", actor=world.coordinator)
        for words, found in (("fable rob", 1), ("ROBBIE", 1), ("robin wren", 0), ("%", 0), ("_", 0)):
            assert Person.objects.visible_to(world.coordinator).named_like(words).count() == found, words


@pytest.mark.parametrize(
    ("born_on", "words"),
    [
        (None, "Age not known"),
        (date(2012, 3, 4), "14"),
        (date(2012, 3, 5), "13"),
        (date(2008, 3, 4), "18"),
        (date(2008, 8, 4), "17, turns 18 in 5 months"),
        (date(2008, 4, 4), "17, turns 18 in 1 month"),
        (date(2008, 4, 3), "17, turns 18 in less than a month"),
        (date(2008, 3, 5), "17, turns 18 in less than a month"),
        (date(2009, 3, 4), "17, turns 18 in 12 months"),
        (date(1986, 3, 4), "40"),
    ],
)
def test_age_is_told_in_words(born_on: date | None, words: str) -> None:
    assert Person(name="Robin Fable", born_on=born_on).age_in_words(TODAY) == words


def test_a_child_of_the_leap_day_grows_older_on_the_first_of_march() -> None:
    child = Person(name="Robin Fable", born_on=date(2012, 2, 29))
    assert (child.age_on(date(2026, 2, 28)), child.age_on(date(2026, 3, 1))) == (13, 14)


def test_a_person_goes_by_the_name_they_use() -> None:
    assert str(Person(name="Robin Fable")) == "Robin Fable"
    assert str(Person(name="Robin Fable", known_as="Robbie")) == "Robbie"
