"""`khuevan backup FILE`: the database and the stored files in one checked file."""

from __future__ import annotations

import argparse
import json
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg

from khuevan.cli import archive, fingerprint
from khuevan.cli.dump import dump
from khuevan.cli.start import Refused, database, say, write_down
from khuevan.config.env import Environment, environment
from khuevan.config.words import gettext as _
from khuevan.kernel.exit_codes import DONE


def about() -> str:
    """Say what the command is for, in one line."""
    return _("write the database and the stored files to one file")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("file", type=Path, help=_("the file to write; it must not exist yet"))
    parser.add_argument("--json", action="store_true", help=_("answer in JSON, for programs"))


def run(arguments: argparse.Namespace) -> int:
    """Write a backup and say what it holds."""
    with database(environment()) as handle:
        facts = make(arguments.file.expanduser().resolve(), handle.url, environment())
        write_down("audit.backed_up", facts)
    if arguments.json:
        say(json.dumps(facts, ensure_ascii=False, indent=2))
    else:
        say(
            _(
                "%(rows)s rows of %(tables)s tables and %(files)s files backed up to"
                " %(file)s (%(megabytes)s MB, %(seconds)s s)."
            )
            % {
                "rows": facts["rows"],
                "tables": facts["tables"],
                "files": facts["files"],
                "file": facts["file"],
                "megabytes": f"{facts['bytes'] / 2**20:.1f}",
                "seconds": facts["seconds"],
            }
        )
        say(_("The secret key is not in it: keep KHUEVAN_SECRET_KEY somewhere else."))
    return DONE


def make(path: Path, url: str, env: Environment) -> dict[str, Any]:
    """Write one moment of the database, and the files stored by then; return what was written.

    :raises Refused: when there is nothing to back up or no room for it
    """
    started = time.monotonic()
    with archive.write(path) as writer, psycopg.connect(url) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()
        assert snapshot is not None  # noqa: S101  (the function always answers)
        states = fingerprint.take(connection)
        if not states:
            raise Refused(_("The database is empty: there is nothing to back up."))
        with dump(url, connection, snapshot[0]) as source:
            writer.add(archive.DUMP, source)
        files = _add_files(writer, env.files_dir)
        writer.finish(
            {
                "program": version("khuevan"),
                "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
                "postgresql": connection.info.server_version,
                "mode": env.mode.value,
                "tables": fingerprint.as_plain(states),
            }
        )
    return {
        "file": str(path),
        "bytes": path.stat().st_size,
        "tables": len(states),
        "rows": sum(state.rows for state in states.values()),
        "files": files,
        "seconds": round(time.monotonic() - started, 1),
    }


def _add_files(writer: archive.Writer, folder: Path) -> int:
    """Add every stored file; one deleted meanwhile is left out, as the next backup would."""
    count = 0
    for path in sorted(folder.rglob("*")) if folder.exists() else []:
        if path.is_symlink() or not path.is_file():
            continue
        try:
            source = path.open("rb")
        except FileNotFoundError:
            continue
        with source:
            writer.add(archive.FILES + path.relative_to(folder).as_posix(), source)
        count += 1
    return count
