"""The command line as an interface: permissions, arguments, exit codes, one sentence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from argparse import Namespace
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import psycopg
import pytest
from django.db import ProgrammingError, connection
from django.db.migrations.recorder import MigrationRecorder
from psycopg.errors import UndefinedColumn, UndefinedTable

from khuevan.cli import main
from khuevan.cli.main import dispatch
from khuevan.cli.migrate import pending_migrations, renew_data
from khuevan.cli.start import Refused
from khuevan.kernel.actor import Actor, AnchorKind, Permission, Reach
from khuevan.kernel.registry import Registry
from khuevan.platform.access.models import KnownPermission, Role
from khuevan.ui import commands as module
from khuevan.ui.commands import (
    Answer,
    Command,
    CommandMistyped,
    CommandNotAllowed,
    argument,
    command,
    invoke,
)

COUNT = Permission("tests.things:count", "count things")


@dataclass(frozen=True)
class FakeActor:
    """Somebody who holds some permissions."""

    codes: frozenset[str] = field(default_factory=frozenset)
    person_id: int | None = None
    label: str = "Ms Lan"
    role_label: str = ""
    today: date = date(2026, 11, 20)
    is_signed_in: bool = True

    def may(self, permission: Permission) -> bool:
        return permission.code in self.codes

    def reach(self, permission: Permission, kind: AnchorKind) -> Reach:
        return Reach(everything=self.may(permission))

    def own_schools(self, permission: Permission) -> frozenset[int]:
        return frozenset()


ALLOWED = FakeActor(frozenset({COUNT.code}))


@pytest.fixture(autouse=True)
def own_registry(monkeypatch: pytest.MonkeyPatch) -> Registry[Command]:
    registry: Registry[Command] = Registry("command")
    monkeypatch.setattr(module, "commands", registry)

    @command(
        "count things",
        COUNT,
        help="count them",
        arguments=[argument("number", type=int, help="how many"), argument("--by", help="by what")],
    )
    def count_things(actor: Actor, args: Namespace) -> Answer:
        return Answer(f"{args.number} things", {"number": args.number, "on": actor.today})

    return registry


def test_a_command_answers_as_text_and_as_data() -> None:
    answer = invoke("count things", ALLOWED, ["3"])
    assert answer.text == "3 things"
    assert json.loads(answer.as_json()) == {"number": 3, "on": "2026-11-20"}


def test_without_the_permission_nothing_runs() -> None:
    with pytest.raises(CommandNotAllowed):
        invoke("count things", FakeActor(), ["3"])
    with pytest.raises(CommandNotAllowed, match="--as "):
        invoke("count things", FakeActor(is_signed_in=False), ["3"])


def test_words_that_make_no_sense_are_refused() -> None:
    with pytest.raises(CommandMistyped) as refusal:
        invoke("count things", ALLOWED, ["three"])
    assert "invalid int value" in refusal.value.details["reason"]


def khuevan(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KHUEVAN_")}
    kept.pop("DATABASE_URL", None)
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, "-m", "khuevan.cli", *words],
        env={**kept, **variables, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    "name", ["demo", "serve", "worker", "doctor", "migrate", "backup", "restore", "manage"]
)
def test_every_part_of_the_program_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        dispatch([name, "--help"])
    assert ended.value.code == 0
    assert "Exit codes" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", ["generate", "import", "worker", "user list", "user", "export", "export students"]
)
def test_help_needs_nothing_that_is_set(words: str) -> None:
    done = khuevan(*words.split(), "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("usage: khuevan")


def test_a_tool_over_files_needs_neither_key_nor_database(tmp_path: Path) -> None:
    missing = tmp_path / "none.fet"
    done = khuevan("timetable", "check", str(missing), str(missing))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"The file {missing} cannot be read: No such file or directory.\n"


def test_help_of_no_command_is_refused() -> None:
    assert khuevan("fly", "--help").returncode == 2


def test_a_bad_value_is_one_sentence_and_exit_code_2(tmp_path: Path) -> None:
    done = khuevan("demo", KHUEVAN_PORT="none", KHUEVAN_DATA=str(tmp_path / "data"))
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == "KHUEVAN_PORT is 'none'; it must be a whole number from 1 to 65535.\n"


def test_a_refusal_can_be_read_by_a_program(tmp_path: Path) -> None:
    done = khuevan("doctor", "--json", KHUEVAN_DATA=str(tmp_path / "data"), KHUEVAN_MODE="none")
    findings = json.loads(done.stdout)
    assert done.returncode == 2
    assert {"configuration"} == {one["name"] for one in findings if one["state"] == "fail"} - {
        "messages"
    }


def test_an_unknown_command_is_refused(tmp_path: Path) -> None:
    done = khuevan("fly", "away", KHUEVAN_MODE="test", KHUEVAN_DATA=str(tmp_path / "data"))
    assert done.returncode == 2
    assert "There is no command 'fly away'" in done.stderr


@pytest.mark.parametrize("lack", [UndefinedTable, UndefinedColumn])
def test_a_database_not_brought_to_this_version_is_a_refusal_not_a_bug(
    monkeypatch: pytest.MonkeyPatch, lack: type[psycopg.Error]
) -> None:
    class Behind:
        def run(self, _found: object, _arguments: object) -> None:
            raise ProgrammingError("does not exist") from lack()

    monkeypatch.setattr(main, "inside", Behind)
    monkeypatch.setattr(main, "database", nullcontext)
    monkeypatch.setattr("khuevan.cli.main.migrate.pending_migrations", lambda: ["schools.0009"])
    with pytest.raises(Refused, match="khuevan migrate"):
        main._answer(None, None)  # type: ignore[arg-type]
    monkeypatch.setattr("khuevan.cli.main.migrate.pending_migrations", list)
    with pytest.raises(ProgrammingError):  # a mistake in a query stays one
        main._answer(None, None)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_version_without_migrations_brings_its_new_rights_too() -> None:
    role = Role.objects.get(code="principal")
    gone = role.permissions[0]
    Role.objects.filter(pk=role.pk).update(permissions=role.permissions[1:])
    KnownPermission.objects.filter(code=gone).delete()
    renew_data()
    role.refresh_from_db()
    assert gone in role.permissions


@pytest.mark.django_db
def test_a_database_of_another_line_of_versions_is_refused() -> None:
    pending_migrations()
    MigrationRecorder(connection).record_applied("students", "0099_of_a_newer_version")
    with pytest.raises(Refused, match="students.0099_of_a_newer_version"):
        pending_migrations()
