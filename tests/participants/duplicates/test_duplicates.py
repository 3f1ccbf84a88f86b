"""The same person registered twice: found by phone or e-mail, and closed by staff."""

from datetime import timedelta

import pytest
from django.utils import timezone

from participants.domain.errors import AlreadyClosed
from participants.domain.person.consents import give, given
from participants.domain.registration.duplicates import NotTheSame, look_alikes
from participants.domain.registration.merging import merge
from participants.models import KeepApart, Participant, Registration
from participants.states import ConsentPurpose, RegistrationState
from tests import recipes

pytestmark = pytest.mark.django_db

PHONE = "+4741234567"
NOW = timezone.now()


def registered(centre, *, days_ago=0, consents=(), **person):
    participant = recipes.participant(centre, **person)
    if consents:
        give(participant, consents, language="nb", given_by="web", now=NOW)
    return recipes.registration(participant, registered_at=NOW - timedelta(days=days_ago))


@pytest.fixture
def centre():
    recipes.consent_texts()
    return recipes.centre()


def test_the_same_phone_or_e_mail_at_the_same_centre_may_be_the_same_person(centre):
    first = registered(centre, phone=PHONE, email="kari@example.org")
    by_phone = registered(centre, phone=PHONE, email=None)
    by_email = registered(centre, phone="+4799999999", email="Kari@example.org")
    registered(centre, phone="+4798888888", email=None)
    registered(recipes.centre(), phone=PHONE)

    assert list(look_alikes(first)) == [by_phone, by_email]
    assert set(Registration.objects.perhaps_twice()) == {first, by_phone, by_email}


def test_the_same_name_alone_is_not_the_same_person(centre):
    first = registered(centre, name="Kari", phone=PHONE, email=None)
    registered(centre, name="Kari", phone="+4799999999", email=None)

    assert list(look_alikes(first)) == []


def test_the_one_that_stays_has_the_earliest_date(centre):
    old = registered(centre, days_ago=90, phone=PHONE)
    new = registered(centre, phone=PHONE)

    merge(old, into=new, actor=None)

    new.refresh_from_db()
    old.refresh_from_db()
    assert new.registered_at == NOW - timedelta(days=90)
    assert (old.state, old.close_reason) == (RegistrationState.CLOSED, "duplicate")


def test_the_strictest_consent_holds(centre):
    digital, theme, contact = ConsentPurpose.DIGITAL, ConsentPurpose.THEME, ConsentPurpose.CONTACT
    stays = registered(centre, phone=PHONE, consents=[contact, theme, digital])
    closes = registered(centre, phone=PHONE, consents=[contact, theme])
    Registration.objects.filter(pk=stays.pk).update(digital_elsewhere=True)
    closes.participant.consents.filter(text__purpose=theme).update(withdrawn_at=NOW)

    merge(closes, into=stays, actor=None)

    stays.refresh_from_db()
    assert given(stays.participant) == {contact}
    assert stays.digital_elsewhere is False


def test_whom_staff_keep_apart_they_keep_apart_from_the_one_that_stays(centre):
    earlier = recipes.participant(centre)
    stays, closes = registered(centre, phone=PHONE), registered(centre, phone=PHONE)
    later = recipes.participant(centre)
    twice = [stays.participant, closes.participant]
    for first, second in [(earlier, twice[1]), (twice[1], later), (twice[0], later), twice]:
        KeepApart.objects.create(first=first, second=second)

    merge(closes, into=stays, actor=None)

    assert KeepApart.objects.filter(first=earlier, second=twice[0]).exists()
    assert KeepApart.objects.filter(first=twice[0], second=later).count() == 1
    assert KeepApart.objects.count() == 5


def test_what_staff_merge_is_not_the_persons_own_act(centre):
    stays = registered(centre, phone=PHONE, consents=[ConsentPurpose.DIGITAL])
    closes = registered(centre, phone=PHONE)
    actor = recipes.staff("coordinator", centre)

    merge(closes, into=stays, actor=actor)

    assert set(stays.activities.values_list("actor", flat=True)) == {actor.pk}


def test_two_without_anything_in_common_are_left_alone(centre):
    first = registered(centre, phone=PHONE, email=None)
    other = registered(centre, phone="+4799999999", email=None)

    with pytest.raises(NotTheSame):
        merge(first, into=other, actor=None)


def test_a_duplicate_is_closed_once(centre):
    first, second = registered(centre, phone=PHONE), registered(centre, phone=PHONE)
    merge(first, into=second, actor=None)

    with pytest.raises((AlreadyClosed, NotTheSame)):
        merge(first, into=second, actor=None)

    assert Participant.objects.count() == 2
