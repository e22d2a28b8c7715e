"""Who is away is seen by the person, the deputy and their colleagues; each person records their own."""

from django.db import migrations

from foundation.base.pg.operations import ProtectTable

VIEWER = "(SELECT wall.viewer())"
TEAMS = "((SELECT wall.teams())::int[])"
COLLEAGUES = (
    "EXISTS (SELECT 1 FROM accounts_membership m "
    f"WHERE m.user_id = accounts_absence.user_id AND m.team_id = ANY {TEAMS})"
)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_absence")]
    operations = [
        ProtectTable(
            "accounts_absence",
            see=f"user_id = {VIEWER} OR deputy_id = {VIEWER} OR {COLLEAGUES}",
            add="user_id = wall.viewer()",
            lock=f"user_id = {VIEWER}",
            change=f"user_id = {VIEWER}",
            change_columns="cancelled_at",
        )
    ]
