"""``make bench``: measure what users feel, as ratios taken in one run.

``python -m bench pages`` measures one part only, and ``--quick`` all of them in small: enough to
see what has become much slower. A table of everything ends the run.
"""

import os
import sys
from collections.abc import Callable, Iterable
from functools import partial

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linkcenter.settings")
django.setup()

from bench import links, lists, mails, pages, registrations  # noqa: E402 (needs settings)
from bench.matching import methods  # noqa: E402 (needs settings)
from bench.summary import Finding, show  # noqa: E402 (needs settings)

Part = Callable[[], Iterable[Finding]]

PARTS: dict[str, Part] = {
    "pages": pages.run,
    "registrations": registrations.run,
    "mails": mails.run,
    "links": links.run,
    "admin": lists.run,
    "matching": methods.run,
}
QUICK: dict[str, Part] = {
    "pages": partial(pages.run, rounds=2),
    "registrations": partial(registrations.run, 500),
    "mails": partial(mails.run, 600),
    "links": partial(links.run, 50),
    "admin": partial(lists.run, (2_000, 20_000)),
    "matching": methods.run_quickly,
}

asked = sys.argv[1:]
parts = QUICK if "--quick" in asked else PARTS
found: list[Finding] = []
for name in [each for each in asked if each != "--quick"] or parts:
    found += parts[name]()
show(found)
