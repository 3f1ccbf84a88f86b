from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("participants", "x4_validate")]
    operations = [
        # PostgreSQL reads no row for it, since the constraint says the same.
        migrations.AlterField("registration", "weight", models.IntegerField(db_default=1))
    ]
