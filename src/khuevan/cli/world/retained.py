"""Photos of pupils who left the demo's first school long ago: some destroyed, the others due."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from khuevan.cli.world.lives import clerk_of, put_picture
from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force
from khuevan.platform.access.api import actor_for_person
from khuevan.platform.files.api import StoredFile
from khuevan.platform.retention.api import Decision, Destruction, destroy_files
from khuevan.registry.staff.api import Appointment
from khuevan.registry.students import actions as students
from khuevan.registry.students.data import NewStudent, StudentData

WHY = "the demo's own former pupils"
KIND = "PUPIL_PHOTO"
STAYED = 4
FORMER = (
    ("Đinh Công Thành", "MALE", 8),
    ("Võ Thị Mỹ Duyên", "FEMALE", 8),
    ("Nguyễn Hoàng Phương Thảo Nguyên", "FEMALE", 6),
    ("Phan Bá Đạt", "MALE", 6),
    ("Lê Thị Cẩm Ly", "FEMALE", 6),
    ("Trần Hữu Phước", "MALE", 6),
    ("Hoàng Ngọc Khánh Vân", "FEMALE", 2),
)
"""Name, sex, how many years ago they finished grade 9."""
LONGEST_AGO = 8


@transaction.atomic
def keep_old_photos(*, today: date, school_id: int, now: datetime) -> None:
    """Let the clerk have kept photos of former pupils, and the principal have some destroyed; once.

    Of those who left six years ago the time is over too: they wait for a decision.
    """
    clerk, principal = clerk_of(school_id, today, now), _principal_of(school_id, today, now)
    if clerk is None or principal is None:
        return
    if Destruction.objects.unscoped(because=WHY).filter(unit_id=school_id).exists():
        return
    gone = [
        _former(clerk, school_id, name, sex, date(today.year - years, 5, 31), now)
        for name, sex, years in FORMER
    ]
    oldest = [
        file
        for file, (_name, _sex, years) in zip(gone, FORMER, strict=True)
        if years == LONGEST_AGO
    ]
    decision = Decision("07/QĐ-THCS", localdate(now), principal.label)
    destroy_files(
        actor=principal,
        code=KIND,
        files=[file.uuid for file in oldest],
        decision=decision,
        now=now,
    )


def _former(
    clerk: Actor, school_id: int, name: str, sex: str, left_on: date, now: datetime
) -> StoredFile:
    """Register somebody who came, had a picture in the record and finished; return the picture."""
    born = date(left_on.year - 15, 3, 14)
    student = students.register_student(
        actor=clerk,
        school_id=school_id,
        new=NewStudent(
            StudentData(name, sex, born),
            homeroom_class_id=None,
            starts_on=date(left_on.year - STAYED, 9, 5),
        ),
        entry_kind="ADMITTED",
        now=now,
    )
    photo = put_picture(actor=clerk, student=student, now=now)
    students.end_enrollment(
        actor=clerk, uuid=student.uuid, exit_kind="COMPLETED", on=left_on, now=now
    )
    return photo.file


def _principal_of(school_id: int, on: date, now: datetime) -> Actor | None:
    rows = Appointment.objects.unscoped(because=WHY).filter(
        in_force(on), unit_id=school_id, position="PRINCIPAL"
    )
    found = rows.select_related("person").order_by("pk").first()
    return actor_for_person(found.person, on=on, now=now) if found else None
