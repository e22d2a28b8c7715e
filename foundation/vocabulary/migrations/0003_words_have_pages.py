"""What the pages of words and lists need: parents, review intervals, codes of returns, and the history."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Lower

import foundation.base.clock


class Migration(migrations.Migration):
    dependencies = [("vocabulary", "0002_first_terms")]
    operations = [
        migrations.AlterField("term", "description", models.CharField(blank=True, max_length=600)),
        migrations.AddField(
            "term",
            "parent",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parts",
                to="vocabulary.term",
            ),
        ),
        migrations.AddField(
            "term", "review_every_days", models.PositiveSmallIntegerField(blank=True, null=True)
        ),
        migrations.AddField("term", "returned_as", models.CharField(blank=True, max_length=40)),
        migrations.AddConstraint(
            "term",
            models.UniqueConstraint(
                "list",
                Lower("label"),
                condition=models.Q(("is_retired", False)),
                name="one_live_term_per_label",
            ),
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("list", models.CharField(max_length=40)),
                ("code", models.CharField(max_length=40)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("added", "Added"),
                            ("label", "Words"),
                            ("description", "Explanation"),
                            ("parent", "Belongs to"),
                            ("review_every_days", "Days between reviews"),
                            ("returned_as", "Codes in returns"),
                            ("position", "Place in the list"),
                            ("retired", "Retired"),
                            ("brought_back", "Brought back"),
                            ("length", "Length"),
                            ("source", "Source"),
                        ],
                        max_length=20,
                    ),
                ),
                ("before", models.CharField(blank=True, max_length=600)),
                ("after", models.CharField(blank=True, max_length=600)),
                ("actor", models.BigIntegerField()),
                ("actor_name", models.CharField(max_length=120)),
                ("at", models.DateTimeField(default=foundation.base.clock.now)),
            ],
            options={
                "ordering": ["-pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["list", "code", "-id"], name="changes_of_a_word")],
            },
        ),
    ]
