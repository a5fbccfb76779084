"""Teachers to whom a list gives a subject that they aren't trained for: written, and told."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from khuevan.platform.sheets.api import Fault
from khuevan.registry.curriculum.imports.reading import Faults, Line
from khuevan.registry.curriculum.imports.standing import Standing
from khuevan.registry.curriculum.training import Training, training_for
from khuevan.registry.staff.api import trained_subjects


def untrained(
    lines: Sequence[Line],
    refused: Collection[int],
    standing: Standing,
    fault: Faults,
    *,
    on: date,
) -> Iterator[tuple[int, Fault]]:
    """Yield a warning for each teacher and subject that don't fit, in the first row with both."""
    trained = trained_subjects({said.member for one in lines for said in one.lessons}, on)
    told: set[tuple[int, str]] = set()
    for line in lines:
        for said in line.lessons if line.row.number not in refused else ():
            level = standing.rooms[said.room_id].grade_level.level
            fit = training_for(said.subject, level, trained.get(said.member, ()))
            if fit is not Training.OTHER or (said.member, said.subject) in told:
                continue
            told.add((said.member, said.subject))
            name = standing.members[said.member].person.full_name
            words: dict[str, str | int] = {"name": name, "subject": said.subject}
            yield (
                line.row.number,
                fault(line.row, "subject", "curriculum.not_trained", words, warns=True),
            )
