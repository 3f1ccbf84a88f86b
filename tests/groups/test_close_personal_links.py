"""After a leak an operator closes every link that was mailed, and everybody's visits."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from centres.domain.events.sign_ups import find_sign_up
from groups.domain.initiators.links import initiator_with, new_initiator_link
from linkcenter.tokens import token_for
from participants.domain.person.links import find_link, issue_link
from participants.states import LinkPurpose
from tests import recipes

pytestmark = pytest.mark.django_db


def test_no_link_of_before_opens_anything_and_a_new_one_does(client, capsys):
    now = timezone.now()
    person = recipes.participant(recipes.centre())
    initiator = recipes.initiator(person.centre)
    sign_up = recipes.sign_up(recipes.event(centre=person.centre))
    client.force_login(recipes.staff("administrator"))

    def personal_link():
        week = now + timedelta(days=7)
        made = issue_link(person, LinkPurpose.ENTER, expires_at=week, path="/{token}/", now=now)
        return token_for(made.seed)

    def own_page(token):
        return find_link(token, LinkPurpose.ENTER, now=timezone.now())

    personal, seed = personal_link(), sign_up.seed
    helping = token_for(new_initiator_link(initiator, path="/{token}/", now=now).seed)
    assert own_page(personal)
    assert initiator_with(helping, now=now)
    assert find_sign_up(token_for(seed))

    call_command("close_personal_links")

    assert own_page(personal) is None
    assert initiator_with(helping, now=now) is None
    assert find_sign_up(token_for(seed)) is None
    assert not Session.objects.exists()
    assert capsys.readouterr().out == "3 links closed, 1 visits ended.\n"
    sign_up.refresh_from_db()
    assert find_sign_up(token_for(sign_up.seed)) == sign_up
    assert own_page(personal_link())
