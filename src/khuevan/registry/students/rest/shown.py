"""What a program reads of a pupil: as a list shows it, and as a record does."""

from __future__ import annotations

from datetime import date
from typing import Any, Self
from uuid import UUID

from ninja import Schema

from khuevan.registry.students.models import Student
from khuevan.ui.formats import masked


class PupilOut(Schema):
    """A pupil on roll, as a list shows it: nothing sensitive."""

    uuid: UUID
    full_name: str
    sex: str
    birth_date: date | None
    moet_code: str
    personal_number_masked: str
    school: str
    class_uuid: UUID | None
    class_name: str
    grade: str
    """The code of the pupil's own grade, which in a class of several is not always the class's."""
    enrolled_on: date | None
    is_main: bool
    """Whether `school` is the main one; a pupil who studies there besides has no class there."""

    @classmethod
    def of(cls, row: Any, school: str) -> Self:
        """Return the document of a row of `on_roll`."""
        room = row.placement.homeroom_class if row.placement and row.is_primary else None
        return cls(
            **identity(row.student),
            school=school,
            class_uuid=room.uuid if room else None,
            class_name=room.name if room else "",
            grade=(row.grade_told or "") if row.is_primary else "",
            enrolled_on=row.starts_on,
            is_main=row.is_primary,
        )


class PupilPage(Schema):
    """A part of the list of pupils; `next` is given as `after` to get the following one."""

    items: list[PupilOut]
    next: str


class RecordOut(PupilOut):
    """A pupil's record: the version is given back with a correction."""

    version: int


def identity(student: Student) -> dict[str, Any]:
    """Return who a pupil is, nothing sensitive."""
    person = student.person
    return {
        "uuid": student.uuid,
        "full_name": person.full_name,
        "sex": person.sex,
        "birth_date": person.birth_date,
        "moet_code": student.moet_code or "",
        "personal_number_masked": masked(person.personal_number) if person.personal_number else "",
    }
