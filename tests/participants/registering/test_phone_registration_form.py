import pytest

from centres.states import LegalBasis, Role
from participants.domain.registration.register import register_interest
from participants.forms import PhoneRegistrationForm
from participants.models import ConsentText, Theme
from participants.states import EntryChannel, GivenBy
from tests.recipes import centre, consent_texts, municipality, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def link():
    consent_texts()
    Theme.objects.create(slug="sorg", name="Sorg")
    place = centre()
    place.municipalities.add(municipality("5501", name="Tromsø"))
    return place


def typed(link, **changes):
    """What staff write for somebody who rang, with ``changes``; None leaves a field out."""
    answers = {
        "channel": EntryChannel.PHONE,
        "name": "Kari",
        "phone": "412 34 567",
        "preferred_way": "phone",
        "language": "nb",
        "municipality": "tromsø",
        "is_adult": "on",
        "role": "own",
        "kind": "either",
        "format": "physical",
        "any_theme": "on",
        "availability": ["tue-evening", "mon-morning"],
        "languages": ["no"],
        "gender_wish": "any",
        "contact": "on",
        "given_by": GivenBy.SPOKEN,
    } | changes
    return {name: value for name, value in answers.items() if value is not None}


def test_entry_becomes_a_registration_with_spoken_consent(link):
    coordinator = staff(Role.COORDINATOR, link)
    form = PhoneRegistrationForm(typed(link, themes=["sorg"], theme="on"), centre=link)

    assert form.is_valid(), form.errors
    person, interest, agreement = form.entry()
    registration = register_interest(
        link,
        person=person,
        interest=interest,
        agreement=agreement,
        channel=form.cleaned_data["channel"],
        actor=coordinator,
    )

    participant = registration.participant
    assert (participant.name, participant.phone, participant.email) == ("Kari", "+4741234567", None)
    assert participant.municipality_id == "5501"
    assert registration.channel == EntryChannel.PHONE
    assert registration.availability == ["mon-morning", "tue-evening"]
    assert [theme.slug for theme in registration.themes.all()] == ["sorg"]
    consents = participant.consents.order_by("text__purpose")
    assert [(each.text.purpose, each.given_by, each.recorded_by) for each in consents] == [
        ("contact", "spoken", coordinator),
        ("theme", "spoken", coordinator),
    ]


def test_form_asks_for_the_consents_that_the_answers_need(link):
    data = typed(link, contact=None, themes=["sorg"], format="digital", digital_elsewhere="on")

    form = PhoneRegistrationForm(data, centre=link)

    assert set(form.errors) == {"contact", "theme", "digital"}


def test_yes_that_is_always_needed_is_asked_for_with_all_that_is_missing(link):
    form = PhoneRegistrationForm(typed(link, contact=None, name=""), centre=link)

    assert set(form.errors) == {"contact", "name"}


def test_public_task_needs_no_consent_but_for_other_centres(link):
    link.legal_basis = LegalBasis.PUBLIC_TASK

    form = PhoneRegistrationForm(typed(link, contact=None, themes=["sorg"]), centre=link)

    assert form.is_valid(), form.errors
    assert form.entry()[2].purposes == frozenset()
    assert "contact" not in form.fields


def test_form_shows_the_very_words_that_are_kept(link):
    form = PhoneRegistrationForm(centre=link)

    text = ConsentText.objects.get(purpose="contact")
    assert form.fields["contact"].label == text.text
