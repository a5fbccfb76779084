"""Settings for the test suite: cheap hashing, plain static files, files in a throwaway folder."""

from khuevan.config.settings import *  # noqa: F403
from khuevan.config.settings import DATABASES, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATABASES["default"]["OPTIONS"].pop("pool")
WHITENOISE_AUTOREFRESH = True
ACCOUNT_RATE_LIMITS = {}
MEMO_SECONDS = 0
LIST_WORKERS = 1  # another process sees nothing of a test's open transaction
