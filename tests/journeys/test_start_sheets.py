"""The start sheet and the form to sign, on paper: each is one page of A4 for the biggest group."""

import re
from datetime import date

import pytest
from django.utils import timezone

from groups.domain.asking.answering import say_yes
from groups.domain.asking.asking import ask
from groups.domain.initiators import helping
from groups.domain.lifecycle.settling import settle
from linkcenter.tokens import token_for
from tests import recipes

pytestmark = [pytest.mark.browser, pytest.mark.prove]

PAGES_IN_PDF = re.compile(rb"/Type\s*/Page\b")
LONG = "Anne-Elisabeth Margrethe fra Nedre Bygdin"


@pytest.fixture
def address(transactional_db):
    """Of somebody who helps a group of eight with long names, a key and a door to explain."""
    centre = recipes.centre(
        name="Læring, informasjon og nettverk for innbyggere i Nordre Sunnmøre",
        phones=["413 33 186"],
        visiting_address="Storgata 1234, inngang fra bakgården, tredje etasje til venstre",
        initiator_meetings=6,
    )
    group = recipes.group(centre, min_size=4, max_size=8, weeks=20)
    room = group.slot.venue
    room.door, room.own_key, room.step_free = "Ring på hos naboen til høyre. " * 5, True, True
    room.save()
    today = timezone.localdate()
    recipes.key(room, number="12-B", holder=LONG, since=today, slot=group.slot)
    for _place in range(8):
        recipes.seat(group, recipes.waiting(centre, {"phone": "+4748123456"}))
    ask(group, actor=None)
    for seat in group.seats.all():
        say_yes(seat, actor=None)
    group = settle(group, first_date=date(2026, 11, 24), actor=None)
    group.seats.update(shared_name=LONG[:40], shares_phone=True, shared_at=timezone.now())
    helper = recipes.initiator(centre)
    helping.put_on(group, helper, actor=None)
    return f"/igangsetter/{token_for(helper.links.get().seed)}", group.pk


def test_each_sheet_is_one_page_of_a4(browser, live_server, address):
    area, group = address
    context = browser.new_context(locale="nb-NO")
    page = context.new_page()

    for sheet in ("startark", "taushet"):
        page.goto(f"{live_server.url}{area}/{sheet}/{group}/")
        pdf = page.pdf(prefer_css_page_size=True)
        assert len(PAGES_IN_PDF.findall(pdf)) == 1, sheet
    context.close()
