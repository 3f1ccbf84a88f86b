from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centres.states import Skipped, VenueKind
from centres.week import WEEKDAY_NAMES, label, week_slot
from linkcenter.encryption import EncryptedTextField

from .centre import Centre
from .hours import WEEKDAY_CHOICES
from .partners import Organisation

HOST_KEY_LASTS = timedelta(days=183)


class VenueQuerySet(models.QuerySet["Venue"]):
    def rooms(self) -> "VenueQuerySet":
        return self.filter(kind=VenueKind.ROOM, active=True)

    def licences(self) -> "VenueQuerySet":
        return self.filter(kind=VenueKind.LICENCE, active=True)

    def licences_of(self, centre: int | None) -> "VenueQuerySet":
        """Its own, and those that all centres share."""
        return self.licences().filter(Q(centre=centre) | Q(centre__isnull=True))

    def host_key_to_change(self, today: date) -> "VenueQuerySet":
        """The host key is old, or somebody who has had the licence since may know it."""
        former = Slot.objects.filter(
            venue=OuterRef("pk"),
            given_up_on__lte=today,
            given_up_on__gte=OuterRef("host_key_since"),
        )
        is_old = Q(host_key_since__lt=today - HOST_KEY_LASTS)
        return self.licences().filter(is_old | Exists(former), host_key_since__isnull=False)


