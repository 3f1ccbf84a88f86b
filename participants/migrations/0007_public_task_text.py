from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("participants", "0006_read_log_append_only")]

    operations = [
        migrations.RemoveConstraint(model_name="consenttext", name="consent_text_purpose_known"),
        migrations.AlterField(
            model_name="consenttext",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("contact", "contact and finding a group"),
                    ("theme", "the theme"),
                    ("digital", "digital groups at other centres"),
                    ("task", "public task: told, and not asked"),
                    ("move", "moving to another centre"),
                ],
                max_length=7,
                verbose_name="purpose",
            ),
        ),
        migrations.AddConstraint(
            model_name="consenttext",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("purpose__in", ["contact", "theme", "digital", "task", "move"])
                ),
                name="consent_text_purpose_known",
            ),
        ),
    ]
