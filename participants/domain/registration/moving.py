"""Moving somebody to another centre, which keeps its own records: with their yes, and told once."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centres.models import Centre
from linkcenter.messages import outbox
from linkcenter.models import User
from linkcenter.timeline import record
from participants import mail
from participants.domain.errors import ConsentMissing, NotTakingRegistrations, RegistrationError
from participants.domain.locks import locked
from participants.domain.person import consents
from participants.domain.person.consents import Agreement
from participants.domain.person.last_heard import heard
from participants.domain.person.links import FIRST_LINK_LIFE, entry_link
from participants.domain.registration.closing import close
from participants.domain.registration.interest import Interest, purposes_needed
from participants.models import Participant, Registration
from participants.states import CloseReason, ConsentPurpose, GivenBy, PersonActivity

# What goes along. Talks, notes, messages and whom to keep apart stay, and so does the short text,
# which was written to the centre here.
OF_THE_PERSON = (
    *("name", "phone", "email", "postal_address", "preferred_way", "may_leave_message"),
    *("do_not_send", "safe_times", "language", "birth_year", "confirmed_adult_on", "gender"),
    "municipality_id",
)
OF_THE_INTEREST = (
    *("registered_at", "channel", "role", "kind", "format", "any_theme", "availability"),
    *("languages", "gender_wish", "age_near_mine", "needs", "practical_needs"),
    *("would_initiate", "digital_elsewhere", "paused_until"),
)


class SameCentre(RegistrationError):
    message = _("The person is at this centre already. Choose another one.")


def where_to(registration: Registration) -> QuerySet[Centre]:
    """The centres that the person can be moved to."""
    others = Centre.objects.exclude(pk=registration.participant.centre_id)
    return others.filter(takes_registrations=True).order_by("sort_name", "pk")


def asked_for(registration: Registration, to: Centre) -> dict[ConsentPurpose, Centre]:
    """What the person is asked to say yes to, and whose text it is: the move here, the rest there.

    The yes to the move and to contact are needed. Without the one to themes, no theme goes along.
    """
    themes = [theme.slug for theme in registration.themes.all()]
    interest = Interest(themes=themes, digital_elsewhere=registration.digital_elsewhere)
    needed = purposes_needed(to, interest)
    asked = {ConsentPurpose.MOVE: registration.participant.centre}
    return asked | {each: to for each in ConsentPurpose if each in needed}


@transaction.atomic
def move(
    registration: Registration,
    *,
    to: Centre,
    agreement: Agreement,
    actor: User | None = None,
    now: datetime | None = None,
) -> Registration:
    """The person is registered at ``to`` with the date they have, and the case here is closed.

    What they held here is free. Of what they had said yes to here only the yes to the move holds
    on: it proves the copy. They are told once, by the new centre. Raises ``AlreadyClosed``,
    ``SameCentre``, ``NotTakingRegistrations`` or ``ConsentMissing``. Source: each operator is a
    data controller of its own, so that what is copied is copied with consent.
    """
    now = now or timezone.now()
    registration = locked(registration)
    person = registration.participant
    if to.pk == person.centre_id:
        raise SameCentre
    if not to.takes_registrations:
        raise NotTakingRegistrations
    asked = asked_for(registration, to)
    given = {purpose for purpose in asked if purpose in agreement.purposes}
    needed = set(asked) & {ConsentPurpose.MOVE, ConsentPurpose.CONTACT}
    if missing := needed - given:
        raise ConsentMissing(*sorted(missing))
    _give(person, {ConsentPurpose.MOVE}, agreement, actor=actor, now=now)
    holding = person.consents.filter(withdrawn_at__isnull=True)
    holding.exclude(text__purpose=ConsentPurpose.MOVE).withdraw(now)
    heard(person, now=now)
    there = _copy(registration, to, refused=set(asked) - given, now=now)
    _give(there.participant, given - {ConsentPurpose.MOVE}, agreement, actor=actor, now=now)
    record(registration, PersonActivity.MOVED_AWAY, actor=actor, now=now)
    close(registration, reason=CloseReason.MOVED, actor=actor, now=now)
    outbox.cancel(person, matter=mail.matter(registration))
    record(there, PersonActivity.MOVED_HERE, actor=actor, now=now)
    link = entry_link(there.participant, life=FIRST_LINK_LIFE, now=now)
    mail.moved(there, link=link, now=now)
    return there


def _copy(
    registration: Registration, to: Centre, *, refused: set[ConsentPurpose], now: datetime
) -> Registration:
    """The same person with the same interest at ``to``, without what they have not agreed to."""
    person = registration.participant
    copy = Participant.objects.create(
        centre=to, **{name: getattr(person, name) for name in OF_THE_PERSON}
    )
    interest = {name: getattr(registration, name) for name in OF_THE_INTEREST}
    themes = list(registration.themes.all())
    if ConsentPurpose.THEME in refused:
        themes, interest["any_theme"] = [], True
    if ConsentPurpose.DIGITAL in refused:
        interest["digital_elsewhere"] = False
    there = Registration.objects.create(participant=copy, heard_at=now, **interest)
    there.themes.set(themes)
    return there


def _give(
    person: Participant,
    purposes: set[ConsentPurpose],
    agreement: Agreement,
    *,
    actor: User | None,
    now: datetime,
) -> None:
    new = purposes - {ConsentPurpose(code) for code in consents.given(person)}
    consents.give(
        person,
        sorted(new),
        language=agreement.language,
        given_by=agreement.given_by,
        recorded_by=None if agreement.given_by == GivenBy.WEB else actor,
        now=now,
    )
