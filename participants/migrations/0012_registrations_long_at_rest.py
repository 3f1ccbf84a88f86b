from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # the index is built while people write

    dependencies = [("participants", "0011_two_people")]

    operations = [
        AddIndexConcurrently(
            model_name="registration",
            index=models.Index(
                condition=models.Q(("state", "closed")),
                fields=["centre", "closed_at"],
                name="registration_closed_long",
            ),
        ),
    ]
