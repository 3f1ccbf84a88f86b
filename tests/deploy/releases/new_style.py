"""The product as the release after this one: with another style sheet."""

import os
from pathlib import Path

from linkcenter.settings import *  # noqa: F403
from linkcenter.settings import STATICFILES_DIRS

STATICFILES_DIRS = [Path(os.environ["LINK_TEST_STATIC"]), *STATICFILES_DIRS]
