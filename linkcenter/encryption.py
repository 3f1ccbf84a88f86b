"""Columns that only the application can read, and how they can be searched all the same.

Contact details, free text and notes are encrypted before they reach the database, so that neither
the database, its backups nor its logs hold them. Exact search goes through keyed digests (HMAC):
equal values give equal digests, and without the key nobody can make one.
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import FieldError
from django.db import models

DIGEST_LENGTH = 22  # 128 bits in base64, without padding


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(text: str) -> str:
    """``text`` encrypted with the first of ``FIELD_KEYS``."""
    return _box(tuple(settings.FIELD_KEYS)).encrypt(text.encode()).decode()


def decrypt(text: str) -> str:
    """The plain text. Every key in ``FIELD_KEYS`` reads; a changed text raises ``InvalidToken``."""
    return _box(tuple(settings.FIELD_KEYS)).decrypt(text.encode()).decode()


class EncryptedTextField(models.TextField):
    """Text that is encrypted in the database. It can be tested for being empty, nothing else."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return value if value in (None, "") else encrypt(value)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return value if value in (None, "") else decrypt(value)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted: it cannot be searched with {lookup_name}.")
        return super().get_lookup(lookup_name)


def keyed_digest(term: str) -> str:
    """A digest of ``term`` that only holders of ``INDEX_KEY`` can compute."""
    digest = hmac.new(settings.INDEX_KEY.encode(), term.encode(), sha256).digest()
    return urlsafe_b64encode(digest[:16]).decode().rstrip("=")


class KeyedIndexField(ArrayField):
    """The keyed digests under which a row with encrypted columns is found.

    ``terms`` names a method of the model that yields the row's search terms. The digests are made
    anew on each save, so they cannot lag behind the columns they index.
    """

    def __init__(self, *, terms: str, **kwargs: Any) -> None:
        self.terms = terms
        kwargs.setdefault("base_field", models.CharField(max_length=DIGEST_LENGTH))
        super().__init__(editable=False, default=list, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["editable"], kwargs["default"]
        return name, path, args, {**kwargs, "terms": self.terms}

    def pre_save(self, model_instance: models.Model, add: bool) -> list[str]:
        terms: Iterable[str] = getattr(model_instance, self.terms)()
        digests = sorted({keyed_digest(term) for term in terms})
        setattr(model_instance, self.attname, digests)
        return digests
