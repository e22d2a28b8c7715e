"""Words are added, changed, moved, retired and brought back by administrators, and each change is kept."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from foundation.audit.models import AuditEvent
from foundation.base.errors import RuleBroken
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from foundation.vocabulary import services
from foundation.vocabulary.models import TIME_LIMITS, Change, Term, TimeLimit
from foundation.vocabulary.services import Words
from tests.factories import World


@pytest.fixture
def admin(world: World) -> Any:
    with acting_as(world.administrator):
        yield world.administrator


def term(name: str, code: str) -> Term:
    return Term.objects.of(name).get(code=code)


def add(admin: Any, label: str, name: str = "harm_type", **more: Any) -> Term:
    return services.add_term(list_name=name, words=Words(label, **more), actor=admin)


def change(admin: Any, name: str, code: str, label: str, seen: int = 0, **more: Any) -> Term:
    return services.change_term(list_name=name, code=code, words=Words(label, **more), seen=seen, actor=admin)


def codes(name: str) -> list[str]:
    return [each.code for each in Term.objects.of(name).in_use()]


def history(name: str, code: str = "") -> list[tuple[str, str, str]]:
    with as_owner():
        return [(each.what, each.before, each.after) for each in Change.objects.about(name, code)]


def test_a_new_value_stands_at_the_end_with_a_code_made_of_its_words(admin: Any) -> None:
    added = add(admin, "  Financial   exploitation: é ", description="Money\nor debt")
    assert (added.code, added.label) == ("financial_exploitation_e", "Financial exploitation: é")
    assert added.description == "Money or debt"
    assert codes("harm_type")[-1] == added.code
    assert history("harm_type") == [("added", "", "Financial exploitation: é")]
    with as_owner():
        assert AuditEvent.objects.filter(
            action="add a word", actor=admin.pk, object_id=str(added.pk)
        ).exists()


def test_codes_never_meet_and_never_change(admin: Any) -> None:
    one = add(admin, "Money")
    services.retire_term(list_name="harm_type", code=one.code, actor=admin)
    two = add(admin, "Money!")
    three = add(admin, "金")
    assert [one.code, two.code, three.code] == ["money", "money_2", "value"]
    assert change(admin, "harm_type", "value", "Gold", seen=seen("harm_type", "value")).code == "value"
    assert add(admin, "w" * 120).code == "w" * 36


def seen(name: str, code: str) -> int:
    with as_owner():
        latest = Change.objects.about(name, code).first()
    return latest.pk if latest else 0


def test_two_live_values_never_read_the_same(admin: Any) -> None:
    with pytest.raises(RuleBroken, match="already has “Missing from home or care”"):
        add(admin, "missing FROM home or care")
    with pytest.raises(RuleBroken, match="already has"):
        change(admin, "harm_type", "bullying", "Missing from home or care")
    services.retire_term(list_name="harm_type", code="missing", actor=admin)
    assert add(admin, "Missing from home or care").code == "missing_from_home_or_care"
    with pytest.raises(RuleBroken, match="already has"):
        services.bring_back_term(list_name="harm_type", code="missing", actor=admin)
    retired = change(
        admin, "harm_type", "missing", "MISSING from home or care", seen=seen("harm_type", "missing")
    )
    assert retired.is_retired


def test_the_same_words_may_stand_in_two_lists(admin: Any) -> None:
    assert add(admin, "Bullying", name="intervention_kind").code == "bullying"


def test_a_change_keeps_what_it_was_and_says_who(admin: Any) -> None:
    change(admin, "harm_type", "bullying", "Bullying by others", description="At school", returned_as="18B")
    assert history("harm_type", "bullying") == [
        ("returned_as", "", "18B"),
        ("description", "", "At school"),
        ("label", "Bullying", "Bullying by others"),
    ]
    with as_owner():
        kept = Change.objects.about("harm_type", "bullying")[0]
        told = AuditEvent.objects.get(action="change a word")
    assert (kept.actor, kept.actor_name) == (admin.pk, admin.name)
    assert told.fields == ["label", "description", "returned_as"]
    assert "Bullying" not in str(vars(told))


def test_the_same_words_again_change_nothing(admin: Any) -> None:
    change(admin, "harm_type", "bullying", "Bullying")
    assert history("harm_type") == []


def test_whoever_opened_the_page_before_the_last_change_is_told_of_it(admin: Any) -> None:
    change(admin, "harm_type", "bullying", "Bullying by others")
    with pytest.raises(RuleBroken, match="Ada Finch changed this after you opened the page"):
        change(admin, "harm_type", "bullying", "Bullying at school")
    change(admin, "harm_type", "bullying", "Bullying at school", seen=seen("harm_type", "bullying"))
    assert term("harm_type", "bullying").label == "Bullying at school"


def test_values_change_places_with_their_neighbour_in_use(admin: Any) -> None:
    services.retire_term(list_name="tier", code="vulnerable", actor=admin)
    services.move_term(list_name="tier", code="cause_for_concern", places=-1, actor=admin)
    assert codes("tier") == ["cause_for_concern", "most_vulnerable"]
    services.move_term(list_name="tier", code="cause_for_concern", places=-1, actor=admin)
    assert codes("tier") == ["cause_for_concern", "most_vulnerable"]
    assert history("tier", "cause_for_concern") == [("position", "2", "1")]
    services.move_term(list_name="tier", code="cause_for_concern", places=1, actor=admin)
    services.bring_back_term(list_name="tier", code="vulnerable", actor=admin)
    assert set(codes("tier")) == {"most_vulnerable", "vulnerable", "cause_for_concern"}
    assert sorted(Term.objects.of("tier").values_list("position", flat=True)) == [0, 1, 2]
    with pytest.raises(Term.DoesNotExist):
        services.move_term(list_name="tier", code="nothing", places=1, actor=admin)


def test_what_the_service_uses_is_renamed_but_never_retired(admin: Any) -> None:
    with pytest.raises(RuleBroken, match=r"cannot be retired\. Opening a case"):
        services.retire_term(list_name="lawful_basis", code="public_task", actor=admin)
    assert change(admin, "lawful_basis", "public_task", "Public duty").label == "Public duty"


def test_a_list_keeps_its_last_value_and_a_value_that_others_belong_to(admin: Any) -> None:
    with pytest.raises(RuleBroken, match="Other values still belong to “Park or open space”"):
        services.retire_term(list_name="setting", code="open_space", actor=admin)
    for code in ("north", "south"):
        services.retire_term(list_name="locality", code=code, actor=admin)
    with pytest.raises(RuleBroken, match="at least one value"):
        services.retire_term(list_name="locality", code="east_central", actor=admin)


def test_retiring_and_bringing_back_twice_is_done_once(admin: Any) -> None:
    for _ in range(2):
        services.retire_term(list_name="harm_type", code="robbery", actor=admin)
    for _ in range(2):
        services.bring_back_term(list_name="harm_type", code="robbery", actor=admin)
    assert history("harm_type") == [("brought_back", "", ""), ("retired", "", "")]


def test_a_ward_lies_in_a_locality_in_use(admin: Any) -> None:
    for wrong in ("", "nothing", "street"):
        with pytest.raises(RuleBroken, match="Localities"):
            add(admin, "Harbourside", name="ward", parent=wrong)
    ward = add(admin, "Harbourside", name="ward", parent="south")
    assert list(Term.objects.of("ward").under("south")) == [ward]
    services.retire_term(list_name="locality", code="north", actor=admin)
    with pytest.raises(RuleBroken, match="“North” is retired"):
        change(admin, "ward", ward.code, "Harbourside", parent="north", seen=seen("ward", ward.code))
    change(admin, "ward", ward.code, "Harbourside", parent="east_central", seen=seen("ward", ward.code))
    assert history("ward", ward.code)[0] == ("parent", "South", "East Central")


@pytest.mark.parametrize("days", [None, 0, 367])
def test_a_tier_says_when_it_is_reviewed(admin: Any, days: int | None) -> None:
    with pytest.raises(RuleBroken, match="from 1 to 366"):
        change(admin, "tier", "vulnerable", "Vulnerable", review_every_days=days)
    changed = change(admin, "tier", "vulnerable", "Vulnerable", review_every_days=30)
    assert (changed.review_every_days, changed.description) == (30, "")


def test_empty_words_are_refused(admin: Any) -> None:
    with pytest.raises(RuleBroken, match="Enter the words"):
        add(admin, "  ")


def test_a_list_that_is_not_there_takes_nothing(admin: Any) -> None:
    with pytest.raises(KeyError):
        add(admin, "Something", name="nothing")


def test_a_time_limit_takes_a_new_length_and_its_source(admin: Any) -> None:
    which = {"code": "referral_decision", "actor": admin}
    services.change_limit(length=2, source="Our  protocol, May 2026", seen=0, **which)
    limit = TimeLimit.objects.get(code="referral_decision")
    assert (limit.in_words, limit.source) == ("2 working days", "Our protocol, May 2026")
    assert [each[0] for each in history(TIME_LIMITS, "referral_decision")] == ["source", "length"]
    with pytest.raises(RuleBroken, match="changed this after you opened"):
        services.change_limit(length=3, source="x", seen=0, **which)
    latest = seen(TIME_LIMITS, "referral_decision")
    services.change_limit(length=2, source="Our protocol, May 2026", seen=latest, **which)
    assert seen(TIME_LIMITS, "referral_decision") == latest


@pytest.mark.parametrize(
    ("code", "length", "source", "sentence"),
    [
        ("referral_decision", 251, "x", "working days from 0 to 250"),
        ("share", 0, "x", "days from 1 to 3650"),
        ("share", 10, "  ", "where the figure comes from"),
    ],
)
def test_an_implausible_time_limit_is_refused(
    admin: Any, code: str, length: int, source: str, sentence: str
) -> None:
    with pytest.raises(RuleBroken, match=sentence):
        services.change_limit(code=code, length=length, source=source, seen=0, actor=admin)


ACTS: list[Callable[[Any], Any]] = [
    lambda user: add(user, "Something new"),
    lambda user: change(user, "harm_type", "bullying", "Something new"),
    lambda user: services.move_term(list_name="tier", code="vulnerable", places=1, actor=user),
    lambda user: services.retire_term(list_name="harm_type", code="bullying", actor=user),
    lambda user: services.bring_back_term(list_name="harm_type", code="bullying", actor=user),
    lambda user: services.change_limit(code="share", length=9, source="x", seen=0, actor=user),
]


@pytest.mark.parametrize("act", ACTS)
def test_nobody_but_an_administrator_changes_words(world: World, act: Callable[[Any], Any]) -> None:
    before = list(Term.objects.values()), list(TimeLimit.objects.values())
    for user in (world.coordinator, world.executive, world.plan_lead, world.social_worker):
        with acting_as(user), pytest.raises(PermissionDenied, match="Only an administrator"):
            act(user)
    world.administrator.is_active = False
    with acting_as(world.administrator), pytest.raises(PermissionDenied):
        act(world.administrator)
    assert (list(Term.objects.values()), list(TimeLimit.objects.values())) == before
