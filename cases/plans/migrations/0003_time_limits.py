"""How long before and after its day an agreed action is told again. Defaults that a partnership may change."""

from django.db import migrations

from foundation.base.pg.roles import as_owner

LIMITS = [
    (
        "agreed_action_reminder",
        "Reminder of an agreed action, before its day",
        2,
        "Our own: time to act before the day comes (unverified). Check local policy.",
    ),
    (
        "agreed_action_first_rung",
        "A late agreed action goes to the team's manager",
        1,
        "Our own: the day after (unverified). Check local policy.",
    ),
]


def add_limits(apps, schema_editor):
    limit = apps.get_model("vocabulary", "TimeLimit")
    with as_owner():
        for code, label, length, source in LIMITS:
            limit.objects.create(code=code, label=label, length=length, unit="working_days", source=source)


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_wall"), ("vocabulary", "0005_wall")]
    operations = [migrations.RunPython(add_limits, migrations.RunPython.noop)]
