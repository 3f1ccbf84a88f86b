"""The real settings but for a fast hasher, mails in memory, and tools that watch the tests."""

from linkcenter.settings import *  # noqa: F403
from linkcenter.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE

INSTALLED_APPS = [*INSTALLED_APPS, "zeal", "django_migration_linter"]
MIDDLEWARE = [*MIDDLEWARE, "tests.watch.watch_pages"]  # an N+1 query fails the test
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PAGE_CACHE_SECONDS = 0  # a test sees at once what it has changed
WHITENOISE_AUTOREFRESH = True  # looks a file up when it is asked for, not all at each start
DATABASES["default"]["CONN_MAX_AGE"] = 0  # a worker in a test leaves no connection behind
ZEAL_ALLOWLIST = [
    {"model": "sessions.Session"},  # ending a session reads it twice
    {"model": "contenttypes.ContentType"},  # each is read once in the life of a process
]
