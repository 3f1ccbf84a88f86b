"""All settings. Development works with no environment at all; production names what it misses."""

import logging
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import EnvError

from linkcenter import env as read
from linkcenter.env import env

BASE_DIR = Path(__file__).resolve().parent.parent
STATE_DIR = env.path("LINK_STATE_DIR", BASE_DIR / "var").resolve()

DEVELOPMENT = read.mode() == "development"
DEBUG = env.bool("LINK_DEBUG", False)
if DEBUG and not DEVELOPMENT:
    raise EnvError("LINK_DEBUG must be off in production.")

# Keys

if DEVELOPMENT:
    SECRET_KEY = read.development_secret(STATE_DIR, "signing")
    FIELD_KEYS = [read.development_secret(STATE_DIR, "field")]
    INDEX_KEY = read.development_secret(STATE_DIR, "index")
    LINK_KEY = read.development_secret(STATE_DIR, "link")
    BACKUP_KEY = read.development_secret(STATE_DIR, "backup")
else:
    SECRET_KEY = read.secret("LINK_SECRET_KEY")
    FIELD_KEYS = read.field_keys("LINK_FIELD_KEYS")  # the first writes, all read
    INDEX_KEY = read.secret("LINK_INDEX_KEY")  # of the keyed search indexes
    LINK_KEY = read.secret("LINK_LINK_KEY")  # of the personal links' tokens
    BACKUP_KEY = read.secret("LINK_BACKUP_KEY")
    read.refuse_equal(
        LINK_SECRET_KEY=SECRET_KEY,
        LINK_INDEX_KEY=INDEX_KEY,
        LINK_LINK_KEY=LINK_KEY,
        LINK_BACKUP_KEY=BACKUP_KEY,
    )

# Address: links in messages are made from this and never from a request.

BIND = read.bind("BIND", "127.0.0.1:8000")
if DEVELOPMENT:
    BASE_URL = env.str("LINK_BASE_URL", f"http://{BIND}")
else:
    BASE_URL = read.public_address("LINK_BASE_URL")
ALLOWED_HOSTS = [urlsplit(BASE_URL).hostname or ""]
if DEVELOPMENT:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]
PROXIES = read.proxies("LINK_PROXIES", 0 if DEVELOPMENT else 1)  # limits count by what they saw

# Who was erased, in marks that only we can read. Never in the database's backups, nor lost.
ERASURE_LEDGER = env.path("LINK_ERASURE_LEDGER", STATE_DIR / "erasures.txt")

# What has happened stays as it was: the role of the web may add rows here, and change none.
NEVER_CHANGED = [
    "linkcenter.Activity",
    "participants.ReadLog",
    "groups.StatisticsSnapshot",
    "admin.LogEntry",
]

# What Prometheus may ask for, with the token: counts of these, and no page without one.
METRICS_TOKEN = read.secret_or_nothing("LINK_METRICS_TOKEN")
COUNTED_BY_STATE = ("participants.Registration", "state")

# Backups. After a restore these commands bring the database up to what has happened since; a drill
# looks whether these pages are there.
BACKUP_DIR = env.path("LINK_BACKUP_DIR", STATE_DIR / "backups")
AFTER_RESTORE = ["replay_erasures", "close_links"]
FIRST_PAGES = [
    "/readyz",
    "/",
    "/sentre/",
    "/arrangementer/",
    "/statistikk/",
    "/api/v1/centres.json",
]

# Apps

INSTALLED_APPS = [
    "linkcenter",
    "centres",
    "participants",
    "groups",
    "modeltranslation",
    "groups.staff_site.config.LinkAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "crispy_forms",
    "csp",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
]
AUTH_USER_MODEL = "linkcenter.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "linkcenter.urls"

MIDDLEWARE = [
    "linkcenter.web.request_log.request_log",  # around all, so that each request is counted
    "linkcenter.web.middleware.no_body_for_head",
    "linkcenter.web.page_cache.page_cache",  # outside of all that it can save
    # The next four put headers on everything, so they stand around whatever may answer. The last of
    # them answers itself, with the redirect to https.
    "linkcenter.web.middleware.security_headers",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "linkcenter.web.middleware.language_of_address",
    "linkcenter.web.middleware.refuse_odd_requests",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "linkcenter.web.retry.RetryMiddleware",  # around the session, which is read anew
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "linkcenter.log_in.middleware.StaffSessionMiddleware",  # Django's own, with a clock
    "linkcenter.web.middleware.language_of_staff",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "designsystemet"
CRISPY_TEMPLATE_PACK = "designsystemet"

# Database: DATABASE_URL, or the private cluster beside the checkout.

if database := read.postgres("DATABASE_URL"):
    DATABASES = {"default": database}
elif DEVELOPMENT:
    from linkcenter.embedded_postgres import server

    EMBEDDED_POSTGRES = server.cluster(STATE_DIR)
    DATABASES = {"default": EMBEDDED_POSTGRES.django_settings()}
else:
    raise EnvError("DATABASE_URL is missing. Production needs it.")

# What `manage.py up` loads into an empty database: the table that must have rows, and the command.
FIRST_DATA = [
    ("centres.Municipality", "load_reference"),
    ("participants.Participant", "seed_demo"),
]

AT_RELEASE = ["load_reference"]  # what each release brings along, besides its tables

DEMO_PASSWORD = "prov-link-lokalt"  # noqa: S105  of the fictional staff

# Languages and time

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", _("Norwegian Bokmål")), ("nn", _("Norwegian Nynorsk")), ("en", _("English"))]
MODELTRANSLATION_DEFAULT_LANGUAGE = "nb"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("nb", "nn", "en")
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "linkcenter.formats"
TIME_ZONE = "Europe/Oslo"

# Public pages are kept for as long as this, in seconds, and so are the parts that they share. An
# edit shall be seen within one second, also when a page begins with a part that is about to end.
PAGE_CACHE_SECONDS = 0.45

# Static files

STATIC_URL = "static/"
STATIC_ROOT = None if DEVELOPMENT else STATE_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("designsystemet", BASE_DIR / "node_modules/@digdir/designsystemet-css/dist/src"),
    ("designsystemet", BASE_DIR / "node_modules/@digdir/designsystemet-theme/src/themes"),
]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "centres.norway_map.OutlineFinder",  # draws what it finds
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # nothing is uploaded
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEVELOPMENT
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEVELOPMENT
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Mail: sent by the worker only, from the outbox.

