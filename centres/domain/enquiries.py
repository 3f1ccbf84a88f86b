"""Enquiries: they come in, somebody takes care of them, and what was written is forgotten."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centres import mail
from centres.models import Centre, Enquiry, Municipality
from centres.models.enquiries import KEEP_OPEN, PERSONAL
from centres.states import EnquiryActivity, EnquiryChannel
from linkcenter.models import Message, MessageState, User
from linkcenter.personal_data import erasures
from linkcenter.timeline import record


class EnquiryError(Exception):
    """Something about an enquiry was refused; ``message`` says so to the reader."""

    message: str | Promise


class AlreadyTakenCareOf(EnquiryError):
    message = _("Somebody has taken care of this already.")


class AlreadyThere(EnquiryError):
    message = _("It is there already. Choose somebody else to hand it over to.")


class TheirsAlready(EnquiryError):
    message = _("They answer it already.")


class AlreadyForgotten(EnquiryError):
    message = _("What was written is deleted already.")


@dataclass(frozen=True, kw_only=True)
class Words:
    """What somebody asks or tells, and how to reach them. Phone in E.164."""

    kind: str
    text: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    organisation: str = ""
    municipality: Municipality | None = None
    page: str = ""
    language: str = "nb"


def ask(
    centre: Centre | None,
    *,
    words: Words,
    form_id: UUID | None = None,
    now: datetime | None = None,
) -> Enquiry:
    """The enquiry is with ``centre``, or with the administrators when there is none.

    Who wrote an e-mail address gets a receipt. The same form sent again, also at the same moment,
    gives the enquiry that was made first.
    """
    now = now or timezone.now()

    def make() -> Enquiry:
        enquiry = _create(centre, words, EnquiryChannel.WEB, form_id, now)
        record(enquiry, EnquiryActivity.RECEIVED, now=now)
        if enquiry.email:
            mail.enquiry_received(enquiry, now=now)
        return enquiry

    return _once(form_id, make)


def write_down(
    centre: Centre | None,
    *,
    words: Words,
    channel: str,
    by: User,
    is_done: bool = False,
    form_id: UUID | None = None,
    now: datetime | None = None,
) -> Enquiry:
    """What somebody said to ``by`` is an enquiry as well, perhaps answered there and then.

    Silent: who spoke to somebody has been heard. The same form sent twice is one enquiry.
    """
    now = now or timezone.now()

    def make() -> Enquiry:
        enquiry = _create(centre, words, channel, form_id, now)
        record(enquiry, EnquiryActivity.WRITTEN_DOWN, actor=by, now=now)
        if is_done:
            take_care_of(enquiry, by=by, now=now)
        return enquiry

    return _once(form_id, make)


def _once(form_id: UUID | None, make: Callable[[], Enquiry]) -> Enquiry:
    if form_id and (made := made_from(form_id)):
        return made
    try:
        with transaction.atomic():
            return make()
    except IntegrityError:
        if form_id and (made := made_from(form_id)):
            return made
        raise


def made_from(form_id: UUID) -> Enquiry | None:
    """The enquiry that the form with this id has become, if it was sent."""
    return Enquiry.objects.select_related("centre").filter(form_id=form_id).first()


def _create(
    centre: Centre | None, words: Words, channel: str, form_id: UUID | None, now: datetime
) -> Enquiry:
    return Enquiry.objects.create(
        kind=words.kind,
        centre=centre,
        channel=channel,
        municipality=words.municipality,
        organisation=words.organisation,
        page=words.page,
        language=words.language,
        created_at=now,
        form_id=form_id,
        **{name: getattr(words, name) or None for name in PERSONAL},
    )


@transaction.atomic
def take_care_of(enquiry: Enquiry, *, by: User, now: datetime | None = None) -> None:
    """Somebody has answered, or done what there was to do. Raises ``AlreadyTakenCareOf``."""
    now = now or timezone.now()
    if not Enquiry.objects.open().filter(pk=enquiry.pk).update(handled_at=now, handled_by=by):
        raise AlreadyTakenCareOf
    enquiry.refresh_from_db()
    record(enquiry, EnquiryActivity.TAKEN_CARE_OF, actor=by, now=now)


@transaction.atomic
def give_to(enquiry: Enquiry, *, colleague: User, actor: User, now: datetime | None = None) -> None:
    """``colleague`` answers it. Raises ``AlreadyTakenCareOf`` or ``TheirsAlready``."""
    held = Enquiry.objects.open().select_for_update(of=("self",)).filter(pk=enquiry.pk).first()
    if held is None:
        raise AlreadyTakenCareOf
    if held.taken_by_id == colleague.pk:
        raise TheirsAlready
    held.taken_by = colleague
    held.save(update_fields=["taken_by"])
    record(held, EnquiryActivity.GIVEN_TO, actor=actor, now=now)


@transaction.atomic
def hand_over(
    enquiry: Enquiry, *, centre: Centre | None, by: User, now: datetime | None = None
) -> None:
    """It is for ``centre`` to answer from now on, or for the administrators when that is None.

    Silent: the form says that it may be handed on. The days go on counting from when it came.
    Raises ``AlreadyTakenCareOf`` or ``AlreadyThere``.
    """
    held = Enquiry.objects.open().select_for_update(of=("self",)).filter(pk=enquiry.pk).first()
    if held is None:
        raise AlreadyTakenCareOf
    if held.centre_id == (centre.pk if centre else None):
        raise AlreadyThere
    held.centre, held.taken_by = centre, None
    held.save(update_fields=["centre", "taken_by"])
    enquiry.centre = centre
    record(held, EnquiryActivity.HANDED_OVER, actor=by, fields=["centre"], now=now)


@transaction.atomic
def forget(enquiry: Enquiry, *, by: User | None = None, now: datetime | None = None) -> None:
    """What was written, and by whom, is gone; the row stays for the yearly count.

    An open one leaves the lists with it. Where somebody decides it, and not the calendar, a mark is
    written into the ledger first, so that it does not come back with a backup. Raises
    ``AlreadyForgotten``.
    """
    now = now or timezone.now()
    held = Enquiry.objects.select_for_update().filter(pk=enquiry.pk).first()
    if held is None or held.forgotten_at:
        raise AlreadyForgotten
    if by is not None:
        erasures.note(held, made_at=held.created_at, now=now)
    Enquiry.objects.filter(pk=held.pk).update(
        forgotten_at=now, organisation="", page="", **dict.fromkeys(PERSONAL)
    )
    _forget_messages(held)
    record(held, EnquiryActivity.FORGOTTEN, actor=by, now=now)


def back_from_a_backup() -> Iterator[Enquiry]:
    """Those that staff have forgotten before and are here again with all their words."""
    marks = erasures.marks()
    for enquiry in Enquiry.objects.filter(forgotten_at=None).iterator():
        if erasures.mark(enquiry, made_at=enquiry.created_at) in marks:
            yield enquiry


def _forget_messages(enquiry: Enquiry) -> None:
    kind = ContentType.objects.get_for_model(Enquiry)
    messages = Message.objects.filter(recipient_type=kind, recipient_id=enquiry.pk)
    messages.untold().update(state=MessageState.CANCELLED)
    messages.filter(Q(text__isnull=False) | Q(to__isnull=False)).update(text=None, to=None)


def forgotten_on(enquiry: Enquiry) -> datetime:
    """When the nightly job forgets an open ``enquiry`` if nobody takes care of it."""
    return enquiry.created_at + KEEP_OPEN
