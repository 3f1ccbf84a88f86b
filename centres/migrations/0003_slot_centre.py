import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("centres", "0002_event_places"),
    ]

    operations = [
        migrations.AddField(
            model_name="slot",
            name="centre",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="slots",
                to="centres.centre",
                verbose_name="centre",
            ),
        ),
    ]
