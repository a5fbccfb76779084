"""What is done from the command line stands in the log: by whom, and all of it as one thing."""

from __future__ import annotations

from argparse import Namespace

import pytest
from django.db import DatabaseError

from khuevan.cli import inside
from khuevan.cli.world.permissions import GENERATE_WORLD
from khuevan.kernel.actor import Actor
from khuevan.platform.access.api import sync_roles
from khuevan.platform.audit import api as audit
from khuevan.platform.audit.api import AuditEntry
from khuevan.ui.commands import Answer, Command
from tests.factories import NOW

pytestmark = pytest.mark.django_db
MANY = {"rows": 7, "files": 2}


def entries() -> list[AuditEntry]:
    return list(AuditEntry.objects.unscoped(because="a test reads the log").order_by("pk"))


def write_twice(actor: Actor, _arguments: Namespace) -> Answer:
    for _time in range(2):
        audit.record("audit.backed_up", actor=actor, at=NOW, details=MANY)
    with audit.batch(actor_label="inside"):
        audit.record("audit.backed_up", actor=actor, at=NOW, details=MANY)
    return Answer()


@pytest.fixture(autouse=True)
def _roles() -> None:
    sync_roles()


def test_all_that_a_command_writes_stands_under_one_number() -> None:
    command = Command("write twice", GENERATE_WORLD, "for a test", write_twice)
    for _time in range(2):
        inside.run(command, Namespace(acting_as=None))
    numbers = [entry.request_id for entry in entries()]
    assert None not in numbers
    assert [numbers.count(number) for number in numbers] == [3] * 6


def test_the_operator_is_named_with_what_was_backed_up() -> None:
    assert inside.note("audit.backed_up", {**MANY, "file": "/x/one.khv"})
    (entry,) = entries()
    assert (entry.actor_label, entry.actor_person_id) == (inside.login(), None)
    assert entry.actor_role
    assert entry.details["rows"] == 7
    assert entry.request_id is not None


def test_a_log_that_takes_nothing_fails_no_backup(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(audit, "record", refuse)
    assert not inside.note("audit.backed_up", MANY)
