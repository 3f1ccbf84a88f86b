from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("groups", "0006_members_known_until")]

    operations = [
        migrations.RemoveConstraint("selfhelpgroup", "group_break_whole"),
        migrations.AddConstraint(
            "selfhelpgroup",
            models.CheckConstraint(
                condition=Q(paused_from__isnull=True, paused_until__isnull=True)
                | Q(
                    state__in=["settled", "self_run"],
                    paused_from__isnull=False,
                    paused_until__isnull=False,
                    paused_until__gt=F("paused_from"),
                ),
                name="group_break_whole",
            ),
        ),
    ]
