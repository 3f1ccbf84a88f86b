import centres.models.hours
import centres.models.sorting
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import linkcenter.encryption
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        BtreeGistExtension(),  # equality beside overlap in the exclusion constraints
        migrations.CreateModel(
            name="CrisisLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        help_text="As it is read: 116 123.",
                        max_length=20,
                        unique=True,
                        verbose_name="number",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("name_nb", models.CharField(max_length=80, null=True, verbose_name="name")),
                ("name_nn", models.CharField(max_length=80, null=True, verbose_name="name")),
                ("name_en", models.CharField(max_length=80, null=True, verbose_name="name")),
                ("who", models.CharField(max_length=120, verbose_name="for whom")),
                ("who_nb", models.CharField(max_length=120, null=True, verbose_name="for whom")),
                ("who_nn", models.CharField(max_length=120, null=True, verbose_name="for whom")),
                ("who_en", models.CharField(max_length=120, null=True, verbose_name="for whom")),
                ("hours", models.CharField(max_length=80, verbose_name="when")),
                ("hours_nb", models.CharField(max_length=80, null=True, verbose_name="when")),
                ("hours_nn", models.CharField(max_length=80, null=True, verbose_name="when")),
                ("hours_en", models.CharField(max_length=80, null=True, verbose_name="when")),
                ("chat", models.CharField(blank=True, max_length=60, verbose_name="chat")),
                ("position", models.PositiveSmallIntegerField(unique=True, verbose_name="order")),
                ("verified_on", models.DateField(blank=True, null=True, verbose_name="checked on")),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        help_text="Seen by staff only.",
                        max_length=120,
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "crisis line",
                "verbose_name_plural": "crisis lines",
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=160, unique=True, verbose_name="name")),
                (
                    "short_name",
                    models.CharField(blank=True, max_length=40, verbose_name="short name"),
                ),
                (
                    "website",
                    models.CharField(
                        blank=True,
                        help_text="As they write it themselves, such as www.selvhjelp.no.",
                        max_length=120,
                        verbose_name="website",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="Seen by staff only.", verbose_name="note"
                    ),
                ),
                (
                    "sort_name",
                    models.GeneratedField(
                        db_persist=True,
                        expression=centres.models.sorting.NorwegianKey(models.F("name")),
                        output_field=models.CharField(db_collation="C", max_length=160),
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
                "ordering": ["sort_name"],
            },
        ),
        migrations.CreateModel(
            name="Centre",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        help_text="The last part of the page's address. Keep it once others link to it.",
                        unique=True,
                        verbose_name="address on this site",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="As they write it.", max_length=120, verbose_name="name"
                    ),
                ),
                (
                    "full_name",
                    models.CharField(blank=True, max_length=160, verbose_name="full name"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("link", "LINK centre"),
                            ("contact_point", "contact point"),
                            ("district_office", "district office"),
                        ],
                        default="link",
                        max_length=15,
                        verbose_name="kind",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("establishing", "being established"),
                            ("open", "open"),
                            ("paused", "paused"),
                            ("closed", "closed"),
                            ("historic", "historic"),
                        ],
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                (
                    "sort_name",
                    models.GeneratedField(
                        db_persist=True,
                        expression=centres.models.sorting.NorwegianKey(models.F("name")),
                        output_field=models.CharField(db_collation="C", max_length=160),
                    ),
                ),
                (
                    "visiting_address",
                    models.CharField(blank=True, max_length=120, verbose_name="visiting address"),
                ),
                (
                    "postal_code",
                    models.CharField(blank=True, max_length=4, verbose_name="postcode"),
                ),
                (
                    "postal_place",
                    models.CharField(blank=True, max_length=60, verbose_name="postal place"),
                ),
                (
                    "latitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=5,
                        max_digits=7,
                        null=True,
                        verbose_name="latitude",
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=5,
                        max_digits=8,
                        null=True,
                        verbose_name="longitude",
                    ),
                ),
                (
                    "phones",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        help_text="As they are written on the page, with commas between.",
                        size=None,
                        verbose_name="telephone numbers",
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "website",
                    models.CharField(
                        blank=True,
                        help_text="As they write it themselves.",
                        max_length=120,
                        verbose_name="website",
                    ),
                ),
                (
                    "facebook",
                    models.CharField(
                        blank=True,
                        help_text="An address or the page's name.",
                        max_length=120,
                        verbose_name="Facebook",
                    ),
                ),
                ("vision", models.TextField(blank=True, verbose_name="vision")),
                ("vision_nb", models.TextField(blank=True, null=True, verbose_name="vision")),
                ("vision_nn", models.TextField(blank=True, null=True, verbose_name="vision")),
                ("vision_en", models.TextField(blank=True, null=True, verbose_name="vision")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "description_nb",
                    models.TextField(blank=True, null=True, verbose_name="description"),
                ),
                (
                    "description_nn",
                    models.TextField(blank=True, null=True, verbose_name="description"),
                ),
                (
                    "description_en",
                    models.TextField(blank=True, null=True, verbose_name="description"),
                ),
                (
                    "notice",
                    models.TextField(
                        blank=True,
                        help_text="A short message at the top of the page.",
                        verbose_name="notice",
                    ),
                ),
                (
                    "notice_nb",
                    models.TextField(
                        blank=True,
                        help_text="A short message at the top of the page.",
                        null=True,
                        verbose_name="notice",
                    ),
                ),
                (
                    "notice_nn",
                    models.TextField(
                        blank=True,
                        help_text="A short message at the top of the page.",
                        null=True,
                        verbose_name="notice",
                    ),
                ),
                (
                    "notice_en",
                    models.TextField(
                        blank=True,
                        help_text="A short message at the top of the page.",
                        null=True,
                        verbose_name="notice",
                    ),
                ),
                (
                    "notice_from",
                    models.DateField(blank=True, null=True, verbose_name="show the notice from"),
                ),
                (
                    "notice_until",
                    models.DateField(blank=True, null=True, verbose_name="show the notice until"),
                ),
                (
                    "former_area",
                    models.CharField(
                        blank=True,
                        help_text="The area's name when it was of use, such as a county that is no more.",
                        max_length=120,
                        verbose_name="former area",
                    ),
                ),
                (
                    "takes_registrations",
                    models.BooleanField(default=False, verbose_name="takes registrations"),
                ),
                (
                    "wording_group",
                    models.CharField(
                        choices=[
                            ("conversation_group", "conversation group"),
                            ("self_help_group", "self-help group"),
                        ],
                        default="self_help_group",
                        max_length=18,
                        verbose_name="word for a group",
                    ),
                ),
                (
                    "wording_initiator",
                    models.CharField(
                        choices=[("initiator", "initiator"), ("guide", "guide")],
                        default="initiator",
                        max_length=9,
                        verbose_name="word for an initiator",
                    ),
                ),
                (
                    "greeting",
                    models.CharField(
                        blank=True,
                        help_text="Messages begin with it.",
                        max_length=60,
                        verbose_name="greeting",
                    ),
                ),
                (
                    "greeting_nb",
                    models.CharField(
                        blank=True,
                        help_text="Messages begin with it.",
                        max_length=60,
                        null=True,
                        verbose_name="greeting",
                    ),
                ),
                (
                    "greeting_nn",
                    models.CharField(
                        blank=True,
                        help_text="Messages begin with it.",
                        max_length=60,
                        null=True,
                        verbose_name="greeting",
                    ),
                ),
                (
                    "greeting_en",
                    models.CharField(
                        blank=True,
                        help_text="Messages begin with it.",
                        max_length=60,
                        null=True,
                        verbose_name="greeting",
                    ),
                ),
                (
                    "signature",
                    models.TextField(
                        blank=True, help_text="Messages end with it.", verbose_name="signature"
                    ),
                ),
                (
                    "signature_nb",
                    models.TextField(
                        blank=True,
                        help_text="Messages end with it.",
                        null=True,
                        verbose_name="signature",
                    ),
                ),
                (
                    "signature_nn",
                    models.TextField(
                        blank=True,
                        help_text="Messages end with it.",
                        null=True,
                        verbose_name="signature",
                    ),
                ),
                (
                    "signature_en",
                    models.TextField(
                        blank=True,
                        help_text="Messages end with it.",
                        null=True,
                        verbose_name="signature",
                    ),
                ),
                (
                    "looks_through",
                    models.BooleanField(
                        default=False,
                        help_text="What your acts in the groups cause waits as a draft until you send it.",
                        verbose_name="look through before sending",
                    ),
                ),
                (
                    "names_readers",
                    models.BooleanField(
                        default=True,
                        help_text="Else they read that it was somebody at the centre, and when.",
                        verbose_name="tell people by name who has opened their record",
                    ),
                ),
                (
                    "min_to_start",
                    models.PositiveSmallIntegerField(
                        default=4, verbose_name="fewest to start a group"
                    ),
                ),
                (
                    "target_size",
                    models.PositiveSmallIntegerField(
                        default=6, verbose_name="usual size of a group"
                    ),
                ),
                (
                    "max_size",
                    models.PositiveSmallIntegerField(default=8, verbose_name="most in a group"),
                ),
                (
                    "age_span",
                    models.PositiveSmallIntegerField(
                        default=15,
                        help_text="Staff are warned of groups with more years.",
                        verbose_name="age span",
                    ),
                ),
                (
                    "answer_days",
                    models.PositiveSmallIntegerField(
                        default=7,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="days to answer",
                    ),
                ),
                (
                    "initiator_meetings",
                    models.PositiveSmallIntegerField(
                        default=2, verbose_name="meetings with an initiator"
                    ),
                ),
                (
                    "follow_up_weeks",
                    models.PositiveSmallIntegerField(
                        default=6, verbose_name="weeks to the follow-up"
                    ),
                ),
                (
                    "hand_over_weeks",
                    models.PositiveSmallIntegerField(
                        default=12,
                        verbose_name="weeks from the hand-over until only the contact is kept",
                    ),
                ),
                (
                    "legal_basis",
                    models.CharField(
                        choices=[
                            ("consent", "consent"),
                            ("public_task", "task in the public interest"),
                        ],
                        default="consent",
                        help_text="A municipality can seldom build on consent.",
                        max_length=11,
                        verbose_name="legal basis",
                    ),
                ),
                (
                    "accessibility_statement_url",
                    models.URLField(blank=True, verbose_name="accessibility statement"),
                ),
                (
                    "holidays_approved_until",
                    models.DateField(
                        blank=True, null=True, verbose_name="public holidays looked through until"
                    ),
                ),
                ("verified_on", models.DateField(blank=True, null=True, verbose_name="checked on")),
                (
                    "verified_by",
                    models.CharField(blank=True, max_length=80, verbose_name="checked by"),
                ),
                (
                    "doubts",
                    models.TextField(
                        blank=True,
                        help_text="What should be checked with the centre. Seen by staff only.",
                        verbose_name="not confirmed",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="opened")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="closed")),
                (
                    "forwards_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forwarded_from",
                        to="centres.centre",
                        verbose_name="forwards registrations to",
                    ),
                ),
            ],
            options={
                "verbose_name": "centre",
                "verbose_name_plural": "centres",
                "ordering": ["sort_name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Event",
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
                            ("info_meeting", "information meeting"),
                            ("health_cafe", "health café"),
                            ("initiator_training", "initiator training"),
                            ("self_help_seminar", "self-help seminar"),
                            ("contact_meeting", "contact meeting"),
                            ("municipal_meeting", "municipal meeting"),
                            ("professional_day", "professional day"),
                            ("themed_meeting", "themed meeting"),
                            ("conference", "conference"),
                            ("other", "other"),
                        ],
                        max_length=18,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("title_nb", models.CharField(max_length=120, null=True, verbose_name="title")),
                ("title_nn", models.CharField(max_length=120, null=True, verbose_name="title")),
                ("title_en", models.CharField(max_length=120, null=True, verbose_name="title")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "description_nb",
                    models.TextField(blank=True, null=True, verbose_name="description"),
                ),
                (
                    "description_nn",
                    models.TextField(blank=True, null=True, verbose_name="description"),
                ),
                (
                    "description_en",
                    models.TextField(blank=True, null=True, verbose_name="description"),
                ),
                ("starts_at", models.DateTimeField(blank=True, null=True, verbose_name="starts")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="ends")),
                ("place", models.CharField(blank=True, max_length=160, verbose_name="place")),
                ("digital", models.BooleanField(default=False, verbose_name="digital")),
                ("audience", models.CharField(blank=True, max_length=120, verbose_name="for whom")),
                (
                    "audience_nb",
                    models.CharField(
                        blank=True, max_length=120, null=True, verbose_name="for whom"
                    ),
                ),
                (
                    "audience_nn",
                    models.CharField(
                        blank=True, max_length=120, null=True, verbose_name="for whom"
                    ),
                ),
                (
                    "audience_en",
                    models.CharField(
                        blank=True, max_length=120, null=True, verbose_name="for whom"
                    ),
                ),
                (
                    "held_in",
                    models.CharField(
                        blank=True,
                        help_text="Empty when it is Norwegian.",
                        max_length=60,
                        verbose_name="language",
                    ),
                ),
                (
                    "organiser",
                    models.CharField(
                        blank=True,
                        help_text="Empty when it is the centre.",
                        max_length=120,
                        verbose_name="organiser",
                    ),
                ),
                (
                    "attendance",
                    models.CharField(
                        choices=[("just_come", "just come"), ("sign_up", "sign up")],
                        default="just_come",
                        max_length=9,
                        verbose_name="how people come",
                    ),
                ),
                (
                    "capacity",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty when there is room for all.",
                        null=True,
                        verbose_name="places",
                    ),
                ),
                (
                    "joining",
                    linkcenter.encryption.EncryptedTextField(
                        blank=True,
                        help_text="Such as the address of a video meeting. Sent to those who have a place.",
                        validators=[django.core.validators.MaxLengthValidator(500)],
                        verbose_name="how to join",
                    ),
                ),
                (
                    "cancelled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="cancelled"),
                ),
                (
                    "cancelled_because",
                    models.CharField(
                        blank=True,
                        help_text="Shown on the page.",
                        max_length=160,
                        verbose_name="why it is cancelled",
                    ),
                ),
                (
                    "came",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="A number, and no names.",
                        null=True,
                        verbose_name="how many came",
                    ),
                ),
                ("published", models.BooleanField(default=False, verbose_name="shown on the page")),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="Seen by staff only.", verbose_name="note"
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="centres.centre",
                        verbose_name="centre",
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "ordering": ["starts_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="EventSignUp",
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
                    "language",
                    models.CharField(
                        choices=[
                            ("nb", "Norwegian Bokmål"),
                            ("nn", "Norwegian Nynorsk"),
                            ("en", "English"),
                        ],
                        max_length=2,
                        verbose_name="language we write in",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("confirmed", "has a place"),
                            ("waiting", "on the waiting list"),
                            ("cancelled", "not coming"),
                        ],
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("signed_up_at", models.DateTimeField(verbose_name="signed up")),
                ("form_id", models.UUIDField(editable=False, unique=True)),
                ("seed", models.CharField(max_length=32)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                (
                    "search_keys",
                    linkcenter.encryption.KeyedIndexField(
                        base_field=models.CharField(max_length=22), size=None, terms="search_terms"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_ups",
                        to="centres.event",
                    ),
                ),
            ],
            options={
                "verbose_name": "sign-up",
                "verbose_name_plural": "sign-ups",
                "ordering": ["signed_up_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Municipality",
            fields=[
                (
                    "number",
                    models.CharField(
                        max_length=4, primary_key=True, serialize=False, verbose_name="number"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "other_names",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        help_text="With commas between. People may search by them.",
                        size=None,
                        verbose_name="names in Sami and Kven",
                    ),
                ),
                ("county", models.CharField(max_length=40, verbose_name="county")),
                (
                    "latitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=4,
                        null=True,
                        verbose_name="latitude",
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=4,
                        null=True,
                        verbose_name="longitude",
                    ),
                ),
                (
                    "written_norm",
                    models.CharField(
                        choices=[("nb", "Bokmål"), ("nn", "Nynorsk"), ("neutral", "neutral")],
                        max_length=7,
                        verbose_name="written norm",
                    ),
                ),
                (
                    "sort_name",
                    models.GeneratedField(
                        db_persist=True,
                        expression=centres.models.sorting.NorwegianKey(models.F("name")),
                        output_field=models.CharField(db_collation="C", max_length=160),
                    ),
                ),
            ],
            options={
                "verbose_name": "municipality",
                "verbose_name_plural": "municipalities",
                "ordering": ["sort_name", "number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__regex", "^[0-9]{4}$")),
                        name="municipality_number_four_digits",
                        violation_error_message="Write the number with four digits, such as 0301.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("written_norm__in", ["nb", "nn", "neutral"])),
                        name="municipality_norm_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                            models.Q(
                                ("latitude__isnull", False),
                                ("latitude__range", (57, 72)),
                                ("longitude__isnull", False),
                                ("longitude__range", (4, 32)),
                            ),
                            _connector="OR",
                        ),
                        name="municipality_place_in_norway",
                        violation_error_message="Fill in both, for a place in Norway.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Enquiry",
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
                            ("question", "a question"),
                            ("info_meeting", "wants an information meeting"),
                            ("volunteer", "wants to volunteer"),
                            ("initiator", "wants to become an initiator"),
                            ("organisation", "organisation that wants to join"),
                            ("borrow", "wants to borrow a room or a licence"),
                            ("wrong", "something is wrong on a page"),
                            ("accessibility", "a page is hard to use"),
                        ],
                        max_length=13,
                        verbose_name="what",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "web"),
                            ("phone", "telephone"),
                            ("visit", "visit"),
                            ("email", "e-mail"),
                            ("event", "event"),
                        ],
                        default="web",
                        max_length=5,
                        verbose_name="how it came",
                    ),
                ),
                (
                    "organisation",
                    models.CharField(blank=True, max_length=120, verbose_name="organisation"),
                ),
                (
                    "name",
                    linkcenter.encryption.EncryptedTextField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxLengthValidator(80)],
                        verbose_name="name",
                    ),
                ),
                (
                    "email",
                    linkcenter.encryption.EncryptedTextField(
                        blank=True, null=True, verbose_name="e-mail"
                    ),
                ),
                (
                    "phone",
                    linkcenter.encryption.EncryptedTextField(
                        blank=True, null=True, verbose_name="phone"
                    ),
                ),
                (
                    "text",
                    linkcenter.encryption.EncryptedTextField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxLengthValidator(2000)],
                        verbose_name="what it is about",
                    ),
                ),
                ("page", models.CharField(blank=True, max_length=200, verbose_name="page")),
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
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="came"),
                ),
                ("form_id", models.UUIDField(editable=False, null=True, unique=True)),
                (
                    "handled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="taken care of"),
                ),
                (
                    "forgotten_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="forgotten"
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty for what the administrators answer.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="enquiries",
                        to="centres.centre",
                        verbose_name="centre",
                    ),
                ),
                (
                    "handled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="centres.municipality",
                        verbose_name="municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "enquiry",
                "verbose_name_plural": "enquiries",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="centre",
            name="municipalities",
            field=models.ManyToManyField(
                blank=True, related_name="centres", to="centres.municipality", verbose_name="serves"
            ),
        ),
        migrations.CreateModel(
            name="OpeningException",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_date", models.DateField(verbose_name="first day")),
                (
                    "last_date",
                    models.DateField(
                        blank=True,
                        help_text="Leave it empty for a single day.",
                        verbose_name="last day",
                    ),
                ),
                (
                    "opens",
                    models.TimeField(
                        blank=True,
                        help_text="Leave both times empty for closed.",
                        null=True,
                        verbose_name="opens",
                    ),
                ),
                ("closes", models.TimeField(blank=True, null=True, verbose_name="closes")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("drop_in", "drop in"),
                            ("phone", "telephone"),
                            ("appointment", "by appointment"),
                        ],
                        help_text="Leave it empty for closed.",
                        max_length=11,
                        verbose_name="kind",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        help_text="Shown on the page.",
                        max_length=80,
                        verbose_name="reason",
                    ),
                ),
                (
                    "reason_nb",
                    models.CharField(
                        blank=True,
                        help_text="Shown on the page.",
                        max_length=80,
                        null=True,
                        verbose_name="reason",
                    ),
                ),
                (
                    "reason_nn",
                    models.CharField(
                        blank=True,
                        help_text="Shown on the page.",
                        max_length=80,
                        null=True,
                        verbose_name="reason",
                    ),
                ),
                (
                    "reason_en",
                    models.CharField(
                        blank=True,
                        help_text="Shown on the page.",
                        max_length=80,
                        null=True,
                        verbose_name="reason",
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="opening_exceptions",
                        to="centres.centre",
                        verbose_name="centre",
                    ),
                ),
            ],
            options={
                "verbose_name": "exception from the opening hours",
                "verbose_name_plural": "exceptions from the opening hours",
                "ordering": ["first_date", "opens"],
            },
        ),
        migrations.CreateModel(
            name="OpeningHours",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ],
                        verbose_name="weekday",
                    ),
                ),
                ("opens", models.TimeField(verbose_name="opens")),
                ("closes", models.TimeField(verbose_name="closes")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("drop_in", "drop in"),
                            ("phone", "telephone"),
                            ("appointment", "by appointment"),
                        ],
                        default="drop_in",
                        max_length=11,
                        verbose_name="kind",
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="opening_hours",
                        to="centres.centre",
                        verbose_name="centre",
                    ),
                ),
            ],
            options={
                "verbose_name": "opening hours",
                "verbose_name_plural": "opening hours",
                "ordering": ["weekday", "opens", "kind"],
            },
        ),
        migrations.CreateModel(
            name="ContactPerson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=80, verbose_name="name")),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="title")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="telephone")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        help_text="With commas between.",
                        size=None,
                        verbose_name="languages",
                    ),
                ),
                (
                    "published",
                    models.BooleanField(
                        default=False,
                        help_text="Tick this when the person has said yes to it.",
                        verbose_name="shown on the page",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="Seen by staff only.", verbose_name="note"
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="people",
                        to="centres.centre",
                        verbose_name="centre",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="people",
                        to="centres.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "contact person",
                "verbose_name_plural": "contact people",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.AddField(
            model_name="centre",
            name="operator",
            field=models.ForeignKey(
                blank=True,
                help_text="The body that runs it and answers for personal data.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="operated_centres",
                to="centres.organisation",
                verbose_name="operator",
            ),
        ),
        migrations.CreateModel(
            name="Partnership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("operator", "operator"),
                            ("funder", "funder"),
                            ("partner", "partner"),
                            ("referrer", "tells people about us"),
                        ],
                        max_length=8,
                        verbose_name="role",
                    ),
                ),
                (
                    "amount",
                    models.PositiveIntegerField(
                        blank=True, help_text="Kroner in all.", null=True, verbose_name="amount"
                    ),
                ),
                (
                    "years",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="over how many years"
                    ),
                ),
                (
                    "from_year",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="from year"
                    ),
                ),
                (
                    "to_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="to year"),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        help_text="Shown on the page.",
                        max_length=160,
                        verbose_name="what it is about",
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partnerships",
                        to="centres.centre",
                        verbose_name="centre",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partnerships",
                        to="centres.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "partnership",
                "verbose_name_plural": "partnerships",
                "ordering": ["role", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PostalCode",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=4, primary_key=True, serialize=False, verbose_name="postcode"
                    ),
                ),
                ("place", models.CharField(max_length=60, verbose_name="postal place")),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="postal_codes",
                        to="centres.municipality",
                        verbose_name="municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "postcode",
                "verbose_name_plural": "postcodes",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="StaffRole",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("coordinator", "coordinator"),
                            ("lead", "lead"),
                            ("administrator", "administrator"),
                            ("statistics", "statistics"),
                        ],
                        max_length=13,
                        verbose_name="role",
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty for administrators and for statistics.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="staff_roles",
                        to="centres.centre",
                        verbose_name="centre",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="staff_roles",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="staff account",
                    ),
                ),
            ],
            options={
                "verbose_name": "role",
                "verbose_name_plural": "roles",
                "ordering": ["user", "centre", "role"],
            },
        ),
        migrations.CreateModel(
            name="Venue",
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
                        choices=[("room", "room"), ("licence", "video licence")],
                        default="room",
                        max_length=7,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "provider",
                    models.CharField(
                        blank=True,
                        help_text="Of a licence, such as Whereby.",
                        max_length=40,
                        verbose_name="provider",
                    ),
                ),
                ("capacity", models.PositiveSmallIntegerField(verbose_name="places")),
                ("step_free", models.BooleanField(default=False, verbose_name="step-free")),
                ("hearing_loop", models.BooleanField(default=False, verbose_name="hearing loop")),
                (
                    "own_key",
                    models.BooleanField(
                        default=False,
                        help_text="Each group gets a key to the room.",
                        verbose_name="own key",
                    ),
                ),
                (
                    "door",
                    models.CharField(
                        blank=True,
                        help_text="Never write a code here.",
                        max_length=160,
                        verbose_name="how the door opens",
                    ),
                ),
                (
                    "host_key",
                    linkcenter.encryption.EncryptedTextField(
                        blank=True,
                        help_text="Of a licence. Shown to a group's contact on the day of a meeting, only.",
                        null=True,
                        validators=[django.core.validators.MaxLengthValidator(40)],
                        verbose_name="host key",
                    ),
                ),
                (
                    "host_key_since",
                    models.DateField(blank=True, null=True, verbose_name="host key changed"),
                ),
                ("active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "centre",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty for a licence that all centres share.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="venues",
                        to="centres.centre",
                        verbose_name="centre",
                    ),
                ),
                (
                    "funder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.organisation",
                        verbose_name="paid for by",
                    ),
                ),
            ],
            options={
                "verbose_name": "room or licence",
                "verbose_name_plural": "rooms and licences",
                "ordering": ["kind", "name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Slot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ],
                        verbose_name="weekday",
                    ),
                ),
                ("starts", models.TimeField(verbose_name="starts")),
                ("minutes", models.PositiveSmallIntegerField(default=120, verbose_name="minutes")),
                ("first_date", models.DateField(verbose_name="first date")),
                (
                    "given_up_on",
                    models.DateField(blank=True, null=True, verbose_name="given up from"),
                ),
                ("break_from", models.DateField(blank=True, null=True, verbose_name="break from")),
                (
                    "break_until",
                    models.DateField(blank=True, null=True, verbose_name="meets again from"),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        blank=True,
                        help_text="An organisation that borrows the room. Empty for a group of the centre.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slots",
                        to="centres.organisation",
                        verbose_name="held by",
                    ),
                ),
                (
                    "venue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slots",
                        to="centres.venue",
                        verbose_name="room or licence",
                    ),
                ),
            ],
            options={
                "verbose_name": "weekly time",
                "verbose_name_plural": "weekly times",
                "ordering": ["weekday", "starts", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Key",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        help_text="As it stands on the key.", max_length=20, verbose_name="number"
                    ),
                ),
                (
                    "holder",
                    linkcenter.encryption.EncryptedTextField(
                        blank=True, null=True, verbose_name="who has it"
                    ),
                ),
                (
                    "phone",
                    linkcenter.encryption.EncryptedTextField(
                        blank=True, null=True, verbose_name="phone"
                    ),
                ),
                ("since", models.DateField(blank=True, null=True, verbose_name="lent out")),
                ("due", models.DateField(blank=True, null=True, verbose_name="back by")),
                ("lost_on", models.DateField(blank=True, null=True, verbose_name="lost")),
                (
                    "slot",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="keys",
                        to="centres.slot",
                        verbose_name="for the weekly time",
                    ),
                ),
                (
                    "venue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="keys",
                        to="centres.venue",
                        verbose_name="room",
                    ),
                ),
            ],
            options={
                "verbose_name": "key",
                "verbose_name_plural": "keys",
                "ordering": ["venue", "number", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Booking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "span",
                    django.contrib.postgres.fields.ranges.DateTimeRangeField(
                        verbose_name="from and to"
                    ),
                ),
                (
                    "skipped_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("holiday", "public holiday"),
                            ("closed", "the house is closed"),
                            ("break", "the group has a break"),
                            ("taken", "taken by something else"),
                        ],
                        max_length=7,
                        verbose_name="skipped because",
                    ),
                ),
                (
                    "cancelled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="cancelled"),
                ),
                ("held", models.BooleanField(blank=True, null=True, verbose_name="held")),
                (
                    "head_count",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="how many came"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bookings",
                        to="centres.event",
                        verbose_name="event",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        blank=True,
                        help_text="An organisation that borrows the room or licence once.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="centres.organisation",
                        verbose_name="lent to",
                    ),
                ),
                (
                    "slot",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bookings",
                        to="centres.slot",
                        verbose_name="weekly time",
                    ),
                ),
                (
                    "venue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="centres.venue",
                        verbose_name="room or licence",
                    ),
                ),
            ],
            options={
                "verbose_name": "booking",
                "verbose_name_plural": "bookings",
                "ordering": ["span"],
            },
        ),
        migrations.CreateModel(
            name="Article",
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
                            ("news", "news"),
                            ("programme", "what the centre does"),
                            ("information", "information"),
                        ],
                        max_length=11,
                        verbose_name="kind",
                    ),
                ),
                ("slug", models.SlugField(verbose_name="address on this site")),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("title_nb", models.CharField(max_length=120, null=True, verbose_name="title")),
                ("title_nn", models.CharField(max_length=120, null=True, verbose_name="title")),
                ("title_en", models.CharField(max_length=120, null=True, verbose_name="title")),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences that lists show.",
                        verbose_name="summary",
                    ),
                ),
                (
                    "summary_nb",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences that lists show.",
                        null=True,
                        verbose_name="summary",
                    ),
                ),
                (
                    "summary_nn",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences that lists show.",
                        null=True,
                        verbose_name="summary",
                    ),
                ),
                (
                    "summary_en",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences that lists show.",
                        null=True,
                        verbose_name="summary",
                    ),
                ),
                (
                    "body",
                    models.TextField(
                        blank=True,
                        help_text="Markdown: ## for a heading, - for a list.",
                        verbose_name="text",
                    ),
                ),
                (
                    "body_nb",
                    models.TextField(
                        blank=True,
                        help_text="Markdown: ## for a heading, - for a list.",
                        null=True,
                        verbose_name="text",
                    ),
                ),
                (
                    "body_nn",
                    models.TextField(
                        blank=True,
                        help_text="Markdown: ## for a heading, - for a list.",
                        null=True,
                        verbose_name="text",
                    ),
                ),
                (
                    "body_en",
                    models.TextField(
                        blank=True,
                        help_text="Markdown: ## for a heading, - for a list.",
                        null=True,
                        verbose_name="text",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("published", models.BooleanField(default=False, verbose_name="shown on the page")),
                (
                    "published_on",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        help_text="The date that news carries. It is shown from that day.",
                        verbose_name="dated",
                    ),
                ),
                (
                    "updated_on",
                    models.DateField(
                        default=django.utils.timezone.localdate, verbose_name="last updated"
                    ),
                ),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "centre",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty for a text that is everybody's.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="articles",
                        to="centres.centre",
                        verbose_name="centre",
                    ),
                ),
            ],
            options={
                "verbose_name": "article",
                "verbose_name_plural": "articles",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("centre", "slug"),
                        name="article_slug_once",
                        nulls_distinct=False,
                        violation_error_message="Another article has this address.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["news", "programme", "information"])),
                        name="article_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "programme"), _negated=True),
                            ("centre__isnull", False),
                            _connector="OR",
                        ),
                        name="article_programme_of_centre",
                        violation_error_message="Choose the centre that does this.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "information"), _negated=True),
                            ("centre__isnull", True),
                            _connector="OR",
                        ),
                        name="article_information_of_everybody",
                        violation_error_message="Information is everybody's. Choose news instead.",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["published", "starts_at"], name="event_coming"),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "info_meeting",
                            "health_cafe",
                            "initiator_training",
                            "self_help_seminar",
                            "contact_meeting",
                            "municipal_meeting",
                            "professional_day",
                            "themed_meeting",
                            "conference",
                            "other",
                        ],
                    )
                ),
                name="event_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published", False), ("starts_at__isnull", False), _connector="OR"
                ),
                name="event_published_has_time",
                violation_error_message="Fill in when it starts before you show it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_at__isnull", True),
                    models.Q(("starts_at__isnull", False), ("starts_at__lt", models.F("ends_at"))),
                    _connector="OR",
                ),
                name="event_starts_before_end",
                violation_error_message="Let it start before it ends.",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(("attendance__in", ["just_come", "sign_up"])),
                name="event_attendance_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("capacity__isnull", True),
                    models.Q(
                        ("attendance", "sign_up"), ("capacity__gte", 1), ("capacity__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="event_capacity_of_sign_up",
                violation_error_message="Only an event that people sign up for has places.",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cancelled_at__isnull", True), ("cancelled_because", "")),
                    models.Q(
                        ("cancelled_at__isnull", False),
                        models.Q(("cancelled_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="event_cancelled_with_reason",
                violation_error_message="Write why it is cancelled.",
            ),
        ),
        migrations.AddIndex(
            model_name="eventsignup",
            index=models.Index(
                fields=["event", "state", "signed_up_at"], name="event_sign_up_line"
            ),
        ),
        migrations.AddConstraint(
            model_name="eventsignup",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["confirmed", "waiting", "cancelled"])),
                name="event_sign_up_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventsignup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("phone__isnull", False), ("email__isnull", False), _connector="OR"
                ),
                name="event_sign_up_can_be_reached",
            ),
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(fields=["centre", "handled_at", "created_at"], name="enquiry_open"),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "question",
                            "info_meeting",
                            "volunteer",
                            "initiator",
                            "organisation",
                            "borrow",
                            "wrong",
                            "accessibility",
                        ],
                    ),
                    ("channel__in", ["web", "phone", "visit", "email", "event"]),
                ),
                name="enquiry_choices_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("handled_at__isnull", True), ("handled_by__isnull", True)),
                    models.Q(("handled_at__isnull", False), ("handled_by__isnull", False)),
                    _connector="OR",
                ),
                name="enquiry_handled_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("forgotten_at__isnull", True),
                    models.Q(
                        ("email__isnull", True),
                        ("name__isnull", True),
                        ("organisation", ""),
                        ("page", ""),
                        ("phone__isnull", True),
                        ("text__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="enquiry_forgotten_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="openingexception",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_date__lte", models.F("last_date"))),
                name="opening_exception_days_ordered",
                violation_error_message="Let the first day come before the last.",
            ),
        ),
        migrations.AddConstraint(
            model_name="openingexception",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closes__isnull", True), ("kind", ""), ("opens__isnull", True)),
                    models.Q(
                        ("closes__isnull", False),
                        ("kind__in", ["drop_in", "phone", "appointment"]),
                        ("opens__isnull", False),
                        ("opens__lt", models.F("closes")),
                    ),
                    _connector="OR",
                ),
                name="opening_exception_closed_or_open",
                violation_error_message="Fill in kind, opens and closes, or leave all three empty for closed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="openingexception",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("centre", "="),
                    ("kind", "="),
                    (centres.models.hours.DayRange("first_date", "last_date"), "&&"),
                    (centres.models.hours.ClockRange("opens", "closes"), "&&"),
                ],
                name="opening_exception_no_overlap",
                violation_error_message="Another exception covers some of these days.",
            ),
        ),
        migrations.AddConstraint(
            model_name="openingexception",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("centre", "="),
                    (centres.models.hours.DayRange("first_date", "last_date"), "&&"),
                    (
                        models.Case(
                            models.When(opens__isnull=True, then=models.Value(1)),
                            default=models.Value(0),
                        ),
                        "<>",
                    ),
                ],
                name="opening_exception_closed_alone",
                violation_error_message="The centre cannot be open and closed on one day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="openinghours",
            constraint=models.CheckConstraint(
                condition=models.Q(("opens__lt", models.F("closes"))),
                name="opening_hours_open_before_close",
                violation_error_message="Let it open before it closes.",
            ),
        ),
        migrations.AddConstraint(
            model_name="openinghours",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekday__lte", 6)), name="opening_hours_weekday_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="openinghours",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["drop_in", "phone", "appointment"])),
                name="opening_hours_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="openinghours",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("centre", "="),
                    ("weekday", "="),
                    ("kind", "="),
                    (centres.models.hours.ClockRange("opens", "closes"), "&&"),
                ],
                name="opening_hours_no_overlap",
                violation_error_message="Two spans of the same kind overlap on this weekday.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contactperson",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("centre__isnull", True), ("organisation__isnull", True), _connector="XOR"
                ),
                name="contact_person_of_one",
                violation_error_message="Choose either a centre or an organisation.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contactperson",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), ("title", ""), _negated=True),
                name="contact_person_named",
                violation_error_message="Write a name or a title.",
            ),
        ),
        migrations.AddConstraint(
            model_name="centre",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["link", "contact_point", "district_office"]),
                    ("legal_basis__in", ["consent", "public_task"]),
                    (
                        "status__in",
                        ["planned", "establishing", "open", "paused", "closed", "historic"],
                    ),
                    ("wording_group__in", ["conversation_group", "self_help_group"]),
                    ("wording_initiator__in", ["initiator", "guide"]),
                ),
                name="centre_choices_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="centre",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("min_to_start__gte", 2),
                    ("min_to_start__lte", models.F("target_size")),
                    ("target_size__lte", models.F("max_size")),
                ),
                name="centre_sizes_ordered",
                violation_error_message="Let the fewest be two or more, the usual size no less, and the most no less.",
            ),
        ),
        migrations.AddConstraint(
            model_name="centre",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("takes_registrations", False),
                    models.Q(("email", ""), _negated=True),
                    ("phones__len__gt", 0),
                    _connector="OR",
                ),
                name="centre_reachable",
                violation_error_message="A centre that takes registrations needs a telephone number or an e-mail.",
            ),
        ),
        migrations.AddConstraint(
            model_name="centre",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("takes_registrations", False),
                    ("status__in", ["establishing", "open"]),
                    _connector="OR",
                ),
                name="centre_active_if_taking",
                violation_error_message="Only a centre that is open or being established can take registrations.",
            ),
        ),
        migrations.AddConstraint(
            model_name="centre",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("takes_registrations", False), ("forwards_to__isnull", True), _connector="OR"
                ),
                name="centre_takes_or_forwards",
                violation_error_message="A centre takes registrations or forwards them.",
            ),
        ),
        migrations.AddConstraint(
            model_name="centre",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("forwards_to__isnull", True),
                    models.Q(("forwards_to", models.F("pk")), _negated=True),
                    _connector="OR",
                ),
                name="centre_forwards_to_other",
                violation_error_message="A centre cannot forward to itself.",
            ),
        ),
        migrations.AddConstraint(
            model_name="centre",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_to__isnull", True),
                    ("valid_from__lt", models.F("valid_to")),
                    _connector="OR",
                ),
                name="centre_opened_before_closed",
                violation_error_message="A centre opens before it closes.",
            ),
        ),
        migrations.AddConstraint(
            model_name="centre",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("notice_from__isnull", True),
                    ("notice_until__isnull", True),
                    ("notice_from__lte", models.F("notice_until")),
                    _connector="OR",
                ),
                name="centre_notice_days_ordered",
                violation_error_message="Let the notice begin before it ends.",
            ),
        ),
        migrations.AddConstraint(
            model_name="centre",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("postal_code", ""), ("postal_code__regex", "^[0-9]{4}$"), _connector="OR"
                ),
                name="centre_postal_code_four_digits",
                violation_error_message="Write the postcode with four digits.",
            ),
        ),
        migrations.AddConstraint(
            model_name="centre",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                    models.Q(
                        ("latitude__isnull", False),
                        ("latitude__range", (57, 81)),
                        ("longitude__isnull", False),
                        ("longitude__range", (-10, 34)),
                    ),
                    _connector="OR",
                ),
                name="centre_place_in_norway",
                violation_error_message="Fill in both, for a place in Norway.",
            ),
        ),
        migrations.AddConstraint(
            model_name="centre",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer_days__range", (1, 60))),
                name="centre_answer_days_in_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnership",
            constraint=models.UniqueConstraint(
                fields=("centre", "organisation", "role"), name="partnership_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="partnership",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["operator", "funder", "partner", "referrer"])),
                name="partnership_role_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("from_year__isnull", True),
                    ("to_year__isnull", True),
                    ("from_year__lte", models.F("to_year")),
                    _connector="OR",
                ),
                name="partnership_years_ordered",
                violation_error_message="Let the first year come before the last.",
            ),
        ),
        migrations.AddConstraint(
            model_name="postalcode",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[0-9]{4}$")), name="postal_code_four_digits"
            ),
        ),
        migrations.AddConstraint(
            model_name="staffrole",
            constraint=models.UniqueConstraint(
                fields=("user", "centre", "role"),
                name="staff_role_once",
                nulls_distinct=False,
                violation_error_message="This person already has this role.",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffrole",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("centre__isnull", False), ("role__in", ("coordinator", "lead"))),
                    models.Q(
                        ("centre__isnull", True), ("role__in", ("administrator", "statistics"))
                    ),
                    _connector="OR",
                ),
                name="staff_role_at_centre_or_national",
                violation_error_message="Coordinators and leads have a centre. Administrators and statistics do not.",
            ),
        ),
        migrations.AddConstraint(
            model_name="venue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("centre__isnull", False), ("kind", "room"), ("provider", "")),
                    models.Q(("kind", "licence"), models.Q(("provider", ""), _negated=True)),
                    _connector="OR",
                ),
                name="venue_room_or_licence",
                violation_error_message="A room belongs to a centre and has no provider. A licence has a provider.",
            ),
        ),
        migrations.AddConstraint(
            model_name="venue",
            constraint=models.CheckConstraint(
                condition=models.Q(("capacity__gte", 2)), name="venue_seats_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="venue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("host_key__isnull", True), ("host_key_since__isnull", True)),
                    models.Q(
                        ("host_key__isnull", False),
                        ("host_key_since__isnull", False),
                        ("kind", "licence"),
                    ),
                    _connector="OR",
                ),
                name="venue_host_key_of_licence",
            ),
        ),
        migrations.AddConstraint(
            model_name="venue",
            constraint=models.UniqueConstraint(
                fields=("centre", "name"), name="venue_name_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "first_date__iso_week_day",
                        django.db.models.expressions.CombinedExpression(
                            models.F("weekday"), "+", models.Value(1)
                        ),
                    )
                ),
                name="slot_first_date_on_weekday",
            ),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes__range", (15, 480))), name="slot_minutes_in_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("break_from__isnull", True), ("break_until__isnull", True)),
                    models.Q(
                        ("break_from__isnull", False),
                        ("break_until__gt", models.F("break_from")),
                        ("break_until__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="slot_break_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="key",
            constraint=models.UniqueConstraint(
                fields=("venue", "number"),
                name="key_number_once",
                violation_error_message="There is a key with this number already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="key",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("holder__isnull", True),
                        ("phone__isnull", True),
                        ("due__isnull", True),
                        ("since__isnull", True),
                        ("slot__isnull", True),
                    ),
                    models.Q(("holder__isnull", False), ("since__isnull", False)),
                    _connector="OR",
                ),
                name="key_holder_and_since",
            ),
        ),
        migrations.AddConstraint(
            model_name="key",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("due__isnull", True), ("due__gte", models.F("since")), _connector="OR"
                ),
                name="key_due_after_since",
            ),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("cancelled_at__isnull", True), ("skipped_because", "")),
                expressions=[("venue", "="), ("span", "&&")],
                name="booking_venue_taken_once",
                violation_error_message="The room or licence is taken at that time.",
            ),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("event__isnull", True), ("slot__isnull", True)),
                    models.Q(("holder__isnull", True), ("slot__isnull", True)),
                    models.Q(("event__isnull", True), ("holder__isnull", True)),
                    _connector="OR",
                ),
                name="booking_of_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("span__isempty", False), ("span__lower_inf", False), ("span__upper_inf", False)
                ),
                name="booking_span_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("skipped_because", ""),
                    ("skipped_because__in", ["holiday", "closed", "break", "taken"]),
                    _connector="OR",
                ),
                name="booking_skip_reason_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("head_count__isnull", True),
                    models.Q(("held", True), ("held__isnull", False)),
                    _connector="OR",
                ),
                name="booking_head_count_of_held",
            ),
        ),
    ]
