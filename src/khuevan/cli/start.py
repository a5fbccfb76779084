"""What a subcommand needs before it works: the database, Django, and a way to say things."""

from __future__ import annotations

import importlib
import os
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import django
from django.conf import settings
from django.db import connections

from khuevan.config.env import ConfigurationError, Environment, Mode, environment, remember_mode
from khuevan.config.postgres import ServerHandle, open_database
from khuevan.config.postgres.connection import django_database
from khuevan.config.words import gettext as _

SETTINGS = "khuevan.config.settings"


class Refused(Exception):
    """The command refuses; the text is one sentence for whoever typed it."""


@contextmanager
def database(env: Environment) -> Iterator[ServerHandle]:
    """Hold the database while a command works, and point this process at it.

    :raises ConfigurationError: when the database can't be used
    """
    with open_database(env) as handle:
        if handle.is_embedded and not (env.data_dir / ".khuevan").exists():
            remember_mode(env.data_dir, env.mode)
        os.environ["DATABASE_URL"] = handle.url
        environment.cache_clear()
        if settings.configured:
            address = django_database(handle.url)
            del address["OPTIONS"]
            settings.DATABASES["default"].update(address)
        try:
            yield handle
        finally:
            disconnect()


def disconnect() -> None:
    """Close this process's connections, so that a server stopped next is missed by nobody."""
    if not settings.configured:
        return
    for connection in connections.all(initialized_only=True):
        connection.close()
        close_pool = getattr(connection, "close_pool", None)
        if close_pool is not None:
            close_pool()


def set_up_django() -> None:
    """Load the settings and the apps. Whoever reads rows opens the database first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()


def inside() -> ModuleType:
    """Return the commands' half that may only be imported once Django is set up."""
    set_up_django()
    return importlib.import_module("khuevan.cli.inside")


def write_down(name: str, details: Mapping[str, Any]) -> None:
    """Write into the log what was done to the whole database, and say so when that failed.

    `name` is one of the codes of `platform.audit`.
    """
    if not inside().note(name, details):
        complain(_("The log of this database did not take the entry about it."))


def choose_mode(mode: Mode) -> Environment:
    """Return the environment, in a mode for whoever named none, here and in child processes."""
    os.environ.setdefault("KHUEVAN_MODE", mode.value)
    environment.cache_clear()
    return environment()


def require_free_port(env: Environment) -> None:
    """Refuse when something else listens where the web server would.

    :raises ConfigurationError: with the port and the variable that chooses another
    """
    family = socket.AF_INET6 if ":" in env.bind else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((env.bind, env.port))
        except PermissionError as error:
            raise ConfigurationError(
                _(
                    "Port %(port)s needs more rights than this user has; choose one above"
                    " 1024, such as KHUEVAN_PORT=8000."
                )
                % {"port": env.port}
            ) from error
        except OSError as error:
            raise ConfigurationError(
                _(
                    "Port %(port)s is taken by another program; choose another one, such as"
                    " KHUEVAN_PORT=%(other)s."
                )
                % {"port": env.port, "other": env.port % 65535 + 1}
            ) from error


def say(text: str = "") -> None:
    """Print one line for whoever started the command."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    """Print one line to the error stream."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
