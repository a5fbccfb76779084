"""The half of the commands that imports apps with tables: loaded only once Django is set up."""

from __future__ import annotations

import getpass
from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import Any

from django.db import DatabaseError
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from khuevan.cli.world.demo import load_demo
from khuevan.config.words import language
from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import DomainError
from khuevan.platform.access.api import actor_for_username, operator_actor
from khuevan.platform.audit import api as audit
from khuevan.platform.jobs.api import run_worker
from khuevan.ui.commands import Answer, Command

__all__ = ["UnknownUser", "actor", "login", "note", "prepare_demo", "run", "run_worker"]


class UnknownUser(DomainError):
    """The name after --as belongs to nobody who may sign in."""

    code = "cli.unknown_user"
    message = _("There is no active user named %(username)s.")
    status = 404


def actor(username: str | None) -> Actor:
    """Return who a command acts as: the named user, else the operator of this server.

    :raises UnknownUser: when the name belongs to no active user
    """
    if username is None:
        return operator_actor(on=clock.today(), login=login())
    found = actor_for_username(username, on=clock.today(), now=clock.now())
    if found is None:
        raise UnknownUser(username=username)
    return found


def run(command: Command, arguments: Namespace) -> Answer:
    """Run a command as whom it names; all that it writes stands under one number in the log."""
    chosen = actor(arguments.acting_as)
    with audit.batch(actor_label=chosen.label):
        return command.run(chosen, arguments)


def note(code: str, details: Mapping[str, Any]) -> bool:
    """Write down what the operator did to the whole database; tell whether that went well.

    A backup is worth more than its line in the log: a full or an older database refuses it.
    """
    try:
        chosen = actor(None)
        with audit.batch(actor_label=chosen.label):
            audit.record(code, actor=chosen, at=clock.now(), details=dict(details))
    except DatabaseError:
        return False
    return True


def login() -> str:
    """Return the name under which somebody uses this machine, for the audit log."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def prepare_demo(say: Callable[[str], None]) -> list[str]:
    """Load the demo province when the database has none; return the sign-ins to print."""
    chosen = actor(None)
    with translation.override(language()), audit.batch(actor_label=chosen.label):
        lines = load_demo(actor=chosen, now=clock.now(), say=say)
        return [str(line) for line in lines]
