"""`khuevan manage`: Django's own commands against this installation, for developers."""

from __future__ import annotations

import argparse

from django.core.management import execute_from_command_line

from khuevan.cli.start import database, set_up_django
from khuevan.config.env import environment
from khuevan.config.words import gettext as _
from khuevan.kernel.exit_codes import DONE


def about() -> str:
    """Say what the command is for, in one line."""
    return _("run one of Django's own commands, such as shell or makemigrations")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="COMMAND ...")


def run(arguments: argparse.Namespace) -> int:
    """Hand the words to Django with the database open."""
    with database(environment()):
        set_up_django()
        execute_from_command_line(["khuevan manage", *arguments.words])
    return DONE
