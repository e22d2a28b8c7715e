"""Everybody reads bank holidays, the sweep too; only an administrator adds or retires one; nobody deletes."""

from django.db import migrations

from foundation.base.pg.operations import LetSee, ProtectTable

AN_ADMINISTRATOR = "(SELECT wall.administers())"
READ_BEFORE = "GRANT SELECT ON deadlines_bankholiday TO sg_app"


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0003_first_days_and_limits"), ("vocabulary", "0005_wall")]
    operations = [
        migrations.RunSQL(migrations.RunSQL.noop, READ_BEFORE),
        ProtectTable(
            "deadlines_bankholiday",
            see="true",
            add=AN_ADMINISTRATOR,
            change=AN_ADMINISTRATOR,
            change_columns="name, is_retired",
            lock=AN_ADMINISTRATOR,
        ),
        LetSee("deadlines_bankholiday", role="sg_sweep"),
    ]
