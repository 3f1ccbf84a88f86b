"""A sealed file comes out as it went in, or not at all."""

import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcenter.backups import sealing
from linkcenter.backups.sealing import BrokenSeal, SealingWriter, unsealed

KEY = "k" * 40


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "PIECE", 16)


def sealed(*parts: bytes, key: str = KEY) -> bytes:
    file = io.BytesIO()
    with SealingWriter(file, key) as writer:
        for part in parts:
            writer.write(part)
    return file.getvalue()


def read(text: bytes, key: str = KEY) -> bytes:
    return b"".join(unsealed(io.BytesIO(text), key))


@given(st.lists(st.binary(max_size=40), max_size=6))
def test_what_went_in_comes_out(parts):
    assert read(sealed(*parts)) == b"".join(parts)


def test_nothing_of_it_can_be_read_in_the_file():
    assert b"Kari" not in sealed(b"Kari Nordmann " * 50)
    assert sealed(b"the same") != sealed(b"the same")


def test_another_key_opens_nothing():
    with pytest.raises(BrokenSeal):
        read(sealed(b"something"), "x" * 40)


@pytest.mark.parametrize("length", [0, 1, 15, 16, 17, 32, 40])
def test_every_bit_counts(length):
    whole = sealed(b"a" * length)

    for position in range(len(whole)):
        changed = bytearray(whole)
        changed[position] ^= 1
        with pytest.raises(BrokenSeal):
            read(bytes(changed))


def test_every_byte_of_the_end_counts():
    whole = sealed(b"a" * 40)

    for end in range(len(whole)):
        with pytest.raises(BrokenSeal):
            read(whole[:end])
    with pytest.raises(BrokenSeal):
        read(whole + b"b")


def test_pieces_cannot_change_places():
    whole = sealed(b"a" * 16 + b"b" * 16 + b"c")
    start, piece = len(sealing.MAGIC) + sealing.SALT, 16 + sealing.TAG
    first, second, rest = whole[start:][:piece], whole[start + piece :][:piece], whole[start:]

    with pytest.raises(BrokenSeal):
        read(whole[:start] + second + first + rest[2 * piece :])


def test_what_breaks_off_is_not_taken_for_whole():
    file = io.BytesIO()

    with suppress(OSError), SealingWriter(file, KEY) as writer:
        writer.write(b"a" * 40)
        raise OSError

    with pytest.raises(BrokenSeal):
        read(file.getvalue())
