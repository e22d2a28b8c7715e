"""The first lists. Everything here is a default that a partnership may change."""

from django.db import migrations

from foundation.base.pg.operations import GrantTo

TERMS = {
    "agency_kind": [
        ("social_care", "Children's social care"),
        ("police", "Police"),
        ("health", "Health"),
        ("education", "Education"),
        ("youth_justice", "Youth justice"),
        ("housing", "Housing"),
        ("voluntary", "Voluntary and community sector"),
        ("probation", "Probation"),
        ("violence_reduction", "Violence reduction unit"),
        ("adult_safeguarding", "Adult safeguarding"),
        ("licensing", "Licensing"),
        ("partnership", "Partnership office"),
    ],
    "harm_type": [
        ("criminal_exploitation", "Criminal exploitation"),
        ("sexual_exploitation", "Sexual exploitation"),
        ("county_lines", "County lines"),
        ("serious_violence", "Serious violence or weapons"),
        ("group_violence", "Violence between groups"),
        ("peer_abuse", "Abuse by other young people or in a relationship"),
        ("online_abuse", "Online abuse"),
        ("missing", "Missing from home or care"),
        ("trafficking", "Trafficking or modern slavery"),
        ("radicalisation", "Radicalisation"),
        ("hate_crime", "Hate crime"),
        ("bullying", "Bullying"),
        ("public_place", "Harm in a public place"),
    ],
    "lawful_basis": [
        (
            "public_task",
            "Public task",
            "Most often this one: keeping children safe is your agency's job by law",
        ),
        ("legal_obligation", "Legal obligation", "A law or a court says that this must be shared"),
        ("vital_interests", "Vital interests", "Somebody's life may depend on it"),
        ("legitimate_interests", "Legitimate interests", "For charities and others who are no public body"),
    ],
}
LIMITS = [
    (
        "referral_decision",
        "Decision on a referral",
        1,
        "working_days",
        "Working Together: next steps within one working day (unverified). Check local policy.",
    ),
    (
        "share",
        "A share within the area",
        180,
        "days",
        "Security requirement Z12 (unverified). Check local policy.",
    ),
]


def add_terms(apps, schema_editor):
    term, limit = apps.get_model("vocabulary", "Term"), apps.get_model("vocabulary", "TimeLimit")
    for name, values in TERMS.items():
        for position, (code, label, *about) in enumerate(values):
            term.objects.create(
                list=name, code=code, label=label, description="".join(about), position=position
            )
    for code, label, length, unit, source in LIMITS:
        limit.objects.create(code=code, label=label, length=length, unit=unit, source=source)


class Migration(migrations.Migration):
    dependencies = [("vocabulary", "0001_initial"), ("base", "0001_wall")]
    operations = [
        migrations.RunPython(add_terms, migrations.RunPython.noop),
        GrantTo("vocabulary_term"),
        GrantTo("vocabulary_timelimit"),
    ]
