from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("participants", "x5_must")]
    operations = [
        AddIndexConcurrently(
            "registration", models.Index(fields=["weight"], name="registration_weight")
        )
    ]
