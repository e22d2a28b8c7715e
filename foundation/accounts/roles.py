"""Every role, named once. A role opens screens and acts; no role sees a case by being a role."""

from django.db import models


class Role(models.TextChoices):
    PRACTITIONER = "practitioner", "Practitioner"
    COORDINATOR = "coordinator", "Coordinator"
    MANAGER = "manager", "Manager"
    CHAIR = "chair", "Chair"
    MINUTE_TAKER = "minute_taker", "Minute taker"
    DISRUPTION_OFFICER = "disruption_officer", "Disruption officer"
    INCLUSION_MANAGER = "inclusion_manager", "Education inclusion manager"
    LOCALITY_LINK = "locality_link", "Locality link"
    PLAN_LEAD = "plan_lead", "Plan lead"
    STEERING_MEMBER = "steering_member", "Steering group member"
    EXECUTIVE = "executive", "Executive"
    SCRUTINEER = "scrutineer", "Independent scrutineer"
    ANALYST = "analyst", "Analyst"
    GOVERNANCE_LEAD = "governance_lead", "Information-governance lead"
    ADMINISTRATOR = "administrator", "Administrator"


DESCRIPTIONS: dict[Role, str] = {
    Role.PRACTITIONER: "Refers worries, and works on the cases shared with their team.",
    Role.COORDINATOR: "In an area's hub team: decides referrals, opens cases and shares them.",
    Role.MANAGER: "Leads a team and sees the team's late work.",
    Role.CHAIR: "Prepares and runs review meetings.",
    Role.MINUTE_TAKER: "Writes the record of review meetings.",
    Role.DISRUPTION_OFFICER: "Acts on places and on adults who harm children.",
    Role.INCLUSION_MANAGER: "Speaks up for children who may lose their school place.",
    Role.LOCALITY_LINK: "Receives what another area shares, and passes it on to the right people.",
    Role.PLAN_LEAD: "Keeps the strategy's action plan up to date.",
    Role.STEERING_MEMBER: "Reads the action plan for the steering group.",
    Role.EXECUTIVE: "Reads the action plan and counts, never a case.",
    Role.SCRUTINEER: "Reads the action plan from outside the agencies.",
    Role.ANALYST: "Reads counts in which nobody can be recognised.",
    Role.GOVERNANCE_LEAD: "Sees who looked at which reference, not what it says.",
    Role.ADMINISTRATOR: "Looks after people, teams and lists, and sees no case.",
}

REFERRERS = frozenset(
    {
        Role.PRACTITIONER,
        Role.COORDINATOR,
        Role.MANAGER,
        Role.CHAIR,
        Role.DISRUPTION_OFFICER,
        Role.INCLUSION_MANAGER,
        Role.LOCALITY_LINK,
    }
)
CASE_ROLES = REFERRERS | {Role.MINUTE_TAKER}
PLAN_READERS = frozenset(
    {
        Role.EXECUTIVE,
        Role.PLAN_LEAD,
        Role.STEERING_MEMBER,
        Role.SCRUTINEER,
        Role.CHAIR,
        Role.MANAGER,
        Role.COORDINATOR,
        Role.ANALYST,
    }
)
