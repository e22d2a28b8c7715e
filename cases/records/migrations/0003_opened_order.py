from django.db import migrations, models


class Migration(migrations.Migration):
    """The list of cases can be read in the order in which they were opened."""

    dependencies = [("records", "0002_wall")]
    operations = [
        migrations.AddIndex(
            model_name="case", index=models.Index(fields=["-opened_at", "-id"], name="case_opened")
        ),
    ]
