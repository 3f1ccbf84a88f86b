import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import groups.states
import linkcenter.encryption
import participants.models.registration
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("centres", "0001_initial"),
        ("linkcenter", "0001_initial"),
        ("participants", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Initiator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    linkcenter.encryption.EncryptedTextField(
                        validators=[django.core.validators.MaxLengthValidator(80)],
                        verbose_name="name",
                    ),
                ),
                (
                    "phone",
                    linkcenter.encryption.EncryptedTextField(
                        blank=True, null=True, verbose_name="phone"
                    ),
                ),
                (
                    "email",
                    linkcenter.encryption.EncryptedTextField(
                        blank=True, null=True, verbose_name="e-mail"
                    ),
                ),
                ("trained_on", models.DateField(blank=True, null=True, verbose_name="trained")),
                (
                    "agreement_on",
                    models.DateField(blank=True, null=True, verbose_name="agreement signed"),
                ),
                ("digital", models.BooleanField(default=False, verbose_name="also digital groups")),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("no", "Norwegian"),
                                ("se", "Northern Sami"),
                                ("en", "English"),
                                ("ar", "Arabic"),
                                ("es", "Spanish"),
                                ("uk", "Ukrainian"),
                                ("pl", "Polish"),
                            ],
                            max_length=2,
                        ),
                        default=participants.models.registration.norwegian,
                        size=None,
                        verbose_name="languages",
                    ),
                ),
                (
                    "availability",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=13),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="can meet",
                    ),
                ),
                (
                    "max_groups",
                    models.PositiveSmallIntegerField(default=1, verbose_name="most groups at once"),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("nb", "Norwegian Bokmål"),
                            ("nn", "Norwegian Nynorsk"),
                            ("en", "English"),
                        ],
                        default="nb",
                        max_length=2,
                        verbose_name="language of messages",
                    ),
                ),
                ("active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "inactive_since",
                    models.DateField(editable=False, null=True, verbose_name="inactive since"),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="initiators",
                        to="centres.centre",
                        verbose_name="centre",
                    ),
                ),
                (
                    "training",
                    models.ForeignKey(
                        blank=True,
                        limit_choices_to={"kind": "initiator_training"},
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="centres.event",
                        verbose_name="trained at",
                    ),
                ),
            ],
            options={
                "verbose_name": "initiator",
                "verbose_name_plural": "initiators",
            },
        ),
        migrations.CreateModel(
            name="MatchRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "centre_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None, verbose_name="centres"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "waits for its turn"),
                            ("running", "under way"),
                            ("done", "done"),
                            ("failed", "stopped"),
                        ],
                        default="queued",
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                (
                    "start",
                    models.CharField(
                        choices=[("keep", "Keep what was proposed"), ("over", "Start over")],
                        default="keep",
                        max_length=4,
                        verbose_name="start",
                    ),
                ),
                (
                    "wait_weight",
                    models.CharField(
                        choices=[
                            ("little", "Little: as many as possible get a place now."),
                            ("some", "Some: a year of waiting counts as much as one more person."),
                            ("much", "Much: long waits come first, even if fewer get a place."),
                        ],
                        default="some",
                        max_length=6,
                        verbose_name="weight of the wait",
                    ),
                ),
                ("run_at", models.DateTimeField(verbose_name="run")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="finished")),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="tries")),
                ("done_steps", models.PositiveIntegerField(default=0, verbose_name="done")),
                ("all_steps", models.PositiveIntegerField(default=0, verbose_name="of")),
                (
                    "failure",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                "faulty",
                                "Something in the list cannot be right. Tell whoever runs the system.",
                            ),
                            (
                                "broke_off",
                                "The run broke off several times. Tell whoever runs the system.",
                            ),
                            (
                                "error",
                                "Something went wrong with us. Try again, or tell whoever runs the system.",
                            ),
                        ],
                        max_length=9,
                        verbose_name="why it stopped",
                    ),
                ),
                ("in_use", models.BooleanField(default=False, verbose_name="in use")),
                ("problem", models.JSONField(null=True, verbose_name="input")),
                ("result", models.JSONField(null=True, verbose_name="result")),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="match_runs",
                        to="centres.centre",
                        verbose_name="centre",
                    ),
                ),
                (
                    "run_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="run by",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposals",
                "verbose_name_plural": "proposals",
                "ordering": ["-run_at"],
            },
        ),
        migrations.CreateModel(
            name="PlanStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("start", "start meeting"),
                            ("visit", "visit the group"),
                            ("talk", "talk with the contact about how it goes"),
                            ("contact_meeting", "invite to the contact meeting"),
                            ("ring", "ring the contact: something does not work"),
                        ],
                        max_length=15,
                        verbose_name="what",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="after how many")),
                (
                    "counted_in",
                    models.CharField(
                        choices=[
                            ("weeks", "weeks after the start"),
                            ("meetings", "meetings on their own, after the hand-over"),
                        ],
                        max_length=8,
                        verbose_name="of what",
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plan_steps",
                        to="centres.centre",
                        verbose_name="centre",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of the follow-up plan",
                "verbose_name_plural": "steps of the follow-up plan",
                "ordering": ["centre", "counted_in", "number", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        choices=groups.states.askable, max_length=18, verbose_name="about"
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="asked")),
                ("answer_by", models.DateField(verbose_name="answer by")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="answered")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "yes"), ("no", "no")],
                        max_length=3,
                        verbose_name="answer",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="taken back")),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="linkcenter.message",
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="participants.registration",
                    ),
                ),
            ],
            options={
                "verbose_name": "question",
                "verbose_name_plural": "questions",
            },
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("asked", "asked"),
                            ("yes", "said yes"),
                            ("ended", "ended"),
                        ],
                        default="proposed",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "proposed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="proposed"
                    ),
                ),
                ("asked_at", models.DateTimeField(blank=True, null=True, verbose_name="asked")),
                ("answer_by", models.DateField(blank=True, null=True, verbose_name="answer by")),
                (
                    "reminded_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="reminded"),
                ),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="answered"),
                ),
                ("is_newcomer", models.BooleanField(default=False, verbose_name="newcomer")),
                (
                    "group_asked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="group asked"),
                ),
                (
                    "group_answer_by",
                    models.DateField(blank=True, null=True, verbose_name="group answers by"),
                ),
                (
                    "group_agreed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="group agreed"),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no", "said no"),
                            ("other_time", "can, but at another time"),
                            ("expired", "did not answer in time"),
                            ("released", "was released"),
                            ("let_go", "the group was let go"),
                            ("left", "left"),
                            ("group_no", "the group takes nobody in now"),
                        ],
                        max_length=10,
                        verbose_name="why ended",
                    ),
                ),
                (
                    "no_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_now", "It is not the right moment"),
                            ("place", "The place does not suit me"),
                            ("kind", "I would like another kind of group"),
                            ("changed", "I do not need a group any more"),
                        ],
                        max_length=7,
                        verbose_name="why no",
                    ),
                ),
                (
                    "shared_name",
                    linkcenter.encryption.EncryptedTextField(
                        blank=True,
                        validators=[django.core.validators.MaxLengthValidator(40)],
                        verbose_name="name to show the others",
                    ),
                ),
                (
                    "shared_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="chose what to share"),
                ),
                (
                    "shares_phone",
                    models.BooleanField(default=False, verbose_name="shares the phone number"),
                ),
                (
                    "known_until",
                    models.DateField(blank=True, null=True, verbose_name="known to us until"),
                ),
                (
                    "message",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="linkcenter.message",
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seats",
                        to="participants.registration",
                    ),
                ),
            ],
            options={
                "verbose_name": "seat",
                "verbose_name_plural": "seats",
            },
        ),
        migrations.CreateModel(
            name="SelfHelpGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="Neutral: it never tells what the group is about.",
                        max_length=60,
                        verbose_name="name",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("social", "Conversation group"),
                            ("self_help", "Self-help group"),
                        ],
                        max_length=9,
                        verbose_name="kind",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("own", "For oneself"),
                            ("kin", "For next of kin"),
                            ("mixed", "For both"),
                        ],
                        default="own",
                        max_length=5,
                        verbose_name="for whom",
                    ),
                ),
                (
                    "gender",
                    models.CharField(
                        choices=[("mixed", "Everybody"), ("women", "Women"), ("men", "Men")],
                        default="mixed",
                        max_length=5,
                        verbose_name="who",
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[("physical", "In person"), ("digital", "On video")],
                        max_length=8,
                        verbose_name="how to meet",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("no", "Norwegian"),
                            ("se", "Northern Sami"),
                            ("en", "English"),
                            ("ar", "Arabic"),
                            ("es", "Spanish"),
                            ("uk", "Ukrainian"),
                            ("pl", "Polish"),
                        ],
                        default="no",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("forming", "forming"),
                            ("settled", "settled"),
                            ("self_run", "runs itself"),
                            ("ended", "ended"),
                        ],
                        default="forming",
                        editable=False,
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "first_date",
                    models.DateField(blank=True, null=True, verbose_name="first meeting"),
                ),
                ("min_size", models.PositiveSmallIntegerField(verbose_name="at least")),
                ("max_size", models.PositiveSmallIntegerField(verbose_name="at most")),
                (
                    "newcomers",
                    models.CharField(
                        choices=[
                            ("no", "no newcomers"),
                            ("yes", "newcomers are welcome"),
                            ("ask", "ask the group"),
                        ],
                        default="no",
                        max_length=3,
                        verbose_name="newcomers",
                    ),
                ),
                (
                    "confidentiality_signed_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="confidentiality form signed"
                    ),
                ),
                (
                    "started_on",
                    models.DateField(blank=True, null=True, verbose_name="start meeting held"),
                ),
                (
                    "handed_over_on",
                    models.DateField(blank=True, null=True, verbose_name="handed over"),
                ),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended")),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("let_go", "let go before it started"),
                            ("finished", "the group was finished"),
                            ("too_few", "too few were left"),
                            ("begun_again", "began again as a new group"),
                            ("other", "another reason"),
                        ],
                        max_length=11,
                        verbose_name="why it ended",
                    ),
                ),
                (
                    "unnamed_members",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="members not on our list"
                    ),
                ),
                ("paused_from", models.DateField(blank=True, null=True, verbose_name="break from")),
                (
                    "paused_until",
                    models.DateField(blank=True, null=True, verbose_name="meets again from"),
                ),
                (
                    "still_asked_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="asked if the time is in use"
                    ),
                ),
                (
                    "still_used_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="said that the time is in use"
                    ),
                ),
                (
                    "broken_rules",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("fewer", "fewer people than the centre starts with"),
                                ("more", "more people than the centre has in a group"),
                                ("age_span", "more years between the youngest and the oldest"),
                            ],
                            max_length=8,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="rules broken on purpose",
                    ),
                ),
                (
                    "broken_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agreed", "those it is about know it and want it"),
                            ("nobody_else", "nobody else who fits will come soon"),
                            ("long_wait", "somebody has waited for very long"),
                            ("begun_again", "they were in a group together before"),
                        ],
                        max_length=11,
                        verbose_name="why they were broken",
                    ),
                ),
                ("proposal_number", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="formed"),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="groups",
                        to="centres.centre",
                        verbose_name="centre",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        help_text="The member whom the centre talks with once the group runs itself.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="groups.seat",
                        verbose_name="contact",
                    ),
                ),
                (
                    "initiators",
                    models.ManyToManyField(
                        blank=True,
                        related_name="groups",
                        to="groups.initiator",
                        verbose_name="initiators",
                    ),
                ),
                (
                    "match_run",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="groups",
                        to="groups.matchrun",
                    ),
                ),
                (
                    "previous_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="next_groups",
                        to="groups.selfhelpgroup",
                        verbose_name="group before it",
                    ),
                ),
                (
                    "slot",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="group",
                        to="centres.slot",
                        verbose_name="weekly time",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty for a mixed group.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="groups",
                        to="participants.theme",
                        verbose_name="theme",
                    ),
                ),
            ],
            options={
                "verbose_name": "group",
                "verbose_name_plural": "groups",
            },
        ),
        migrations.AddField(
            model_name="seat",
            name="group",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="seats",
                to="groups.selfhelpgroup",
            ),
        ),
        migrations.CreateModel(
            name="GroupLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("initiate", "see the groups that one helps to start"),
                            ("take_over", "become the contact of a group"),
                            ("begin_again", "be in the group that follows"),
                        ],
                        max_length=11,
                        verbose_name="for",
                    ),
                ),
                ("seed", models.CharField(max_length=32)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField(verbose_name="made")),
                ("expires_at", models.DateTimeField(verbose_name="works until")),
                ("used_at", models.DateTimeField(null=True, verbose_name="used")),
                ("superseded_at", models.DateTimeField(null=True, verbose_name="replaced")),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="centres.centre",
                        verbose_name="centre",
                    ),
                ),
                (
                    "initiator",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="groups.initiator",
                        verbose_name="initiator",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="groups.selfhelpgroup",
                        verbose_name="group",
                    ),
                ),
            ],
            options={
                "verbose_name": "link",
                "verbose_name_plural": "links",
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("start", "start meeting"),
                            ("visit", "visit the group"),
                            ("talk", "talk with the contact about how it goes"),
                            ("contact_meeting", "invite to the contact meeting"),
                            ("ring", "ring the contact: something does not work"),
                        ],
                        max_length=15,
                        verbose_name="what",
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("time", "The time"),
                            ("room", "The room, the key or the video licence"),
                            ("few", "We are too few"),
                            ("together", "How we are together"),
                            ("other", "Something else"),
                        ],
                        max_length=8,
                        verbose_name="about",
                    ),
                ),
                ("due", models.DateField(verbose_name="due")),
                ("due_by_hand", models.BooleanField(default=False, verbose_name="day set by hand")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done")),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="done by",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who does it",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="follow_ups",
                        to="groups.planstep",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follow_ups",
                        to="groups.selfhelpgroup",
                        verbose_name="group",
                    ),
                ),
            ],
            options={
                "verbose_name": "follow-up",
                "verbose_name_plural": "follow-ups",
                "ordering": ["due", "pk"],
            },
        ),
        migrations.CreateModel(
            name="StatisticsSnapshot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("country", "the whole country"),
                            ("centre", "a centre"),
                            ("municipality", "a municipality"),
                            ("funder", "a funder"),
                        ],
                        max_length=12,
                        verbose_name="about",
                    ),
                ),
                ("scope_key", models.CharField(blank=True, max_length=20, verbose_name="which")),
                ("first_day", models.DateField(verbose_name="half-year from")),
                ("counts", models.JSONField(verbose_name="numbers")),
                ("frozen_at", models.DateTimeField(verbose_name="frozen")),
            ],
            options={
                "verbose_name": "numbers of a half-year",
                "verbose_name_plural": "numbers of half-years",
                "ordering": ["-first_day", "scope", "scope_key"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("scope", "scope_key", "first_day"), name="statistics_snapshot_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_day__day", 1),
                            ("first_day__month__in", [1, 7]),
                            ("scope__in", ["country", "centre", "municipality", "funder"]),
                        ),
                        name="statistics_snapshot_half_year",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_day", models.DateField(verbose_name="half-year from")),
                ("measure", models.CharField(max_length=40, verbose_name="measure")),
                ("value", models.CharField(blank=True, max_length=80, verbose_name="value")),
                ("count", models.PositiveIntegerField(verbose_name="count")),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="centres.centre",
                        verbose_name="centre",
                    ),
                ),
            ],
            options={
                "verbose_name": "tally",
                "verbose_name_plural": "tallies",
            },
        ),
        migrations.AddConstraint(
            model_name="initiator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("phone__isnull", False), ("email__isnull", False), _connector="OR"
                ),
                name="initiator_can_be_reached",
            ),
        ),
        migrations.AddConstraint(
            model_name="initiator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "availability__contained_by",
                        [
                            "mon-morning",
                            "mon-afternoon",
                            "mon-evening",
                            "tue-morning",
                            "tue-afternoon",
                            "tue-evening",
                            "wed-morning",
                            "wed-afternoon",
                            "wed-evening",
                            "thu-morning",
                            "thu-afternoon",
                            "thu-evening",
                            "fri-morning",
                            "fri-afternoon",
                            "fri-evening",
                            "sat-morning",
                            "sat-afternoon",
                            "sat-evening",
                            "sun-morning",
                            "sun-afternoon",
                            "sun-evening",
                        ],
                    )
                ),
                name="initiator_availability_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="initiator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("languages__contained_by", ["no", "se", "en", "ar", "es", "uk", "pl"]),
                    ("languages__len__gte", 1),
                ),
                name="initiator_has_language",
            ),
        ),
        migrations.AddIndex(
            model_name="matchrun",
            index=models.Index(fields=["centre", "-run_at"], name="match_run_latest"),
        ),
        migrations.AddConstraint(
            model_name="matchrun",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["queued", "running"])),
                fields=("centre_ids",),
                name="match_run_one_under_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="matchrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["queued", "running"]), ("finished_at__isnull", True)),
                    models.Q(
                        models.Q(("state__in", ["queued", "running"]), _negated=True),
                        ("finished_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="match_run_finished",
            ),
        ),
        migrations.AddConstraint(
            model_name="matchrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "done"), _negated=True),
                    models.Q(("problem__isnull", False), ("result__isnull", False)),
                    _connector="OR",
                ),
                name="match_run_done_has_result",
            ),
        ),
        migrations.AddConstraint(
            model_name="matchrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("failure__in", ["faulty", "broke_off", "error"]), ("state", "failed")
                    ),
                    models.Q(models.Q(("state", "failed"), _negated=True), ("failure", "")),
                    _connector="OR",
                ),
                name="match_run_failed_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="matchrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("in_use", False), ("state", "done"), _connector="OR"),
                name="match_run_in_use_if_done",
            ),
        ),
        migrations.AddConstraint(
            model_name="matchrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("centre_ids__len__gte", 1),
                    ("state__in", ["queued", "running", "done", "failed"]),
                    ("start__in", ["keep", "over"]),
                    ("wait_weight__in", ["little", "some", "much"]),
                ),
                name="match_run_choices_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="planstep",
            constraint=models.UniqueConstraint(
                fields=("centre", "what", "number", "counted_in"),
                name="plan_step_once",
                violation_error_message="This step is in the plan already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="planstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("number__lte", 104),
                    ("what__in", ["start", "visit", "talk", "contact_meeting", "ring"]),
                    ("counted_in__in", ["weeks", "meetings"]),
                ),
                name="plan_step_choices_known",
            ),
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(fields=["registration", "-asked_at"], name="question_latest"),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_at__isnull", True), ("withdrawn_at__isnull", True)),
                fields=("registration",),
                name="question_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at__isnull", True)),
                    models.Q(
                        ("answer__in", ["yes", "no"]),
                        ("answered_at__isnull", False),
                        ("withdrawn_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="question_answered_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "about__in",
                        [
                            "slot:mon-morning",
                            "slot:mon-afternoon",
                            "slot:mon-evening",
                            "slot:tue-morning",
                            "slot:tue-afternoon",
                            "slot:tue-evening",
                            "slot:wed-morning",
                            "slot:wed-afternoon",
                            "slot:wed-evening",
                            "slot:thu-morning",
                            "slot:thu-afternoon",
                            "slot:thu-evening",
                            "slot:fri-morning",
                            "slot:fri-afternoon",
                            "slot:fri-evening",
                            "slot:sat-morning",
                            "slot:sat-afternoon",
                            "slot:sat-evening",
                            "slot:sun-morning",
                            "slot:sun-afternoon",
                            "slot:sun-evening",
                            "kind:social",
                            "kind:self_help",
                            "format:physical",
                            "format:digital",
                            "theme:any",
                            "age:any",
                        ],
                    )
                ),
                name="question_about_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="selfhelpgroup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("max_size__lte", 12),
                    ("min_size__gte", 2),
                    ("min_size__lte", models.F("max_size")),
                ),
                name="group_sizes",
            ),
        ),
        migrations.AddConstraint(
            model_name="selfhelpgroup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["settled", "self_run"]), _negated=True),
                    models.Q(("first_date__isnull", False), ("slot__isnull", False)),
                    _connector="OR",
                ),
                name="group_settled_has_slot",
            ),
        ),
        migrations.AddConstraint(
            model_name="selfhelpgroup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "end_reason__in",
                            ["let_go", "finished", "too_few", "begun_again", "other"],
                        ),
                        ("ended_on__isnull", False),
                        ("slot__isnull", True),
                        ("state", "ended"),
                    ),
                    models.Q(
                        models.Q(("state", "ended"), _negated=True),
                        ("end_reason", ""),
                        ("ended_on__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="group_ended_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="selfhelpgroup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "self_run"), _negated=True),
                    ("handed_over_on__isnull", False),
                    _connector="OR",
                ),
                name="group_self_run_handed_over",
            ),
        ),
        migrations.AddConstraint(
            model_name="selfhelpgroup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["forming", "settled", "self_run", "ended"]),
                    ("kind__in", ["social", "self_help"]),
                    ("format__in", ["physical", "digital"]),
                    ("role__in", ["own", "kin", "mixed"]),
                    ("gender__in", ["mixed", "women", "men"]),
                    ("language__in", ["no", "se", "en", "ar", "es", "uk", "pl"]),
                    ("newcomers__in", ["no", "yes", "ask"]),
                ),
                name="group_choices_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="selfhelpgroup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("paused_from__isnull", True), ("paused_until__isnull", True)),
                    models.Q(
                        ("paused_from__isnull", False),
                        ("paused_until__gt", models.F("paused_from")),
                        ("paused_until__isnull", False),
                        ("state__in", ["settled", "self_run"]),
                    ),
                    _connector="OR",
                ),
                name="group_break_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="selfhelpgroup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("broken_because", ""), ("broken_rules", [])),
                    models.Q(
                        (
                            "broken_because__in",
                            ["agreed", "nobody_else", "long_wait", "begun_again"],
                        ),
                        ("broken_rules__contained_by", ["fewer", "more", "age_span"]),
                        ("broken_rules__len__gte", 1),
                    ),
                    _connector="OR",
                ),
                name="group_rules_broken_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="selfhelpgroup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("unnamed_members", 0), ("state__in", ["self_run", "ended"]), _connector="OR"
                ),
                name="group_unnamed_runs_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="selfhelpgroup",
            constraint=models.UniqueConstraint(
                fields=("match_run", "proposal_number"), name="group_proposal_accepted_once"
            ),
        ),
        migrations.AddIndex(
            model_name="seat",
            index=models.Index(fields=["group", "state"], name="seat_of_group"),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "ended"), _negated=True),
                fields=("registration",),
                name="seat_one_live_a_registration",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "end_reason__in",
                            [
                                "no",
                                "other_time",
                                "expired",
                                "released",
                                "let_go",
                                "left",
                                "group_no",
                            ],
                        ),
                        ("ended_at__isnull", False),
                        ("state", "ended"),
                    ),
                    models.Q(
                        models.Q(("state", "ended"), _negated=True),
                        ("end_reason", ""),
                        ("ended_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="seat_ended_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["proposed", "ended"]),
                    models.Q(("answer_by__isnull", False), ("asked_at__isnull", False)),
                    _connector="OR",
                ),
                name="seat_asked_has_answer_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "yes"), _negated=True),
                    ("answered_at__isnull", False),
                    _connector="OR",
                ),
                name="seat_yes_is_answered",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("group_answer_by__isnull", True),
                        ("group_asked_at__isnull", True),
                        ("group_agreed_at__isnull", True),
                    ),
                    models.Q(
                        ("group_answer_by__isnull", False),
                        ("group_asked_at__isnull", False),
                        ("is_newcomer", True),
                    ),
                    _connector="OR",
                ),
                name="seat_group_asked_of_newcomer",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("shared_at__isnull", False), ("shares_phone", False), _connector="OR"
                ),
                name="seat_shares_by_choice",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["proposed", "asked", "yes", "ended"]),
                    ("no_reason__in", ["", "not_now", "place", "kind", "changed"]),
                ),
                name="seat_choices_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="grouplink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("group__isnull", True),
                        ("initiator__isnull", False),
                        ("purpose", "initiate"),
                    ),
                    models.Q(
                        ("group__isnull", False),
                        ("initiator__isnull", True),
                        ("purpose__in", ["take_over", "begin_again"]),
                    ),
                    _connector="OR",
                ),
                name="group_link_of_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="grouplink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at__isnull", True), ("used_at__isnull", True)),
                fields=("purpose", "initiator", "group"),
                name="group_link_one_live",
                nulls_distinct=False,
            ),
        ),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(fields=["done_on", "due"], name="follow_up_to_do"),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.UniqueConstraint(
                condition=models.Q(("step__isnull", False)),
                fields=("group", "step"),
                name="follow_up_step_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("what__in", ["start", "visit", "talk", "contact_meeting", "ring"]),
                    ("about__in", ["", "time", "room", "few", "together", "other"]),
                ),
                name="follow_up_choices_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("done_by__isnull", True), ("done_on__isnull", False), _connector="OR"
                ),
                name="follow_up_done_by_if_done",
            ),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.UniqueConstraint(
                fields=("centre", "first_day", "measure", "value"), name="tally_once"
            ),
        ),
    ]
