"""Every move has exactly one text or is silent; each text fits its language and its way."""

import re

import pytest
from django.conf import settings

from centres.models import Centre
from groups.mail import contact
from groups.mail import seats as seat_mail
from linkcenter.messages import outbox, texts
from linkcenter.messages.texts import TEXTS
from linkcenter.models import Channel
from participants import mail
from participants.mail import TO_CHOOSE
from tests.texts.plain import (
    BANNED,
    HARDEST,
    MEAN_SENTENCE,
    banned_words,
    lix,
    long_sentences,
    mean_sentence,
)

LANGUAGES = [code for code, _name in settings.LANGUAGES]
MAIL = settings.BASE_DIR / "templates" / "mail"
KINDS = {path.name.removesuffix(".subject.txt") for path in MAIL.glob("*.subject.txt")}
CELLS = [
    pytest.param(told, channel, language, id=f"{told.kind}-{channel}-{language}")
    for told in TEXTS.values()
    for channel in told.channels
    for language in LANGUAGES
]
LINK = "https://link-i-nord.example.org/nb/svar/" + "A" * 43 + "/"
GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
ONE_PART, MORE_PARTS = 160, 153
SECRETS = re.compile(
    r"group|gruppe|self-help|selvhjelp|sjølvhjelp|sorg|grief|theme|tema|helse|health|kari|D-\d",
    re.IGNORECASE,
)


@pytest.fixture
def centre():
    return Centre(
        name="LINK Tromsø",
        phones=["41333186"],
        visiting_address="Sjøgata 2",
        greeting_nb="Kjære",
        greeting_nn="Kjære deg,",
        greeting_en="Dear",
        signature_nb="Vennlig hilsen oss i Tromsø",
        signature_nn="Venleg helsing oss i Tromsø",
        signature_en="Best wishes from Tromsø",
    )


def shown(told, centre, language, channel):
    return told.shown(centre=centre, language=language, channel=channel, gap=outbox.GAP)


def test_every_text_in_the_folder_is_declared_once():
    assert set(TEXTS) == KINDS


def test_every_move_has_a_declared_text_or_is_silent():
    told = [
        kind
        for table in (mail.TEXTS, seat_mail.TEXTS, contact.TEXTS)
        for kind in table.values()
        if kind
    ]

    assert len(told) == len(set(told))
    assert set(told) <= set(TEXTS)
    assert set(TO_CHOOSE) <= set(TEXTS)


def test_subjects_are_a_closed_list_that_tells_nothing(centre):
    for language in LANGUAGES:
        for told in TEXTS.values():
            subject = shown(told, centre, language, Channel.EMAIL).subject
            assert not SECRETS.search(subject), told.kind
            assert centre.name not in subject
            assert len(subject) <= 60


@pytest.mark.parametrize(("told", "channel", "language"), CELLS)
def test_text_fits_its_language_and_its_way(told, channel, language, centre):
    rendered = shown(told, centre, language, channel)

    assert rendered.text.strip()
    assert "None" not in rendered.text
    assert long_sentences(rendered.text) == []
    assert mean_sentence(rendered.text) <= MEAN_SENTENCE
    if language in BANNED:
        assert banned_words(rendered.text, language) == []
    assert rendered.text.count(outbox.GAP) <= 1
    if language == "nb":
        assert lix(rendered.text.replace(outbox.GAP, "")) <= HARDEST
    if channel == Channel.CALL:
        assert outbox.GAP not in rendered.text
        assert centre.signature_nb not in rendered.text
        assert not re.search(
            r"\bbutton|knapp|\blink\b|lenkje|lenken", rendered.text.replace(centre.name, "")
        )
    if channel in (Channel.EMAIL, Channel.LETTER):
        assert (outbox.GAP in rendered.text) == told.has_link
    if channel != Channel.CALL and outbox.GAP not in rendered.text:
        assert not re.search(r"\bbutton|knapp", rendered.text)


@pytest.mark.parametrize("told", [t for t in TEXTS.values() if Channel.SMS in t.channels])
@pytest.mark.parametrize("language", LANGUAGES)
def test_text_message_is_at_most_three_parts(told, language, centre):
    text = shown(told, centre, language, Channel.SMS).text.replace(outbox.GAP, LINK).strip()

    assert set(text) - GSM == set(), "these letters make a text message twice as long"
    assert len(text) <= 3 * MORE_PARTS


@pytest.mark.parametrize("language", LANGUAGES)
def test_greeting_and_signature_of_the_centre_are_in_every_text(language, centre):
    known = texts.write("released", language=language, channel="email", centre=centre, **WHO)

    assert known.text.startswith({"nb": "Kjære", "nn": "Kjære", "en": "Dear"}[language])
    assert getattr(centre, f"signature_{language}") in known.text


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.SMS, Channel.LETTER])
def test_centre_without_a_telephone_is_reached_by_e_mail(channel, centre):
    centre.phones, centre.email = [], "link@example.org"

    text = texts.write("call_us", language="nb", channel=channel, centre=centre, **WHO).text

    assert text.endswith("E-post: link@example.org\n")


WHO = {"participant": {"first_name": "Kari"}}


@pytest.mark.parametrize(
    "words", ["{% now %}{{ x }}", "<script>alert(1)</script>", "100 % & {#", "Hilsen\n\n\n\noss"]
)
def test_words_of_the_centre_cannot_break_a_text(words, centre):
    centre.signature_nb = words

    text = texts.write("released", language="nb", channel="email", centre=centre, **WHO).text

    assert re.sub(r"\n{3,}", "\n\n", words) in text
