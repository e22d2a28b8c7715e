"""Migration 0003: why a review was cancelled leaves the meeting and stands in the plan of its case."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cases.chronology.models import Entry, EntryPart
from cases.records.models import Case
from foundation.access.words import Section
from foundation.accounts.models import User
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from reviews.models import Move, Status
from tests.reviews.acts import cancel, open_review


def test_a_reason_written_before_stands_in_the_chronology_afterwards(chair: User, case: Case) -> None:
    meeting = open_review(chair, case)
    cancel(chair, meeting, "Written anew.")
    with as_owner(), connection.cursor() as cursor:
        move = Move.objects.get(after=Status.CANCELLED)
        EntryPart.objects.all().delete()
        cursor.execute("DELETE FROM chronology_entry")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        MigrationExecutor(connection).migrate([("reviews", "0002_wall")])
        cursor.execute("UPDATE reviews_move SET said = 'The school is shut.' WHERE id = %s", [move.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes("reviews"))
        part = EntryPart.objects.select_related("entry").get(case=case)
    assert (part.text, part.section) == ("The school is shut.", Section.PLAN)
    assert part.entry_id == Entry.id_of(move.pk, chair.pk, case.pk)
    assert part.entry.title == f"Review of {clock.spoken(meeting.held_on)} cancelled"
