"""The second wall around entries. Nothing is changed or removed: a wrong entry is corrected by another."""

from django.db import migrations

from cases.records.wall import WALL
from foundation.access.wall import TEAMS
from foundation.base.pg.operations import DefinerFunction, ProtectTable

WROTE_ENTRY = (
    "RETURN EXISTS (SELECT FROM public.chronology_entry e "
    "WHERE e.id = the_entry AND e.recorded_by_id = wall.viewer());"
)


class Migration(migrations.Migration):
    dependencies = [("chronology", "0001_initial"), ("records", "0002_wall")]
    operations = [
        DefinerFunction("wrote_entry(the_entry uuid)", "boolean", WROTE_ENTRY),
        ProtectTable(
            "chronology_entrypart",
            see=WALL.see_child("chronology_entrypart"),
            add=WALL.write_child("chronology_entrypart") + " AND wall.wrote_entry(entry_id)",
        ),
        ProtectTable(
            "chronology_entry",
            see="EXISTS (SELECT 1 FROM chronology_entrypart p WHERE p.entry_id = chronology_entry.id)",
            add=f"recorded_by_id = wall.viewer() AND recorded_for_id = ANY {TEAMS}",
            access_columns="id, recorded_by_id",
        ),
    ]
