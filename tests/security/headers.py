"""The security headers that every answer carries, and where they differ: in one table.

``wrong`` tells what is amiss with an answer, whichever way it came.
"""

from collections.abc import Iterator, Mapping

SAME_ORIGIN, NO_STORE = "same-origin", "no-store"

POLICY = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "connect-src": "'self'",
    "font-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "img-src": "'self' data:",
    "script-src": "'self'",
    "style-src": "'self'",
}
FEATURES = (
    *("accelerometer", "browsing-topics", "camera", "display-capture", "geolocation"),
    *("gyroscope", "magnetometer", "microphone", "midi", "payment", "usb"),
)
EVERYWHERE: dict[str, str | None] = {
    "Access-Control-Allow-Credentials": None,
    "Access-Control-Allow-Origin": None,
    "Cross-Origin-Opener-Policy": SAME_ORIGIN,
    "Cross-Origin-Resource-Policy": SAME_ORIGIN,
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in FEATURES),
    "Referrer-Policy": "strict-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
}
IN_PRODUCTION = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
}

# By the beginning of the name of an address: what is made for other people's sites.
ELSEWHERE: dict[str, dict[str, str | None]] = {
    "api:": {
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    },
    "centres:centre-card": {
        "Cross-Origin-Resource-Policy": "cross-origin",
        "X-Frame-Options": None,
    },
}
FRAMED = {"centres:centre-card"}
ALSO_MISSING = "api:"  # which tells other people's programs as well that there is no such centre

# What is the same for everybody, and may be kept by who has read it. All else is stored nowhere.
FOR_EVERYBODY = (
    *("api:", "robots", "sitemap", "file", "groups:statistics"),
    *("centres:about", "centres:accessibility", "centres:article", "centres:centre"),
    *("centres:county", "centres:enquiry-sent", "centres:event", "centres:for-", "centres:home"),
    *("centres:join", "centres:municipality", "centres:news", "centres:open-data"),
    *("centres:poster", "centres:privacy", "admin:jsi18n"),
)
NOT_THOSE = ("centres:event-sign-up",)


def wrong(
    name: str, status: int, headers: Mapping[str, str], *, in_production: bool = False
) -> list[str]:
    """What the answer of the address with that name says, and should not."""
    told = {key.lower(): value for key, value in headers.items()}
    expected = EVERYWHERE | (IN_PRODUCTION if in_production else {})
    for beginning, differing in ELSEWHERE.items():
        is_told = status == 200 or (status == 404 and beginning == ALSO_MISSING)
        if is_told and name.startswith(beginning):
            expected = expected | differing
    found = [
        f"{header}: {told.get(header.lower())}"
        for header, value in expected.items()
        if told.get(header.lower()) != value
    ]
    return [*found, *_policy(name, status, told), *_storing(name, status, told)]


def _policy(name: str, status: int, told: Mapping[str, str]) -> Iterator[str]:
    policy = told.get("content-security-policy", "")
    parts = dict(each.strip().partition(" ")[::2] for each in policy.split(";"))
    allowed = {"frame-ancestors": "*"} if name in FRAMED and status == 200 else {}
    if parts != POLICY | allowed:
        yield f"Content-Security-Policy: {policy}"


def _storing(name: str, status: int, told: Mapping[str, str]) -> Iterator[str]:
    storing = told.get("cache-control", "")
    may_be_kept = name.startswith(FOR_EVERYBODY) and not name.startswith(NOT_THOSE)
    if NO_STORE not in storing and not (may_be_kept and status in (200, 304)):
        yield f"Cache-Control: {storing}"
