"""An enquiry comes in once, however often it is sent, and who can be reached gets a receipt."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client

from centres.domain.enquiries import Words, ask, write_down
from centres.models import Enquiry
from centres.states import EnquiryActivity, EnquiryKind, Role
from linkcenter.models import Message
from tests import recipes
from tests.centres.enquiries import ask as forms

TIMES = 20
KEY = UUID(int=7)
WORDS = Words(kind=EnquiryKind.QUESTION, text="Kanarisang", name="Kari", email="kari@example.org")


@pytest.mark.django_db(transaction=True)
def test_form_sent_twenty_times_at_once_is_one_enquiry_with_one_mail():
    recipes.municipality("5501", name="Tromsø")

    def send(_time: int) -> tuple[int, str]:
        try:
            response = forms.send(Client(), "sporsmal")
            return response.status_code, response.headers["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(TIMES) as threads:
        answers = list(threads.map(send, range(TIMES)))

    assert answers == [(302, forms.address("sporsmal", "enquiry-sent"))] * TIMES
    assert Enquiry.objects.count() == 1
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_same_form_gives_the_enquiry_that_was_made_first():
    first = ask(None, words=WORDS, form_id=KEY)
    second = ask(recipes.centre(), words=WORDS, form_id=KEY)

    assert (second, second.centre) == (first, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "subject", "hello"),
    [
        ("nb", "Vi har fått meldingen din", "Hei Kari"),
        ("nn", "Vi har fått meldinga di", "Hei Kari"),
        ("en", "We have your message", "Hello Kari"),
    ],
)
def test_receipt_is_neutral_and_in_the_language_of_who_wrote(language, subject, hello):
    words = Words(**{**WORDS.__dict__, "language": language})

    enquiry = ask(recipes.centre(name="LINK Tromsø"), words=words)

    message = enquiry.messages.get()
    assert (message.subject, message.to, message.channel) == (subject, "kari@example.org", "email")
    assert message.text.startswith(f"{hello},")
    assert "LINK Tromsø" in message.text
    assert "Kanarisang" not in message.text


@pytest.mark.django_db
def test_receipt_without_a_name_and_a_centre_is_whole():
    words = Words(kind=EnquiryKind.ACCESSIBILITY, text="Kart", email="kari@example.org")

    text = ask(None, words=words).messages.get().text

    assert text.startswith("Hei,\n")
    assert text.endswith("LINK\n")
    assert "tre uker" in text
    assert "None" not in text


@pytest.mark.django_db
def test_who_gave_no_address_gets_nothing():
    words = Words(kind=EnquiryKind.QUESTION, text="Hei", phone="+4741234567")

    enquiry = ask(None, words=words)

    assert not Message.objects.exists()
    assert [each.what for each in enquiry.activities.all()] == [EnquiryActivity.RECEIVED]


@pytest.mark.django_db
@pytest.mark.parametrize("is_done", [False, True])
def test_what_staff_heard_is_counted_and_told_nobody(is_done):
    centre = recipes.centre()
    by = recipes.staff(Role.COORDINATOR, centre)

    enquiries = [
        write_down(centre, words=WORDS, channel="phone", by=by, is_done=is_done, form_id=KEY)
        for _time in range(2)
    ]

    assert enquiries[0] == enquiries[1] == Enquiry.objects.get()
    assert enquiries[0].channel == "phone"
    assert (enquiries[0].handled_at is not None, enquiries[0].handled_by) == (
        is_done,
        by if is_done else None,
    )
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_database_holds_nothing_in_clear_of_what_was_written():
    enquiry = ask(None, words=WORDS)

    with connection.cursor() as cursor:
        cursor.execute("select t::text from centres_enquiry t where id = %s", [enquiry.pk])
        row = cursor.fetchone()[0]

    assert (enquiry.text, enquiry.name) == ("Kanarisang", "Kari")
    assert [word for word in ("Kanarisang", "Kari", "kari@") if word in row] == []
    assert str(enquiry) == f"henvendelse {enquiry.pk}"
