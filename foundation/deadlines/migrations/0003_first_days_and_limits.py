"""The bank holidays that are known today, and how long before and after a decision on a referral people are told."""

from django.db import migrations
from govuk_bank_holidays.bank_holidays import BankHolidays

from foundation.base.pg.roles import as_owner

LIMITS = [
    (
        "referral_decision_reminder",
        "Reminder before a decision on a referral is due",
        0,
        "Our own proposal: the morning of the day itself (unverified). Check local policy.",
    ),
    (
        "referral_decision_first_rung",
        "The team manager hears of a referral without a decision",
        1,
        "Our own proposal: the next working day (unverified). Check local policy.",
    ),
    (
        "referral_decision_second_rung",
        "The hub manager hears of a referral without a decision",
        2,
        "Our own proposal: two working days after (unverified). Check local policy.",
    ),
]


def add_days(apps, schema_editor):
    calendar = BankHolidays(use_cached_holidays=True)
    model = apps.get_model("deadlines", "BankHoliday")
    for each in calendar.get_holidays(BankHolidays.ENGLAND_AND_WALES):
        model.objects.get_or_create(day=each["date"], defaults={"name": each["title"]})


def add_limits(apps, schema_editor):
    model = apps.get_model("vocabulary", "TimeLimit")
    with as_owner():
        for code, label, length, source in LIMITS:
            model.objects.create(code=code, label=label, length=length, unit="working_days", source=source)


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0002_wall"), ("vocabulary", "0005_wall")]
    operations = [
        migrations.RunPython(add_days, migrations.RunPython.noop),
        migrations.RunPython(add_limits, migrations.RunPython.noop),
    ]
