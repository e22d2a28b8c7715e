"""Plans hold no case data: plain privileges. What was changed is added to, never changed or removed."""

from django.db import migrations

from foundation.base.pg.operations import GrantTo


class Migration(migrations.Migration):
    dependencies = [("actionplan", "0001_initial"), ("base", "0001_wall")]
    operations = [
        GrantTo("actionplan_actionplan", "SELECT, INSERT, UPDATE"),
        GrantTo("actionplan_theme", "SELECT, INSERT, UPDATE"),
        GrantTo("actionplan_proposal", "SELECT, INSERT, UPDATE"),
        GrantTo("actionplan_proposalchange", "SELECT, INSERT"),
    ]
