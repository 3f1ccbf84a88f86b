"""``make bench``: measure what users feel, as ratios taken in one run.

``python -m bench pages`` measures one part only.
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linkcenter.settings")
django.setup()

from bench import matching, pages  # noqa: E402 (needs the settings)

PARTS = {"pages": pages.run, "matching": matching.run}

for name in sys.argv[1:] or PARTS:
    PARTS[name]()
