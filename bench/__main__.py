"""``make bench``: measure what users feel, as ratios taken in one run."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linkcenter.settings")
django.setup()

from bench import matching, pages  # noqa: E402 (needs the settings)

pages.run()
matching.run()
