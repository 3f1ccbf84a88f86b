from collections.abc import Iterator

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from linkcenter.encryption import EncryptedTextField, KeyedIndexField
from linkcenter.models import Channel
from participants.states import ContactWay, Gender

ADULT = 18  # the method's own rule, and the safe side of the rules for sensitive data of minors
FIRST_REFERENCE = 1000


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def with_reference(self, reference: str) -> "ParticipantQuerySet":
        """The one whose reference this is, however it is written: d-1042, D1042, 1042."""
        pk = Participant.pk_of(reference)
        return self.none() if pk is None else self.filter(pk=pk)


class Participant(models.Model):
    """One person at one centre, whom the centre may reach and finds a group for."""

    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="participants")
    name = EncryptedTextField(_("what we may call you"), validators=[MaxLengthValidator(80)])
    # Null when there is none: an encrypted column can be tested for null and for nothing else.
    phone = EncryptedTextField(_("phone"), null=True, blank=True)
    email = EncryptedTextField(_("e-mail"), null=True, blank=True)
    postal_address = EncryptedTextField(
        _("postal address"),
        null=True,
        blank=True,
        validators=[MaxLengthValidator(200)],
        help_text=_("As it stands on an envelope, one line for each line."),
    )
    preferred_way = models.CharField(
        _("reach me first by"), max_length=6, choices=ContactWay, default=ContactWay.PHONE
    )
    may_leave_message = models.BooleanField(_("may we leave a message"), default=False)
    safe_times = EncryptedTextField(_("safe times to call"), blank=True)
    do_not_send = models.BooleanField(
        _("send nothing"),
        default=False,
        help_text=_("Nothing goes out by itself. Each message waits for you instead."),
    )
    email_refused_on = models.DateField(
        _("e-mail address refused"), null=True, blank=True, editable=False
    )
    language = models.CharField(
        _("language we write in"), max_length=2, choices=settings.LANGUAGES, default="nb"
    )
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    confirmed_adult_on = models.DateField(_("confirmed to be 18 or older on"))
    gender = models.CharField(_("gender"), max_length=5, choices=Gender, blank=True)
    municipality = models.ForeignKey(
        "centres.Municipality",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("municipality"),
    )
    search_keys = KeyedIndexField(terms="search_terms")
    reach_keys = KeyedIndexField(terms="reach_terms")
    kept_until = models.DateField(_("kept until"), null=True, blank=True)
    reminded_of_consents_on = models.DateField(
        _("reminded of the consents"), null=True, blank=True, editable=False
    )

    activities = GenericRelation(
        "linkcenter.Activity", "subject_id", "subject_type", related_query_name="participant"
    )
    messages = GenericRelation(
        "linkcenter.Message", "recipient_id", "recipient_type", related_query_name="participant"
    )

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        constraints = [
            models.CheckConstraint(
                condition=Q(phone__isnull=False)
                | Q(email__isnull=False)
                | Q(postal_address__isnull=False),
                name="participant_can_be_reached",
            ),
            models.CheckConstraint(
                condition=Q(birth_year__isnull=True)
                | Q(birth_year__lte=ExtractYear("confirmed_adult_on") - ADULT),
                name="participant_is_adult",
            ),
            models.CheckConstraint(
                condition=Q(gender__in=["", *Gender.values]), name="participant_gender_known"
            ),
            models.CheckConstraint(
                condition=Q(preferred_way__in=ContactWay.values), name="participant_way_known"
            ),
        ]
        indexes = [
            GinIndex(fields=["search_keys"], name="participant_search"),
            GinIndex(fields=["reach_keys"], name="participant_reach"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What everybody may call this person without telling who it is, such as D-1042."""
        return f"D-{FIRST_REFERENCE + (self.pk or 0)}"

    @staticmethod
    def pk_of(reference: str) -> int | None:
        """The key of the row that ``reference`` names; None if it is no reference."""
        digits = reference.strip().upper().removeprefix("D").lstrip("-– ")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 12):
            return None
        return int(digits) - FIRST_REFERENCE

    @property
    def first_name(self) -> str:
        """The first word of what we may call the person."""
        return (self.name.split() or [""])[0]

    @property
    def channel(self) -> Channel:
        """How the centre's messages go: the way the person asked for, if it is open.

        Else by e-mail, by telephone, by letter. An address that the mail server refuses is used
        only where there is nothing else.
        """
        ways = {
            ContactWay.EMAIL: (Channel.EMAIL, self.email and not self.email_refused_on),
            ContactWay.SMS: (Channel.SMS, self.phone),
            ContactWay.PHONE: (Channel.CALL, self.phone),
            ContactWay.LETTER: (Channel.LETTER, self.postal_address),
        }
        asked_for = ContactWay(self.preferred_way)
        in_turn = (asked_for, ContactWay.EMAIL, ContactWay.PHONE, ContactWay.LETTER)
        return next((ways[way][0] for way in in_turn if ways[way][1]), Channel.EMAIL)

    @property
    def address(self) -> str:
        """Where messages on ``channel`` go: an e-mail address, a number, a postal address."""
        if self.channel == Channel.EMAIL:
            return self.email or ""
        return (self.postal_address if self.channel == Channel.LETTER else self.phone) or ""

    def search_terms(self) -> Iterator[str]:
        """What staff of this centre may search by: phone, its last four digits, e-mail, names."""
        return search_terms(
            self.centre_id, phone=self.phone, email=self.email, words=self.name.split()
        )

    def reach_terms(self) -> Iterator[str]:
        """What two rows share that may be the same person: the phone number, the e-mail address."""
        if self.phone:
            yield f"{self.centre_id}:phone:{self.phone}"
        if self.email:
            yield f"{self.centre_id}:email:{self.email.casefold()}"


def search_terms(
    centre_id: int,
    *,
    phone: str | None = None,
    last_digits: str | None = None,
    email: str | None = None,
    words: list[str] | None = None,
) -> Iterator[str]:
    """The terms under which a person at the centre is found; each is one kind and one value."""
    if phone:
        yield f"{centre_id}:phone:{phone}"
        yield f"{centre_id}:last:{phone[-4:]}"
    if last_digits:
        yield f"{centre_id}:last:{last_digits}"
    if email:
        yield f"{centre_id}:email:{email.casefold()}"
    for word in words or []:
        yield f"{centre_id}:name:{word.casefold()}"
