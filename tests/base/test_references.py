"""References are random, can be read aloud, and tell nobody how many there are."""

import re

import pytest

from foundation.base import references
from foundation.base.errors import RuleBroken
from foundation.base.policy import allows
from foundation.base.registries import Registry

SHAPE = re.compile(r"C-[2-9BCDFGHJKMNPQRTVWXYZ]{4}-[2-9BCDFGHJKMNPQRTVWXYZ]{4}")


def test_a_reference_has_no_vowel_and_nothing_that_is_misread() -> None:
    assert not set("AEIOU01LS") & set(references.ALPHABET)
    assert all(SHAPE.fullmatch(references.new("C")) for _ in range(200))


def test_references_do_not_repeat_or_ascend() -> None:
    made = [references.new("C") for _ in range(500)]
    assert len(set(made)) == 500
    assert made != sorted(made)


def test_a_seed_repeats_references_for_the_demo_only_inside_its_block() -> None:
    with references.seeded(7):
        first = [references.new("C") for _ in range(3)]
    with references.seeded(7):
        assert [references.new("C") for _ in range(3)] == first
    assert references.new("C") not in first


def test_where_the_clock_may_not_be_set_references_are_not_repeatable(settings: object) -> None:
    settings.CLOCK_MAY_BE_SET = False  # type: ignore[attr-defined]
    with pytest.raises(RuntimeError), references.seeded(7):
        pass


def test_a_registry_reads_in_order_and_refuses_a_second_item_of_one_name() -> None:
    class Item:
        def __init__(self, order: int) -> None:
            self.order = order

    registry: Registry[Item] = Registry()
    last, first = Item(20), Item(10)
    registry.add("last", last)
    registry.add("first", first)
    registry.add("first", first)
    assert list(registry) == [first, last]
    assert "first" in registry
    assert registry["last"] is last
    with pytest.raises(ValueError, match="registered twice"):
        registry.add("first", last)


def test_a_check_can_be_asked_as_a_question() -> None:
    def check(broken: bool) -> None:
        if broken:
            raise RuleBroken("It is broken.")

    assert allows(check, False)
    assert not allows(check, True)