if DEVELOPMENT:
    DEFAULT_FROM_EMAIL = "post@link.invalid"
    EMAIL_BACKEND = "linkcenter.messages.demo_mail.MailFolder"
    EMAIL_FILE_PATH = STATE_DIR / "mail"
else:
    DEFAULT_FROM_EMAIL = read.sender("LINK_FROM_EMAIL")
    globals().update(read.mail_server("EMAIL_URL"))  # EMAIL_HOST and so on
    EMAIL_TIMEOUT = 20

# Security

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
AUTHENTICATION_BACKENDS = ["linkcenter.log_in.tries.LimitedBackend"]
LOGIN_URL = LOGOUT_REDIRECT_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
# Nobody opens a staff page without a second factor. While developing, one may try it.
SECOND_FACTOR_REQUIRED = not DEVELOPMENT or env.bool("LINK_SECOND_FACTOR", False)
ACCOUNT_ADAPTER = "linkcenter.log_in.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "linkcenter.log_in.forms.LogInForm",
    "change_password": "linkcenter.log_in.forms.ChangePasswordForm",
    "reauthenticate": "linkcenter.log_in.forms.PasswordAgainForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # nobody signs up: an invitation opens an account
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation went to the address
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 60 * 10
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False  # ours are counted in the database
MFA_ADAPTER = "linkcenter.log_in.adapters.FactorAdapter"
MFA_FORMS = {
    "activate_totp": "linkcenter.log_in.factor_forms.AppForm",
    "deactivate_totp": "linkcenter.log_in.factor_forms.RemoveAppForm",
    "authenticate": "linkcenter.log_in.factor_forms.CodeForm",
    "reauthenticate": "linkcenter.log_in.factor_forms.CodeAgainForm",
    "generate_recovery_codes": "linkcenter.log_in.factor_forms.NewCodesForm",
    "add_webauthn": "linkcenter.log_in.factor_forms.PasskeyForm",
    "login_webauthn": "linkcenter.log_in.factor_forms.PasskeyLogInForm",
    "authenticate_webauthn": "linkcenter.log_in.factor_forms.PasskeyStepForm",
    "reauthenticate_webauthn": "linkcenter.log_in.factor_forms.PasskeyAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # telephones' clocks are half a minute off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEVELOPMENT  # http://localhost
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_NAME = "session" if DEVELOPMENT else "__Host-session"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # in no cookie
BROWSER_COOKIE_NAME = "browser" if DEVELOPMENT else "__Host-browser"
CSRF_COOKIE_NAME = "csrf" if DEVELOPMENT else "__Host-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not DEVELOPMENT
SECURE_SSL_HOST = None if DEVELOPMENT else urlsplit(BASE_URL).netloc  # whatever was asked for
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "linkcenter.web.errors.csrf_failure"
SECURE_HSTS_SECONDS = 0 if DEVELOPMENT else 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEVELOPMENT
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]
SECURE_PROXY_SSL_HEADER = None if DEVELOPMENT else ("HTTP_X_FORWARDED_PROTO", "https")
# Not no-referrer: with that, browsers post forms with "Origin: null", which Django refuses.
SECURE_REFERRER_POLICY = "strict-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_HANDLERS = ["linkcenter.web.uploads.RefuseFiles"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # the icons in Designsystemet's style sheet
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Logs: names of things, ids and states; never what a person wrote, nor a personal link.

LOG_FORMAT = read.log_format("LINK_LOG_FORMAT", "text" if DEVELOPMENT else "json")
FORMATTERS = {"text": "DiscreetFormatter", "json": "JsonFormatter"}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": f"linkcenter.operating.logs.{FORMATTERS[LOG_FORMAT]}"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.log_level("LINK_LOG_LEVEL", logging.WARNING)},
    "loggers": {
        # A line for each request, in production.
        "linkcenter.web.request_log": {} if DEVELOPMENT else {"level": "INFO"},
        # gunicorn's own lines look like all others, and say as little.
        "gunicorn.error": {"handlers": ["console"], "propagate": False},
    },
}
