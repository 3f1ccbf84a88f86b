from django.db import migrations
from django.db.models import F

BATCH = 1000


def fill(apps, schema_editor):
    rows = apps.get_model("participants", "Registration").objects.order_by("pk")
    last = 0
    while keys := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        rows.filter(pk__in=keys, weight=None).update(weight=F("id") % 7 + 1)
        last = keys[-1]


class Migration(migrations.Migration):
    atomic = False  # each batch is a transaction of its own, and may be done again
    dependencies = [("participants", "x1_column")]
    operations = [migrations.RunPython(fill)]
