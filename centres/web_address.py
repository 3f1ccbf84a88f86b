"""Addresses of websites as links."""

from urllib.parse import quote


def web_address(written: str) -> str:
    """The link of a website that is written as people write it; nothing for nothing.

    "www.linktromsø.no" becomes its form in plain letters, since not every program that follows
    links knows the other.
    """
    if not written:
        return ""
    scheme, _colon, rest = written.rpartition("://")
    host, slash, path = rest.partition("/")
    try:
        host = host.encode("idna").decode()
    except UnicodeError:
        host = quote(host)
    return f"{scheme or 'https'}://{host}{slash}{quote(path, safe='/?&=%#-_.~:')}"
