"""One row of everything that the admin lists, by its model."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Model

from centres.models import (
    Article,
    Booking,
    Centre,
    CrisisLine,
    Enquiry,
    Event,
    Invitation,
    Key,
    Municipality,
    Organisation,
    Slot,
    StaffRole,
    Venue,
)
from centres.states import Role
from groups.domain.forming.match_runs import propose
from groups.models import (
    Export,
    FollowUp,
    Initiator,
    MatchRun,
    PlanStep,
    SelfHelpGroup,
    StatisticsSnapshot,
)
from linkcenter.messages.outbox import queue
from linkcenter.models import JobRun, Message, User
from linkcenter.tokens import hash_token, new_seed, token_for
from participants.models import ConsentText, KeepApart, ReadLog, Registration, Theme
from tests import recipes

HALF_YEAR = date(2026, 1, 1)
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


def group(centre: Centre) -> SelfHelpGroup:
    return recipes.seat(recipes.group(centre)).group


def message(centre: Centre) -> Message:
    return queue(
        recipes.participant(centre),
        matter="a",
        kind="receipt",
        channel="call",
        to="+4741234567",
        language="nb",
        subject="Hei",
        text="Hei",
    )


def pair(centre: Centre) -> KeepApart:
    first, second = (recipes.participant(centre) for _two in range(2))
    return KeepApart.objects.create(first=first, second=second)


def consent_text(centre: Centre) -> ConsentText:
    return ConsentText.objects.create(purpose="contact", language="nb", version=1, text="Ja.")


def invitation(centre: Centre) -> Invitation:
    seed = new_seed()
    return Invitation.objects.create(
        email="ny@example.org",
        name="Ny",
        role=Role.COORDINATOR,
        centre=centre,
        seed=seed,
        token_hash=hash_token(token_for(seed)),
        sent_at=NOW,
        expires_at=NOW + timedelta(days=7),
    )


# One row of each list. A list that is not here fails the test below.
ONE: dict[type[Model], Callable[[Centre], Any]] = {
    Article: lambda centre: recipes.news(centre=centre),
    Booking: lambda centre: group(centre).slot.bookings.first(),  # type: ignore[union-attr]
    Centre: lambda centre: recipes.centre(),
    ConsentText: consent_text,
    CrisisLine: lambda centre: CrisisLine.objects.create(
        number="116 123", name_nb="Noen", who_nb="Alle", hours_nb="Alltid", position=1
    ),
    Enquiry: lambda centre: recipes.enquiry(centre),
    Event: lambda centre: recipes.sign_up(recipes.event(centre, attendance="sign_up")).event,
    Export: lambda centre: Export.objects.create(
        centre=centre,
        by=recipes.staff(Role.COORDINATOR, centre),
        role=Role.COORDINATOR,
        what="waiting",
        reason="meeting",
        columns=["reference"],
        rows=7,
    ),
    FollowUp: lambda centre: group(centre).follow_ups.create(
        what="talk", due=date(2026, 11, 25), owner=recipes.staff(Role.COORDINATOR, centre)
    ),
    Initiator: lambda centre: recipes.initiator(centre),
    Invitation: invitation,
    JobRun: lambda centre: JobRun.objects.create(job="x", started_at=NOW, finished_at=NOW),
    KeepApart: pair,
    Key: lambda centre: recipes.key(recipes.venue(centre), holder="Kari", since=date(2026, 1, 1)),
    MatchRun: lambda centre: propose([centre], actor=None, now=NOW),
    Message: message,
    Municipality: lambda centre: recipes.municipality(),
    Organisation: lambda centre: Organisation.objects.create(name="Kirken"),
    PlanStep: lambda centre: centre.plan_steps.create(what="talk", number=6, counted_in="weeks"),
    ReadLog: lambda centre: ReadLog.objects.create(
        participant=recipes.participant(centre),
        reader=recipes.staff(Role.COORDINATOR, centre),
        role=Role.COORDINATOR,
        centre=centre,
        door="person",
        reason="called",
    ),
    Registration: lambda centre: recipes.waiting(centre),
    SelfHelpGroup: group,
    Slot: lambda centre: group(centre).slot,
    StaffRole: lambda centre: recipes.staff(Role.COORDINATOR, centre).staff_roles.get(),
    StatisticsSnapshot: lambda centre: StatisticsSnapshot.objects.create(
        scope="centre", scope_key=f"{centre.pk}", first_day=HALF_YEAR, counts={}, frozen_at=NOW
    ),
    Theme: lambda centre: Theme.objects.create(slug="sorg", name_nb="Sorg"),
    User: lambda centre: recipes.staff(Role.COORDINATOR, centre),
    Venue: lambda centre: recipes.venue(centre),
}
