"""`@command`: the one way an app offers something on the command line, with its permission.

An app's commands.py parses, calls one action or selector, and returns an `Answer`; printing, exit
codes and the choice of the actor belong to `khuevan.cli`.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn
from uuid import UUID

from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.kernel.exit_codes import DONE
from khuevan.kernel.registry import Registry


class CommandNotAllowed(DomainError):
    """The actor holds the command's permission on nothing."""

    code = "commands.not_allowed"
    message = _("%(actor)s may not run this command.")
    status = 403


class OperatorNotAllowed(CommandNotAllowed):
    """The operator of the server does not hold it: the command tells of the province's people."""

    message = _(
        "%(actor)s, the operator of the server, may not run this command."
        " Add --as USERNAME of somebody who may."
    )


class SchoolUnknown(NotFound):
    """The words name a school that is not there, or not this actor's to see."""

    code = "commands.no_school"
    message = _("No school that you may see has the code %(code)s.")


class CommandMistyped(DomainError):
    """The arguments make no sense."""

    code = "commands.mistyped"
    message = _("%(reason)s. See the command's --help.")
    status = 400


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command has to say: to a person as text, to a program as data."""

    text: str | Promise = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    exit_code: int = DONE
    """`REFUSED` when the answer itself is a refusal, such as a check that found faults."""

    def as_json(self) -> str:
        """Return the data as one JSON document."""
        return json.dumps(dict(self.data), ensure_ascii=False, indent=2, default=_plain)


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument or option, as argparse takes it."""

    names: tuple[str, ...]
    options: Mapping[str, Any]


def argument(*names: str, help: str | Promise, **options: Any) -> Argument:  # noqa: A002
    """Return an argument for `@command(arguments=...)`; the options are argparse's."""
    return Argument(names, {"help": help, **options})


Function = Callable[[Actor, Namespace], Answer]


@dataclass(frozen=True, slots=True)
class Command:
    """Something an app offers on the command line."""

    name: str
    permission: Permission
    help: str | Promise
    function: Function
    arguments: tuple[Argument, ...] = ()
    begins: bool = False
    """True where it may be the first thing that is done: an empty database is set up for it."""

    @property
    def words(self) -> list[str]:
        """Return the words to type, such as import and students."""
        return self.name.split()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Give a parser this command's arguments and the two every command has."""
        _add(parser, self.arguments)
        parser.add_argument(
            "--as",
            dest="acting_as",
            metavar="USERNAME",
            help=str(_("act as this user; without it, as the operator of the server")),
        )

    def run(self, actor: Actor, arguments: Namespace) -> Answer:
        """Check the permission and run the function.

        :raises CommandNotAllowed: when the actor holds the permission on nothing
        """
        if not actor.may(self.permission):
            refusal = CommandNotAllowed if actor.is_signed_in else OperatorNotAllowed
            raise refusal(actor=actor.label)
        return self.function(actor, arguments)


commands: Registry[Command] = Registry("command")


def command(
    name: str,
    permission: Permission,
    *,
    help: str | Promise,  # noqa: A002
    arguments: Sequence[Argument] = (),
    begins: bool = False,
) -> Callable[[Function], Function]:
    """Offer a function as `khuevan NAME`; the route matrix calls it with every kind of actor."""

    def decorate(function: Function) -> Function:
        commands.register(name, Command(name, permission, help, function, tuple(arguments), begins))
        return function

    return decorate


@dataclass(frozen=True, slots=True)
class FileTool:
    """Something an app does with files alone: no data of the province, so no actor either."""

    name: str
    help: str | Promise
    function: Callable[[Namespace], Answer]
    arguments: tuple[Argument, ...] = ()

    @property
    def words(self) -> list[str]:
        """Return the words to type, such as match."""
        return self.name.split()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Give a parser this tool's arguments and --json, which every one has."""
        _add(parser, self.arguments)


file_tools: Registry[FileTool] = Registry("file tool")


def file_tool(
    name: str,
    *,
    help: str | Promise,  # noqa: A002
    arguments: Sequence[Argument] = (),
) -> Callable[[Callable[[Namespace], Answer]], Callable[[Namespace], Answer]]:
    """Offer a function over files as `khuevan NAME`; it runs where there is no database."""

    def decorate(function: Callable[[Namespace], Answer]) -> Callable[[Namespace], Answer]:
        file_tools.register(name, FileTool(name, help, function, tuple(arguments)))
        return function

    return decorate


@contextmanager
def naming_school(code: str) -> Iterator[None]:
    """Say which code names no school, where a page would only say that it is not found.

    :raises SchoolUnknown: when what is done inside finds none
    """
    try:
        yield
    except NotFound as refusal:
        if type(refusal) is not NotFound:
            raise
        raise SchoolUnknown(code=code) from refusal


def discover() -> Registry[Command]:
    """Import every installed app's commands.py and return what they offer."""
    autodiscover_modules("commands")
    return commands


def invoke(name: str, actor: Actor, argv: Sequence[str] = ()) -> Answer:
    """Run a command as an actor with words as typed: what tests and other programs use.

    :raises CommandNotAllowed: when the actor holds the permission on nothing
    :raises CommandMistyped: when the words make no sense
    """
    found = discover().get(name)
    parser = QuietParser(prog=f"khuevan {name}")
    found.add_arguments(parser)
    return found.run(actor, parser.parse_args(list(argv)))


def run_tool(name: str, argv: Sequence[str] = ()) -> Answer:
    """Run a tool over files with words as typed: what tests and other programs use.

    :raises CommandMistyped: when the words make no sense
    """
    discover()
    found = file_tools.get(name)
    parser = QuietParser(prog=f"khuevan {name}")
    found.add_arguments(parser)
    return found.function(parser.parse_args(list(argv)))


class QuietParser(ArgumentParser):
    """A parser that raises a refusal instead of ending the process."""

    def error(self, message: str) -> NoReturn:
        """Refuse, saying what was wrong with the words."""
        raise CommandMistyped(reason=message[:1].upper() + message[1:])


def _add(parser: ArgumentParser, arguments: Sequence[Argument]) -> None:
    for one in arguments:
        options: dict[str, Any] = {**one.options, "help": str(one.options["help"])}
        parser.add_argument(*one.names, **options)
    parser.add_argument("--json", action="store_true", help=str(_("answer in JSON, for programs")))


def _plain(value: object) -> object:
    """Return what JSON can hold for a value that it can't."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, UUID | Path | Promise | Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
