"""What the centres say to those who write to them."""

from datetime import datetime

from centres.enquiries import BY_KIND
from centres.models import Enquiry
from centres.states import EnquiryKind
from linkcenter import letters, outbox
from linkcenter.models import Channel, Message


def enquiry_received(enquiry: Enquiry, *, now: datetime) -> Message:
    """Say that an enquiry has come, and what happens next. What was written is not repeated."""
    letter = letters.write(
        "enquiry_received",
        language=enquiry.language,
        enquiry=enquiry,
        centre=enquiry.centre,
        next_steps=BY_KIND[EnquiryKind(enquiry.kind)].next_steps,
    )
    return outbox.queue(
        enquiry,
        matter=f"enquiry:{enquiry.pk}",
        kind="enquiry_received",
        channel=Channel.EMAIL,
        to=enquiry.email or "",
        language=enquiry.language,
        subject=letter.subject,
        text=letter.text,
        now=now,
    )
