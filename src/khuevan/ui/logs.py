"""Structured log lines: one JSON object a line, without personal data by construction.

A line holds the constant text of the logging call, a closed list of extra fields, and of an error
its class and place. Texts filled in at run time are left out: a name or a mark could be among them.
"""

from __future__ import annotations

import errno
import json
import logging
import re
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from khuevan.kernel.errors import DomainError

EXTRAS = (
    "request_id",
    "caller_request_id",
    "route",
    "method",
    "status",
    "ms",
    "sql",
    "sql_ms",
    "person",
    "job",
    "kind",
    "attempt",
    "incident",
    "code",
    "count",
    "action",
    "worker",
)
"""The only fields of `extra=` that are written."""

OPERATIONAL_LOGGERS = ("procrastinate", "psycopg.pool", "granian", "_granian")
"""Libraries that speak of connections and queues only, so their filled-in texts are kept."""

SECURITY_LOGGER = "django.security"
"""Django logs an error's own text there, and a caller's Host or path with it."""

PROGRAM_FAULTS = (AttributeError, NameError, ImportError)
"""Errors whose text names code and never data."""

DEEPEST_STACK = 12
PLAIN_WORD = re.compile(r"[A-Za-z0-9_.:@/\-]{1,120}")


class JsonFormatter(logging.Formatter):
    """Write a record as one JSON object of known fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as a JSON line."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _event(record),
        }
        line.update(_extras(record))
        if record.exc_info and record.exc_info[1] is not None:
            line.update(describe_error(record.exc_info[1]))
        return json.dumps(line, ensure_ascii=False)


def describe_error(error: BaseException) -> dict[str, Any]:
    """Return what a log may say of an error: classes, code, place, never a value."""
    chain = list(_chain(error))
    told: dict[str, Any] = {"error": " < ".join(type(link).__name__ for link in chain)}
    for link in chain:
        told.update(_facts(link))
    told["where"] = _places(error.__traceback__)
    return told


def _event(record: logging.LogRecord) -> str:
    """Return the text as it stands in the code: numbers filled in, other values left out."""
    if record.name.split(".")[0] in OPERATIONAL_LOGGERS or record.name in OPERATIONAL_LOGGERS:
        return record.getMessage()
    if record.name.startswith(SECURITY_LOGGER):
        return "suspicious request refused"
    text = str(record.msg)
    if not isinstance(record.args, tuple):
        return text
    kept = tuple(value if isinstance(value, int | float) else "…" for value in record.args)
    try:
        return text % kept if kept else text
    except (TypeError, ValueError):
        return text


def _extras(record: logging.LogRecord) -> Iterator[tuple[str, Any]]:
    for name in EXTRAS:
        value = getattr(record, name, None)
        if value is None:
            continue
        if isinstance(value, int | float):
            yield name, value
        elif PLAIN_WORD.fullmatch(str(value)):
            yield name, str(value)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Go from an error to the causes behind it, five at most."""
    link: BaseException | None = error
    for _step in range(5):
        if link is None:
            return
        yield link
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)


def _facts(error: BaseException) -> Iterator[tuple[str, Any]]:
    if isinstance(error, DomainError):
        yield "code", error.code
    if isinstance(error, OSError) and error.errno:
        yield "errno", errno.errorcode.get(error.errno, error.errno)
    if isinstance(error, PROGRAM_FAULTS):
        yield "fault", str(error)
    diagnosis = getattr(error, "diag", None)
    for label, column in (
        ("sqlstate", "sqlstate"),
        ("constraint", "constraint_name"),
        ("table", "table_name"),
    ):
        value = getattr(diagnosis, column, None)
        if value:
            yield label, value


def _places(trace: TracebackType | None) -> list[str]:
    """Return file, line and function of the innermost frames."""
    frames = traceback.extract_tb(trace)[-DEEPEST_STACK:]
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _short(path: str) -> str:
    """Return a source file from its package on: no folder of this machine."""
    for mark in ("/site-packages/", "/src/"):
        if mark in path:
            return path.rsplit(mark, 1)[1]
    return path.rsplit("/", 1)[-1]
