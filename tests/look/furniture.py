"""What the demo lacks and the pages have to show: all sorts of events, news, personal links."""

from datetime import timedelta

from django.utils import timezone

from centres.domain.staff import inviting
from centres.models import Article, Centre
from centres.states import ArticleKind, Attendance, EventKind, Role, SignUpState
from groups.domain.running.taking_over import pass_on
from groups.domain.waiting.questions import ask_one_question
from groups.models import SelfHelpGroup
from groups.states import GroupState
from linkcenter.log_in import password_links
from participants.domain.person.links import issue_link
from participants.models import Participant
from participants.states import LinkPurpose
from tests import recipes

WEEK = timedelta(weeks=1)
LONG = "Temakveld om sorg, søvn, samliv og samtaler for nærmeste pårørende i Nord-Troms"


def furnish() -> None:
    tromso = Centre.objects.get(slug="link-tromso")
    _events(tromso)
    _news(tromso)
    _personal_links()
    _question(tromso)
    _group_links()
    _ways_in(tromso)
    tromso.notice_nb = "Heisen står. Ring på, så kommer vi ned og hjelper deg opp."
    tromso.save()


def _ways_in(centre: Centre) -> None:
    """Somebody new is invited, somebody who works here is, and one has forgotten the password."""
    user = recipes.staff(Role.COORDINATOR, centre)
    for email in ("ny@example.org", user.email):
        lead = {"name": "Ny Ansatt", "role": Role.LEAD, "centre": centre}
        inviting.invite(email, by=None, language="nb", **lead)
    password_links.send(user.pk)


def _events(centre: Centre) -> None:
    """To just come to, to sign up for, full, cancelled, over, on video, and of a long name."""
    now = timezone.now()
    recipes.event(
        centre,
        title_nb="Åpen kveld om selvhjelp",
        starts_at=now + WEEK,
        ends_at=now + WEEK + timedelta(hours=2),
        place="Sjøgata 2, Tromsø",
        audience="alle som er nysgjerrige",
    )
    to_sign_up = {"attendance": Attendance.SIGN_UP, "kind": EventKind.INITIATOR_TRAINING}
    few = recipes.event(
        centre, title_nb="Kurs for igangsettere", starts_at=now + 2 * WEEK, capacity=2, **to_sign_up
    )
    recipes.sign_up(few)
    full = recipes.event(centre, title_nb=LONG, starts_at=now + 3 * WEEK, capacity=1, **to_sign_up)
    recipes.sign_up(full)
    recipes.sign_up(full, state=SignUpState.WAITING)
    recipes.event(
        centre,
        title_nb="Helsekafé",
        starts_at=now + 4 * WEEK,
        cancelled_at=now,
        cancelled_because="Den som skulle snakke, er syk",
    )
    recipes.event(centre, title_nb="Møte på skjermen", starts_at=now + 5 * WEEK, digital=True)
    recipes.event(centre, title_nb="Julekaffe", starts_at=now - WEEK)


def _news(centre: Centre) -> None:
    today = timezone.localdate()
    for number, (title, owner) in enumerate(
        [("Nye grupper etter jul", None), ("Vi har fått nytt hus", centre), (LONG, centre)]
    ):
        Article.objects.create(
            kind=ArticleKind.NEWS,
            slug=f"nytt-{number}",
            centre=owner,
            title_nb=title,
            summary_nb="Kort fortalt om det som er nytt, i en setning eller to.",
            body_nb="Dette er nytt.\n\n## Mer om det\n\n- Ett\n- To\n\n> Det var godt å bli hørt.",
            published=True,
            published_on=today - number * timedelta(days=9),
        )


def _personal_links() -> None:
    """To the own page of somebody who waits."""
    now = timezone.now()
    person = Participant.objects.filter(email__isnull=False).earliest("pk")
    issue_link(person, LinkPurpose.ENTER, expires_at=now + WEEK, path="/lenke/{token}/", now=now)


def _question(centre: Centre) -> None:
    """To somebody who waits: would one evening more do as well?"""
    waiting = recipes.waiting(centre, kind="social", format="physical", any_theme=False)
    ask_one_question(waiting, "slot:wed-evening", actor=None)


def _group_links() -> None:
    """By which somebody becomes the contact of a group."""
    groups = SelfHelpGroup.objects.filter(state=GroupState.SELF_RUN, contact__isnull=False)
    group = groups.earliest("pk")
    pass_on(group, contact=group.contact)
