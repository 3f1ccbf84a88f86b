from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centres.states import CURRENT, FOR_RESIDENTS, Attendance, EventKind, SignUpState
from centres.when import in_words
from linkcenter.database.prepared import Given
from linkcenter.encryption import EncryptedTextField, KeyedIndexField
from linkcenter.models import Channel

from .centre import Centre

USUAL_LENGTH = timedelta(hours=2)  # of an event that does not say when it ends
ENDS = Coalesce("ends_at", F("starts_at") + USUAL_LENGTH)


_DESCRIPTIONS = [f"description_{code}" for code, _name in settings.LANGUAGES]


class EventQuerySet(models.QuerySet["Event"]):
    def published(self) -> "EventQuerySet":
        return self.filter(published=True)

    def coming(self, now: datetime | Given | None = None) -> "EventQuerySet":
        """Those that are not over, the next one first. Cancelled ones are among them."""
        return (
            self.filter(starts_at__isnull=False)
            .alias(ends=ENDS)
            .filter(ends__gt=now or timezone.now())
        )

    def over(self, now: datetime | None = None) -> "EventQuerySet":
        """Those that have been, the last one first."""
        over = self.alias(ends=ENDS).filter(ends__lte=now or timezone.now())
        return over.order_by("-starts_at", "-pk")

    def without_head_count(self, now: datetime | None = None) -> "EventQuerySet":
        """Those that were held, and nobody has written down how many came."""
        held = self.published().filter(cancelled_at__isnull=True, came__isnull=True)
        return held.over(now)

    def with_sign_up_counts(self) -> "EventQuerySet":
        """Each with ``confirmed_count`` and ``waiting_count``."""
        return self.annotate(
            confirmed_count=Count(
                "sign_ups", filter=Q(sign_ups__state=SignUpState.CONFIRMED), distinct=True
            ),
            waiting_count=Count(
                "sign_ups", filter=Q(sign_ups__state=SignUpState.WAITING), distinct=True
            ),
        )

    def to_show(self, now: datetime | Given | None = None) -> "EventQuerySet":
        """What is on, with its centre: coming, published, and not at a centre that is gone.

        Without what a list does not show; what tells how to join would have to be decrypted.
        """
        at_current = Q(centre__in=Centre.objects.filter(CURRENT))
        listed = self.published().coming(now).filter(at_current).select_related("centre")
        return listed.defer("joining", "note", *_DESCRIPTIONS)


