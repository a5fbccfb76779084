"""A list is taken back while somebody else works on the same records, over another connection."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.cast import Cast, actor_of, make_cast
from tests.factories import EVERYTHING, NOW, TODAY
from tests.sheets.loading import fresh, loan
from tests.sheets.rows import load, written
from tests.sheets.tables import differences, everything
from tests.sheets.test_undo import PUPILS, newest, of_pupils, pupil_of

from khuevan.platform.access.api import operator_actor
from khuevan.platform.sheets import actions
from khuevan.platform.sheets.errors import NotUndoable, StillNeeded
from khuevan.platform.sheets.models import ImportState, SheetImport
from khuevan.registry.students.api import correct_student
from khuevan.registry.transfers import actions as transfers
from khuevan.registry.transfers.tests.at_once import second_of
from khuevan.registry.transfers.tests.cases import WISH
from khuevan.ui.errors import is_crossed


@pytest.fixture
def cast(committed_db: None, pinned_day: None) -> Cast:
    """Return the cast, committed, so that a second connection sees it."""
    return make_cast()


def undone(one: SheetImport, actor: Any) -> SheetImport:
    return actions.undo_import(actor=actor, uuid=one.uuid, now=NOW)


def phoned(row: dict[str, str], cast: Cast) -> Any:
    pupil = pupil_of(row)
    return correct_student(
        actor=actor_of(cast.hung),
        uuid=pupil.uuid,
        version=pupil.person.version,
        changes={"phone": "0911111111"},
        now=NOW,
    )


def test_two_people_take_one_list_back(cast: Cast) -> None:
    before = everything()
    one = of_pupils(cast, PUPILS[:3])
    second = second_of(
        lambda: undone(one, loan(cast)),
        lambda: undone(one, actor_of(cast.hung)),
    )
    assert isinstance(second, NotUndoable)
    assert differences(before, everything()) == []


def test_a_clerk_saves_a_pupil_first(cast: Cast) -> None:
    one = of_pupils(cast, PUPILS[:3])
    second = second_of(lambda: phoned(PUPILS[1], cast), lambda: undone(one, loan(cast)))
    assert isinstance(second, StillNeeded)
    assert fresh(one).state == ImportState.DONE
    assert all(pupil_of(row).pk for row in PUPILS[:3])


def test_a_list_that_is_written_meanwhile_needs_its_pupils(cast: Cast, tmp_path: Path) -> None:
    before = everything()
    one = of_pupils(cast, PUPILS[:3])
    path = written(tmp_path / "again.csv", [{**PUPILS[0], "Dân tộc": "Mường"}, PUPILS[3]])
    second = second_of(
        lambda: load("students", path, "--school", cast.school_a.code),
        lambda: undone(one, loan(cast)),
    )
    assert isinstance(second, StillNeeded)
    undone(newest(), operator_actor(on=TODAY, login="tests"))
    undone(one, loan(cast))
    assert differences(before, everything()) == []


def test_a_list_of_pupils_who_go_meanwhile_writes_them_anew(cast: Cast, tmp_path: Path) -> None:
    one = of_pupils(cast, PUPILS[:3])
    path = written(tmp_path / "again.csv", [{**PUPILS[0], "Dân tộc": "Mường"}, PUPILS[3]])
    second = second_of(
        lambda: undone(one, loan(cast)),
        lambda: load("students", path, "--school", cast.school_a.code),
    )
    assert not isinstance(second, Exception), second
    assert (second.data["new"], fresh(one).state) == (2, ImportState.UNDONE)


def test_what_is_said_of_a_pupil_who_goes_is_refused_and_not_half_there(cast: Cast) -> None:
    one = of_pupils(cast, PUPILS[:2])
    before, pupil = everything(), pupil_of(PUPILS[0])

    def ask() -> Any:
        return transfers.ask_to_leave(
            actor=EVERYTHING, student_uuid=pupil.uuid, to=cast.school_b, wish=WISH, now=NOW
        )

    second = second_of(lambda: undone(one, loan(cast)), ask)
    assert is_crossed(second), second
    assert fresh(one).state == ImportState.UNDONE
    assert set(everything()["students_student"]) < set(before["students_student"])
    assert everything()["transfers_transfer"] == before["transfers_transfer"]
