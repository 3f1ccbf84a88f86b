"""What gunicorn serves."""

import os
import sys

from django.core.wsgi import get_wsgi_application
from environs import EnvError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linkcenter.settings")

CANNOT_BOOT = 3  # gunicorn gives up at this code; at others it tries again and again

try:
    application = get_wsgi_application()
except EnvError as error:
    sys.stderr.write(f"LINK cannot start: {error}\n")
    sys.exit(CANNOT_BOOT)
