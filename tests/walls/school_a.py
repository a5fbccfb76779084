"""What school A has to read, and what could be done to it: each selector and action alone.

Those of an app of its own stand in `tests/walls/apps/`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from khuevan.kernel.actor import Actor
from khuevan.platform.access.actions import end_grant, start_support_session
from khuevan.platform.access.selectors import (
    grants,
    support_sessions,
    user_rows,
)
from khuevan.platform.access.selectors.devices import own_devices
from khuevan.platform.access.selectors.users import grants_known_to, holding
from khuevan.platform.accounts.api import User
from khuevan.platform.jobs.selectors import count_running, unit_jobs
from khuevan.platform.notifications.actions import mark_all_read
from khuevan.platform.sheets.actions import upload_sheets
from khuevan.platform.sheets.actions.doors import lock_import
from khuevan.platform.sheets.checking import plan_rows
from khuevan.platform.sheets.importers import PlannedRow, importers
from khuevan.platform.sheets.selectors import rows_of, unit_for_import
from khuevan.registry.schools.api import (
    SchoolData,
    class_counts,
    open_class,
    open_school,
)
from khuevan.registry.schools.bulk import bulk_open_schools
from khuevan.registry.staff.api import (
    Duties,
    StaffMember,
    appoint,
    assign_homeroom,
    assign_teaching,
    duties_of,
    staff_counts,
)
from khuevan.registry.staff.selectors import teacher_count
from khuevan.registry.students.actions import (
    correct_student,
    end_enrollment,
    enroll_students,
    place_students,
    register_students,
    undo_leaving,
    unmask,
)
from khuevan.registry.students.actions.guardians import _beyond_reach, _in_reach
from khuevan.registry.students.api import Enrollment, NewStudent
from khuevan.registry.students.data import Arrival
from khuevan.registry.students.identity import Facts
from khuevan.registry.students.imports.classes import find_missing
from khuevan.registry.students.imports.effects import measure, tell
from khuevan.registry.students.imports.known import _roll, _taken_registry_numbers
from khuevan.registry.students.imports.norms import rooms_of, sizes_of
from khuevan.registry.students.imports.practice import _classes
from khuevan.registry.students.permissions import EDIT_STUDENTS
from khuevan.registry.students.registration import _records
from khuevan.registry.students.selectors import (
    addresses_of,
    class_roll,
    counts_by_grade,
    enrolled,
    enrollments_of,
    former_pupils,
    get_student_for,
    grade_counts,
    guardians_of,
    placements_of,
    pupil_counts,
    school_roll,
)
from tests.factories import NOW, TODAY, build_signed, build_student_data, commune_area
from tests.walls.apps import gathered
from tests.walls.world import LIST, World


def _duties(world: World, actor: Actor) -> list[Duties]:
    """Return the duties of Ms Lan, who has class 6A and lessons in it."""
    return list(duties_of(actor=actor, member_ids=[lan(world).pk], on=TODAY).values())


def lan(world: World) -> StaffMember:
    """Return Ms Lan as the school's employee."""
    return StaffMember.objects.unscoped(because="a test names her").get(person=world.cast.lan)


def _holders(world: World, actor: Actor) -> list[User]:
    within = holding(actor=actor, unit_ids=[school_id(world)])
    return list(User.objects.unscoped(because="a test narrows it next").filter(within))


def _roles(world: World, actor: Actor) -> list[str]:
    (row,) = user_rows(actor=actor, page=[world.clerk_user])
    return row.roles


def school_id(world: World) -> int:
    """Return the id of school A."""
    return int(world.cast.school_a.pk)


def _planned(world: World, actor: Actor) -> list[PlannedRow]:
    """Return what the checked list would do, whose class the school has."""
    rows = rows_of(world.sheet_import)
    return plan_rows(actor=actor, sheet_import=world.sheet_import, rows=rows, on=TODAY)


def _practice(world: World, actor: Actor) -> list[Any]:
    """Return the classes that a list to practice with could be made of, however small."""
    with patch.dict(_classes.__globals__, FEWEST=1):
        return _classes(actor, school_id(world), TODAY)


