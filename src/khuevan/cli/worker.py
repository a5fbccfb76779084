"""`khuevan worker`: runs background jobs from the queue in the database."""

from __future__ import annotations

import argparse

from khuevan.cli.children import follow_named_parent
from khuevan.cli.migrate import require_migrated
from khuevan.cli.start import database, inside, say
from khuevan.config.env import environment
from khuevan.config.words import gettext as _
from khuevan.kernel.exit_codes import DONE


def about() -> str:
    """Say what the command is for, in one line."""
    return _("run the background worker alone, in the foreground")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--supervised", action="store_true", help=_("the database was prepared by the starter")
    )


def run(arguments: argparse.Namespace) -> int:
    """Work until told to stop."""
    follow_named_parent()
    with database(environment()) as handle:
        env = environment()
        if not arguments.supervised:
            require_migrated(env)
            say(_("The worker runs %(count)s jobs at a time.") % {"count": env.job_workers})
        inside().run_worker(concurrency=env.job_workers, on_database_lost=handle.ensure_running)
    return DONE
