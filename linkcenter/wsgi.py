"""What gunicorn serves."""

import os
import sys

from django.core.wsgi import get_wsgi_application
from environs import EnvError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linkcenter.settings")

try:
    application = get_wsgi_application()
except EnvError as error:
    sys.exit(f"LINK cannot start: {error}")
