"""PostgreSQL's own tools as streams: the dump of one snapshot, a restore all or nothing."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import psycopg

from khuevan.cli.start import Refused
from khuevan.config.postgres import find_tool, tool_environment
from khuevan.config.words import gettext as _

CHUNK = 1 << 20
HEAD_LINES = 60
# Written by newer tools for every server, and unknown to the older of them.
NEWER_SETTINGS = (b"SET transaction_timeout",)


def tool(name: str, connection: psycopg.Connection[Any]) -> Path:
    """Return a client program that is not older than the connection's server.

    :raises Refused: when there is none
    """
    major = connection.info.server_version // 10_000
    found = find_tool(name, least_major=major)
    if found is None:
        raise Refused(
            _(
                "The server is PostgreSQL %(major)s and no %(name)s of that version was"
                " found: install the package postgresql-client-%(major)s."
            )
            % {"major": major, "name": name}
        )
    return found


@contextmanager
def dump(url: str, connection: psycopg.Connection[Any], snapshot: str) -> Iterator[IO[bytes]]:
    """Give the dump of a database, as one transaction of another connection sees it.

    :raises Refused: when the dump fails
    """
    program = tool("pg_dump", connection)
    options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603  (PostgreSQL's own program)
            [str(program), *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=_environment(url),
        )
        assert process.stdout is not None  # noqa: S101  (asked for above)
        try:
            yield process.stdout
        except BaseException:
            process.kill()
            raise
        finally:
            process.stdout.close()
            process.wait()
        if process.returncode != 0:
            raise Refused(
                _("The database could not be dumped: %(line)s") % {"line": _last_line(errors)}
            )


def load(url: str, connection: psycopg.Connection[Any], source: IO[bytes]) -> None:
    """Load a dump into an empty database in one transaction.

    :raises Refused: when anything in it fails, with nothing kept
    """
    reading = tool("pg_restore", connection)
    writing = reading.with_name("psql")
    as_text = ["--file=-", "--no-owner", "--no-privileges", "--no-comments"]
    careful = ["-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-o", os.devnull]
    with tempfile.TemporaryFile() as errors:
        pipe = subprocess.PIPE
        reader = subprocess.Popen(  # noqa: S603  (PostgreSQL's own program)
            [str(reading), *as_text], stdin=pipe, stdout=pipe, stderr=errors
        )
        writer = subprocess.Popen(  # noqa: S603  (PostgreSQL's own program)
            [str(writing), *careful], stdin=pipe, stderr=errors, env=_environment(url)
        )
        try:
            _pump(source, reader, writer)
        except BaseException:
            writer.kill()
            reader.kill()
            raise
        finally:
            codes = writer.wait(), reader.wait()
        if any(codes):
            raise Refused(
                _("The backup could not be restored: %(line)s") % {"line": _last_line(errors)}
            )


def _pump(
    source: IO[bytes], reader: subprocess.Popen[bytes], writer: subprocess.Popen[bytes]
) -> None:
    """Move the dump through both programs; one that gave up is told by its exit code."""
    assert reader.stdin is not None  # noqa: S101  (asked for, as the next two)
    assert reader.stdout is not None  # noqa: S101
    assert writer.stdin is not None  # noqa: S101
    feeder = threading.Thread(target=_feed, args=(source, reader.stdin))
    feeder.start()
    with suppress(BrokenPipeError):
        for _ in range(HEAD_LINES):
            line = reader.stdout.readline()
            if not line.startswith(NEWER_SETTINGS):
                writer.stdin.write(line)
    _copy(reader.stdout, writer.stdin)
    # The rest of a dump nobody wants any more is read, so that the feeder comes to its end.
    while reader.stdout.read(CHUNK):
        pass
    feeder.join()
    if reader.wait() != 0:
        writer.kill()  # at the end of its input it would commit the part it has
    with suppress(BrokenPipeError):
        writer.stdin.close()


def _feed(source: IO[bytes], target: IO[bytes]) -> None:
    _copy(source, target)
    with suppress(BrokenPipeError):
        target.close()


def _copy(source: IO[bytes], target: IO[bytes]) -> None:
    with suppress(BrokenPipeError):
        while chunk := source.read(CHUNK):
            target.write(chunk)


def _environment(url: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {
        **kept,
        **tool_environment(url),
        "LC_ALL": "C",
        "PGOPTIONS": "-c client_min_messages=error",
    }


def _last_line(errors: IO[bytes]) -> str:
    """Return the line of a tool's complaint that says what is wrong."""
    errors.seek(0)
    lines = [line.strip() for line in errors.read().decode("utf-8", "replace").splitlines()]
    telling = [line for line in lines if "error" in line.lower() or "fatal" in line.lower()]
    return next(iter(telling or lines[-1:]), _("no message"))
