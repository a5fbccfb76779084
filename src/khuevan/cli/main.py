"""The `khuevan` command: finds the subcommand, chooses the actor, names failures."""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import psycopg
from django.db import DatabaseError, ProgrammingError
from django.utils import translation

from khuevan.cli import (
    backup,
    demo,
    doctor,
    manage,
    migrate,
    restore,
    serve,
    worker,
)
from khuevan.cli.parser import exit_codes, make_parser
from khuevan.cli.start import Refused, complain, database, inside, say, set_up_django
from khuevan.config.env import ConfigurationError, environment
from khuevan.config.words import gettext as _
from khuevan.config.words import language
from khuevan.kernel.errors import DomainError
from khuevan.kernel.exit_codes import DONE, INTERRUPTED, REFUSED
from khuevan.ui.commands import Answer, Command, FileTool, discover, file_tools
from khuevan.ui.errors import ChangedMeanwhile, is_crossed


@dataclass(frozen=True, slots=True)
class Builtin:
    """A subcommand of the program itself."""

    about: Callable[[], str]
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


BUILTINS = {
    "demo": Builtin(demo.about, demo.add_arguments, demo.run),
    "serve": Builtin(serve.about, serve.add_arguments, serve.run),
    "worker": Builtin(worker.about, worker.add_arguments, worker.run),
    "doctor": Builtin(doctor.about, doctor.add_arguments, doctor.run),
    "migrate": Builtin(migrate.about, migrate.add_arguments, migrate.run),
    "backup": Builtin(backup.about, backup.add_arguments, backup.run),
    "restore": Builtin(restore.about, restore.add_arguments, restore.run),
    "manage": Builtin(manage.about, manage.add_arguments, manage.run),
}

ASKING = frozenset({"-h", "--help"})
UNMIGRATED = (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn)
LOGGING = {"serve", "worker"}
"""Who runs for long and writes a log; the others talk to somebody."""
OVER_FILES = (
    ("match",),
    ("rules", "evaluate"),
    ("timetable", "check"),
    ("timetable", "convert"),
    ("timetable", "list"),
)
"""The tools of apps that read and write files alone: they need no key either."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; a bug raises, which Python turns into 1."""
    words = list(sys.argv[1:] if argv is None else argv)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)  # so that everything is closed on the way
    try:
        return dispatch(words)
    except (ConfigurationError, Refused) as refusal:
        return _refuse(str(refusal), "start", words)
    except DomainError as refusal:
        with translation.override(language()):
            return _refuse(str(refusal), refusal.code, words)
    except DatabaseError as fault:
        if not is_crossed(fault):
            raise
        with translation.override(language()):
            return _refuse(str(ChangedMeanwhile()), ChangedMeanwhile.code, words)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def dispatch(words: list[str]) -> int:
    """Run the command that words name; refusals are raised."""
    if not words or words[0] not in LOGGING:
        logging.disable(logging.INFO)
    if words and words[0] in BUILTINS:
        parser = make_parser(words[0], BUILTINS[words[0]].about())
        BUILTINS[words[0]].add_arguments(parser)
        return BUILTINS[words[0]].run(parser.parse_args(words[1:]))
    if not words or words[0] in ASKING:
        say(_overview())
        return DONE
    return _run_registered(words)


def _run_registered(words: list[str]) -> int:
    """Run a command of an app as the named user or the operator of the server."""
    asks_help = bool(ASKING.intersection(words))
    if asks_help:
        os.environ["KHUEVAN_MODE"] = "test"  # explaining a command needs no key and no data
    elif any(tuple(words[: len(tool)]) == tool for tool in OVER_FILES):
        os.environ.setdefault("KHUEVAN_MODE", "test")
    set_up_django()
    found = _find(words)
    if found is None and asks_help and (group := _group(words[0])):
        say(group)
        return DONE
    if found is None:
        raise Refused(
            _("There is no command %(name)r; `khuevan --help` lists them.")
            % {"name": " ".join(words[:2])}
        )
    with translation.override(language()):
        parser = make_parser(found.name, str(found.help))
        found.add_arguments(parser)
        arguments = parser.parse_args(words[len(found.words) :])
        answer = _answer(found, arguments)
    text = answer.as_json() if arguments.json else str(answer.text)
    return answer.exit_code if _is_said(text) else REFUSED


def _is_said(text: str) -> bool:
    """Print the answer; where it can't be written, say that what the command did stands."""
    try:
        if text:
            say(text)
    except BrokenPipeError:
        raise
    except OSError as error:
        sentence = _("The answer could not be written (%(reason)s); what the command did stands.")
        complain(sentence % {"reason": error.strerror})
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return False
    return True


def _answer(found: Command | FileTool, arguments: argparse.Namespace) -> Answer:
    """Run a command, and say so when the database is not brought to this version.

    :raises Refused: when nobody has migrated it
    """
    if isinstance(found, FileTool):
        return found.function(arguments)
    with database(environment()):
        if getattr(found, "begins", False) and migrate.is_empty():
            migrate.bring_up_to_date(environment(), with_data=False)
        try:
            answer: Answer = inside().run(found, arguments)
        except ProgrammingError as error:
            if not isinstance(error.__cause__, UNMIGRATED) or not migrate.pending_migrations():
                raise
            refusal = _("The database is not of this version yet: run `khuevan migrate` first.")
            raise Refused(refusal) from error
    return answer


def _find(words: list[str]) -> Command | FileTool | None:
    """Return the command whose name the words begin with, the longest first."""
    known = _known()
    names = (" ".join(words[:length]) for length in (3, 2, 1) if len(words) >= length)
    return next((known[name] for name in names if name in known), None)


def _known() -> dict[str, Command | FileTool]:
    """Return what the apps offer, by name."""
    found: dict[str, Command | FileTool] = {one.name: one for one in discover()}
    found.update((tool.name, tool) for tool in file_tools)
    return dict(sorted(found.items()))


def _group(word: str) -> str:
    """Return the list of the commands whose name begins with a word, nothing when none does."""
    with translation.override(language()):
        named = [one for one in _known().values() if one.words[0] == word]
        lines = [f"  {one.name:<22} {one.help}" for one in named]
    head = [_("usage: khuevan %(word)s COMMAND ...") % {"word": word}, ""]
    return "\n".join([*head, *lines, "", _("Each has --help."), exit_codes()]) if lines else ""


def _overview() -> str:
    """Return the list of all commands, without touching any data."""
    os.environ.setdefault("KHUEVAN_MODE", "test")
    lines = [_("usage: khuevan COMMAND ..."), ""]
    lines += [_("One open education information system for a province."), ""]
    lines += [_("Running the program:")]
    lines += [f"  {name:<22} {builtin.about()}" for name, builtin in BUILTINS.items()]
    lines += ["", _("Working with its data (--as USERNAME, --json):")]
    try:
        set_up_django()
        with translation.override(language()):
            lines += [f"  {command.name:<22} {command.help}" for command in _known().values()]
    except ConfigurationError as error:
        lines.append(f"  {error}")
    return "\n".join([*lines, "", _("Each has --help."), exit_codes()])


def _refuse(sentence: str, code: str, words: list[str]) -> int:
    complain(sentence)
    if "--json" in words:
        say(json.dumps({"code": code, "message": sentence}, ensure_ascii=False))
    return REFUSED
