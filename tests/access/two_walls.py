"""The same question put to both walls apart: Python's predicate with the database's open, and the database alone."""

import uuid
from typing import Any

from django.apps import apps

from cases.chronology.models import Entry, EntryPart, Tone
from cases.people.models import Person
from cases.records.models import Case
from foundation.access.decisions import may
from foundation.access.models import CaseOwned
from foundation.access.words import Section, Verb
from foundation.accounts.models import Team, User
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from tests.base.sql import scalar

CASE_APPS = {"people", "records", "chronology"}
SCOPED: list[Any] = [
    Case,
    Person,
    Entry,
    *(
        model
        for model in apps.get_models()
        if issubclass(model, CaseOwned) and model._meta.app_label in CASE_APPS
    ),
]
Answers = dict[str, Any]
MAY = "SELECT coalesce(array_agg(v) FILTER (WHERE wall.may(c, v, '')), '{}') FROM (SELECT unnest(%s::text[]), %s::uuid) t (v, c)"


def asked_of_python(user: User, *cases: Case) -> Answers:
    """`visible_to` and `may`, as the owner: the database would show every row."""
    with acting_as(user), as_owner():
        answers: Answers = {model.__name__: ids(model._default_manager.visible_to(user)) for model in SCOPED}
        for case in cases:
            answers[f"may {case.pk}"] = {verb.value for verb in Verb if may(user, verb, case)}
    return answers


def asked_of_the_database(user: User, *cases: Case) -> Answers:
    """Every row that the policies let through, and `wall.may`: nothing is filtered in Python."""
    with acting_as(user):
        answers: Answers = {model.__name__: ids(model._default_manager.all()) for model in SCOPED}
        for case in cases:
            answers[f"may {case.pk}"] = set(scalar(MAY, [verb.value for verb in Verb], case.pk))
    return answers


def ids(rows: Any) -> set[uuid.UUID]:
    return set(rows.values_list("pk", flat=True))


def add_part(
    case: Case,
    author: User,
    team: Team,
    *,
    section: str = Section.CHRONOLOGY,
    restricted_to: tuple[int, ...] = (),
) -> EntryPart:
    """An entry with one part, put there by the owner."""
    part = new_part(case, author, team, section=section, restricted_to=restricted_to)
    with as_owner():
        part.entry.save()
        part.save()
    return part


def new_part(
    case: Case, author: User, team: Team, *, section: str, restricted_to: tuple[int, ...] = ()
) -> EntryPart:
    entry = Entry(
        title="Seen at the bus station",
        happened_on="2026-03-04",
        tone=Tone.WORRY,
        recorded_by=author,
        recorded_for=team,
    )
    return EntryPart(
        case=case,
        entry=entry,
        text="Words",
        section=section,
        originator=team,
        restricted_to=list(restricted_to),
    )


def part_of_each_section(case: Case, author: User, team: Team) -> dict[str, uuid.UUID]:
    """One part for every section, and one (named "") that comes with any share."""
    parts = {section: new_part(case, author, team, section=section) for section in ["", *Section.values]}
    with as_owner():
        Entry.objects.bulk_create(part.entry for part in parts.values())
        EntryPart.objects.bulk_create(parts.values())
    return {section: part.pk for section, part in parts.items()}
