"""Labels are rows that a partnership may change: what is shipped, and what the database allows whom."""

import ast
from pathlib import Path

import pytest

from foundation.accounts.roles import Role
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from foundation.vocabulary.models import ADMINISTRATOR, Change, Term, TimeLimit
from foundation.vocabulary.registries import lists
from tests.architecture.source import called, modules, tree_of
from tests.base.sql import refused, rows, scalar
from tests.factories import World

MAY_START_EMPTY = {"ward"}
NEW_TERM = "INSERT INTO vocabulary_term (list, code, label, description, position, is_retired, returned_as)"
NEW_TERM += " VALUES ('harm_type', 'x', 'x', '', 99, false, '')"
NEW_CHANGE = "INSERT INTO vocabulary_change (list, code, what, before, after, actor, actor_name, at)"
NEW_CHANGE += " VALUES ('harm_type', 'x', 'label', '', '', %s, 'x', now())"
POLICY = "row-level security"


@pytest.mark.parametrize("name", [each.name for each in lists])
def test_each_list_is_filled_by_the_migrations_in_order(db: None, name: str) -> None:
    terms = list(Term.objects.of(name))
    assert terms or name in MAY_START_EMPTY
    assert [term.position for term in terms] == list(range(len(terms)))
    assert all(term.label == str(term) for term in terms)


def test_no_value_stands_in_a_list_that_has_no_page(db: None) -> None:
    assert {term.list for term in Term.objects.all()} <= {each.name for each in lists}


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("harm_type", {"criminal_exploitation", "peer_abuse", "hate_crime", "bullying", "public_place", "group_control"}),
        ("tier", {"most_vulnerable", "vulnerable", "cause_for_concern"}),
        ("locality", {"north", "east_central", "south"}),
        ("agency_kind", {"violence_reduction", "health_commissioner", "ambulance", "trading_standards", "courts"}),
        ("place_kind", {"park", "transport_route", "fast_food", "hotel", "serviced_apartment", "supermarket"}),
        ("intervention_kind", {"restorative", "rehabilitative", "mentoring", "diversion"}),
    ],
)  # fmt: skip
def test_what_the_strategy_names_is_shipped(db: None, name: str, codes: set[str]) -> None:
    assert codes <= {term.code for term in Term.objects.of(name)}


def test_a_kind_of_place_belongs_to_a_setting_and_a_tier_says_when_it_is_reviewed(db: None) -> None:
    places = Term.objects.of("place_kind").select_related("parent")
    assert {term.parent.list for term in places if term.parent} == {"setting"}
    assert not any(term.parent is None for term in places)
    assert {term.code for term in Term.objects.of("place_kind").under("open_space")} >= {"park"}
    tiers = list(Term.objects.of("tier"))
    assert all(term.review_every_days and "Check local policy" in term.description for term in tiers)


def test_the_programmes_name_is_a_row(db: None) -> None:
    assert Term.objects.label_of("programme", "programme") == "Safer Options"
    assert Term.objects.label_of("programme", "nothing") == "nothing"


def test_no_code_holds_the_programmes_name() -> None:
    assert [called(path) for path in modules() if "Safer Options" in path.read_text()] == []


def test_a_value_that_code_uses_by_its_code_is_kept(db: None) -> None:
    """Every lawful basis written in code is declared, so that nobody can retire it."""
    written = {
        keyword.value.value
        for path in modules()
        if path.parts[-2] != "demo"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "lawful_basis" and isinstance(keyword.value, ast.Constant)
    }
    assert written == set(lists["lawful_basis"].fixed)
    for each in lists:
        assert set(each.fixed) <= {term.code for term in Term.objects.of(each.name)}, each.name


def test_a_retired_term_keeps_its_label_and_is_no_longer_offered(db: None) -> None:
    with as_owner():
        Term.objects.of("harm_type").filter(code="missing").update(is_retired=True)
    offered = dict(Term.objects.of("harm_type").in_use().choices())
    assert "missing" not in offered
    assert Term.objects.of("harm_type").labels()["missing"] == "Missing from home or care"
    assert Term.objects.label_of("harm_type", "missing") == "Missing from home or care"