READS: dict[str, Callable[[World, Actor], object]] = {
    "classes": lambda w, actor: class_counts(actor, [school_id(w)], TODAY),
    "staff": lambda w, actor: staff_counts(actor, [school_id(w)], TODAY),
    "teachers": lambda w, actor: teacher_count(actor=actor, unit_id=school_id(w), on=TODAY),
    "homerooms": lambda w, actor: [one for one in _duties(w, actor) if one.homerooms],
    "lessons": lambda w, actor: [one for one in _duties(w, actor) if one.lessons],
    "holders of a role": _holders,
    "roles of an account": _roles,
    "roles given": lambda w, actor: list(
        grants(actor=actor).filter(home_unit=w.cast.school_a.unit)
    ),
    "support sessions": lambda _w, actor: list(support_sessions(actor=actor)),
    "jobs": lambda _w, actor: list(unit_jobs(actor=actor)),
    "running jobs": lambda _w, actor: count_running(actor=actor),
    "devices": lambda _w, actor: list(own_devices(actor=actor, now=timezone.now())),
    "pupils by grade": lambda w, actor: [
        one for one in counts_by_grade(actor=actor, on=TODAY) if one["school_id"] == school_id(w)
    ],
    "grades": lambda w, actor: grade_counts(actor=actor, school_id=school_id(w), on=TODAY),
    "number of pupils": lambda w, actor: pupil_counts(actor, [school_id(w)], TODAY),
    "pupils on roll": lambda w, actor: list(
        enrolled(actor=actor, on=TODAY, school_id=school_id(w))
    ),
    "pupils of a class": lambda w, actor: list(
        class_roll(actor=actor, homeroom_class=w.cast.class_6a, on=TODAY)
    ),
    "pupils with a class": lambda w, actor: list(
        school_roll(actor=actor, on=TODAY, school_id=school_id(w))
    ),
    "classes of a pupil": lambda w, actor: list(
        placements_of(actor=actor, student=w.cast.minh_anh)
    ),
    "schools of a pupil": lambda w, actor: list(
        enrollments_of(actor=actor, student=w.cast.minh_anh)
    ),
    "pupils who left": lambda w, actor: former_pupils(
        actor=actor,
        school_id=school_id(w),
        told=Facts("Ngô Đình Rời", w.left.person.birth_date),
        personal_number=None,
        on=TODAY,
    ),
    "pupils named in the log": lambda w, actor: list(_records(actor).filter(pk=w.cast.minh_anh.pk)),
    "people named in the log": lambda w, actor: list(
        grants_known_to(actor).filter(home_unit=w.cast.school_a.unit)
    ),
    "parents to correct": lambda w, actor: (
        {w.cast.huong.pk} - _beyond_reach({w.cast.huong.pk}, actor, EDIT_STUDENTS)
    ),
    "children of a parent": lambda w, actor: list(
        _in_reach(actor, EDIT_STUDENTS).filter(guardian=w.cast.huong)
    ),
    "family": lambda w, actor: list(guardians_of(actor=actor, student=w.cast.minh_anh, on=TODAY)),
    "addresses": lambda w, actor: addresses_of(actor=actor, student=w.cast.minh_anh, on=TODAY),
    "rooms for a list": lambda w, actor: rooms_of(actor, school_id(w), {}),
    "sizes for a list": lambda w, actor: sizes_of(actor, school_id(w), TODAY),
    "size for a list": lambda w, actor: (
        tell(
            actor=actor, unit_id=school_id(w), measured=measure([]), promises={}, on=TODAY
        ).total.before
    ),
    "classes to open": lambda w, actor: find_missing(
        actor=actor, unit_id=school_id(w), rows=[({"class_name": "6Z"}, ())], on=TODAY
    ),
    "roll for a list": lambda w, actor: _roll(actor, school_id(w), TODAY),
    "numbers for a list": lambda w, actor: _taken_registry_numbers(
        actor, school_id(w), set(Enrollment._base_manager.values_list("registry_number", flat=True))
    ),
    "list to practice with": _practice,
    "classes of a list": lambda w, actor: [
        row.number
        for row in _planned(w, actor)
        if not any(fault.field_name == "class_name" for fault in row.faults)
    ],
    "unread lines": lambda _w, actor: mark_all_read(actor=actor, now=NOW),
}
"""What school A has to read: an answer that is empty when nothing of it is in reach."""

