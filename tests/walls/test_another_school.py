"""Selectors and actions, called past every page by somebody who may do everything elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.access.actions import end_grant
from khuevan.platform.access.api import VIEW_USERS, GrantActor, OperatorActor
from khuevan.platform.access.selectors import (
    delegable_grants,
    get_person_for,
    grants,
    support_sessions,
    user_rows,
)
from khuevan.platform.access.selectors.devices import own_devices
from khuevan.platform.access.selectors.users import grants_known_to, holding
from khuevan.platform.accounts.api import User
from khuevan.platform.jobs.selectors import count_running, unit_jobs
from khuevan.platform.notifications.actions import mark_all_read
from khuevan.platform.sheets.actions.doors import lock_import
from khuevan.platform.sheets.checking import plan_rows
from khuevan.platform.sheets.importers import PlannedRow
from khuevan.platform.sheets.selectors import rows_of
from khuevan.registry.schools.api import class_counts, open_class
from khuevan.registry.staff.api import Duties, StaffMember, duties_of, staff_counts
from khuevan.registry.staff.selectors import teacher_count
from khuevan.registry.students.actions import (
    correct_student,
    correct_students,
    end_enrollment,
    enroll_students,
    place_students,
    register_students,
    undo_leaving,
    undo_moves,
    unmask,
)
from khuevan.registry.students.actions.guardians import _beyond_reach, _in_reach
from khuevan.registry.students.api import VIEW_GUARDIANS, VIEW_STUDENTS, Enrollment, NewStudent
from khuevan.registry.students.data import Arrival, Correction
from khuevan.registry.students.errors import RecordChanged, SensitiveNotYours
from khuevan.registry.students.identity import Facts
from khuevan.registry.students.imports.classes import find_missing
from khuevan.registry.students.imports.effects import measure, tell
from khuevan.registry.students.imports.known import _roll, _taken_registry_numbers
from khuevan.registry.students.imports.norms import rooms_of, sizes_of
from khuevan.registry.students.pages.lists import _one_school
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
    siblings_of,
)
from tests.cast import Client, actor_of
from tests.factories import EVERYTHING, NOW, TODAY, build_student_data, make_person
from tests.walls.test_doors import Reaching
from tests.walls.world import World, undone


def _duties(world: World, actor: Actor) -> list[Duties]:
    """Return the duties of Ms Lan, who has class 6A and lessons in it."""
    lan = StaffMember.objects.unscoped(because="a test names her").get(person=world.cast.lan)
    return list(duties_of(actor=actor, member_ids=[lan.pk], on=TODAY).values())


def _holders(world: World, actor: Actor) -> list[User]:
    within = holding(actor=actor, unit_ids=[_a(world)])
    return list(User.objects.unscoped(because="a test narrows it next").filter(within))


def _roles(world: World, actor: Actor) -> list[str]:
    (row,) = user_rows(actor=actor, page=[world.clerk_user])
    return row.roles


def _a(world: World) -> int:
    return int(world.cast.school_a.pk)


def _planned(world: World, actor: Actor) -> list[PlannedRow]:
    """Return what the checked list would do, whose class the school has."""
    rows = rows_of(world.sheet_import)
    return plan_rows(actor=actor, sheet_import=world.sheet_import, rows=rows, on=TODAY)


READS: dict[str, Callable[[World, Actor], object]] = {
    "classes": lambda w, actor: class_counts(actor, [_a(w)], TODAY),
    "staff": lambda w, actor: staff_counts(actor, [_a(w)], TODAY),
    "teachers": lambda w, actor: teacher_count(actor=actor, unit_id=_a(w), on=TODAY),
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
        one for one in counts_by_grade(actor=actor, on=TODAY) if one["school_id"] == _a(w)
    ],
    "grades": lambda w, actor: grade_counts(actor=actor, school_id=_a(w), on=TODAY),
    "number of pupils": lambda w, actor: pupil_counts(actor, [_a(w)], TODAY),
    "pupils on roll": lambda w, actor: list(enrolled(actor=actor, on=TODAY, school_id=_a(w))),
    "pupils of a class": lambda w, actor: list(
        class_roll(actor=actor, homeroom_class=w.cast.class_6a, on=TODAY)
    ),
    "pupils with a class": lambda w, actor: list(
        school_roll(actor=actor, on=TODAY, school_id=_a(w))
    ),
    "classes of a pupil": lambda w, actor: list(
        placements_of(actor=actor, student=w.cast.minh_anh)
    ),
    "schools of a pupil": lambda w, actor: list(
        enrollments_of(actor=actor, student=w.cast.minh_anh)
    ),
    "pupils who left": lambda w, actor: former_pupils(
        actor=actor,
        school_id=_a(w),
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
    "rooms for a list": lambda w, actor: rooms_of(actor, _a(w), {}),
    "sizes for a list": lambda w, actor: sizes_of(actor, _a(w), TODAY),
    "size for a list": lambda w, actor: (
        tell(actor=actor, unit_id=_a(w), measured=measure([]), promises={}, on=TODAY).total.before
    ),
    "classes to open": lambda w, actor: find_missing(
        actor=actor, unit_id=_a(w), rows=[({"class_name": "6Z"}, ())], on=TODAY
    ),
    "roll for a list": lambda w, actor: _roll(actor, _a(w), TODAY),
    "numbers for a list": lambda w, actor: _taken_registry_numbers(
        actor, _a(w), set(Enrollment._base_manager.values_list("registry_number", flat=True))
    ),
    "what a list adds": lambda w, actor: [
        row.number for row in _planned(w, actor) if row.outcome == "NEW"
    ],
    "unread lines": lambda _w, actor: mark_all_read(actor=actor, now=NOW),
}
"""What school A has to read: an answer that is empty when nothing of it is in reach."""

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
        school_id=_a(w),
        arrivals=[Arrival(w.left.student_id, None, TODAY)],
        entry_kind="RETURNED",
        now=NOW,
    ),
    "register a pupil": lambda w, actor: register_students(
        actor=actor,
        school_id=_a(w),
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
    "see a number": lambda w, actor: unmask(actor=actor, uuid=w.cast.minh_anh.uuid, now=NOW),
    "open a record": lambda w, actor: get_student_for(actor, w.cast.minh_anh.uuid),
    "open a class": lambda w, actor: open_class(
        actor=actor,
        school_id=_a(w),
        academic_year=w.cast.class_6a.academic_year,
        grade_level=w.cast.class_6a.grade_level,
        name="6K",
        session="MORNING",
        now=NOW,
    ),
    "work on a list": lambda w, actor: lock_import(actor, w.sheet_import.uuid),
}
"""What can be done to something of school A."""


def stranger(world: World) -> GrantActor:
    """Return somebody who holds every permission at school B."""
    return actor_of(world.person(world.everything, at=world.cast.school_b.unit))


@pytest.mark.parametrize("name", READS)
def test_another_school_reads_nothing(world: World, name: str) -> None:
    with undone():
        assert not READS[name](world, stranger(world))
        assert READS[name](world, EVERYTHING)  # there is something to read


@pytest.mark.parametrize("name", ACTS)
def test_another_school_changes_nothing(world: World, name: str) -> None:
    """What cannot be reached is not there: no other refusal, which would tell that it is."""
    with undone(), pytest.raises(NotFound):
        ACTS[name](world, stranger(world))


@pytest.mark.parametrize(
    ("families", "pupils", "count"),
    [("both", "both", 1), ("own", "both", 0), ("sibling", "both", 0), ("both", "own", 0)],
)
def test_a_sibling_shows_where_both_families_and_the_pupil_do(
    world: World, families: str, pupils: str, count: int
) -> None:
    own, sibling = world.cast.minh_anh.person_id, world.cast.duc_minh.person_id
    seen = {"own": [own], "sibling": [sibling], "both": [own, sibling]}
    held = {VIEW_GUARDIANS: seen[families], VIEW_STUDENTS: seen[pupils]}
    actor = Reaching(on={(one.code, "person"): ids for one, ids in held.items()})
    assert len(siblings_of(actor=actor, student=world.cast.minh_anh, on=TODAY)) == count


def test_a_record_is_corrected_where_one_may_and_no_further(world: World) -> None:
    """Not many at once out of reach, nor what of a record in reach is closed."""
    pupil = world.cast.minh_anh
    one = Correction(pupil.pk, pupil.person.version, {"phone": "0912000111"})
    with undone(), pytest.raises(RecordChanged):
        correct_students(actor=stranger(world), corrections=[one], now=NOW)
    edits = Reaching(on={(EDIT_STUDENTS.code, "person"): [pupil.person_id]})
    with undone(), pytest.raises(SensitiveNotYours):
        correct_student(
            actor=edits,
            uuid=pupil.uuid,
            version=pupil.person.version,
            changes={"personal_number": "042315000490"},
            now=NOW,
        )


def test_the_office_of_one_school_has_that_school_at_hand(world: World) -> None:
    with undone():
        assert _one_school(stranger(world)) == world.cast.school_b


def test_what_one_reaches_no_more_is_not_moved_back(world: World) -> None:
    with undone():
        actor = Reaching(person_id=world.cast.loan.pk)
        assert undo_moves(actor=actor, request_id=world.move, now=clock.now()) == 0


def test_only_ones_own_roles_are_delegated(world: World) -> None:
    """Even in a hat that names the roles of somebody else."""
    hat = actor_of(world.cast.hung).hat
    for person, count in ((world.cast.hung, 1), (world.cast.mai, 0)):
        actor = GrantActor(person_id=person.pk, label="", today=TODAY, hat=hat)
        assert len(delegable_grants(actor=actor)) == count


def test_a_role_is_given_on_ones_own_units_only(world: World) -> None:
    with undone():
        client = world.caller(world.everything, at=world.cast.school_b.unit)
        address = reverse("access:give_grant", kwargs={"uuid": world.cast.mai.uuid})
        assert _status(client, f"{address}?unit={world.cast.school_b.code}") == 200
        assert _status(client, f"{address}?unit={world.cast.school_a.code}") == 404


def _status(client: Client, address: str) -> int:
    return client.get(address).status_code


def test_the_operator_helps_those_too_who_hold_nothing(world: World) -> None:
    operator = OperatorActor("operator", TODAY, frozenset({VIEW_USERS.code}))
    with undone():
        person = make_person("Phùng Văn Không")
        assert get_person_for(operator, person.uuid, VIEW_USERS) == person
        with pytest.raises(NotFound):
            get_person_for(actor_of(world.cast.thanh), person.uuid, VIEW_USERS)
