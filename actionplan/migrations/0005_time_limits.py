"""How long a proposal may go without an update, and when people hear of its date."""

from django.db import migrations

from foundation.base.pg.roles import as_owner

SOURCE = "Our own proposal (unverified). Check local policy."
LIMITS = [
    ("proposal_update", "A proposal of the action plan goes without an update", 60, "days"),
    ("proposal_reminder", "Reminder before a proposal of the action plan is due", 5, "working_days"),
    ("proposal_first_rung", "The team manager hears of a proposal that is late", 5, "working_days"),
]


def add_limits(apps, schema_editor):
    model = apps.get_model("vocabulary", "TimeLimit")
    with as_owner():
        for code, label, length, unit in LIMITS:
            model.objects.create(code=code, label=label, length=length, unit=unit, source=SOURCE)


class Migration(migrations.Migration):
    dependencies = [
        ("actionplan", "0004_wall"),
        ("vocabulary", "0005_wall"),
        ("deadlines", "0003_first_days_and_limits"),
    ]
    operations = [migrations.RunPython(add_limits, migrations.RunPython.noop)]
