"""The demo's agencies, teams and people: all invented. Telephone numbers are of the range kept for drama."""

from dataclasses import dataclass

from foundation.accounts.roles import Role

PARTNERSHIP = "Demo Safeguarding Partnership"
PASSWORD = "lantern-orchard-river-41"  # noqa: S105 - shared by every demo account and named in the README
AREAS = ("Bristol", "North Somerset", "South Gloucestershire")

AGENCIES = {
    "Bristol Children's Services": "social_care",
    "North Somerset Children's Services": "social_care",
    "South Gloucestershire Children's Services": "social_care",
    "Severnside Police": "police",
    "Avonmouth Community Health": "health",
    "Hillcrest Academy": "education",
    "Bridgeway Youth Trust": "voluntary",
    "Partnership Office": "partnership",
}


@dataclass(frozen=True)
class DemoTeam:
    key: str
    name: str
    agency: str
    area: str
    contact: str
    is_hub: bool = False


TEAMS = (
    DemoTeam("hub", "Bristol hub", "Bristol Children's Services", "Bristol", "Hub duty desk", is_hub=True),
    DemoTeam(
        "east", "East locality team", "Bristol Children's Services", "Bristol", "East duty social worker"
    ),
    DemoTeam(
        "south", "South locality team", "Bristol Children's Services", "Bristol", "South duty social worker"
    ),
    DemoTeam("youth", "Youth work team", "Bristol Children's Services", "Bristol", "Youth work duty line"),
    DemoTeam("police", "Exploitation team", "Severnside Police", "Bristol", "Exploitation desk sergeant"),
    DemoTeam("health", "School nursing", "Avonmouth Community Health", "Bristol", "Duty school nurse"),
    DemoTeam("school", "Safeguarding team", "Hillcrest Academy", "Bristol", "Safeguarding office"),
    DemoTeam("mentors", "Mentoring project", "Bridgeway Youth Trust", "Bristol", "Mentoring coordinator"),
    DemoTeam("strategy", "Strategy and performance", "Partnership Office", "Bristol", "Strategy team"),
    DemoTeam("systems", "Systems and governance", "Partnership Office", "Bristol", "Systems help desk"),
    DemoTeam(
        "north_hub",
        "North Somerset hub",
        "North Somerset Children's Services",
        "North Somerset",
        "Hub duty desk",
        is_hub=True,
    ),
    DemoTeam(
        "south_glos_hub",
        "South Gloucestershire hub",
        "South Gloucestershire Children's Services",
        "South Gloucestershire",
        "Hub duty desk",
        is_hub=True,
    ),
)


@dataclass(frozen=True)
class DemoAccount:
    """`account` before @demo.example is how the person signs in."""

    account: str
    name: str
    job_title: str
    team: str
    role: Role

    @property
    def email(self) -> str:
        return f"{self.account}@demo.example"


ACCOUNTS = (
    DemoAccount("social.worker", "Amira Solano", "Social worker", "east", Role.PRACTITIONER),
    DemoAccount("school.lead", "Bryn Hartley", "Designated safeguarding lead", "school", Role.PRACTITIONER),
    DemoAccount("police", "Callum Reyes", "Detective constable", "police", Role.PRACTITIONER),
    DemoAccount("health", "Dinah Okoro", "School nurse", "health", Role.PRACTITIONER),
    DemoAccount("youth.worker", "Elis Farrow", "Youth worker", "youth", Role.PRACTITIONER),
    DemoAccount("voluntary", "Farah Quill", "Mentor", "mentors", Role.PRACTITIONER),
    DemoAccount("coordinator", "Greta Malone", "Hub coordinator", "hub", Role.COORDINATOR),
    DemoAccount("manager", "Harun Beck", "Team manager", "east", Role.MANAGER),
    DemoAccount("chair", "Isla Trevanion", "Meeting chair", "hub", Role.CHAIR),
    DemoAccount("minutes", "Jonah Pryce", "Minute taker", "hub", Role.MINUTE_TAKER),
    DemoAccount("plan.lead", "Kezia Lund", "Strategy lead", "strategy", Role.PLAN_LEAD),
    DemoAccount("executive", "Leon Ashdown", "Member of the executive", "strategy", Role.EXECUTIVE),
    DemoAccount("scrutineer", "Mabel Yorke", "Independent scrutineer", "strategy", Role.SCRUTINEER),
    DemoAccount("analyst", "Nadim Vale", "Analyst", "strategy", Role.ANALYST),
    DemoAccount("ig.lead", "Orla Finch", "Information-governance lead", "systems", Role.GOVERNANCE_LEAD),
    DemoAccount("admin", "Piotr Dunmore", "Administrator", "systems", Role.ADMINISTRATOR),
    DemoAccount("north.somerset", "Quinn Abara", "Hub coordinator", "north_hub", Role.COORDINATOR),
    DemoAccount("disruption", "Rosa Lindqvist", "Disruption officer", "police", Role.DISRUPTION_OFFICER),
    DemoAccount("hub.manager", "Sunniva Clay", "Hub manager", "hub", Role.MANAGER),
    DemoAccount("south.glos", "Teo Marchbank", "Hub coordinator", "south_glos_hub", Role.COORDINATOR),
)
LOCALITY_LINKS = {"North Somerset": "north.somerset", "South Gloucestershire": "south.glos"}
"""Area to the account of whoever receives what another area shares."""
