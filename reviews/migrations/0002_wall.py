"""The second wall around reviews.

meeting     the hub team of its area; whoever sees the case of one of its items
moves       those who see the meeting
item        those who see its case, by whatever share
decision    those who read the plan of its case

Only a chair of the area's hub team writes, and only while the meeting is planned.
"""

from django.db import migrations

from cases.records.wall import WALL
from foundation.access.wall import TEAMS
from foundation.base.pg.operations import DefinerFunction, ProtectTable

# asked by the policies of items and decisions, which the policy of meetings reads: plain looks would go in circles
CHAIRS_AREA = """RETURN EXISTS (SELECT FROM public.accounts_team t
      JOIN public.accounts_membership m ON m.team_id = t.group_id
      WHERE t.is_hub AND t.area_id = the_area AND t.group_id = ANY (wall.teams())
        AND m.user_id = wall.viewer() AND m.role = 'chair'
        AND m.begins_on <= (now() AT TIME ZONE 'Europe/London')::date
        AND (m.ends_on IS NULL OR m.ends_on > (now() AT TIME ZONE 'Europe/London')::date));"""
CHAIRS_MEETING = """RETURN wall.chairs_area(the_area) AND EXISTS (SELECT FROM public.reviews_meeting m
      WHERE m.id = the_meeting AND m.area_id = the_area AND m.status = 'planned');"""
DECIDES_ITEM = """RETURN EXISTS (SELECT FROM public.reviews_agendaitem i
      JOIN public.reviews_meeting m ON m.id = i.meeting_id
      WHERE i.id = the_item AND i.case_id = the_case AND m.status = 'planned' AND wall.chairs_area(m.area_id));"""
HUB = (
    "EXISTS (SELECT 1 FROM accounts_team t WHERE t.area_id = reviews_meeting.area_id AND t.is_hub "
    f"AND t.group_id = ANY {TEAMS})"
)
HAS_A_SEEN_ITEM = "EXISTS (SELECT 1 FROM reviews_agendaitem i WHERE i.meeting_id = reviews_meeting.id)"
AREA_OF_ITS_CASE = "(SELECT c.area_id FROM records_case c WHERE c.id = reviews_agendaitem.case_id)"


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial"), ("records", "0002_wall"), ("accounts", "0002_grants")]
    operations = [
        DefinerFunction("chairs_area(the_area bigint)", "boolean", CHAIRS_AREA),
        DefinerFunction("chairs_meeting(the_meeting uuid, the_area bigint)", "boolean", CHAIRS_MEETING),
        DefinerFunction("decides_item(the_item uuid, the_case uuid)", "boolean", DECIDES_ITEM),
        ProtectTable(
            "reviews_agendaitem",
            see=WALL.see_child("reviews_agendaitem"),
            add=f"{WALL.write_child('reviews_agendaitem')} AND section = '' "
            f"AND wall.chairs_meeting(meeting_id, {AREA_OF_ITS_CASE})",
            access_columns="id, meeting_id, case_id",
        ),
        ProtectTable(
            "reviews_meeting",
            see=f"{HUB} OR {HAS_A_SEEN_ITEM}",
            add="opened_by_id = wall.viewer() AND status = 'planned' AND wall.chairs_area(area_id)",
            lock="status = 'planned' AND wall.chairs_area(area_id)",
            change="wall.chairs_area(area_id) AND (status = 'planned' OR closed_by_id = wall.viewer())",
            change_columns="status, closed_at, closed_by_id",
            access_columns="id, area_id, status",
        ),
        ProtectTable(
            "reviews_move",
            see="EXISTS (SELECT 1 FROM reviews_meeting m WHERE m.id = reviews_move.meeting_id)",
            add="actor_id = wall.viewer() AND EXISTS (SELECT 1 FROM reviews_meeting m "
            "WHERE m.id = reviews_move.meeting_id AND m.status = 'planned' AND wall.chairs_area(m.area_id))",
        ),
        ProtectTable(
            "reviews_decision",
            see=WALL.see_child("reviews_decision"),
            add=f"{WALL.write_child('reviews_decision')} AND recorded_by_id = wall.viewer() "
            "AND wall.decides_item(item_id, case_id)",
        ),
    ]
