"""Slips of the finger in e-mail addresses: who made one is asked about it, and never stopped."""

from difflib import get_close_matches

COMMON = (
    *("gmail.com", "hotmail.com", "hotmail.no", "outlook.com", "outlook.no", "live.no", "live.com"),
    *("icloud.com", "yahoo.com", "yahoo.no", "online.no", "msn.com", "me.com", "lyse.net"),
)
ALSO_REAL = ("mail.com", "email.com", "ymail.com", "rocketmail.com")
ALIKE = 0.85  # one letter too many, missing, wrong, or two that changed places


def likely_meant(address: str) -> str:
    """The address that was probably meant; empty if this one looks right."""
    name, _at, domain = address.rpartition("@")
    typed = domain.lower()
    if not name or typed in COMMON + ALSO_REAL:
        return ""
    near = get_close_matches(typed, COMMON, n=1, cutoff=ALIKE)
    if near:
        return f"{name}@{near[0]}"
    return f"{name}@{typed[:-1]}m" if typed.endswith(".con") else ""
