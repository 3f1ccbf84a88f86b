"""The real settings, with one address more: a bare view to measure the others by."""

from linkcenter.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
