"""The other lists, and what the first ones lacked. Every value is a default that a partnership may change."""

from django.db import migrations

POLICY = "Check local policy for who belongs here."

TERMS = {
    "harm_type": [
        ("sexual_violence", "Sexual violence or harassment"),
        ("group_control", "Pressure or control by a group or gang"),
        ("robbery", "Robbery or theft from the person"),
    ],
    "agency_kind": [
        ("health_commissioner", "Integrated care board"),
        ("mental_health", "Mental health"),
        ("ambulance", "Ambulance service"),
        ("substance_use", "Drug and alcohol service"),
        ("sexual_assault", "Sexual assault service"),
        ("youth_work", "Youth work"),
        ("supported_housing", "Supported housing and hostels"),
        ("community_safety", "Community safety"),
        ("trading_standards", "Trading standards"),
        ("courts", "Courts and prosecution"),
    ],
    "tier": [
        ("most_vulnerable", "Most vulnerable", f"Agencies plan together at once. {POLICY}"),
        ("vulnerable", "Vulnerable", f"Agencies plan together. {POLICY}"),
        ("cause_for_concern", "Cause for concern", f"Agencies keep an eye on it together. {POLICY}"),
    ],
    "setting": [
        ("street", "Street or neighbourhood"),
        ("open_space", "Park or open space"),
        ("transport", "Public transport"),
        ("premises", "Shops, food, hotels and nightlife"),
        ("education", "School or college and around it"),
        ("home", "A home"),
        ("online", "Online"),
        ("other", "Somewhere else"),
    ],
    "locality": [
        ("north", "North"),
        ("east_central", "East Central"),
        ("south", "South"),
    ],
    "programme": [
        ("programme", "Safer Options", "The name of the programme."),
        ("harm", "Harm outside the home", "What this kind of harm is called."),
    ],
    "meeting_kind": [
        ("review", "Safer Options meeting", "Looks at cases one by one, decides and gives out actions."),
        ("strategy", "Strategy meeting", "Called for one child when something serious has happened."),
        ("complex_strategy", "Complex strategy meeting", "For several children or a group at once."),
        ("risk_management", "Risk management meeting", "For a child who goes missing often."),
        ("context", "Meeting about a place or a group", "Names no child who need not be named."),
        ("regional", "Regional meeting", "With neighbouring areas."),
        ("steering", "Steering group", "Looks at the plan, never at a case."),
    ],
    "intervention_kind": [
        (
            "restorative",
            "Restorative approach",
            "Brings together who was harmed and who did harm, if both want to.",
        ),
        ("rehabilitative", "Rehabilitative work", "Helps a child to leave harmful behaviour behind."),
        ("mentoring", "Mentoring"),
        ("diversion", "Diversion", "Something better to do, instead of prosecution or in spare time."),
        ("one_to_one", "One-to-one work with the child"),
        ("family_support", "Support for the family"),
        ("group_work", "Group work"),
        ("therapeutic", "Therapy or trauma work"),
        ("education_support", "Support in education"),
        ("substance_support", "Help with drugs or alcohol"),
        ("detached_youth_work", "Youth work on the street"),
        (
            "guardianship",
            "Caring adults in a place",
            "Shopkeepers, drivers or neighbours who look out for children.",
        ),
        ("disruption", "Disruption of adults who do harm"),
        ("place_change", "Change to a place", "Light, staff, opening hours, layout."),
    ],
}
PLACES = [
    ("park", "Park or open space", "open_space"),
    ("gathering_point", "Place where young people meet", "open_space"),
    ("street", "Street or square", "street"),
    ("estate", "Estate, stairwell or garage", "street"),
    ("bus_or_train", "Bus or train", "transport"),
    ("station", "Station or stop", "transport"),
    ("transport_route", "Route that young people travel", "transport"),
    ("taxi", "Taxi or private hire", "transport"),
    ("fast_food", "Fast food or café", "premises"),
    ("hotel", "Hotel or guest house", "premises"),
    ("serviced_apartment", "Serviced or short-let apartment", "premises"),
    ("night_time", "Bar, club or other night-time venue", "premises"),
    ("supermarket", "Supermarket", "premises"),
    ("shop", "Other shop", "premises"),
    ("shopping_centre", "Shopping centre", "premises"),
    ("school", "School or college", "education"),
    ("school_surroundings", "Surroundings of a school", "education"),
    ("youth_venue", "Youth club or sports venue", "premises"),
    ("hostel", "Hostel or supported housing", "home"),
    ("private_home", "Private home", "home"),
    ("taken_over_home", "Home taken over by others", "home"),
    ("online_space", "Online space, app or game", "online"),
    ("other", "Another place", "other"),
]  # fmt: skip
REVIEW_EVERY_DAYS = {"most_vulnerable": 28, "vulnerable": 42, "cause_for_concern": 84}
"""Units: calendar days. Source: ours, no guidance gives figures. Check local policy."""

RETURNED_AS = {
    "missing": "10A",
    "sexual_exploitation": "11A",
    "trafficking": "12A",
    "group_violence": "13A",
    "group_control": "13A",
    "peer_abuse": "18B 19B",
    "sexual_violence": "19B",
    "criminal_exploitation": "24A",
    "county_lines": "24A",
}
"""Source: factor codes of the children in need census (checked against a published validator). Check yearly."""


def add_lists(apps, schema_editor):
    term = apps.get_model("vocabulary", "Term")

    def add(name, code, label, description="", parent=None):
        position = term.objects.filter(list=name).count()
        term.objects.create(
            list=name, code=code, label=label, description=description, parent=parent, position=position
        )

    for name, values in TERMS.items():
        for value in values:
            add(name, *value)
    settings = {each.code: each for each in term.objects.filter(list="setting")}
    for code, label, setting in PLACES:
        add("place_kind", code, label, parent=settings[setting])
    for code, days in REVIEW_EVERY_DAYS.items():
        term.objects.filter(list="tier", code=code).update(review_every_days=days)
    for code, codes in RETURNED_AS.items():
        term.objects.filter(list="harm_type", code=code).update(returned_as=codes)


class Migration(migrations.Migration):
    dependencies = [("vocabulary", "0003_words_have_pages")]
    operations = [migrations.RunPython(add_lists, migrations.RunPython.noop)]
