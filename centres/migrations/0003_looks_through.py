from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("centres", "0002_event_places")]

    operations = [
        migrations.AddField(
            model_name="centre",
            name="looks_through",
            field=models.BooleanField(
                default=False,
                help_text="What your acts in the groups cause waits as a draft until you send it.",
                verbose_name="look through before sending",
            ),
        ),
    ]
