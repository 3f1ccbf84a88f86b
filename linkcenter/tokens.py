"""Tokens of personal links.

A token is derived from a key and the row's random seed, so that a mail that is sent again after a
crash carries the same link. The database holds the seed and the token's hash: without the key,
which stands outside it, neither leads to the token.
"""

import hmac
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256

from django.conf import settings


def new_seed() -> str:
    """A random seed of 128 bits, as 32 hexadecimal digits."""
    return secrets.token_hex(16)


def token_for(seed: str) -> str:
    """The token of 256 bits that belongs to ``seed``, as 43 characters that suit an address."""
    digest = hmac.new(settings.LINK_KEY.encode(), seed.encode(), sha256).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def hash_token(token: str) -> str:
    """What the database stores of ``token``."""
    return sha256(token.encode()).hexdigest()
