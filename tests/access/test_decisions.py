"""May this person do this? One question, one answer, asked only of who is looking."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from cases.records.models import Case
from cases.records.policies import check_can_contribute
from foundation.access.decisions import SENTENCES, check_may, may
from foundation.access.words import Section, Verb
from foundation.base.pg.viewer import acting_as
from foundation.base.policy import allows
from tests.factories import World, make_case


@pytest.fixture
def case(world: World) -> Case:
    return make_case(world, shared_with=(world.school,), verb=Verb.VIEW)


def test_each_verb_includes_those_before_it() -> None:
    assert Verb.VIEW.includes == (Verb.VIEW,)
    assert Verb.COORDINATE.includes == (Verb.VIEW, Verb.CONTRIBUTE, Verb.COORDINATE)
    assert [verb.codename for verb in Verb] == ["view_case", "contribute_case", "coordinate_case"]


def test_every_refusal_has_its_sentence(world: World, case: Case) -> None:
    assert set(SENTENCES) == set(Verb)
    with acting_as(world.nurse):
        for verb, sentence in SENTENCES.items():
            with pytest.raises(PermissionDenied) as refusal:
                check_may(world.nurse, verb, case)
            assert str(refusal.value) == sentence


def test_nobody_asks_what_somebody_else_may_do(world: World, case: Case) -> None:
    with acting_as(world.coordinator), pytest.raises(RuntimeError, match="present viewer"):
        may(world.nurse, Verb.VIEW, case)


def test_one_question_is_one_query(world: World, case: Case, django_assert_num_queries: Any) -> None:
    with acting_as(world.school_lead), django_assert_num_queries(1):
        assert may(world.school_lead, Verb.VIEW, case)
    with acting_as(world.school_lead), django_assert_num_queries(1):
        assert not allows(check_can_contribute, world.school_lead, case, Section.CHRONOLOGY)


def test_a_list_costs_the_same_for_one_case_and_for_many(
    world: World, case: Case, django_assert_num_queries: Any
) -> None:
    for number in range(6):
        make_case(world, name=f"Child {number}", shared_with=(world.school,))
    with acting_as(world.school_lead), django_assert_num_queries(1):
        assert len(Case.objects.visible_to(world.school_lead)) == 7
