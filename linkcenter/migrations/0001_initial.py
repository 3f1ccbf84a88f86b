import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import linkcenter.encryption
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "email",
                    models.EmailField(
                        help_text="In small letters.",
                        max_length=254,
                        unique=True,
                        verbose_name="e-mail",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("is_active", models.BooleanField(default=True, verbose_name="can log in")),
                ("date_joined", models.DateTimeField(auto_now_add=True, verbose_name="added")),
            ],
            options={
                "verbose_name": "staff account",
                "verbose_name_plural": "staff accounts",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email", django.db.models.functions.text.Lower("email"))
                        ),
                        name="user_email_lower_case",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Spending",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "key",
                        "begins_at",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("key", models.CharField(max_length=22)),
                ("begins_at", models.DateTimeField()),
                ("times", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name": "use of a limit",
                "verbose_name_plural": "uses of limits",
                "indexes": [models.Index(fields=["begins_at"], name="spending_old")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("times__gte", 1)), name="spending_at_least_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject_id", models.PositiveBigIntegerField()),
                ("what", models.CharField(max_length=40, verbose_name="what")),
                (
                    "at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="when"),
                ),
                (
                    "fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        default=list,
                        size=None,
                        verbose_name="fields",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        help_text="Empty when the person did it by their own link, or the nightly job did.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "subject_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
            ],
            options={
                "verbose_name": "activity",
                "verbose_name_plural": "activities",
                "indexes": [
                    models.Index(fields=["subject_type", "subject_id", "-at"], name="activity_of")
                ],
            },
        ),
        migrations.CreateModel(
            name="JobRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("job", models.CharField(max_length=60, verbose_name="job")),
                ("started_at", models.DateTimeField(verbose_name="started")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="finished")),
                ("dry", models.BooleanField(default=False, verbose_name="rehearsal only")),
                ("counts", models.JSONField(default=dict, verbose_name="counts")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "run of a nightly job",
                "verbose_name_plural": "runs of nightly jobs",
                "indexes": [models.Index(fields=["job", "-started_at"], name="job_run_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finished_at__isnull", True),
                            ("finished_at__gte", models.F("started_at")),
                            _connector="OR",
                        ),
                        name="job_run_ends_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recipient_id", models.PositiveBigIntegerField()),
                (
                    "matter",
                    models.CharField(
                        help_text="What it is about, such as seat:57.",
                        max_length=60,
                        verbose_name="matter",
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="text")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("email", "e-mail"),
                            ("sms", "text message"),
                            ("letter", "letter"),
                            ("call", "telephone call"),
                        ],
                        max_length=6,
                        verbose_name="channel",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("queued", "on its way"),
                            ("sent", "sent"),
                            ("failed", "failed"),
                            ("cancelled", "cancelled"),
                        ],
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                (
                    "waits_because",
                    models.CharField(
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
                ("facts", models.CharField(blank=True, max_length=22)),
                ("stale", models.BooleanField(default=False, verbose_name="out of date")),
                ("language", models.CharField(max_length=5, verbose_name="language")),
                ("to", linkcenter.encryption.EncryptedTextField(null=True, verbose_name="to")),
                ("subject", models.CharField(max_length=120, verbose_name="subject")),
                ("text", linkcenter.encryption.EncryptedTextField(null=True, verbose_name="text")),
                (
                    "calendar",
                    linkcenter.encryption.EncryptedTextField(
                        null=True, verbose_name="calendar file"
                    ),
                ),
                ("link_path", models.CharField(blank=True, max_length=60)),
                ("link_seed", models.CharField(blank=True, max_length=32)),
                ("message_id", models.CharField(max_length=120, unique=True)),
                ("created_at", models.DateTimeField(verbose_name="written")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="sent")),
                (
                    "error",
                    models.CharField(blank=True, max_length=80, verbose_name="why it failed"),
                ),
                (
                    "recipient_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
            ],
            options={
                "verbose_name": "message",
                "verbose_name_plural": "messages",
                "indexes": [
                    models.Index(fields=["recipient_type", "recipient_id"], name="message_of"),
                    models.Index(fields=["state", "created_at"], name="message_by_state"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["draft", "queued"])),
                        fields=("recipient_type", "recipient_id", "matter"),
                        name="message_one_unsent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "queued", "sent", "failed", "cancelled"])
                        ),
                        name="message_state_known",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stale", False),
                            ("state__in", ["draft", "queued"]),
                            ("state", "failed"),
                            _connector="OR",
                        ),
                        name="message_stale_untold",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["email", "sms", "letter", "call"])),
                        name="message_channel_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(
                                models.Q(("state", "sent"), _negated=True),
                                ("sent_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="message_sent_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("link_path", ""), ("link_seed", "")),
                            models.Q(
                                models.Q(("link_path", ""), _negated=True),
                                models.Q(("link_seed", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="message_link_whole",
                    ),
                ],
            },
        ),
    ]
