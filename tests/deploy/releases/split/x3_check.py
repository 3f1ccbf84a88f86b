from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("participants", "x2_fill")]
    operations = [
        AddConstraintNotValid(
            "registration",
            models.CheckConstraint(
                condition=models.Q(("weight__isnull", False)), name="registration_weighs"
            ),
        )
    ]
