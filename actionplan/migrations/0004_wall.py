"""The second wall around plans.

plan, theme, proposal   seen by readers of the partnership's plans, and by administrators, who import them
plan, theme             written by plan leads and administrators
proposal                changed by them and by the person who leads it, who may not change lead, date or wording
change, update          added by the same, each in their own name; an update never by an administrator
"""

from django.db import migrations

from foundation.access.wall import VIEWER
from foundation.base.pg.operations import DefinerFunction, GrantTo, ProtectTable, WallSql

READERS = (
    "executive",
    "plan_lead",
    "steering_member",
    "scrutineer",
    "chair",
    "manager",
    "coordinator",
    "analyst",
)
WRITERS = ("plan_lead", "administrator")

WHERE = """RETURN coalesce((SELECT array_agg(DISTINCT a.partnership_id) FROM public.accounts_membership m
    JOIN public.accounts_team t ON t.group_id = m.team_id
    JOIN public.accounts_agency a ON a.id = t.agency_id
    WHERE m.user_id = wall.viewer() AND m.role = ANY ('{{{roles}}}')
    AND m.begins_on <= (now() AT TIME ZONE 'Europe/London')::date
    AND (m.ends_on IS NULL OR m.ends_on > (now() AT TIME ZONE 'Europe/London')::date)), '{{}}');"""

SEEN, WRITTEN, LED = (f"((SELECT wall.plans_{verb}())::bigint[])" for verb in ("seen", "written", "led"))
OF_PLAN = "EXISTS (SELECT 1 FROM actionplan_actionplan p WHERE p.id = {table}.plan_id{more})"
OF_PROPOSAL = (
    "EXISTS (SELECT 1 FROM actionplan_proposal o JOIN actionplan_actionplan p ON p.id = o.plan_id "
    "WHERE o.id = {table}.proposal_id{more})"
)
MAY_CHANGE = (
    OF_PLAN.format(table="actionplan_proposal", more=f" AND p.partnership_id = ANY {WRITTEN}")
    + f" OR lead_user_id = {VIEWER}"
)

KEEP_TERMS = """
CREATE FUNCTION wall.keep_terms() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF (NEW.theme_id, NEW.title, NEW.text, NEW.lead, NEW.lead_user_id, NEW.by_when, NEW.by_when_first)
      IS DISTINCT FROM (OLD.theme_id, OLD.title, OLD.text, OLD.lead, OLD.lead_user_id, OLD.by_when, OLD.by_when_first)
    AND current_user <> 'sg_owner'
    AND NOT EXISTS (SELECT FROM public.actionplan_actionplan p
      WHERE p.id = NEW.plan_id AND p.partnership_id = ANY (wall.plans_written())) THEN
    RAISE insufficient_privilege USING MESSAGE = 'only a plan lead changes the lead, the date or the wording';
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION wall.keep_terms() FROM PUBLIC;
CREATE TRIGGER keep_terms BEFORE UPDATE ON actionplan_proposal
  FOR EACH ROW EXECUTE FUNCTION wall.keep_terms();
"""
DROP_KEEP_TERMS = "DROP TRIGGER keep_terms ON actionplan_proposal; DROP FUNCTION wall.keep_terms();"

PLAIN = ("actionplan", "theme", "proposal")
TAKE_BACK = "; ".join(f"REVOKE UPDATE ON actionplan_{name} FROM sg_app" for name in PLAIN)
GIVE_BACK = (
    "; ".join(f"GRANT SELECT, INSERT, UPDATE ON actionplan_{name} TO sg_app" for name in PLAIN)
    + "; GRANT SELECT, INSERT ON actionplan_proposalchange TO sg_app"
)


def plans_where(name, roles):
    return DefinerFunction(f"plans_{name}()", "bigint[]", WHERE.format(roles=",".join(roles)))


def writable(table, partnerships):
    more = f" AND (p.partnership_id = ANY {partnerships} OR o.lead_user_id = {VIEWER})"
    return OF_PROPOSAL.format(table=table, more=more)


def guarded(name, ordering):
    return migrations.AlterModelOptions(name, {"base_manager_name": "objects", "ordering": ordering})


class Migration(migrations.Migration):
    dependencies = [
        ("actionplan", "0003_leads_and_updates"),
        ("accounts", "0002_grants"),
        ("base", "0001_wall"),
    ]
    operations = [
        guarded("actionplan", ["name"]),
        guarded("theme", ["position"]),
        guarded("proposal", ["number"]),
        guarded("proposalchange", ["-version", "field"]),
        GrantTo("accounts_agency", role="sg_access"),
        plans_where("seen", {*READERS, *WRITERS}),
        plans_where("written", WRITERS),
        plans_where("led", ("plan_lead",)),
        WallSql(TAKE_BACK, GIVE_BACK),
        ProtectTable(
            "actionplan_actionplan",
            see=f"partnership_id = ANY {SEEN}",
            add=f"partnership_id = ANY {WRITTEN} AND made_by_id = wall.viewer()",
            lock=f"partnership_id = ANY {WRITTEN}",
            change=f"partnership_id = ANY {WRITTEN}",
            change_columns="name",
        ),
        ProtectTable(
            "actionplan_theme",
            see=OF_PLAN.format(table="actionplan_theme", more=""),
            add=OF_PLAN.format(table="actionplan_theme", more=f" AND p.partnership_id = ANY {WRITTEN}"),
            lock=OF_PLAN.format(table="actionplan_theme", more=f" AND p.partnership_id = ANY {WRITTEN}"),
            change=OF_PLAN.format(table="actionplan_theme", more=f" AND p.partnership_id = ANY {WRITTEN}"),
            change_columns="title, wording",
        ),
        ProtectTable(
            "actionplan_proposal",
            see=OF_PLAN.format(table="actionplan_proposal", more=""),
            add=OF_PLAN.format(table="actionplan_proposal", more=f" AND p.partnership_id = ANY {WRITTEN}"),
            lock=MAY_CHANGE,
            change=MAY_CHANGE,
            change_columns="theme_id, title, text, lead, lead_user_id, by_when, by_when_first, progress, lifecycle, "
            "rating, corrective_step, version, updated_at",
        ),
        ProtectTable(
            "actionplan_proposalchange",
            see=OF_PROPOSAL.format(table="actionplan_proposalchange", more=""),
            add=f"by_id = wall.viewer() AND {writable('actionplan_proposalchange', WRITTEN)}",
        ),
        ProtectTable(
            "actionplan_update",
            see=OF_PROPOSAL.format(table="actionplan_update", more=""),
            add=f"by_id = wall.viewer() AND {writable('actionplan_update', LED)}",
        ),
        WallSql(KEEP_TERMS, DROP_KEEP_TERMS),
    ]
