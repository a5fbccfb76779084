"""Where the database is: DATABASE_URL when set, else the embedded server of the data folder."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from khuevan.config.env import Environment


def database_settings(env: Environment) -> dict[str, Any]:
    """Return Django's settings for the one database."""
    url = env.database_url or "postgresql:///khuevan"
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "khuevan",
        "USER": unquote(parts.username or query.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or query.pop("host", "")),
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": env.web_threads + 4, "timeout": 30}},
    }
