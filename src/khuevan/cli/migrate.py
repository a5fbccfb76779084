"""`khuevan migrate`: brings the database and the static files to this version of the program."""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

import psycopg
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from khuevan.cli.start import Refused, database, say, set_up_django
from khuevan.config.env import Environment, environment
from khuevan.config.words import gettext as _
from khuevan.kernel.exit_codes import DONE

LOCK_NUMBER = 7_204_120


def about() -> str:
    """Say what the command is for, in one line."""
    return _("bring the database to this version; safe to repeat")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--check", action="store_true", help=_("only say what would be applied"))


def run(arguments: argparse.Namespace) -> int:
    """Apply what is missing, or say what that is."""
    with database(environment()):
        env = environment()
        if arguments.check:
            names = pending_migrations()
            say("\n".join(names) if names else _("The database is up to date."))
            return DONE
        count = bring_up_to_date(env)
        say(
            _("%(count)s migrations applied.") % {"count": count}
            if count
            else _("The database is up to date.")
        )
    return DONE


def pending_migrations() -> list[str]:
    """Return the names of the migrations that the database lacks, in order.

    :raises Refused: when the database holds steps that this version doesn't know
    """
    set_up_django()
    executor = MigrationExecutor(connection)
    _require_known(executor.loader)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def is_empty() -> bool:
    """Return whether nothing has ever been written into the database."""
    set_up_django()
    return not MigrationLoader(connection).applied_migrations


def _require_known(loader: MigrationLoader) -> None:
    """Refuse a database that a newer version made, or one from before the steps began anew."""
    own = {app.label for app in apps.get_app_configs() if app.name.startswith("khuevan.")}
    unknown = sorted(
        f"{label}.{name}"
        for label, name in loader.applied_migrations
        if label in own and (label, name) not in loader.disk_migrations
    )
    if unknown:
        raise Refused(
            _(
                "This version can't read the database, which another version made (%(step)s)."
                " Use that version, or start with an empty data folder."
            )
            % {"step": unknown[0]}
        )


def require_migrated(env: Environment) -> None:
    """Refuse to run on a database of an older version.

    :raises Refused: naming the command that helps
    """
    if pending_migrations():
        raise Refused(_("The database is of an older version: run `khuevan migrate` first."))
    collect_static(env)


def bring_up_to_date(env: Environment, *, with_data: bool = True) -> int:
    """Migrate, one command at a time, collect static files; return how many were applied.

    `with_data` renews what the program brings along also where no table changes.
    """
    with psycopg.connect(env.database_url or "", autocommit=True) as guard:
        guard.execute("SELECT pg_advisory_lock(%s)", (LOCK_NUMBER,))
        pending = pending_migrations()
        if pending:
            call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable", verbosity=0)
        elif with_data:
            renew_data()
        connection.close()
    collect_static(env)
    return len(pending)


def renew_data() -> None:
    """Let apps bring in what this version knows anew: roles and rights, areas, circulars, days."""
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default", apps=apps, plan=[])


def collect_static(env: Environment) -> None:
    """Collect, compress and name the static files by their content when one of them changed."""
    stamp = env.data_dir / "static.stamp"
    digest = _static_digest()
    if (
        stamp.exists()
        and stamp.read_text("ascii") == digest
        and Path(settings.STATIC_ROOT).is_dir()
    ):
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(digest, "ascii")


def _static_digest() -> str:
    """Return a digest of every static file's name, size and time of change."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
