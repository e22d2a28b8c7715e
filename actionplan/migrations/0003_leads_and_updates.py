"""Who leads a proposal, the first date it had, and what was said of it in one go."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import foundation.base.clock

# what was changed before now: a version for each moment, and the first date there was
COUNT = """
UPDATE actionplan_proposalchange c SET version = n.version FROM (
  SELECT id, dense_rank() OVER (PARTITION BY proposal_id ORDER BY at) AS version FROM actionplan_proposalchange
) n WHERE n.id = c.id;
UPDATE actionplan_proposal p SET
  version = coalesce((SELECT max(c.version) FROM actionplan_proposalchange c WHERE c.proposal_id = p.id), 0),
  by_when_first = coalesce((SELECT c.before::date FROM actionplan_proposalchange c
    WHERE c.proposal_id = p.id AND c.field = 'by_when' AND c.before <> '' ORDER BY c.at LIMIT 1), p.by_when);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("actionplan", "0002_grants"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="lead_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField("proposal", "by_when_first", models.DateField(null=True)),
        migrations.AddField("proposal", "corrective_step", models.TextField(blank=True, max_length=2000)),
        migrations.AddField("proposal", "version", models.PositiveIntegerField(default=0)),
        migrations.AddField(
            "proposalchange", "version", models.PositiveIntegerField(default=0), preserve_default=False
        ),
        migrations.AlterField(
            "proposalchange",
            "source",
            models.CharField(
                choices=[("import", "Import of a file"), ("page", "Update on the page")], max_length=10
            ),
        ),
        migrations.RunSQL(COUNT, migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Update",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField()),
                (
                    "rating",
                    models.CharField(
                        choices=[
                            ("off_track", "Off track"),
                            ("at_risk", "At risk"),
                            ("on_track", "On track"),
                            ("complete", "Complete"),
                            ("not_rated", "Not rated"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=2000)),
                ("at", models.DateTimeField(default=foundation.base.clock.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="updates",
                        to="actionplan.proposal",
                    ),
                ),
            ],
            options={
                "ordering": ["-version"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=["proposal", "version"], name="one_update_per_version")
                ],
            },
        ),
        migrations.AlterModelOptions("proposalchange", {"ordering": ["-version", "field"]}),
    ]
