"""What was written is forgotten in time; what is counted stays."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from centres.domain.enquiries import AlreadyForgotten, Words, ask, forget
from centres.lists.enquiries import LAST_CALL
from centres.models import Enquiry
from centres.states import EnquiryActivity, EnquiryKind, Role
from linkcenter.models import Message
from linkcenter.personal_data import retention
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
KEPT = {"name": "Kari", "email": "kari@example.org", "text": "Kanarisang"}


@pytest.fixture(autouse=True)
def ledger(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.txt"


@pytest.fixture
def centre():
    return recipes.centre()


def forget_old(now):
    """How many enquiries the nightly job forgets."""
    return retention.run(brake=False, now=now)["enquiries"]


def handled(centre, days, **fields):
    by = recipes.staff(Role.COORDINATOR, centre)
    return recipes.enquiry(
        centre, handled_at=NOW - timedelta(days=days), handled_by=by, **(KEPT | fields)
    )


@pytest.mark.parametrize(("days", "forgotten"), [(89, 0), (90, 1), (400, 1)])
def test_answered_enquiry_is_forgotten_after_90_days(centre, days, forgotten):
    enquiry = handled(centre, days, created_at=NOW - timedelta(days=500))

    assert forget_old(NOW) == forgotten

    enquiry.refresh_from_db()
    assert (enquiry.text is None, enquiry.forgotten_at is None) == (forgotten == 1, forgotten == 0)


@pytest.mark.parametrize(
    ("days", "is_listed", "forgotten"), [(300, 0, 0), (358, 1, 0), (364, 1, 0), (365, 1, 1)]
)
def test_open_enquiry_is_forgotten_after_a_year_and_listed_the_week_before(
    centre, days, is_listed, forgotten
):
    recipes.enquiry(centre, created_at=NOW - timedelta(days=days))
    listed = LAST_CALL.rows(Enquiry.objects.all(), NOW.date()).count()

    assert (listed, forget_old(NOW)) == (is_listed, forgotten)
    assert Enquiry.objects.open().count() == 1 - forgotten


def test_nothing_of_the_person_is_left_and_the_count_is():
    centre = recipes.centre()
    place = recipes.municipality("5501", name="Tromsø")
    words = Words(
        kind=EnquiryKind.INFO_MEETING,
        text="Kanarisang",
        name="Kari",
        email="kari@example.org",
        phone="+4741234567",
        organisation="Kanarifirma",
        municipality=place,
        page="/kanari/",
    )
    enquiry = ask(centre, words=words, now=NOW - timedelta(days=365))

    forget_old(NOW)

    enquiry.refresh_from_db()
    message = Message.objects.get()
    assert (enquiry.text, enquiry.name, enquiry.email, enquiry.phone) == (None,) * 4
    assert (enquiry.organisation, enquiry.page, enquiry.forgotten_at) == ("", "", NOW)
    assert (enquiry.kind, enquiry.centre, enquiry.municipality) == (
        EnquiryKind.INFO_MEETING,
        centre,
        place,
    )
    assert (message.text, message.to, message.state) == (None, None, "cancelled")
    assert [each.what for each in enquiry.activities.latest_first()] == [
        EnquiryActivity.FORGOTTEN,
        EnquiryActivity.RECEIVED,
    ]


def test_enquiry_is_forgotten_once(centre):
    enquiry = handled(centre, 0)
    by = enquiry.handled_by

    forget(enquiry, by=by)
    with pytest.raises(AlreadyForgotten):
        forget(enquiry, by=by)

    assert forget_old(NOW + timedelta(days=500)) == 0
    assert enquiry.activities.count() == 1


@pytest.mark.parametrize(
    "left",
    [
        {"text": "Kanarisang"},
        {"name": "Kari"},
        {"email": "kari@example.org"},
        {"phone": "+4741234567"},
        {"organisation": "Kanarifirma"},
        {"page": "/kanari/"},
    ],
)
def test_database_refuses_to_call_forgotten_what_is_left(centre, left):
    empty = {"name": None, "email": None, "text": None}
    enquiry = recipes.enquiry(centre, **(empty | left))

    with pytest.raises(IntegrityError, match="enquiry_forgotten_whole"), transaction.atomic():
        Enquiry.objects.filter(pk=enquiry.pk).update(forgotten_at=NOW)


def test_what_staff_have_forgotten_does_not_come_back_with_a_backup(centre):
    staff = recipes.staff(Role.COORDINATOR, centre)
    gone, stays = (recipes.enquiry(centre, **KEPT) for _each in range(2))
    forget(gone, by=staff, now=NOW)
    Enquiry.objects.filter(pk=gone.pk).update(forgotten_at=None, **KEPT)  # as the backup has it

    call_command("replay_erasures")

    texts = dict(Enquiry.objects.values_list("pk", "text"))
    assert texts == {gone.pk: None, stays.pk: KEPT["text"]}
