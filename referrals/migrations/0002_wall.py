"""The second wall around referrals.

words       author; the area's hub team and named keepers once sent
progress    also the author's team
moves       those who read the words
case link   those who read the words and see the case
"""

from django.db import migrations

from foundation.access.wall import TEAMS, VIEWER
from foundation.base.pg.operations import DefinerFunction, ProtectTable

HUB = "EXISTS (SELECT 1 FROM accounts_team t WHERE t.area_id = {table}.area_id AND t.is_hub AND t.group_id = ANY {teams})"
WORDS_SEEN = "EXISTS (SELECT 1 FROM referrals_referral r WHERE r.id = {table}.referral_id)"
WORDS_MINE = "EXISTS (SELECT 1 FROM referrals_referral r WHERE r.id = {table}.referral_id AND r.author_id = wall.viewer())"

# asked by the policy of keepers, which the policy of referrals reads: a plain look would go in circles
MAY_DECIDE = """RETURN EXISTS (SELECT FROM public.referrals_referral r
    WHERE r.id = the_referral AND r.sent_at IS NOT NULL AND wall.coordinates_area(r.area_id));"""
AS_WRITTEN = (
    "EXISTS (SELECT 1 FROM referrals_referral r WHERE r.id = referrals_progress.referral_id "
    "AND r.author_id = wall.viewer() AND r.sent_at IS NULL AND r.reference = referrals_progress.reference "
    "AND r.team_id = referrals_progress.team_id AND r.area_id = referrals_progress.area_id)"
)


def hub(table):
    return HUB.format(table=table, teams=TEAMS)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial"), ("records", "0002_wall"), ("accounts", "0002_grants")]
    operations = [
        DefinerFunction("may_decide(the_referral uuid)", "boolean", MAY_DECIDE),
        ProtectTable(
            "referrals_keeper",
            see=f"user_id = {VIEWER} OR named_by_id = {VIEWER}",
            add="named_by_id = wall.viewer() AND wall.may_decide(referral_id)",
        ),
        ProtectTable(
            "referrals_referral",
            see=f"author_id = {VIEWER} OR (sent_at IS NOT NULL AND ({hub('referrals_referral')} OR EXISTS "
            f"(SELECT 1 FROM referrals_keeper k WHERE k.referral_id = referrals_referral.id AND k.user_id = {VIEWER})))",
            add=f"author_id = wall.viewer() AND team_id = ANY {TEAMS} AND sent_at IS NULL",
            lock=f"author_id = {VIEWER} AND sent_at IS NULL",
            change=f"author_id = wall.viewer() AND team_id = ANY {TEAMS}",
            access_columns="id, area_id, sent_at",
        ),
        ProtectTable(
            "referrals_progress",
            see=f"{WORDS_MINE.format(table='referrals_progress')} OR team_id = ANY {TEAMS} "
            f"OR {hub('referrals_progress')}",
            add=f"{AS_WRITTEN} AND status = 'sent'",
            lock=f"{hub('referrals_progress')} "
            f"OR ({WORDS_MINE.format(table='referrals_progress')} AND decided_at IS NULL)",
            change_columns="status, decided_at",
            change="wall.coordinates_area(referrals_progress.area_id) "
            f"OR ({WORDS_MINE.format(table='referrals_progress')} AND status = 'sent')",
        ),
        ProtectTable(
            "referrals_move",
            see=WORDS_SEEN.format(table="referrals_move"),
            add="actor_id = wall.viewer() AND (wall.may_decide(referral_id) "
            f"OR ({WORDS_MINE.format(table='referrals_move')} AND after = 'sent'))",
        ),
        ProtectTable(
            "referrals_openedcase",
            see=f"{WORDS_SEEN.format(table='referrals_openedcase')} "
            "AND EXISTS (SELECT 1 FROM records_case c WHERE c.id = referrals_openedcase.case_id)",
            add="wall.may_decide(referral_id) AND wall.may(case_id, 'coordinate', '')",
        ),
    ]
