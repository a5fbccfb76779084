"""Every command, called by an operator without its permission, from another school, and with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from khuevan.kernel.actor import PUBLIC
from khuevan.kernel.errors import DomainError
from khuevan.platform.access.api import OperatorActor
from khuevan.ui.commands import Answer, Command, CommandNotAllowed, discover, invoke
from tests.cast import actor_of
from tests.factories import TODAY
from tests.walls.agreed import STATED, WRITE
from tests.walls.world import LIST, SECRETS, World, undone

Words = Callable[[World, Path], Sequence[str]]

REASON = ("--reason", "Theo đơn số 5")


@dataclass(frozen=True, slots=True)
class Row:
    """One command: its words, and what else a caller needs to be answered."""

    words: Words
    also: tuple[str, ...] = ("schools.school:view",)
    names_school_a: bool = True
    """Whether the words name something of school A, which others must be refused."""


def _nothing(_world: World, _folder: Path) -> Sequence[str]:
    return ()


def _import(world: World, folder: Path) -> Sequence[str]:
    path = folder / "lop-6A.csv"
    path.write_text(LIST, "utf-8")
    return ("students", str(path), "--check", "--school", world.cast.school_a.code)


def _export(world: World, folder: Path) -> Sequence[str]:
    return ("--school", world.cast.school_a.code, "--out", str(folder / "a.csv"), "--purpose=EXAM")


COMMANDS: dict[str, Row] = {
    "user list": Row(_nothing, names_school_a=False),
    "user create": Row(lambda w, _f: (str(w.new_colleague.uuid),)),
    "user password": Row(lambda w, _f: (w.small_user.username,)),
    "user deactivate": Row(lambda w, _f: (w.small_user.username, *REASON)),
    "user grant": Row(
        lambda w, _f: (w.small_user.username, "school_staff", w.cast.school_a.code, *REASON)
    ),
    "role list": Row(_nothing, names_school_a=False),
    "role check": Row(_nothing, names_school_a=False),
    "role allow": Row(lambda _w, _f: ("school_staff", "staff.member:view", *REASON)),
    "role deny": Row(lambda _w, _f: ("school_clerk", "access.user:view", *REASON)),
    "import": Row(_import),
    "import-undo": Row(lambda w, _f: (str(w.written_list.uuid), "--check")),
    "export students": Row(_export),
    "export": Row(
        lambda w, f: ("schools", str(f / "a.xlsx"), "--school", w.cast.school_a.code),
    ),
    "authority": Row(
        lambda w, _f: ("transfer_student", "--school", w.cast.school_a.code, "--on", "2026-01-05")
    ),
    "generate": Row(
        lambda _w, _f: ("--check", "--schools=8", "--students=480"), names_school_a=False
    ),
    "compare": Row(
        lambda _w, _f: ("2025-12-05", "2026-01-05"),
        also=("students.figure:view",),
        names_school_a=False,
    ),
    "rollup refresh": Row(_nothing, names_school_a=False),
    "rollup rebuild": Row(_nothing, names_school_a=False),
    "rollup check": Row(_nothing, names_school_a=False),
    "duplicates find": Row(_nothing, names_school_a=False),
    "quality": Row(lambda w, _f: ("--school", w.cast.school_a.code)),
    "quality count": Row(_nothing, names_school_a=False),
    "results compute": Row(lambda w, _f: ("--school", w.cast.school_a.code)),
    "cutover": Row(lambda w, _f: ("--school", w.cast.school_a.code)),
}
FOUND = list(discover())


@pytest.mark.parametrize("command", FOUND, ids=lambda one: one.name)
def test_every_command_has_a_row(command: Command) -> None:
    assert STATED.get(f"khuevan {command.name}") == command.permission.code, WRITE
    assert command.permission is not PUBLIC
    assert command.name in COMMANDS, f"add {command.name} to {__name__}"


def test_no_row_is_of_a_command_that_is_gone() -> None:
    assert COMMANDS.keys() == {command.name for command in FOUND}


@pytest.mark.parametrize("command", FOUND, ids=lambda one: one.name)
def test_only_those_who_may_are_answered(world: World, command: Command, tmp_path: Path) -> None:
    row = COMMANDS[command.name]
    words = row.words(world, tmp_path)
    everything = frozenset(world.everything)
    needed = STATED[f"khuevan {command.name}"]
    for lacking in (
        OperatorActor("operator", TODAY, everything - {needed}),
        actor_of(world.person(everything - {needed})),
    ):
        with undone(), pytest.raises(CommandNotAllowed):
            invoke(command.name, lacking, words)
    with undone():
        _stranger(world, command, row, words)
    with undone():
        answer = invoke(command.name, OperatorActor("operator", TODAY, everything), words)
        assert answer.text or answer.data


def _stranger(world: World, command: Command, row: Row, words: Sequence[str]) -> None:
    """Somebody who may do everything at school B reaches nothing of school A."""
    actor = actor_of(world.person(world.everything, at=world.cast.school_b.unit))
    try:
        answer = invoke(command.name, actor, words)
    except DomainError as refusal:
        answer = Answer(str(refusal))
    else:
        assert not row.names_school_a, "another school was answered"
    said = f"{answer.text} {answer.as_json()}"
    assert [secret for secret in SECRETS if secret in said] == []
