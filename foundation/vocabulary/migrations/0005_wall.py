"""Everybody reads words, only an administrator writes them, nobody deletes them. The history is for administrators.

From here on a migration that writes words or time limits does so `as_owner()`.
"""

from django.db import migrations

from foundation.base.pg.operations import DefinerFunction, LetSee, ProtectTable

ADMINISTERS = """RETURN EXISTS (SELECT FROM public.accounts_membership m
      WHERE m.user_id = wall.viewer() AND m.role = 'administrator' AND m.team_id = ANY (wall.teams())
        AND m.begins_on <= (now() AT TIME ZONE 'Europe/London')::date
        AND (m.ends_on IS NULL OR m.ends_on > (now() AT TIME ZONE 'Europe/London')::date));"""
AN_ADMINISTRATOR = "(SELECT wall.administers())"
READ_BEFORE = "GRANT SELECT ON vocabulary_term, vocabulary_timelimit TO sg_app"


class Migration(migrations.Migration):
    dependencies = [("vocabulary", "0004_the_lists"), ("base", "0001_wall")]
    operations = [
        migrations.RunSQL(migrations.RunSQL.noop, READ_BEFORE),
        DefinerFunction("administers()", "boolean", ADMINISTERS),
        ProtectTable(
            "vocabulary_term",
            see="true",
            add=AN_ADMINISTRATOR,
            change=AN_ADMINISTRATOR,
            change_columns="label, description, position, is_retired, parent_id, review_every_days, returned_as",
            lock=AN_ADMINISTRATOR,
        ),
        ProtectTable(
            "vocabulary_timelimit",
            see="true",
            change=AN_ADMINISTRATOR,
            change_columns="length, source",
            lock=AN_ADMINISTRATOR,
        ),
        ProtectTable(
            "vocabulary_change",
            see=AN_ADMINISTRATOR,
            add=f"{AN_ADMINISTRATOR} AND actor = wall.viewer()",
        ),
        LetSee("vocabulary_timelimit", role="sg_sweep"),
    ]
