"""Two administrators at once: what one does is neither lost nor done twice."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from foundation.base.errors import RuleBroken
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from foundation.vocabulary import services
from foundation.vocabulary.models import Term
from foundation.vocabulary.services import Words
from tests.factories import make_world


def add_ward(admin: Any) -> str:
    words = Words("Harbourside", parent="south")
    return services.add_term(list_name="ward", words=words, actor=admin).code


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each of them came to, `RuleBroken` as "refused"."""
    gate, answers = threading.Barrier(len(acts)), []

    def run(act: Callable[[], Any]) -> None:
        try:
            gate.wait(timeout=10)
            answers.append(act())
        except RuleBroken:
            answers.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for each in threads:
        each.start()
    for each in threads:
        each.join(timeout=20)
    return answers


@pytest.fixture
def words_as_they_were(transactional_db: None) -> Iterator[None]:
    """Words outlive a test that commits."""
    before = {each["id"]: each for each in Term.objects.values()}
    yield
    with as_owner():
        Term.objects.exclude(pk__in=before).delete()
        for pk, values in before.items():
            Term.objects.filter(pk=pk).update(**values)


def test_of_two_who_add_the_same_words_at_once_one_is_told(words_as_they_were: None) -> None:
    admin = make_world().administrator

    def act() -> str:
        with acting_as(admin):
            return add_ward(admin)

    assert sorted(at_once(act, act)) == ["harbourside", "refused"]


def test_of_two_who_move_values_at_once_neither_undoes_the_other(words_as_they_were: None) -> None:
    admin = make_world().administrator

    def up(code: str) -> Callable[[], Any]:
        def act() -> str:
            with acting_as(admin):
                return services.move_term(list_name="tier", code=code, places=-1, actor=admin).code

        return act

    at_once(up("vulnerable"), up("cause_for_concern"))
    one_after_the_other = (
        ["vulnerable", "cause_for_concern", "most_vulnerable"],
        ["most_vulnerable", "vulnerable", "cause_for_concern"],
    )
    assert [each.code for each in Term.objects.of("tier")] in one_after_the_other
    assert sorted(Term.objects.of("tier").values_list("position", flat=True)) == [0, 1, 2]


def test_a_locality_is_not_retired_while_a_ward_is_put_into_it(words_as_they_were: None) -> None:
    admin = make_world().administrator

    def act_add() -> str:
        with acting_as(admin):
            return add_ward(admin)

    def act_retire() -> str:
        with acting_as(admin):
            return services.retire_term(list_name="locality", code="south", actor=admin).code

    assert sorted(at_once(act_add, act_retire)) in (["harbourside", "refused"], ["refused", "south"])
