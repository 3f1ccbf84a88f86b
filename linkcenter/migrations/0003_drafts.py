from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("linkcenter", "0002_activity_append_only"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="facts",
            field=models.CharField(blank=True, max_length=22),
        ),
        migrations.AddField(
            model_name="message",
            name="stale",
            field=models.BooleanField(default=False, verbose_name="out of date"),
        ),
        migrations.AddField(
            model_name="message",
            name="waits_because",
            field=models.CharField(
                blank=True,
                choices=[
                    ("written", "written here, not sent yet"),
                    ("centre", "to be looked through before it goes"),
                    ("person", "nothing is sent to this person by itself"),
                    ("address", "the mail server refuses this address"),
                    ("changed", "something changed before it went"),
                ],
                max_length=7,
                verbose_name="why it waits",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "waits_because__in",
                        ["", "written", "centre", "person", "address", "changed"],
                    ),
                    models.Q(
                        models.Q(("state", "draft"), _negated=True),
                        models.Q(("waits_because", ""), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="message_draft_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stale", False),
                    ("state__in", ["draft", "queued"]),
                    ("state", "failed"),
                    _connector="OR",
                ),
                name="message_stale_untold",
            ),
        ),
    ]
