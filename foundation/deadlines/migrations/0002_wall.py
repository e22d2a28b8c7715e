"""The second wall around deadlines and notices, and what the sweep's role may read and write.

deadline    its owner, the owner's team, the team in whose name it was asked; whoever was told reads it
notice      its recipient; a team's inbox for the team. Only the sweep writes notices

Of a deadline that belongs to a case all of them see it only as long as they see the case. A notice to an inbox
names no case.
"""

from django.db import migrations

from foundation.access.wall import TEAMS, VIEWER
from foundation.base.pg.operations import DefinerFunction, GrantTo, LetSweep, ProtectTable

OF_A_SEEN_CASE = "(case_id IS NULL OR wall.sees_case(case_id))"
NEAR = f"(owner_id = {VIEWER} OR team_id = ANY {TEAMS} OR asked_by_id = ANY {TEAMS})"
MINE = f"recipient_id = {VIEWER} AND {OF_A_SEEN_CASE}"
TOLD = (
    "EXISTS (SELECT 1 FROM deadlines_notice n "
    f"WHERE n.deadline_id = deadlines_deadline.id AND n.recipient_id = {VIEWER})"
)
IS_OWED = """RETURN wall.viewer() IS NOT NULL AND EXISTS (SELECT FROM public.deadlines_deadline d
    WHERE d.kind = the_kind AND d.scope_id = the_scope AND d.state = 'open');"""
READ_BY_SWEEP = {
    "accounts_team": "group_id, area_id, manager_id, is_hub, duty_inbox",
    "accounts_membership": "user_id, team_id, role, begins_on, ends_on",
    "accounts_user": "id, email, is_active",
    "deadlines_bankholiday": "day, is_retired",
}
# the rooms above make wall.may: bound when it is called
SEES_CASE = "RETURN wall.may(the_case, 'view', '');"
UNSWEPT = """RETURN (SELECT min(d.look_at) FROM public.deadlines_deadline d WHERE d.state = 'open');"""
STUCK = """RETURN (SELECT count(*) FROM public.deadlines_deadline d
    WHERE d.state = 'open' AND d.stuck_because <> '');"""
OLDEST = """RETURN (SELECT min(n.told_at) FROM public.deadlines_notice n
    WHERE n.sent_at IS NULL AND n.withdrawn_at IS NULL AND n.parked_at IS NULL);"""


class Migration(migrations.Migration):
    dependencies = [
        ("deadlines", "0001_initial"),
        ("accounts", "0004_absence_wall"),
        ("vocabulary", "0005_wall"),
    ]
    operations = [
        migrations.RunSQL(
            "GRANT USAGE ON SCHEMA public, wall TO sg_sweep",
            "REVOKE USAGE ON SCHEMA public, wall FROM sg_sweep",
        ),
        *(GrantTo(table, f"SELECT ({columns})", role="sg_sweep") for table, columns in READ_BY_SWEEP.items()),
        GrantTo("deadlines_bankholiday"),
        DefinerFunction("sees_case(the_case uuid)", "boolean", SEES_CASE),
        DefinerFunction("unswept_since()", "timestamptz", UNSWEPT),
        DefinerFunction("stuck_deadlines()", "bigint", STUCK),
        DefinerFunction("oldest_undelivered()", "timestamptz", OLDEST),
        DefinerFunction("is_owed(the_kind text, the_scope uuid)", "boolean", IS_OWED),
        ProtectTable(
            "deadlines_notice",
            see=f"({MINE}) OR (recipient_id IS NULL AND team_id = ANY {TEAMS})",
            lock=MINE,
            change=MINE,
            change_columns="read_at",
            access_columns="told_at, sent_at, withdrawn_at, parked_at",
        ),
        ProtectTable(
            "deadlines_deadline",
            see=f"({NEAR} OR {TOLD}) AND {OF_A_SEEN_CASE}",
            add=f"opened_by_id = wall.viewer() AND state = 'open' AND {OF_A_SEEN_CASE}",
            lock=f"{NEAR} AND {OF_A_SEEN_CASE}",
            change=f"{NEAR} AND {OF_A_SEEN_CASE} AND (settled_by_id IS NULL OR settled_by_id = wall.viewer()) "
            "AND (state <> 'open' OR look_at IS NOT NULL)",
            change_columns="owner_id, team_id, due_at, set_at, round, look_at, state, settled_at, settled_by_id",
            access_columns="kind, scope_id, state, look_at, stuck_because",
        ),
        LetSweep("deadlines_deadline", "SELECT, UPDATE (look_at, stuck_because)"),
        LetSweep(
            "deadlines_notice",
            "SELECT, INSERT, UPDATE (try_at, tries, sent_at, withdrawn_at, parked_at, failure)",
        ),
        LetSweep(
            "accounts_absence", "SELECT (user_id, deputy_id, begins_on, ends_on, recorded_at, cancelled_at)"
        ),
    ]
