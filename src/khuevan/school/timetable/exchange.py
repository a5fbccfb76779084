"""A school's timetable as FET's problem, and FET's result as its places."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from django.utils import translation

from khuevan.school.timetable.core.engine import Violation
from khuevan.school.timetable.core.values import Constraint, Placement
from khuevan.school.timetable.fet.document import Document
from khuevan.school.timetable.fet.results import read_result
from khuevan.school.timetable.fet.solution import fit, read_entries
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
    """
    with translation.override(LANGUAGE), tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("result.json" if name.casefold().endswith(".json") else "result.xml")
        path.write_bytes(content)
        entries = read_entries(path) if path.suffix == ".json" else read_result(path)
        setting = setting_of(timetable)
        placements, faults = fit(entries, setting.problem)
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
