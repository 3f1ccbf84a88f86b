"""Every address that the site has, with something in the place of each parameter."""

import re
from collections.abc import Iterator
from uuid import UUID

from django.urls import URLPattern, URLResolver, converters, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RoutePattern

SAMPLES = {
    converters.IntConverter: ["1", "999999999999999999999"],
    converters.UUIDConverter: [str(UUID(int=1))],
    converters.PathConverter: ["1", "a/b"],
    converters.SlugConverter: ["1", "x" * 43],
    converters.StringConverter: ["1", "nowhere", "%00", "999999999999999999999"],
}


def addresses() -> list[str]:
    return sorted(set(_under(get_resolver(), "/")))


def _under(resolver: URLResolver, start: str) -> Iterator[str]:
    for part in resolver.url_patterns:
        for address in _filled(part, start):
            if isinstance(part, URLResolver):
                yield from _under(part, address)
            else:
                yield address


def _filled(part: URLPattern | URLResolver, start: str) -> list[str]:
    if isinstance(part.pattern, LocalePrefixPattern):
        return [start]
    if not isinstance(part.pattern, RoutePattern):
        return []  # the admin's last one, which answers every other address with 404
    found = [start + part.pattern._route]
    for name, converter in part.pattern.converters.items():
        samples = next(s for kind, s in SAMPLES.items() if isinstance(converter, kind))
        found = [
            re.sub(rf"<(\w+:)?{name}>", lambda _: sample, address)  # noqa: B023
            for address in found
            for sample in samples
        ]
    return found