class Venue(models.Model):
    """A room, or a licence for one video meeting at a time, that a group can meet in."""

    centre = models.ForeignKey(
        Centre,
        models.PROTECT,
        related_name="venues",
        null=True,
        blank=True,
        verbose_name=_("centre"),
        help_text=_("Empty for a licence that all centres share."),
    )
    kind = models.CharField(_("kind"), max_length=7, choices=VenueKind, default=VenueKind.ROOM)
    name = models.CharField(_("name"), max_length=80)
    provider = models.CharField(
        _("provider"), max_length=40, blank=True, help_text=_("Of a licence, such as Whereby.")
    )
    funder = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("paid for by"),
    )
    capacity = models.PositiveSmallIntegerField(_("places"))
    step_free = models.BooleanField(_("step-free"), default=False)
    hearing_loop = models.BooleanField(_("hearing loop"), default=False)
    own_key = models.BooleanField(
        _("own key"), default=False, help_text=_("Each group gets a key to the room.")
    )
    door = models.CharField(
        _("how the door opens"), max_length=160, blank=True, help_text=_("Never write a code here.")
    )
    # Null where there is none: an encrypted column can be tested for null and for nothing else.
    host_key = EncryptedTextField(
        _("host key"),
        null=True,
        blank=True,
        validators=[MaxLengthValidator(40)],
        help_text=_("Of a licence. Shown to a group's contact on the day of a meeting, only."),
    )
    host_key_since = models.DateField(_("host key changed"), null=True, blank=True)
    active = models.BooleanField(_("in use"), default=True)

    objects = VenueQuerySet.as_manager()

    class Meta:
        verbose_name = _("room or licence")
        verbose_name_plural = _("rooms and licences")
        ordering = ["kind", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=VenueKind.ROOM, centre__isnull=False, provider="")
                | Q(kind=VenueKind.LICENCE) & ~Q(provider=""),
                name="venue_room_or_licence",
                violation_error_message=_(
                    "A room belongs to a centre and has no provider. A licence has a provider."
                ),
            ),
            models.CheckConstraint(condition=Q(capacity__gte=2), name="venue_seats_two"),
            models.CheckConstraint(
                condition=Q(host_key__isnull=True, host_key_since__isnull=True)
                | Q(kind=VenueKind.LICENCE, host_key__isnull=False, host_key_since__isnull=False),
                name="venue_host_key_of_licence",
            ),
            models.UniqueConstraint(
                fields=["centre", "name"], nulls_distinct=False, name="venue_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Slot(models.Model):
    """A weekly time at a venue, on the clock of the house, so that summer time does not move it."""

    venue = models.ForeignKey(
        Venue, models.PROTECT, related_name="slots", verbose_name=_("room or licence")
    )
    # Whose groups it is for, also when a licence is shared and the group has given it up.
    centre = models.ForeignKey(
        Centre,
        models.PROTECT,
        related_name="slots",
        db_index=False,
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("centre"),
    )
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=WEEKDAY_CHOICES)
    starts = models.TimeField(_("starts"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=120)
    first_date = models.DateField(_("first date"))
    given_up_on = models.DateField(_("given up from"), null=True, blank=True)
    break_from = models.DateField(_("break from"), null=True, blank=True)
    break_until = models.DateField(_("meets again from"), null=True, blank=True)
    holder = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="slots",
        null=True,
        blank=True,
        verbose_name=_("held by"),
        help_text=_("An organisation that borrows the room. Empty for a group of the centre."),
    )

    class Meta:
        verbose_name = _("weekly time")
        verbose_name_plural = _("weekly times")
        ordering = ["weekday", "starts", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_date__iso_week_day=F("weekday") + 1),
                name="slot_first_date_on_weekday",
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(15, 480)), name="slot_minutes_in_reason"
            ),
            models.CheckConstraint(
                condition=Q(break_from__isnull=True, break_until__isnull=True)
                | Q(
                    break_from__isnull=False,
                    break_until__isnull=False,
                    break_until__gt=F("break_from"),
                ),
                name="slot_break_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{WEEKDAY_NAMES[self.weekday]} {self.starts:%H.%M}"

    @property
    def week_slot(self) -> str:
        """The part of the week it belongs to, such as "tue-evening"."""
        return week_slot(self.weekday, self.starts)

    @property
    def week_slot_label(self) -> str:
        return str(label(self.week_slot))

    def is_on_break(self, day: date) -> bool:
        return (
            self.break_from is not None
            and self.break_until is not None
            and self.break_from <= day < self.break_until
        )


TAKES_THE_VENUE = Q(skipped_because="", cancelled_at__isnull=True)


class BookingQuerySet(models.QuerySet["Booking"]):
    def taking_the_venue(self) -> "BookingQuerySet":
        """Those that keep others out: neither skipped nor cancelled."""
        return self.filter(TAKES_THE_VENUE)


class Booking(models.Model):
    """One dated use of a venue: a meeting of a weekly time, or a single occasion."""

    venue = models.ForeignKey(
        Venue, models.PROTECT, related_name="bookings", verbose_name=_("room or licence")
    )
    slot = models.ForeignKey(
        Slot,
        models.CASCADE,
        related_name="bookings",
        null=True,
        blank=True,
        verbose_name=_("weekly time"),
    )
    event = models.ForeignKey(
        "centres.Event",
        models.CASCADE,
        related_name="bookings",
        null=True,
        blank=True,
        verbose_name=_("event"),
    )
    holder = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="bookings",
        null=True,
        blank=True,
        verbose_name=_("lent to"),
        help_text=_("An organisation that borrows the room or licence once."),
    )
    span = DateTimeRangeField(_("from and to"))
    skipped_because = models.CharField(
        _("skipped because"), max_length=7, choices=Skipped, blank=True
    )
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    held = models.BooleanField(_("held"), null=True, blank=True)
    head_count = models.PositiveSmallIntegerField(_("how many came"), null=True, blank=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["span"]
        constraints = [
            ExclusionConstraint(
                name="booking_venue_taken_once",
                expressions=[
                    ("venue", RangeOperators.EQUAL),
                    ("span", RangeOperators.OVERLAPS),
                ],
                condition=TAKES_THE_VENUE,
                violation_error_message=_("The room or licence is taken at that time."),
            ),
            models.CheckConstraint(
                condition=Q(slot__isnull=True, event__isnull=True)
                | Q(slot__isnull=True, holder__isnull=True)
                | Q(event__isnull=True, holder__isnull=True),
                name="booking_of_one",
            ),
            models.CheckConstraint(
                condition=Q(span__isempty=False, span__lower_inf=False, span__upper_inf=False),
                name="booking_span_whole",
            ),
            models.CheckConstraint(
                condition=Q(skipped_because="") | Q(skipped_because__in=Skipped.values),
                name="booking_skip_reason_known",
            ),
            models.CheckConstraint(
                condition=Q(head_count__isnull=True) | Q(held__isnull=False, held=True),
                name="booking_head_count_of_held",
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


@dataclass(frozen=True)
class SkippedDate:
    """A date of a weekly time that is not held; the words may be the calendar's or staff's."""

    day: date
    because: Skipped
    words: str | Promise
