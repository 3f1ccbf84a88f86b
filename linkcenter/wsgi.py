"""What gunicorn serves."""

import os
import sys
from importlib import import_module

from django.core.wsgi import get_wsgi_application
from environs import EnvError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linkcenter.settings")

CANNOT_BOOT = 3  # gunicorn gives up at this code; at others it tries again and again

try:
    application = get_wsgi_application()
    import_module("linkcenter.database.checks").refuse_unsafe_database()  # which needs the apps
except EnvError as error:
    sys.stderr.write(f"LINK cannot start: {error}\n")
    sys.exit(CANNOT_BOOT)