def test_every_time_limit_says_where_its_figure_comes_from(db: None) -> None:
    limits = list(TimeLimit.objects.all())
    assert {"referral_decision", "share"} <= {limit.code for limit in limits}
    assert all(limit.source and limit.length >= 0 and str(limit) == limit.label for limit in limits)


def test_a_time_limit_reads_as_people_say_it() -> None:
    def said(length: int, unit: str) -> str:
        return TimeLimit(length=length, unit=unit).in_words

    assert [said(1, "working_days"), said(2, "working_days")] == ["1 working day", "2 working days"]
    assert [said(1, "days"), said(180, "days"), said(0, "days")] == ["1 day", "180 days", "the day itself"]


def test_the_role_that_looks_after_words_is_the_administrators() -> None:
    assert Role.ADMINISTRATOR.value == ADMINISTRATOR


def test_everybody_reads_words_and_nobody_else_the_history(world: World) -> None:
    with as_owner():
        Change.objects.create(list="tier", code="x", what="label", actor=1, actor_name="x")
    assert scalar("SELECT count(*) FROM vocabulary_term") > 50
    assert scalar("SELECT count(*) FROM vocabulary_timelimit") > 1
    assert scalar("SELECT count(*) FROM vocabulary_change") == 0
    for user, seen in ((world.coordinator, 0), (world.administrator, 1)):
        with acting_as(user):
            assert scalar("SELECT count(*) FROM vocabulary_change") == seen
            assert Change.objects.visible_to(user).count() == seen


def test_past_the_services_too_only_an_administrator_writes_words(world: World) -> None:
    for user in (world.coordinator, world.executive, world.plan_lead, None):
        with acting_as(user):
            for statement in (
                "UPDATE vocabulary_term SET label = 'x' RETURNING id",
                "UPDATE vocabulary_term SET is_retired = true RETURNING id",
                "UPDATE vocabulary_timelimit SET length = 9 RETURNING id",
            ):
                assert rows(statement) == []
            with refused(POLICY):
                rows(NEW_TERM)
            with refused(POLICY):
                rows(NEW_CHANGE, getattr(user, "pk", 0))
    with acting_as(world.administrator):
        rows(NEW_TERM)
        assert rows("UPDATE vocabulary_term SET label = 'y' WHERE code = 'x' RETURNING label") == [("y",)]
        assert rows("UPDATE vocabulary_timelimit SET length = 9 WHERE code = 'share' RETURNING length") == [
            (9,)
        ]


def test_an_administrator_whose_membership_has_ended_writes_nothing(world: World) -> None:
    with as_owner():
        world.administrator.memberships.update(ends_on="2026-01-01", begins_on="2025-01-01")
    with acting_as(world.administrator):
        assert rows("UPDATE vocabulary_term SET label = 'x' RETURNING id") == []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM vocabulary_term",
        "DELETE FROM vocabulary_timelimit",
        "DELETE FROM vocabulary_change",
        "UPDATE vocabulary_change SET after = 'x'",
        "UPDATE vocabulary_term SET code = 'x'",
        "UPDATE vocabulary_term SET list = 'x'",
        "UPDATE vocabulary_timelimit SET unit = 'days'",
        "UPDATE vocabulary_timelimit SET code = 'x'",
        "INSERT INTO vocabulary_timelimit (code, label, length, unit, source) VALUES ('x', 'x', 1, 'days', 'x')",
        "TRUNCATE vocabulary_term CASCADE",
    ],
)
def test_nobody_deletes_words_or_rewrites_codes_and_history(world: World, statement: str) -> None:
    with acting_as(world.administrator), refused("permission denied"):
        rows(statement)


def test_nobody_writes_history_in_anothers_name(world: World) -> None:
    with acting_as(world.administrator), refused(POLICY):
        rows(NEW_CHANGE, world.coordinator.pk)


def test_no_code_deletes_a_word() -> None:
    room = [path for path in modules() if Path("foundation/vocabulary") in path.relative_to(path.anchor).parents
            or "vocabulary" in path.parts]  # fmt: skip
    assert len(room) > 8
    for path in room:
        calls = [node.attr for node in ast.walk(tree_of(path)) if isinstance(node, ast.Attribute)]
        assert not {"delete", "_raw_delete", "on_delete"} & set(calls), called(path)
