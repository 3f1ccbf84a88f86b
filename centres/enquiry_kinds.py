"""The kinds of enquiry: what each asks for, what must be answered, and what happens afterwards."""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centres.states import EnquiryKind

Text = str | Promise

REACH = ("name", "phone", "email")
PLACE = ("municipality", "centre")  # how the centre is found where the address names none

_SEND = _("Send")
_READ = _("Somebody who works with this reads it.")
_WHERE_YOU_ARE = _("In which municipality are you?")
_WITHIN_A_WEEK = _("We call or write within a week.")


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of enquiry as people meet it. ``slug`` is the last part of its address.

    ``asks`` are the questions in their order, and ``needs`` those that must be answered. Without
    ``needs_answer`` it is up to the person whether we can reach them.
    """

    slug: str
    code: EnquiryKind
    heading: Text
    lead: Text
    asks: tuple[str, ...]
    needs: frozenset[str]
    next_steps: tuple[Text, ...]
    submit_label: Text = _SEND
    needs_answer: bool = True
    is_from_partner: bool = False  # somebody who meets people that could use a group
    # Where a question has words of its own:
    labels: dict[str, Text] = field(default_factory=dict)
    helps: dict[str, Text] = field(default_factory=dict)


_SHORT = _("Write short. Leave out your health and the names of others: we can talk about that.")

KINDS = (
    Kind(
        slug="sporsmal",
        code=EnquiryKind.QUESTION,
        heading=_("Ask us"),
        lead=_("Ask about groups, a centre or something else. No question is too small."),
        asks=("text", *PLACE, *REACH),
        needs=frozenset({"text"}),
        next_steps=(_READ, _WITHIN_A_WEEK),
        submit_label=_("Send the question"),
        labels={"text": _("What would you like to ask?")},
        helps={"text": _SHORT},
    ),
    Kind(
        slug="informasjonsmote",
        code=EnquiryKind.INFO_MEETING,
        heading=_("Invite us to an information meeting"),
        lead=_("We gladly come and tell about self-help. It is free, and we find a day together."),
        asks=("organisation", "municipality", "audience", "when", "people", "text", *REACH),
        needs=frozenset({"organisation", "municipality", "audience", "name"}),
        is_from_partner=True,
        next_steps=(_READ, _("We call or write within a week to agree on a day."), _("We come.")),
        submit_label=_("Send the invitation"),
        labels={
            "text": _("Is there anything else we should know?"),
            "organisation": _("Who invites us?"),
            "municipality": _("In which municipality is the meeting?"),
        },
        helps={"text": _("Such as the place, or what you would like to hear most about.")},
    ),
    Kind(
        slug="frivillig",
        code=EnquiryKind.VOLUNTEER,
        heading=_("Become a volunteer"),
        lead=_("Make coffee, hang up posters or meet people at the door: every hand helps."),
        asks=("text", *PLACE, *REACH),
        needs=frozenset({"name"}),
        next_steps=(_READ, _("We call or write within a week, and you come by for a talk.")),
        labels={"text": _("What would you like to help with?")},
        helps={"text": _SHORT},
    ),
    Kind(
        slug="igangsetter",
        code=EnquiryKind.INITIATOR,
        heading=_("Become an initiator"),
        lead=_("You help new groups through their first meetings. We train you before you begin."),
        asks=("text", *PLACE, *REACH),
        needs=frozenset({"name"}),
        next_steps=(
            _READ,
            _("We call or write within a week, and we have a talk."),
            _("You are told when the next training is. You decide after that."),
        ),
        labels={"text": _("Why would you like to do this?")},
        helps={"text": _SHORT},
    ),
    Kind(
        slug="organisasjon",
        code=EnquiryKind.ORGANISATION,
        heading=_("Join as an organisation"),
        lead=_("Does your organisation meet people who could use a group? Let us work together."),
        asks=("organisation", "text", *PLACE, *REACH),
        needs=frozenset({"organisation", "text", "name"}),
        is_from_partner=True,
        next_steps=(_READ, _("We call or write within a week to find a time to meet.")),
        labels={
            "text": _("What would you like to do together with us?"),
            "organisation": _("What is your organisation called?"),
            "municipality": _WHERE_YOU_ARE,
        },
        helps={"text": _("Write short, and nothing about single persons.")},
    ),
    Kind(
        slug="lan",
        code=EnquiryKind.BORROW,
        heading=_("Borrow a room or a video licence"),
        lead=_("Groups and organisations borrow for free when nobody else needs it."),
        asks=("what", "when", "people", "organisation", "text", *PLACE, *REACH),
        needs=frozenset({"what", "when", "name"}),
        is_from_partner=True,
        next_steps=(_READ, _("We call or write within a week and say what is free.")),
        labels={
            "text": _("Is there anything else we should know?"),
            "organisation": _("Which group or organisation is it for?"),
            "when": _("When, and how often?"),
            "municipality": _WHERE_YOU_ARE,
        },
        helps={
            "text": _("Such as step-free access or a hearing loop. Nothing about single persons."),
            "when": _("Such as every Tuesday at six."),
        },
    ),
    Kind(
        slug="feil",
        code=EnquiryKind.WRONG,
        heading=_("Is something wrong here?"),
        lead=_("A wrong number or old opening hours? Thank you for telling us."),
        asks=("page", "text", "email"),
        needs=frozenset({"text"}),
        next_steps=(_READ, _("We find out, and put it right on the page.")),
        needs_answer=False,
        submit_label=_("Tell us"),
        labels={"text": _("What is wrong?")},
        helps={"text": _("Write what should stand there instead, if you know it.")},
    ),
    Kind(
        slug="tilgjengelighet",
        code=EnquiryKind.ACCESSIBILITY,
        heading=_("Is a page hard to use?"),
        lead=_(
            "Everybody shall be able to use these pages. "
            "Tell us what stopped you, and we try to mend it."
        ),
        asks=("page", "text", "phone", "email"),
        needs=frozenset({"text"}),
        next_steps=(
            _READ,
            _("We mend what we can. If you wrote how to reach you, you get an answer."),
            _("An answer normally comes within three weeks, and no later than six."),
        ),
        needs_answer=False,
        submit_label=_("Tell us"),
        labels={"text": _("What is hard to use?")},
        helps={"text": _("You may write which browser or aid you use. You need not say why.")},
    ),
)
BY_SLUG = {kind.slug: kind for kind in KINDS}
BY_CODE = {kind.code: kind for kind in KINDS}
