"""Django's settings: one file, from one typed environment, safe for production by default."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pghistory
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from khuevan.config.env import environment
from khuevan.config.postgres import database_settings

ENV = environment()
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = ENV.secret_key
DEBUG = ENV.debug
ALLOWED_HOSTS = list(ENV.hosts)
DEMO_MODE = ENV.is_demo
PINNED_TODAY: date | None = ENV.today

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "template_partials",
    "khuevan.ui",
    "khuevan.platform.audit",
    "khuevan.platform.feed",
    "khuevan.platform.areas",
    "khuevan.platform.calendar",
    "khuevan.platform.regulations",
    "khuevan.platform.codes",
    "khuevan.platform.accounts",
    "khuevan.platform.organizations",
    "khuevan.platform.access",
    "khuevan.platform.files",
    "khuevan.platform.retention",
    "khuevan.platform.jobs",
    "khuevan.platform.notifications",
    "khuevan.platform.search",
    "khuevan.platform.papers",
    "khuevan.platform.sheets",
    "khuevan.registry.people",
    "khuevan.registry.schools",
    "khuevan.registry.authority",
    "khuevan.registry.staff",
    "khuevan.registry.curriculum",
    "khuevan.registry.choices",
    "khuevan.registry.students",
    "khuevan.registry.transfers",
    "khuevan.registry.duplicates",
    "khuevan.registry.cutover",
    "khuevan.school.timetable",
    "khuevan.school.assessments",
    "khuevan.school.gradebooks",
    "khuevan.school.results",
    "khuevan.school.remarks",
    "khuevan.school.hours",
    "khuevan.community.family",
    "khuevan.insight.rollup",
    "khuevan.insight.dashboard",
    "khuevan.insight.quality",
    "khuevan.insight.staffing",
    "khuevan.exchange.api",
    "khuevan.exchange.oneroster",
    "khuevan.cli.world",
    "khuevan.config",
]

MIDDLEWARE = [
    "khuevan.ui.middleware.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "khuevan.platform.access.middleware.ActorMiddleware",
    "khuevan.ui.middleware.OptionsMiddleware",
    "khuevan.ui.middleware.DomainErrorMiddleware",
]

ROOT_URLCONF = "khuevan.config.urls"
WSGI_APPLICATION = "khuevan.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
            "builtins": ["khuevan.ui.templatetags.khuevan"],
        },
    }
]

DATABASES = {"default": database_settings(ENV)}
# pgtrigger's check whether to ignore a trigger raises and catches once a row while this is unset.
DATABASES["default"]["OPTIONS"]["options"] = "-c pgtrigger.ignore={}"
DATABASES["default"]["OPTIONS"]["pool"] = {
    "min_size": 1,
    "max_size": ENV.web_threads + 4,
    "timeout": 5,
}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "platform_cache",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # so that nobody can push the rate limits out
    }
}

# --- time and language
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_THOUSAND_SEPARATOR = False

LIST_WORKERS = ENV.list_workers
MEMO_SECONDS = 60
"""The longest that a process trusts an answer it has kept (kernel/memo.py)."""

# --- files
STATIC_URL = "/static/"
STATIC_ROOT = ENV.data_dir / "static"
MEDIA_ROOT = ENV.files_dir
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "khuevan.ui.storage.StaticStorage"},
}
WHITENOISE_MAX_AGE = 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
UPLOADS_DIR = ENV.uploads_dir
"""Uploads on their way in. `khuevan serve` makes the folder; nothing else receives any."""
FILE_UPLOAD_TEMP_DIR = UPLOADS_DIR if UPLOADS_DIR.is_dir() else None
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "khuevan.platform.files.uploads.LimitedUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# --- sign-in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["khuevan.platform.accounts.backends.PasswordBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "khuevan.platform.access.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
# A computer room shares one address, so the limit by name is the tight one.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/15m/ip,5/15m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Khuê Văn"
MFA_TOTP_TOLERANCE = 1
MFA_ADAPTER = "khuevan.platform.access.sign_in.MfaAdapter"
ALLAUTH_TRUSTED_PROXY_COUNT = ENV.proxies
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_IDLE_SECONDS = 30 * 60
# A request for another's password waits this long for its second person.
PASSWORD_REQUEST_HOURS = 24
# An officer who said why a pupil's record is opened is not asked again for so long, in one sign-in.
RECORD_PURPOSE_HOURS = 8
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "khuevan.ui.errors.csrf_failure"

# How long a pupil of 18 lets the family read on; 0: until it is taken back.
FAMILY_CONSENT_DAYS = 0

# --- transport
SECURE_SSL_REDIRECT = ENV.https
SESSION_COOKIE_SECURE = ENV.https
CSRF_COOKIE_SECURE = ENV.https
SECURE_HSTS_SECONDS = 31_536_000 if ENV.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENV.https
SECURE_HSTS_PRELOAD = ENV.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.https else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- figures for the operator
METRICS_TOKEN = ENV.metrics_token

# --- history and jobs
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_CONTEXT_ID_FIELD = pghistory.ContextUUIDField()
PGHISTORY_APPEND_ONLY = True
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)  # no page asks by them
PROCRASTINATE_ON_APP_READY = "khuevan.platform.jobs.queue.on_app_ready"

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "khuevan.ui.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": ENV.log_level},
    "loggers": {
        "django.server": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
        "procrastinate": {"level": "WARNING"},
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []
