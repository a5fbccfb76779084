"""From an environment to a database: whose server it is, and how Django and tools reach it."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from khuevan.config.env import Environment
from khuevan.config.postgres.program import DatabaseUnavailable
from khuevan.config.postgres.server import ServerHandle, embedded_url, ensure_server
from khuevan.config.words import gettext as _

NAMES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def open_database(environment: Environment) -> ServerHandle:
    """Return a hold on the database to use: DATABASE_URL's server, else the embedded one.

    :raises DatabaseUnavailable: when it does not answer
    """
    if environment.database_url is None:
        return ensure_server(environment.data_dir)
    try:
        with psycopg.connect(environment.database_url, connect_timeout=10):
            return ServerHandle(environment.database_url)
    except psycopg.Error as error:
        said = str(error).strip().splitlines()[-1]
        raise DatabaseUnavailable(
            _("The database of DATABASE_URL does not answer: %(said)s") % {"said": said}
        ) from error


def database_settings(environment: Environment) -> dict[str, Any]:
    """Return Django's `DATABASES` entry for an environment, without starting anything."""
    return django_database(environment.database_url or embedded_url(environment.data_dir))


def django_database(url: str) -> dict[str, Any]:
    """Return Django's `DATABASES` entry for an address in any form libpq understands.

    :raises DatabaseUnavailable: when the address makes no sense
    """
    try:
        parts = conninfo_to_dict(url)
    except psycopg.Error as error:
        raise DatabaseUnavailable(
            _("DATABASE_URL is not an address PostgreSQL understands.")
        ) from error
    entry: dict[str, Any] = {"ENGINE": "django.db.backends.postgresql", "OPTIONS": {}}
    for name, value in parts.items():
        if name in NAMES:
            entry[NAMES[name]] = str(value)
        else:
            entry["OPTIONS"][name] = value
    return entry


def tool_environment(url: str) -> dict[str, str]:
    """Return the PG* variables that point pg_dump and pg_restore at a database.

    Variables, since a password on a command line can be read by every user of the machine.
    """
    known = {
        "host": "PGHOST",
        "port": "PGPORT",
        "user": "PGUSER",
        "password": "PGPASSWORD",
        "dbname": "PGDATABASE",
        "sslmode": "PGSSLMODE",
        "sslrootcert": "PGSSLROOTCERT",
        "passfile": "PGPASSFILE",
        "service": "PGSERVICE",
    }
    return {
        known[name]: str(value) for name, value in conninfo_to_dict(url).items() if name in known
    }
