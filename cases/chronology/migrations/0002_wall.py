"""The second wall around entries. Nothing is changed or removed: a wrong entry is corrected by another."""

from django.db import migrations

from cases.records.wall import WALL
from foundation.access.wall import TEAMS
from foundation.base.pg.operations import ProtectTable


class Migration(migrations.Migration):
    dependencies = [("chronology", "0001_initial"), ("records", "0002_wall")]
    operations = [
        ProtectTable(
            "chronology_entrypart",
            see=WALL.see_child("chronology_entrypart"),
            add=WALL.write_child("chronology_entrypart"),
        ),
        ProtectTable(
            "chronology_entry",
            see="EXISTS (SELECT 1 FROM chronology_entrypart p WHERE p.entry_id = chronology_entry.id)",
            add=f"recorded_by_id = wall.viewer() AND recorded_for_id = ANY {TEAMS}",
        ),
    ]
