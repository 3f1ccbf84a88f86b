import pytest
from django.db import connection
from django.utils import translation

from linkcenter.models import Activity
from linkcenter.timeline import record
from participants.states import PersonActivity
from tests import recipes
from tests.database import refused_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def registration():
    return recipes.waiting(recipes.centre())


def test_record_keeps_names_of_fields_and_no_values(registration):
    activity = record(registration, PersonActivity.CONTACT_CHANGED, fields=["phone", "email"])

    assert (activity.subject, activity.fields) == (registration, ["email", "phone"])
    assert str(activity) == "contact_changed"


def test_timeline_says_which_fields_in_the_readers_language(registration):
    changed = ["availability", "themes", "told_before"]
    activity = record(registration, PersonActivity.INTEREST_CHANGED, fields=changed)

    with translation.override("nb"):
        assert activity.field_names == ["kan møtes", "temaer", "told_before"]


def test_record_refuses_a_code_that_nobody_declared(registration):
    with pytest.raises(ValueError, match="not declared"):
        record(registration, "told_a_secret")


def test_timeline_is_append_only_even_in_sql(registration):
    record(registration, PersonActivity.REGISTERED)

    with refused_by("activity_append_only"), connection.cursor() as cursor:
        cursor.execute("update linkcenter_activity set what = 'ready'")


def test_timeline_goes_with_its_subject(registration):
    record(registration, PersonActivity.REGISTERED)
    record(recipes.waiting(recipes.centre()), PersonActivity.REGISTERED)

    registration.delete()

    assert Activity.objects.count() == 1


def test_label_is_in_the_readers_language(registration):
    activity = record(registration, PersonActivity.READY)

    assert activity.label == str(PersonActivity.READY.label)
