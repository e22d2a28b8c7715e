"""Labels are rows that a partnership may change; the application reads them."""

import pytest

from foundation.base.pg.roles import as_owner
from foundation.vocabulary.models import Term, TimeLimit
from tests.base.sql import refused, rows

LISTS = ["agency_kind", "harm_type", "lawful_basis"]


@pytest.mark.parametrize("name", LISTS)
def test_each_list_is_filled_by_the_migrations_in_order(db: None, name: str) -> None:
    terms = list(Term.objects.of(name))
    assert terms
    assert [term.position for term in terms] == list(range(len(terms)))
    assert all(term.label == str(term) for term in terms)


def test_a_retired_term_keeps_its_label_and_is_no_longer_offered(db: None) -> None:
    with as_owner():
        Term.objects.of("harm_type").filter(code="missing").update(is_retired=True)
    offered = dict(Term.objects.of("harm_type").in_use().choices())
    assert "missing" not in offered
    assert Term.objects.of("harm_type").labels()["missing"] == "Missing from home or care"


def test_every_time_limit_says_where_its_figure_comes_from(db: None) -> None:
    limits = list(TimeLimit.objects.all())
    assert {"referral_decision", "share"} <= {limit.code for limit in limits}
    assert all(limit.source and limit.length > 0 and str(limit) == limit.label for limit in limits)


def test_the_application_reads_the_lists_and_does_not_write_them(db: None) -> None:
    for statement in (
        "UPDATE vocabulary_term SET label = 'x'",
        "DELETE FROM vocabulary_term",
        "INSERT INTO vocabulary_timelimit (code, label, length, unit, source) VALUES ('x', 'x', 1, 'days', 'x')",
    ):
        with refused("permission denied"):
            rows(statement)
