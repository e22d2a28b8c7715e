"""The second wall around agreed actions.

An action is agreed by whoever coordinates the case. Only while it is open it is changed: by its owner, who may
close it and nothing else, or by the area's hub team, which may also hand it over. Its words never change.
"""

from django.db import migrations

from cases.records.wall import WALL
from foundation.access.wall import TEAMS, VIEWER
from foundation.base.pg.operations import ProtectTable

ACTION = "plans_agreedaction"
HUB = f"""(wall.may({ACTION}.case_id, 'coordinate', '') AND EXISTS (SELECT 1 FROM records_case c
    JOIN accounts_team t ON t.area_id = c.area_id
    WHERE c.id = {ACTION}.case_id AND t.is_hub AND t.group_id = ANY {TEAMS}))"""
OWNER = f"({ACTION}.owner_id = {VIEWER} AND wall.may({ACTION}.case_id, 'contribute', 'plan'))"
CLOSED_BY_ONESELF = f"({ACTION}.outcome <> '' AND {ACTION}.closed_by_id = {VIEWER})"
OF_THE_ACTION = (
    f"EXISTS (SELECT 1 FROM {ACTION} a WHERE a.id = plans_actionstep.action_id "
    "AND a.case_id = plans_actionstep.case_id)"
)


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial"), ("records", "0002_wall"), ("accounts", "0002_grants")]
    operations = [
        ProtectTable(
            ACTION,
            see=WALL.see_child(ACTION),
            add=f"{WALL.write_child(ACTION, 'coordinate')} AND agreed_by_id = wall.viewer() AND outcome = ''",
            lock=f"outcome = '' AND ({HUB} OR {OWNER})",
            change=f"({CLOSED_BY_ONESELF} AND ({HUB} OR {OWNER})) OR (outcome = '' AND {HUB})",
            change_columns="owner_id, team_id, due_on, outcome, outcome_said, closed_at, closed_by_id",
        ),
        ProtectTable(
            "plans_actionstep",
            see=WALL.see_child("plans_actionstep"),
            add=f"{WALL.write_child('plans_actionstep')} AND by_id = wall.viewer() AND {OF_THE_ACTION}",
        ),
    ]
