"""A sealed file: nobody reads it without the key, and nobody changes or shortens it unseen.

A line with what it is, a salt, then pieces of one mebibyte, each encrypted with AES-256-GCM. The
nonce of a piece is its number, with a mark on the last one, so that pieces can be neither left out,
swapped, repeated nor cut off at the end. The key of each file is its own, from the salt (HKDF).
Source of the construction: "STREAM" by Hoang, Reyhanitabar, Rogaway and Vizár, 2015.
"""

import os
from collections.abc import Iterator
from types import TracebackType
from typing import BinaryIO, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"LINK sealed file 1\n"
SALT = 32  # bytes
PIECE = 1 << 20
TAG = 16


class BrokenSeal(Exception):
    """The file is no sealed one, has another key, was changed, or is not whole."""


def _box(key: str, salt: bytes) -> AESGCM:
    derived = HKDF(hashes.SHA256(), length=32, salt=salt, info=MAGIC).derive(key.encode())
    return AESGCM(derived)


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


class SealingWriter:
    """Writes what it is given into ``file``, sealed with ``key``. Whole once it is closed."""

    def __init__(self, file: BinaryIO, key: str) -> None:
        salt = os.urandom(SALT)
        self._file, self._box = file, _box(key, salt)
        self._waiting = bytearray()
        self._number = 0
        file.write(MAGIC + salt)

    def write(self, data: bytes) -> None:
        self._waiting += data
        while len(self._waiting) > PIECE:  # the last piece is never written here
            self._put(bytes(self._waiting[:PIECE]), is_last=False)
            del self._waiting[:PIECE]

    def close(self) -> None:
        self._put(bytes(self._waiting), is_last=True)

    def _put(self, piece: bytes, *, is_last: bool) -> None:
        self._file.write(self._box.encrypt(_nonce(self._number, is_last=is_last), piece, MAGIC))
        self._number += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:  # what broke off stays without an end, and no one takes it for whole
            self.close()


def unsealed(file: BinaryIO, key: str) -> Iterator[bytes]:
    """What is in ``file``, piece by piece, each only once it is known to be untouched.

    Raises ``BrokenSeal`` at the first piece that is not, and at the end if there should be more.
    """
    if file.read(len(MAGIC)) != MAGIC:
        raise BrokenSeal
    box = _box(key, file.read(SALT))
    piece = file.read(PIECE + TAG)
    number = 0
    while True:
        following = file.read(PIECE + TAG)
        try:
            yield box.decrypt(_nonce(number, is_last=not following), piece, MAGIC)
        except InvalidTag:
            raise BrokenSeal from None
        if not following:
            return
        piece, number = following, number + 1
