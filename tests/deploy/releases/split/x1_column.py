from django.db import migrations, models

from tests.deploy.releases.last import LAST


class Migration(migrations.Migration):
    dependencies = [("participants", LAST)]
    operations = [
        migrations.AddField("registration", "weight", models.IntegerField(null=True)),
        migrations.AlterField(
            "registration", "weight", models.IntegerField(null=True, db_default=1)
        ),
    ]
