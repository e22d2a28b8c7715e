"""The second wall around cases, their grants and their people."""

from django.db import migrations

from cases.records.wall import WALL
from foundation.access.wall import TEAMS, VIEWER
from foundation.base.pg.operations import DefinerFunction, ProtectTable

COORDINATES = "wall.may({}, 'coordinate', '')"
CHANGES_CASE = "wall.may(records_case.id, 'contribute', '')"
COORDINATES_AREA = """RETURN EXISTS (SELECT FROM public.accounts_team t
      JOIN public.accounts_membership m ON m.team_id = t.group_id
      WHERE t.is_hub AND t.area_id = the_area AND t.group_id = ANY (wall.teams())
        AND m.user_id = wall.viewer() AND m.role = 'coordinator'
        AND m.begins_on <= (now() AT TIME ZONE 'Europe/London')::date
        AND (m.ends_on IS NULL OR m.ends_on > (now() AT TIME ZONE 'Europe/London')::date));"""
STANDS_IN_A_CASE = """RETURN EXISTS (SELECT FROM public.people_person p
      WHERE p.id = the_person AND p.made_by_id = wall.viewer())
    AND EXISTS (SELECT FROM public.records_caseperson s WHERE s.person_id = the_person);"""
MAY_LINK = """RETURN EXISTS (SELECT FROM public.records_caseperson s
      WHERE s.person_id = the_person AND wall.may(s.case_id, 'view', s.section))
    OR (EXISTS (SELECT FROM public.people_person p WHERE p.id = the_person AND p.made_by_id = wall.viewer())
      AND NOT EXISTS (SELECT FROM public.records_caseperson s WHERE s.person_id = the_person));"""
COORDINATES_AN_AREA = (
    "EXISTS (SELECT 1 FROM accounts_team t WHERE t.is_hub AND wall.coordinates_area(t.area_id))"
)
MINE_AND_IN_NO_CASE = f"made_by_id = {VIEWER} AND NOT wall.stands_in_a_case(people_person.id)"


def protect_grants(table: str, mine: str) -> ProtectTable:
    return ProtectTable(
        table,
        see=WALL.see_grant(mine),
        add="wall.may_grant(content_object_id)",
        change=COORDINATES.format("content_object_id"),
        change_columns="expires_at",
        lock=COORDINATES.format("content_object_id"),
        drop=COORDINATES.format("content_object_id"),
        access_columns="content_object_id, permission_id, expires_at, sections, "
        + ("user_id" if "user" in table else "group_id"),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0001_initial"),
        ("people", "0001_initial"),
        ("accounts", "0002_grants"),
    ]
    operations = [
        DefinerFunction("may(the_case uuid, verb text, the_section text)", "boolean", WALL.may_body()),
        DefinerFunction("may_grant(the_case uuid)", "boolean", WALL.may_grant_body()),
        DefinerFunction("coordinates_area(the_area bigint)", "boolean", COORDINATES_AREA),
        DefinerFunction("stands_in_a_case(the_person uuid)", "boolean", STANDS_IN_A_CASE),
        DefinerFunction("may_link(the_person uuid)", "boolean", MAY_LINK),
        protect_grants("records_usergrant", f"user_id = {VIEWER}"),
        protect_grants("records_teamgrant", f"group_id = ANY {TEAMS}"),
        ProtectTable(
            "records_exclusion",
            see=f"user_id = {VIEWER} OR {COORDINATES.format('case_id')}",
            add=COORDINATES.format("case_id") + " AND made_by_id = wall.viewer()",
            access_columns="id, case_id, user_id",
        ),
        ProtectTable(
            "records_exclusionreason",
            see=COORDINATES.format("case_id"),
            add=COORDINATES.format("case_id"),
        ),
        ProtectTable(
            "records_case",
            see=WALL.see_case(),
            add="opened_by_id = wall.viewer() AND wall.coordinates_area(area_id)",
            change=CHANGES_CASE,
            change_columns="lead_agency_id, lead_professional_id, updated_at",
            access_columns="id, visibility, opened_by_id",
        ),
        ProtectTable(
            "records_share",
            see=WALL.see_child("records_share"),
            add="wall.may_grant(case_id) AND made_by_id = wall.viewer()",
            change=COORDINATES.format("case_id"),
            change_columns="ended_at, ended_by_id",
            lock=COORDINATES.format("case_id"),
            access_columns="case_id, ended_at",
        ),
        ProtectTable(
            "records_involvement",
            see=WALL.see_child("records_involvement"),
            add=WALL.write_child("records_involvement", "coordinate"),
            change=WALL.write_child("records_involvement", "coordinate"),
            change_columns="ended_on",
            lock=COORDINATES.format("case_id"),
        ),
        ProtectTable(
            "records_caseperson",
            see=WALL.see_child("records_caseperson"),
            add=WALL.write_child("records_caseperson") + " AND wall.may_link(person_id)",
            access_columns="person_id, case_id, section",
        ),
        ProtectTable(
            "people_person",
            see="EXISTS (SELECT 1 FROM records_caseperson s WHERE s.person_id = people_person.id) "
            f"OR ({MINE_AND_IN_NO_CASE})",
            add=f"made_by_id = wall.viewer() AND {COORDINATES_AN_AREA}",
            access_columns="id, made_by_id",
        ),
    ]
