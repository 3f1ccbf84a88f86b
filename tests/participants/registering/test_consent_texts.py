"""Which text a person is asked to say yes to."""

from datetime import UTC, datetime

import pytest

from centres.models import Organisation
from participants.domain.person.consents import current_text, give
from participants.models import ConsentText
from participants.states import ConsentPurpose, GivenBy
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)


@pytest.fixture
def operator():
    return Organisation.objects.create(name="Stiftelsen Prøve")


@pytest.fixture
def centre(operator):
    return recipes.centre(operator=operator)


def text(words, *, language="nb", version=1, operator=None, purpose=ConsentPurpose.CONTACT):
    return ConsentText.objects.create(
        purpose=purpose, language=language, version=version, operator=operator, text=words
    )


def current(centre, language="nb"):
    return current_text(centre, ConsentPurpose.CONTACT, language=language).text


def test_newest_version_holds(centre):
    text("gammel")
    text("ny", version=2)

    assert current(centre) == "ny"


def test_own_text_of_the_operator_goes_before_the_common_one(centre, operator):
    text("felles", version=9)
    text("egen", operator=operator)

    assert current(centre) == "egen"
    assert current(recipes.centre()) == "felles"


def test_language_asked_for_goes_before_bokmal(centre, operator):
    text("bokmål", operator=operator)
    text("english", language="en")

    assert current(centre, "en") == "english"
    assert current(centre, "nn") == "bokmål"


def test_purpose_without_a_text_is_an_error(centre):
    text("noe annet", purpose=ConsentPurpose.DIGITAL)

    with pytest.raises(ConsentText.DoesNotExist):
        current(centre)


def test_given_consent_points_at_the_text_that_was_shown(centre):
    person = recipes.participant(centre)
    shown = text("vist")

    give(person, [ConsentPurpose.CONTACT], language="nb", given_by=GivenBy.WEB, now=NOW)
    text("senere", version=2)

    assert [each.text for each in person.consents.all()] == [shown]
