"""The lists the service is shipped with. Their first values are written by the migrations."""

from foundation.vocabulary.registries import Offered, WordList, lists

SHIPPED = (
    WordList(
        "programme",
        "Names of the programme",
        "What the programme and this kind of harm are called where you are.",
        Offered.AS_WORDS,
        fixed={
            "programme": "The service looks the programme's name up here.",
            "harm": "The service looks up here what this kind of harm is called.",
        },
        order=10,
    ),
    WordList(
        "meeting_kind",
        "Kinds of meeting",
        "What your meetings are called.",
        fixed={"review": "It is the kind of meeting that looks at cases one by one."},
        order=20,
    ),
    WordList(
        "harm_type",
        "Types of harm",
        "Asked on a referral. People may choose several, because harms overlap.",
        Offered.SEVERAL,
        has_returns=True,
        order=30,
    ),
    WordList(
        "tier",
        "Tiers",
        "How closely agencies work together for a child, the closest first. People decide the tier: "
        "nothing is calculated.",
        has_reviews=True,
        order=40,
    ),
    WordList(
        "setting",
        "Settings",
        "Where harm happens, in broad words. Kinds of place belong to a setting.",
        order=50,
    ),
    WordList(
        "place_kind",
        "Kinds of place",
        "What a place is, more exactly.",
        parent="setting",
        belongs_to="Which setting does it belong to?",
        order=60,
    ),
    WordList(
        "locality",
        "Localities",
        "Parts of your area. Wards lie in a locality. Check local policy for where the borders run.",
        order=70,
    ),
    WordList(
        "ward",
        "Wards",
        "Council wards, each in its locality. None is shipped: add those of your area.",
        parent="locality",
        belongs_to="Which locality does it lie in?",
        order=80,
    ),
    WordList("agency_kind", "Kinds of agency", "What kind of organisation a team works for.", order=90),
    WordList(
        "intervention_kind",
        "Kinds of help",
        "What is offered to a child, a family or a group, and what changes a place.",
        Offered.SEVERAL,
        order=100,
    ),
    WordList(
        "lawful_basis",
        "Lawful bases for sharing",
        "Asked whenever a case is shared. Take advice before you change one.",
        fixed={"public_task": "Opening a case shares it with the hub team on this basis."},
        order=110,
    ),
)


def register() -> None:
    for each in SHIPPED:
        lists.add(each.name, each)
