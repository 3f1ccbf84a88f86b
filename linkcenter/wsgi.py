"""What gunicorn serves."""

import os
import sys

from django.core.wsgi import get_wsgi_application
from environs import EnvError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linkcenter.settings")

CANNOT_BOOT = 3  # gunicorn stops at this code from a worker; at others it starts the next one

try:
    application = get_wsgi_application()
except EnvError as error:
    sys.stderr.write(f"LINK cannot start: {error}\n")
    sys.exit(CANNOT_BOOT)
