"""What people have asked the demo's centres: some of it answered, one nearly forgotten."""

from datetime import datetime, timedelta

from centres.domain.enquiries import Words, ask, take_care_of, write_down
from centres.models import Enquiry, Municipality
from centres.states import EnquiryChannel, EnquiryKind
from groups.demo.house import House
from groups.demo.people import PHONE

DAY = timedelta(days=1)


def let_ask(tromso: House, *, now: datetime) -> None:
    """A handful of enquiries; once is enough."""
    centre = tromso.centre
    if Enquiry.objects.filter(centre=centre).exists():
        return
    ask(
        centre,
        words=Words(
            kind=EnquiryKind.INFO_MEETING,
            organisation="Biblioteket",
            municipality=_municipality("5501"),
            text="Hvem er møtet for? Alle som bor der\nOmtrent når passer det? En kveld i februar",
            name="Berit",
            email="bibliotek@example.org",
        ),
        now=now - 2 * DAY,
    )
    ask(
        centre,
        words=Words(kind=EnquiryKind.VOLUNTEER, name="Sverre", phone=PHONE.format(81_001)),
        now=now - 6 * DAY,
    )
    ask(
        centre,
        words=Words(
            kind=EnquiryKind.BORROW,
            organisation="En tolvtrinnsgruppe",
            text="Hva vil dere låne? Et rom\nNår, og hvor ofte? Torsdager klokka sju",
            phone=PHONE.format(81_002),
        ),
        now=now - 360 * DAY,
    )
    answered = ask(
        centre,
        words=Words(
            kind=EnquiryKind.QUESTION,
            text="Koster det noe å være med?",
            email="spor@example.org",
        ),
        now=now - 12 * DAY,
    )
    take_care_of(answered, by=tromso.coordinator, now=now - 11 * DAY)
    write_down(
        centre,
        words=Words(kind=EnquiryKind.QUESTION),
        channel=EnquiryChannel.PHONE,
        by=tromso.coordinator,
        is_done=True,
        now=now - DAY,
    )
    ask(
        None,
        words=Words(kind=EnquiryKind.ACCESSIBILITY, text="Skriften er liten på telefonen min."),
        now=now - 3 * DAY,
    )


def _municipality(number: str) -> Municipality | None:
    return Municipality.objects.filter(number=number).first()