READS |= gathered("READS")

ACTS: dict[str, Callable[[World, Actor], Any]] = {
    "end a role": lambda w, actor: end_grant(actor=actor, grant=w.grant, reason="Thử", now=NOW),
    "let a pupil leave": lambda w, actor: end_enrollment(
        actor=actor, uuid=w.cast.minh_anh.uuid, exit_kind="DROPPED", on=TODAY, now=NOW
    ),
    "take a pupil back": lambda w, actor: undo_leaving(
        actor=actor, enrollment_uuid=w.left.uuid, now=NOW
    ),
    "enroll a pupil": lambda w, actor: enroll_students(
        actor=actor,
        school_id=school_id(w),
        arrivals=[Arrival(w.left.student_id, None, TODAY)],
        entry_kind="RETURNED",
        now=NOW,
    ),
    "register a pupil": lambda w, actor: register_students(
        actor=actor,
        school_id=school_id(w),
        new=[NewStudent(build_student_data("Võ Thị Mới"), None, TODAY)],
        now=NOW,
    ),
    "correct a record": lambda w, actor: correct_student(
        actor=actor,
        uuid=w.cast.minh_anh.uuid,
        version=w.cast.minh_anh.person.version,
        changes={"phone": "0912000111"},
        now=NOW,
    ),
    "move a pupil": lambda w, actor: place_students(
        actor=actor, classes={w.cast.minh_anh.uuid: w.cast.class_6b}, on=TODAY, now=NOW
    ),
    "see a number": lambda w, actor: unmask(
        actor=actor, uuid=w.cast.minh_anh.uuid, now=NOW, purpose="VERIFICATION"
    ),
    "open a record": lambda w, actor: get_student_for(actor, w.cast.minh_anh.uuid),
    "open a class": lambda w, actor: open_class(
        actor=actor,
        school_id=school_id(w),
        academic_year=w.cast.class_6a.academic_year,
        grade_level=w.cast.class_6a.grade_level,
        name="6K",
        session="MORNING",
        now=NOW,
    ),
    "open a support session": lambda w, actor: start_support_session(
        actor=actor, unit=w.cast.school_a.unit, reason="Không mở được", minutes=30, now=NOW
    ),
    "open a school": lambda w, actor: open_school(
        actor=actor,
        data=SchoolData(
            "42000999",
            "Trường mới",
            "Mới",
            "PRIMARY",
            ("TH",),
            w.province.pk,
            commune_area().pk,
            founding=build_signed(),
        ),
        starts_on=TODAY,
        now=NOW,
    ),
    "open schools of a whole province": lambda w, actor: bulk_open_schools(
        actor=actor, schools=[], year=w.cast.class_6a.academic_year, now=NOW
    ),
    "appoint somebody": lambda w, actor: appoint(
        actor=actor,
        person=w.cast.mai,
        unit_id=school_id(w),
        position="CLERK",
        starts_on=TODAY,
        is_primary=False,
        now=NOW,
    ),
    "give a class to a teacher": lambda w, actor: assign_homeroom(
        actor=actor, homeroom_class=w.cast.class_6b, member=lan(w), starts_on=TODAY, now=NOW
    ),
    "give lessons to a teacher": lambda w, actor: assign_teaching(
        actor=actor,
        homeroom_class=w.cast.class_6b,
        member=lan(w),
        subject_name="Toán",
        starts_on=TODAY,
        now=NOW,
    ),
    "take in a list": lambda w, actor: upload_sheets(
        actor=actor,
        kind="students.list",
        unit_id=school_id(w),
        upload=SimpleUploadedFile("lop-6A.csv", LIST.encode()),
        now=NOW,
    ),
    "name the school of a list": lambda w, actor: unit_for_import(
        actor, importers.get("students.list"), w.cast.school_a.code
    ),
    "work on a list": lambda w, actor: lock_import(actor, w.sheet_import.uuid),
}
"""What can be done to something of school A."""

ACTS |= gathered("ACTS")
