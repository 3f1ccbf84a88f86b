import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import django.utils.timezone
import linkcenter.encryption
import participants.models.privacy
import participants.models.registration
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("centres", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Theme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("name_nb", models.CharField(max_length=80, null=True, verbose_name="name")),
                ("name_nn", models.CharField(max_length=80, null=True, verbose_name="name")),
                ("name_en", models.CharField(max_length=80, null=True, verbose_name="name")),
                ("position", models.PositiveSmallIntegerField(default=100, verbose_name="order")),
                ("active", models.BooleanField(default=True, verbose_name="can be chosen")),
            ],
            options={
                "verbose_name": "theme",
                "verbose_name_plural": "themes",
                "ordering": ["position", "slug"],
            },
        ),
        migrations.CreateModel(
            name="ConsentText",
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
                            ("contact", "contact and finding a group"),
                            ("theme", "the theme"),
                            ("digital", "digital groups at other centres"),
                            ("task", "public task: told, and not asked"),
                            ("move", "moving to another centre"),
                        ],
                        max_length=7,
                        verbose_name="purpose",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("nb", "Norwegian Bokmål"),
                            ("nn", "Norwegian Nynorsk"),
                            ("en", "English"),
                        ],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                ("text", models.TextField(max_length=600, verbose_name="text")),
                (
                    "operator",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: for every operator without a text of its own.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.organisation",
                        verbose_name="operator",
                    ),
                ),
            ],
            options={
                "verbose_name": "consent text",
                "verbose_name_plural": "consent texts",
                "ordering": ["purpose", "language", "-version"],
            },
        ),
        migrations.CreateModel(
            name="Participant",
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
                        verbose_name="what we may call you",
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
                (
                    "postal_address",
                    linkcenter.encryption.EncryptedTextField(
                        blank=True,
                        help_text="As it stands on an envelope, one line for each line.",
                        null=True,
                        validators=[django.core.validators.MaxLengthValidator(200)],
                        verbose_name="postal address",
                    ),
                ),
                (
                    "preferred_way",
                    models.CharField(
                        choices=[
                            ("email", "E-mail"),
                            ("sms", "Text message"),
                            ("phone", "Phone call"),
                            ("letter", "Letter"),
                        ],
                        default="phone",
                        max_length=6,
                        verbose_name="reach me first by",
                    ),
                ),
                (
                    "may_leave_message",
                    models.BooleanField(default=False, verbose_name="may we leave a message"),
                ),
                (
                    "safe_times",
                    linkcenter.encryption.EncryptedTextField(
                        blank=True, verbose_name="safe times to call"
                    ),
                ),
                (
                    "do_not_send",
                    models.BooleanField(
                        default=False,
                        help_text="Nothing goes out by itself. Each message waits for you instead.",
                        verbose_name="send nothing",
                    ),
                ),
                (
                    "email_refused_on",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="e-mail address refused"
                    ),
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
                        verbose_name="language we write in",
                    ),
                ),
                (
                    "birth_year",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="year of birth"
                    ),
                ),
                (
                    "confirmed_adult_on",
                    models.DateField(verbose_name="confirmed to be 18 or older on"),
                ),
                (
                    "gender",
                    models.CharField(
                        blank=True,
                        choices=[("woman", "Woman"), ("man", "Man"), ("other", "Another gender")],
                        max_length=5,
                        verbose_name="gender",
                    ),
                ),
                (
                    "search_keys",
                    linkcenter.encryption.KeyedIndexField(
                        base_field=models.CharField(max_length=22), size=None, terms="search_terms"
                    ),
                ),
                (
                    "reach_keys",
                    linkcenter.encryption.KeyedIndexField(
                        base_field=models.CharField(max_length=22), size=None, terms="reach_terms"
                    ),
                ),
                ("kept_until", models.DateField(blank=True, null=True, verbose_name="kept until")),
                (
                    "reminded_of_consents_on",
                    models.DateField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="reminded of the consents",
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participants",
                        to="centres.centre",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.municipality",
                        verbose_name="municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "persons",
            },
        ),
        migrations.CreateModel(
            name="KeepApart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="participants.participant",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="participants.participant",
                    ),
                ),
            ],
            options={
                "verbose_name": "keep apart",
                "verbose_name_plural": "keep apart",
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("given_at", models.DateTimeField(verbose_name="given")),
                (
                    "given_by",
                    models.CharField(
                        choices=[
                            ("web", "ticked on the web"),
                            ("spoken", "said, after it was read aloud"),
                            ("paper", "signed on paper"),
                        ],
                        max_length=6,
                        verbose_name="how",
                    ),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="withdrawn"),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="participants.consenttext",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to="participants.participant",
                    ),
                ),
            ],
            options={
                "verbose_name": "consent",
                "verbose_name_plural": "consents",
            },
        ),
        migrations.CreateModel(
            name="PersonalLink",
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
                            ("answer", "answer an invitation"),
                            ("enter", "open one's own page"),
                            ("address", "confirm a new e-mail address"),
                            ("undo", "undo a withdrawal"),
                            ("confirm", "confirm a registration"),
                            ("still", "say whether one is still interested"),
                            ("question", "answer one question"),
                            ("share", "choose what the others in the group see"),
                            ("group", "open the page of the group that one is the contact of"),
                        ],
                        max_length=8,
                        verbose_name="purpose",
                    ),
                ),
                ("seed", models.CharField(max_length=32)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField(verbose_name="made")),
                ("expires_at", models.DateTimeField(verbose_name="works until")),
                ("used_at", models.DateTimeField(null=True, verbose_name="used")),
                (
                    "superseded_at",
                    models.DateTimeField(null=True, verbose_name="replaced by a newer one"),
                ),
                (
                    "new_email",
                    linkcenter.encryption.EncryptedTextField(
                        null=True, verbose_name="new e-mail address"
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="participants.participant",
                    ),
                ),
            ],
            options={
                "verbose_name": "personal link",
                "verbose_name_plural": "personal links",
            },
        ),
        migrations.CreateModel(
            name="ReadLog",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "door",
                    models.CharField(
                        choices=[
                            ("person", "your page at the centre"),
                            ("data", "all that is stored about you, on paper"),
                            ("message", "a message to you"),
                            ("call_list", "the list of whom to call"),
                            ("letter", "a letter to you"),
                            ("proposals", "proposals of groups that you are in"),
                            ("group", "the page of a group that you are in"),
                            ("export", "a list that was taken out"),
                        ],
                        max_length=9,
                        verbose_name="what was opened",
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="when"),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="participants.participant",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
            ],
            options={
                "verbose_name": "opening of the record",
                "verbose_name_plural": "openings of the record",
            },
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("registered_at", models.DateTimeField(verbose_name="registered")),
                ("heard_at", models.DateTimeField(verbose_name="last heard from")),
                (
                    "still_asked_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="asked if still interested"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("held", "not confirmed"),
                            ("received", "received"),
                            ("waiting", "waiting for a group"),
                            ("closed", "closed"),
                        ],
                        default="received",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "held_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("trap", "filled in a field that people do not see"),
                            ("links", "has web addresses in its text"),
                            ("many", "came with many others from one network address"),
                        ],
                        max_length=5,
                        verbose_name="why held back",
                    ),
                ),
                (
                    "close_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("withdrawn", "withdrew"),
                            ("referred_on", "was pointed to other help"),
                            ("not_now", "not now"),
                            ("no_answer", "did not answer"),
                            ("duplicate", "is registered twice"),
                            ("done", "has been in a group"),
                            ("moved", "moved to another centre"),
                        ],
                        max_length=11,
                        verbose_name="why closed",
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "web form"),
                            ("phone", "telephone"),
                            ("visit", "visit"),
                            ("event", "event"),
                            ("partner", "partner"),
                            ("group", "through a group"),
                        ],
                        max_length=7,
                        verbose_name="came by",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("own", "For myself"), ("kin", "As next of kin")],
                        max_length=3,
                        verbose_name="for whom",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("social", "A conversation group, to meet and talk"),
                            ("self_help", "A self-help group, to work on what is hard"),
                            ("either", "Either is fine"),
                        ],
                        default="either",
                        max_length=9,
                        verbose_name="kind of group",
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("physical", "In person"),
                            ("digital", "On video"),
                            ("either", "Either is fine"),
                        ],
                        default="either",
                        max_length=8,
                        verbose_name="how to meet",
                    ),
                ),
                (
                    "any_theme",
                    models.BooleanField(default=True, verbose_name="a mixed group is fine"),
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
                        verbose_name="languages in the group",
                    ),
                ),
                (
                    "gender_wish",
                    models.CharField(
                        choices=[
                            ("any", "It does not matter"),
                            ("women", "Only women"),
                            ("men", "Only men"),
                        ],
                        default="any",
                        max_length=5,
                        verbose_name="who else is in the group",
                    ),
                ),
                (
                    "age_near_mine",
                    models.BooleanField(default=False, verbose_name="about my own age"),
                ),
                (
                    "needs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("step_free", "No steps on the way in"),
                                ("hearing_loop", "Hearing loop"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="needs of the room",
                    ),
                ),
                (
                    "practical_needs",
                    linkcenter.encryption.EncryptedTextField(
                        blank=True,
                        validators=[django.core.validators.MaxLengthValidator(200)],
                        verbose_name="other practical needs",
                    ),
                ),
                (
                    "message",
                    linkcenter.encryption.EncryptedTextField(
                        blank=True,
                        validators=[django.core.validators.MaxLengthValidator(500)],
                        verbose_name="message",
                    ),
                ),
                (
                    "heard_from",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("doctor", "My doctor"),
                            ("rph", "Rask psykisk helsehjelp"),
                            ("dps", "DPS or a hospital"),
                            ("municipality", "The municipality or Frisklivssentralen"),
                            ("nav", "NAV"),
                            ("friend", "Somebody I know"),
                            ("web", "The internet"),
                            ("other", "Another way"),
                        ],
                        max_length=12,
                        verbose_name="heard of us from",
                    ),
                ),
                (
                    "would_initiate",
                    models.BooleanField(default=False, verbose_name="might help groups to start"),
                ),
                (
                    "digital_elsewhere",
                    models.BooleanField(
                        default=False,
                        verbose_name="may be offered a digital group at another centre",
                    ),
                ),
                (
                    "paused_until",
                    models.DateField(blank=True, null=True, verbose_name="paused until"),
                ),
                (
                    "talk_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="booked talk"),
                ),
                (
                    "talk_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("rang", "by phone"),
                            ("met", "at the centre"),
                            ("video", "on video"),
                        ],
                        max_length=5,
                        verbose_name="how",
                    ),
                ),
                (
                    "talk_declined_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="the time of the talk did not suit"
                    ),
                ),
                (
                    "talk_wishes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=13),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="can talk",
                    ),
                ),
                ("submission_key", models.UUIDField(editable=False, null=True, unique=True)),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="registrations",
                        to="participants.participant",
                    ),
                ),
                (
                    "talk_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who holds it",
                    ),
                ),
                (
                    "themes",
                    models.ManyToManyField(
                        blank=True,
                        related_name="registrations",
                        to="participants.theme",
                        verbose_name="themes",
                    ),
                ),
            ],
            options={
                "verbose_name": "registration",
                "verbose_name_plural": "registrations",
            },
        ),
        migrations.CreateModel(
            name="Talk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("tried", "Tried to reach"),
                            ("rang", "Talked by phone"),
                            ("met", "Met"),
                            ("video", "Talked on video"),
                        ],
                        max_length=5,
                        verbose_name="what",
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="when"),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("no_answer", "No answer"),
                            ("again", "We talk again"),
                            ("ready", "Ready for a group"),
                            ("not_now", "Not now"),
                            ("referred_on", "Was pointed to other help"),
                            ("withdrew", "Does not want this any more"),
                        ],
                        max_length=11,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "pointed_to",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("doctor", "the GP"),
                            ("rph", "the municipality's quick mental health help"),
                            ("specialist", "the specialist health service"),
                            ("municipality", "another service of the municipality"),
                            ("crisis_line", "a crisis line"),
                            ("organisation", "an organisation"),
                            ("other_centre", "another LINK"),
                            ("other", "something else"),
                        ],
                        max_length=12,
                        verbose_name="pointed to",
                    ),
                ),
                ("next_try", models.DateField(blank=True, null=True, verbose_name="next try")),
                (
                    "note",
                    linkcenter.encryption.EncryptedTextField(
                        blank=True,
                        validators=[django.core.validators.MaxLengthValidator(500)],
                        verbose_name="note",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="talks",
                        to="participants.registration",
                    ),
                ),
            ],
            options={
                "verbose_name": "talk",
                "verbose_name_plural": "talks",
            },
        ),
        migrations.AddConstraint(
            model_name="consenttext",
            constraint=models.UniqueConstraint(
                fields=("operator", "purpose", "language", "version"),
                name="consent_text_version_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="consenttext",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("purpose__in", ["contact", "theme", "digital", "task", "move"])
                ),
                name="consent_text_purpose_known",
            ),
        ),
        migrations.AddIndex(
            model_name="participant",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search_keys"], name="participant_search"
            ),
        ),
        migrations.AddIndex(
            model_name="participant",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["reach_keys"], name="participant_reach"
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("phone__isnull", False),
                    ("email__isnull", False),
                    ("postal_address__isnull", False),
                    _connector="OR",
                ),
                name="participant_can_be_reached",
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("birth_year__isnull", True),
                    (
                        "birth_year__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.ExtractYear("confirmed_adult_on"),
                            "-",
                            models.Value(18),
                        ),
                    ),
                    _connector="OR",
                ),
                name="participant_is_adult",
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.CheckConstraint(
                condition=models.Q(("gender__in", ["", "woman", "man", "other"])),
                name="participant_gender_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.CheckConstraint(
                condition=models.Q(("preferred_way__in", ["email", "sms", "phone", "letter"])),
                name="participant_way_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="keepapart",
            constraint=models.UniqueConstraint(fields=("first", "second"), name="keep_apart_once"),
        ),
        migrations.AddConstraint(
            model_name="keepapart",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_id__lt", models.F("second_id"))),
                name="keep_apart_ordered",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("participant", "text"),
                name="consent_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", True),
                    ("withdrawn_at__gte", models.F("given_at")),
                    _connector="OR",
                ),
                name="consent_withdrawn_after_given",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("given_by", "web"), ("recorded_by__isnull", True)),
                    models.Q(("given_by__in", ["spoken", "paper"]), ("recorded_by__isnull", False)),
                    _connector="OR",
                ),
                name="consent_recorded_by_staff",
            ),
        ),
        migrations.AddConstraint(
            model_name="personallink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at__isnull", True), ("used_at__isnull", True)),
                fields=("participant", "purpose"),
                name="personal_link_one_live",
            ),
        ),
        migrations.AddConstraint(
            model_name="personallink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "purpose__in",
                        [
                            "answer",
                            "enter",
                            "address",
                            "undo",
                            "confirm",
                            "still",
                            "question",
                            "share",
                            "group",
                        ],
                    )
                ),
                name="personal_link_purpose_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="personallink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("new_email__isnull", False), ("purpose", "address")),
                    models.Q(
                        models.Q(("purpose", "address"), _negated=True), ("new_email__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="personal_link_new_email",
            ),
        ),
        migrations.AddConstraint(
            model_name="readlog",
            constraint=models.UniqueConstraint(
                models.F("participant"),
                models.F("reader"),
                models.F("door"),
                participants.models.privacy.HourOf(models.F("at")),
                name="read_log_once_an_hour",
            ),
        ),
        migrations.AddConstraint(
            model_name="readlog",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "door__in",
                        [
                            "person",
                            "data",
                            "message",
                            "call_list",
                            "letter",
                            "proposals",
                            "group",
                            "export",
                        ],
                    )
                ),
                name="read_log_door_known",
            ),
        ),
        migrations.AddIndex(
            model_name="talk",
            index=models.Index(fields=["registration", "-at"], name="talk_latest"),
        ),
        migrations.AddConstraint(
            model_name="talk",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["tried", "rang", "met", "video"]),
                    (
                        "outcome__in",
                        ["no_answer", "again", "ready", "not_now", "referred_on", "withdrew"],
                    ),
                ),
                name="talk_choices_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="talk",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("next_try__isnull", True),
                    ("outcome__in", ["no_answer", "again"]),
                    _connector="OR",
                ),
                name="talk_next_try_only_if_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="talk",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("pointed_to", ""),
                    models.Q(
                        ("outcome", "referred_on"),
                        (
                            "pointed_to__in",
                            [
                                "doctor",
                                "rph",
                                "specialist",
                                "municipality",
                                "crisis_line",
                                "organisation",
                                "other_centre",
                                "other",
                            ],
                        ),
                    ),
                    _connector="OR",
                ),
                name="talk_pointed_to_if_referred",
            ),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(fields=["state", "registered_at"], name="registration_by_state"),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(fields=["-registered_at", "-id"], name="registration_latest"),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "closed"), _negated=True),
                fields=("participant",),
                name="registration_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("state", "closed"), _negated=True),
                        ("close_reason", ""),
                        ("closed_at__isnull", True),
                    ),
                    models.Q(
                        (
                            "close_reason__in",
                            [
                                "withdrawn",
                                "referred_on",
                                "not_now",
                                "no_answer",
                                "duplicate",
                                "done",
                                "moved",
                            ],
                        ),
                        ("closed_at__isnull", False),
                        ("state", "closed"),
                    ),
                    _connector="OR",
                ),
                name="registration_closed_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "held"), ("held_because__in", ["trap", "links", "many"])),
                    models.Q(models.Q(("state", "held"), _negated=True), ("held_because", "")),
                    _connector="OR",
                ),
                name="registration_held_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["held", "received", "waiting", "closed"])),
                name="registration_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("talk_at__isnull", True), ("talk_by__isnull", True), ("talk_kind", "")
                    ),
                    models.Q(
                        ("state__in", ["received", "waiting"]),
                        ("talk_at__isnull", False),
                        ("talk_by__isnull", False),
                        ("talk_kind__in", ["rang", "met", "video"]),
                    ),
                    _connector="OR",
                ),
                name="registration_talk_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("talk_declined_at__isnull", True), ("talk_wishes", [])),
                    models.Q(
                        ("state__in", ["received", "waiting"]),
                        ("talk_at__isnull", True),
                        ("talk_declined_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="registration_talk_declined",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "talk_wishes__contained_by",
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
                name="registration_talk_wishes_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
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
                name="registration_availability_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("languages__contained_by", ["no", "se", "en", "ar", "es", "uk", "pl"]),
                    ("languages__len__gte", 1),
                ),
                name="registration_has_language",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(("needs__contained_by", ["step_free", "hearing_loop"])),
                name="registration_needs_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("channel__in", ["web", "phone", "visit", "event", "partner", "group"]),
                    ("role__in", ["own", "kin"]),
                    ("kind__in", ["social", "self_help", "either"]),
                    ("format__in", ["physical", "digital", "either"]),
                    ("gender_wish__in", ["any", "women", "men"]),
                    (
                        "heard_from__in",
                        [
                            "",
                            "doctor",
                            "rph",
                            "dps",
                            "municipality",
                            "nav",
                            "friend",
                            "web",
                            "other",
                        ],
                    ),
                ),
                name="registration_choices_known",
            ),
        ),
    ]