class Event(models.Model):
    """An open meeting, a course or a gathering that a centre invites people to."""

    centre = models.ForeignKey(
        Centre, models.CASCADE, related_name="events", verbose_name=_("centre")
    )
    kind = models.CharField(_("kind"), max_length=18, choices=EventKind)
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=160, blank=True)
    digital = models.BooleanField(_("digital"), default=False)
    audience = models.CharField(_("for whom"), max_length=120, blank=True)
    held_in = models.CharField(
        _("language"), max_length=60, blank=True, help_text=_("Empty when it is Norwegian.")
    )
    organiser = models.CharField(
        _("organiser"), max_length=120, blank=True, help_text=_("Empty when it is the centre.")
    )
    attendance = models.CharField(
        _("how people come"), max_length=9, choices=Attendance, default=Attendance.JUST_COME
    )
    capacity = models.PositiveSmallIntegerField(
        _("places"), null=True, blank=True, help_text=_("Empty when there is room for all.")
    )
    joining = EncryptedTextField(
        _("how to join"),
        blank=True,
        validators=[MaxLengthValidator(500)],
        help_text=_("Such as the address of a video meeting. Sent to those who have a place."),
    )
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancelled_because = models.CharField(
        _("why it is cancelled"), max_length=160, blank=True, help_text=_("Shown on the page.")
    )
    came = models.PositiveSmallIntegerField(
        _("how many came"), null=True, blank=True, help_text=_("A number, and no names.")
    )
    published = models.BooleanField(_("shown on the page"), default=False)
    note = models.TextField(_("note"), blank=True, help_text=_("Seen by staff only."))
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    activities = GenericRelation("linkcenter.Activity", "subject_id", "subject_type")

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["published", "starts_at"], name="event_coming")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="event_kind_known"),
            models.CheckConstraint(
                condition=Q(published=False) | Q(starts_at__isnull=False),
                name="event_published_has_time",
                violation_error_message=_("Fill in when it starts before you show it."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True)
                | Q(starts_at__isnull=False, starts_at__lt=F("ends_at")),
                name="event_starts_before_end",
                violation_error_message=_("Let it start before it ends."),
            ),
            models.CheckConstraint(
                condition=Q(attendance__in=Attendance.values), name="event_attendance_known"
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True)
                | Q(capacity__isnull=False, capacity__gte=1, attendance=Attendance.SIGN_UP),
                name="event_capacity_of_sign_up",
                violation_error_message=_("Only an event that people sign up for has places."),
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_because="")
                | (Q(cancelled_at__isnull=False) & ~Q(cancelled_because="")),
                name="event_cancelled_with_reason",
                violation_error_message=_("Write why it is cancelled."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("centres:event", args=[self.pk])

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def takes_sign_ups(self) -> bool:
        return self.attendance == Attendance.SIGN_UP

    @property
    def when(self) -> str:
        """Day and clock in words, with the year. Empty as long as nobody knows."""
        return in_words(self.starts_at, self.ends_at) if self.starts_at else ""

    @property
    def when_this_year(self) -> str:
        """The same without the year."""
        if not self.starts_at:
            return ""
        return in_words(self.starts_at, self.ends_at, with_year=False)

    @property
    def where(self) -> str:
        """The place; where none is written, the house of the centre. Empty when only on video."""
        if not self.is_in_person or self.place:
            return self.place
        town = f"{self.centre.postal_code} {self.centre.postal_place}".strip()
        return ", ".join(part for part in (self.centre.visiting_address, town) if part)

    @property
    def is_in_person(self) -> bool:
        """Whether people can meet up somewhere. Some events are both that and digital."""
        return bool(self.place) or not self.digital

    @property
    def ends(self) -> datetime | None:
        """When it is over: the end that is written, else when such an event usually ends."""
        if self.ends_at or self.starts_at is None:
            return self.ends_at
        return self.starts_at + USUAL_LENGTH

    def is_over_at(self, now: datetime) -> bool:
        return self.ends is not None and self.ends <= now

    @property
    def is_over(self) -> bool:
        return self.is_over_at(timezone.now())

    @property
    def is_for_residents(self) -> bool:
        """Whether somebody who comes may be looking for a group."""
        return self.kind in FOR_RESIDENTS


LIVE_SIGN_UP = ~Q(state=SignUpState.CANCELLED)


class EventSignUpQuerySet(models.QuerySet["EventSignUp"]):
    def live(self) -> "EventSignUpQuerySet":
        """Those who come, or would if there were room."""
        return self.filter(LIVE_SIGN_UP)

    def confirmed(self) -> "EventSignUpQuerySet":
        return self.filter(state=SignUpState.CONFIRMED)

    def waiting(self) -> "EventSignUpQuerySet":
        """The waiting list, the first in line first."""
        return self.filter(state=SignUpState.WAITING).order_by("signed_up_at", "pk")


class EventSignUp(models.Model):
    """One person's place at an event, or in the line for one."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="sign_ups")
    name = EncryptedTextField(_("what we may call you"), validators=[MaxLengthValidator(80)])
    # Null when there is none: an encrypted column can be tested for null and for nothing else.
    phone = EncryptedTextField(_("phone"), null=True, blank=True)
    email = EncryptedTextField(_("e-mail"), null=True, blank=True)
    language = models.CharField(_("language we write in"), max_length=2, choices=settings.LANGUAGES)
    state = models.CharField(_("state"), max_length=9, choices=SignUpState)
    signed_up_at = models.DateTimeField(_("signed up"))
    form_id = models.UUIDField(unique=True, editable=False)  # the same form twice is one sign-up
    seed = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64, unique=True)
    search_keys = KeyedIndexField(terms="search_terms")

    activities = GenericRelation("linkcenter.Activity", "subject_id", "subject_type")
    messages = GenericRelation(
        "linkcenter.Message", "recipient_id", "recipient_type", related_query_name="sign_up"
    )

    objects = EventSignUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")
        ordering = ["signed_up_at", "pk"]
        indexes = [
            models.Index(fields=["event", "state", "signed_up_at"], name="event_sign_up_line")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=SignUpState.values), name="event_sign_up_state_known"
            ),
            models.CheckConstraint(
                condition=Q(phone__isnull=False) | Q(email__isnull=False),
                name="event_sign_up_can_be_reached",
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def centre_id(self) -> int:
        """The centre whose staff this concerns."""
        return self.event.centre_id

    @property
    def first_name(self) -> str:
        """The first word of what we may call the person."""
        return (self.name.split() or [""])[0]

    @property
    def is_live(self) -> bool:
        return self.state != SignUpState.CANCELLED

    @property
    def has_place(self) -> bool:
        return self.state == SignUpState.CONFIRMED

    @property
    def channel(self) -> Channel:
        """How messages go: by e-mail where there is one, else staff call."""
        return Channel.EMAIL if self.email else Channel.CALL

    @property
    def address(self) -> str:
        return self.email or self.phone or ""

    def search_terms(self) -> Iterator[str]:
        """What staff of this centre may search by: phone, e-mail and the words of the name."""
        scope = f"{self.centre_id}:sign_up"
        if self.phone:
            yield f"{scope}:phone:{self.phone}"
        if self.email:
            yield f"{scope}:email:{self.email.casefold()}"
        for word in self.name.split():
            yield f"{scope}:name:{word.casefold()}"
