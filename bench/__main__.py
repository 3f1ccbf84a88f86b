"""``make bench``: measure what users feel, as ratios taken in one run.

``python -m bench pages`` measures one part only.
"""

import os
import sys
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linkcenter.settings")
django.setup()

from bench import links, lists, matching, pages, registrations  # noqa: E402 (needs the settings)

PARTS: dict[str, Callable[[], object]] = {
    "pages": pages.run,
    "registrations": registrations.run,
    "links": links.run,
    "admin": lists.run,
    "matching": matching.run,
}

for name in sys.argv[1:] or PARTS:
    PARTS[name]()
