"""A school's timetable as FET's problem, and FET's result as its places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils import translation

from khuevan.school.timetable.core.engine import Violation
from khuevan.school.timetable.core.values import Constraint, Placement
from khuevan.school.timetable.errors import OtherResult
from khuevan.school.timetable.fet.document import Document
from khuevan.school.timetable.fet.results import entries_in
from khuevan.school.timetable.fet.solution import NO_ID, UNKNOWN, Entry, entries_told, fit
from khuevan.school.timetable.fet.writing import Written, write_problem
from khuevan.school.timetable.models import Timetable
from khuevan.school.timetable.problems import Setting, setting_of

LANGUAGE = "vi"
"""Days and hours go out under these names and come back under them, whoever reads."""


def problem_file(timetable: Timetable, *, school_name: str) -> Written:
    """Return a timetable as a `.fet` file, pinned lessons held where they stand.

    What FET has no words for is named beside it and not written.
    """
    with translation.override(LANGUAGE):
        setting = setting_of(timetable, for_fet=True)
        problem = setting.problem
        held = tuple(_held(setting))
        whole = replace(problem, constraints=(*problem.constraints, *held))
        return write_problem(Document(whole, name=school_name, comments=timetable.name))


def read_places(
    timetable: Timetable, content: bytes, name: str
) -> tuple[Setting, Sequence[Placement], Sequence[Violation]]:
    """Return where FET's result (or a solution in JSON) puts the lessons, and what fits nothing.

    :raises UnreadableFile, FileRefused:
    :raises OtherResult: when it is of another timetable
    """
    is_json = name.casefold().endswith(".json")
    entries: Sequence[Entry] = entries_told(content, name) if is_json else entries_in(content, name)
    with translation.override(LANGUAGE):
        setting = setting_of(timetable)
        placements, faults = fit(entries, setting.problem)
    foreign = sum(one.sentence in (UNKNOWN, NO_ID) for one in faults)
    if foreign > len(placements) or not entries:
        raise OtherResult(count=len(entries), foreign=foreign)
    return setting, placements, faults


def _held(setting: Setting) -> list[Constraint]:
    """Return that each pinned lesson begins where it stands."""
    return [
        Constraint(
            "preferred_starts",
            parameters={"lessons": (one.lesson,), "slots": (one.slot,)},
            source="pinned",
        )
        for one in setting.placements
        if setting.rows[one.lesson].is_locked
    ]
