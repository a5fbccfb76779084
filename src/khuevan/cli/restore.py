"""`khuevan restore FILE`: into an empty database, or with --drill beside the real one."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from khuevan.cli import archive, fingerprint
from khuevan.cli.dump import load
from khuevan.cli.start import Refused, database, say, write_down
from khuevan.config.env import Environment, environment
from khuevan.config.words import gettext as _
from khuevan.config.words.system import reason
from khuevan.kernel.clock import VIETNAM
from khuevan.kernel.exit_codes import DONE


def about() -> str:
    """Say what the command is for, in one line."""
    return _("restore a backup into an empty database, or try it with --drill")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("file", type=Path, help=_("a file that `khuevan backup` wrote"))
    parser.add_argument(
        "--drill",
        action="store_true",
        help=_("restore into a scratch database, compare every table, and drop it again"),
    )
    parser.add_argument("--json", action="store_true", help=_("answer in JSON, for programs"))


def run(arguments: argparse.Namespace) -> int:
    """Restore or rehearse, and say what was compared."""
    path = arguments.file.expanduser().resolve()
    with archive.read(path) as reader, database(environment()) as handle:
        action = drill if arguments.drill else restore
        facts = action(reader, handle.url, environment())
        made_at = datetime.fromisoformat(facts["made_at"]).astimezone(VIETNAM)
        code = "audit.restore_tried" if arguments.drill else "audit.restored"
        write_down(code, {**facts, "made_at": f"{made_at:%d/%m/%Y %H:%M}"})
    if arguments.json:
        say(json.dumps(facts, ensure_ascii=False, indent=2))
    elif arguments.drill:
        say(
            _(
                "Drill passed: %(rows)s rows of %(tables)s tables restored beside the"
                " database and equal to the backup, %(seconds)s s."
            )
            % {"rows": facts["rows"], "tables": facts["tables"], "seconds": facts["seconds"]}
        )
    else:
        say(
            _(
                "%(rows)s rows of %(tables)s tables and %(files)s files restored and"
                " equal to the backup, %(seconds)s s. Run `khuevan migrate` next."
            )
            % {
                "rows": facts["rows"],
                "tables": facts["tables"],
                "files": facts["files"],
                "seconds": facts["seconds"],
            }
        )
    return DONE


def restore(reader: archive.Reader, url: str, env: Environment) -> dict[str, Any]:
    """Fill an empty database and an empty folder; return what was restored.

    :raises Refused: when either holds something, or the outcome differs from the backup
    """
    started = time.monotonic()
    folder = env.files_dir
    if folder.exists() and any(folder.iterdir()):
        raise Refused(
            _("%(folder)s holds files: a backup is restored into an empty folder only.")
            % {"folder": folder}
        )
    with psycopg.connect(url, autocommit=True) as connection:
        if fingerprint.tables(connection):
            raise Refused(
                _(
                    "The database holds tables: a backup is restored into an empty one only."
                    " Set KHUEVAN_DATA to a new folder, or try it with --drill."
                )
            )
        with _unpacked(reader, folder):
            _load_and_compare(reader, url, connection)
    return _facts(reader, started)


def drill(reader: archive.Reader, url: str, env: Environment) -> dict[str, Any]:
    """Restore into a scratch database and drop it; return what was compared.

    :raises Refused: when the outcome differs from the backup
    """
    started = time.monotonic()
    name = f"khuevan_drill_{secrets.token_hex(4)}"
    scratch = make_conninfo(url, dbname=name)
    with psycopg.connect(url, autocommit=True) as outside:
        try:
            create = sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name))
            outside.execute(create)
        except psycopg.errors.InsufficientPrivilege as error:
            raise Refused(_("A drill needs a database user who may create databases.")) from error
        try:
            with psycopg.connect(scratch, autocommit=True) as connection:
                _load_and_compare(reader, scratch, connection)
        finally:
            drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            outside.execute(drop)
    return _facts(reader, started)


def _load_and_compare(
    reader: archive.Reader, url: str, connection: psycopg.Connection[Any]
) -> None:
    with reader.open(archive.DUMP) as source:
        load(url, connection, source)
    with connection.transaction():
        found = fingerprint.as_plain(fingerprint.take(connection))
    lines = fingerprint.differences(reader.manifest["tables"], found)
    if lines:
        raise Refused(
            _("The restored rows are not those of the backup: %(tables)s.")
            % {"tables": "; ".join(lines[:5])}
        )
    connection.execute("ANALYZE")


@contextmanager
def _unpacked(reader: archive.Reader, folder: Path) -> Iterator[None]:
    """Unpack the files beside their folder and move them there once the database is restored."""
    draft = folder.with_name(f".{folder.name}.{os.getpid()}.partial")
    try:
        draft.mkdir(mode=0o700, parents=True)
        reader.unpack_files(draft)
        yield
        if folder.exists():
            folder.rmdir()
        draft.rename(folder)
    except OSError as error:
        raise Refused(
            _("The files can't be written to %(folder)s: %(reason)s.")
            % {"folder": folder, "reason": reason(error)}
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _facts(reader: archive.Reader, started: float) -> dict[str, Any]:
    tables = reader.manifest["tables"]
    return {
        "made_at": reader.manifest["made_at"],
        "tables": len(tables),
        "rows": sum(state["rows"] for state in tables.values()),
        "files": len(reader.files),
        "equal": True,
        "seconds": round(time.monotonic() - started, 1),
    }
