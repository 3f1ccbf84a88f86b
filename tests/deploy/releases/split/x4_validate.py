from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("participants", "x3_check")]
    operations = [ValidateConstraint("registration", "registration_weighs")]
