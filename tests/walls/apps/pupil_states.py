"""Rows of the matrix about long leaves, former pupils and the registry book."""

from __future__ import annotations

from typing import Any

from khuevan.platform.audit.api import AuditEntry, RecordView
from khuevan.registry.students.actions import (
    end_break,
    end_second,
    number_pupils,
    open_last_view,
    set_numbering,
    start_break,
    start_second,
    undo_break,
    undo_return,
    undo_second,
    unmask_last_view,
)
from khuevan.registry.students.api import Enrollment, Student, StudyBreak
from khuevan.registry.students.models import RegistryBook
from khuevan.registry.students.selectors import (
    book_of,
    breaks_of,
    former_of,
    get_break_for,
    get_former_for,
    last_view_for,
    numbers_of,
    studying,
    times_of,
    unnumbered,
    years_of,
)
from tests.factories import EVERYTHING, NOW, TODAY, make_student, make_students
from tests.walls.shapes import DAY, SEE_PUPIL, SEE_SCHOOL, Deed, Sample, code_a, pupil
from tests.walls.world import World, uuid_of

TOMORROW = TODAY.replace(day=TODAY.day + 1)
AWAY = "Chữa bệnh dài ngày"


def _away(world: World) -> StudyBreak:
    """Return the leave of a pupil of 6B, from today on."""
    child = make_student("Đào Thị Nghỉ", homeroom_class=world.cast.class_6b)
    return start_break(actor=EVERYTHING, uuid=child.uuid, on=TODAY, reason=AWAY, now=NOW)


def _back(world: World) -> StudyBreak:
    """Return a leave that was over after a day."""
    child = make_student("Đào Văn Về", homeroom_class=world.cast.class_6b)
    made = start_break(actor=EVERYTHING, uuid=child.uuid, on=TODAY, reason=AWAY, now=NOW)
    return end_break(actor=EVERYTHING, uuid=made.uuid, on=TOMORROW, now=NOW)


def _bare(world: World) -> Student:
    """Return a pupil of 6B without a number of the book."""
    return make_students(["Đào Văn Trống"], homeroom_class=world.cast.class_6b)[0]


def _second(world: World) -> Enrollment:
    """Return the time at a second school of a pupil of 6B, from today on."""
    child = make_student("Đào Thị Họa", homeroom_class=world.cast.class_6b)
    return start_second(
        actor=EVERYTHING,
        uuid=child.uuid,
        school_code=world.cast.primary.code,
        on=TODAY,
        reason="Học vẽ",
        now=NOW,
    )


MAKES = (_away, _back, _bare, _second)


def _of(make: Any) -> Any:
    return lambda w: {"uuid": w.once(make).student.uuid, "which": w.once(make).uuid}


def _itself(make: Any) -> Any:
    return lambda w: uuid_of(w.once(make))


def _left(world: World) -> dict[str, Any]:
    return uuid_of(world.left)


SEE = ("students.registry:view", *SEE_SCHOOL)
API = "/api/v1"

ROUTES = {
    "students:break_new": Sample(pupil, also=SEE_PUPIL),
    "students:break_end": Sample(_of(_away), also=SEE_PUPIL),
    "students:break_undo": Sample(_of(_away), also=SEE_PUPIL),
    "students:break_reopen": Sample(_of(_back), also=SEE_PUPIL),
    "students:second_new": Sample(pupil, also=SEE_PUPIL),
    "students:second_end": Sample(_of(_second), also=SEE_PUPIL),
    "students:second_undo": Sample(_of(_second), also=SEE_PUPIL),
    f"POST {API}/students/<uuid>/second-schools": Sample(pupil),
    f"POST {API}/second-schools/<uuid>/end": Sample(_itself(_second)),
    f"POST {API}/second-schools/<uuid>/undo": Sample(_itself(_second)),
    "students:former": Sample(_left, also=SEE_SCHOOL),
    "students:former_sensitive": Sample(_left, also=SEE),
    "students:former_list": Sample(code_a, also=SEE_SCHOOL),
    "students:registry": Sample(code_a, also=SEE_SCHOOL),
    "students:numbering": Sample(code_a, also=SEE_SCHOOL),
    "students:give_numbers": Sample(code_a, also=SEE_SCHOOL),
    "students:registry_print": Sample(code_a, also=SEE),
    "students:registry_export": Sample(code_a, also=SEE),
    f"GET {API}/students/<uuid>/schooling": Sample(pupil),
    f"POST {API}/students/<uuid>/leaving": Sample(pupil),
    f"POST {API}/enrollments/<uuid>/take-back": Sample(_left),
    f"POST {API}/students/<uuid>/breaks": Sample(pupil),
    f"POST {API}/breaks/<uuid>/end": Sample(_itself(_away)),
    f"POST {API}/breaks/<uuid>/undo": Sample(_itself(_away)),
    f"POST {API}/breaks/<uuid>/reopen": Sample(_itself(_back)),
    f"GET {API}/schools/<code>/registry": Sample(code_a, also=SEE_SCHOOL),
    f"POST {API}/schools/<code>/registry/numbering": Sample(code_a, also=SEE_SCHOOL),
    f"POST {API}/schools/<code>/registry/numbers": Sample(code_a, also=SEE_SCHOOL),
    f"GET {API}/schools/<code>/former-pupils": Sample(code_a, also=SEE_SCHOOL),
    f"GET {API}/former-pupils/<uuid>": Sample(_left),
    f"POST {API}/former-pupils/<uuid>/sensitive": Sample(_left),
}

_ISO, _NEXT = TODAY.isoformat(), TOMORROW.isoformat()
_FORMAT = {"number_format": "{seq}", "gives_numbers": True}

_SECOND = {"school_code": "42000301", "reason": "Học vẽ"}

DEEDS = {
    "students:second_new": Deed(Enrollment, lambda _w: {**_SECOND, "on": DAY}),
    "students:second_end": Deed(Enrollment, lambda _w: {"on": f"{TOMORROW:%d/%m/%Y}"}),
    "students:second_undo": Deed(Enrollment),
    f"POST {API}/students/<uuid>/second-schools": Deed(
        Enrollment, lambda _w: {**_SECOND, "on": _ISO}, 200
    ),
    f"POST {API}/second-schools/<uuid>/end": Deed(Enrollment, lambda _w: {"on": _NEXT}, 200),
    f"POST {API}/second-schools/<uuid>/undo": Deed(Enrollment, status=200),
    "students:break_new": Deed(StudyBreak, lambda _w: {"on": DAY, "reason": AWAY}),
    "students:break_end": Deed(StudyBreak, lambda _w: {"on": f"{TOMORROW:%d/%m/%Y}"}),
    "students:break_undo": Deed(StudyBreak),
    "students:break_reopen": Deed(StudyBreak),
    "students:former_sensitive": Deed(RecordView, status=200),
    "students:numbering": Deed(RegistryBook, lambda _w: {"number_format": "{seq}"}),
    "students:give_numbers": Deed(Enrollment),
    "students:registry_export": Deed(
        AuditEntry, lambda _w: {"purpose": "REPORT", "kind": "csv"}, 200
    ),
    f"POST {API}/students/<uuid>/leaving": Deed(
        Enrollment, lambda _w: {"exit_kind": "DROPPED", "on": _ISO}, 200
    ),
    f"POST {API}/enrollments/<uuid>/take-back": Deed(Enrollment, status=200),
    f"POST {API}/students/<uuid>/breaks": Deed(
        StudyBreak, lambda _w: {"on": _ISO, "reason": AWAY}, 200
    ),
    f"POST {API}/breaks/<uuid>/end": Deed(StudyBreak, lambda _w: {"on": _NEXT}, 200),
    f"POST {API}/breaks/<uuid>/undo": Deed(StudyBreak, status=200),
    f"POST {API}/breaks/<uuid>/reopen": Deed(StudyBreak, status=200),
    f"POST {API}/schools/<code>/registry/numbering": Deed(RegistryBook, lambda _w: _FORMAT, 200),
    f"POST {API}/schools/<code>/registry/numbers": Deed(Enrollment, status=200),
    f"POST {API}/former-pupils/<uuid>/sensitive": Deed(RecordView, status=200),
}

READS = {
    "former pupils": lambda w, actor: list(
        former_of(actor=actor, school_id=w.cast.school_a.pk, on=TODAY)
    ),
    "registry numbers": lambda w, actor: list(
        numbers_of(actor=actor, school_id=w.cast.school_a.pk)
    ),
    "leaves of a pupil": lambda w, actor: list(
        breaks_of(actor=actor, student=w.once(_away).student)
    ),
    "pupils without a number": lambda w, actor: unnumbered(
        actor=actor, school_id=w.cast.school_a.pk, on=TODAY
    ),
    "pupils who study": lambda w, actor: list(
        studying(actor=actor, on=TODAY, school_id=w.cast.school_a.pk)
    ),
    "times of the book": lambda w, actor: times_of(
        actor=actor, school_id=w.cast.school_a.pk, student_ids=[w.cast.minh_anh.pk]
    ),
    "classes of the book": lambda w, actor: years_of(
        actor=actor, school_id=w.cast.school_a.pk, student_ids=[w.cast.minh_anh.pk]
    ),
    "numbering": lambda w, actor: (
        book_of(actor=actor, school_id=w.cast.school_a.pk).last_number or None
    ),
}

ACTS = {
    "let a pupil study at a second school": lambda w, actor: start_second(
        actor=actor,
        uuid=w.cast.minh_anh.uuid,
        school_code=w.cast.primary.code,
        on=TODAY,
        reason="Học vẽ",
        now=NOW,
    ),
    "end a second school": lambda w, actor: end_second(
        actor=actor, enrollment_uuid=w.once(_second).uuid, on=TOMORROW, now=NOW
    ),
    "take a second school back": lambda w, actor: undo_second(
        actor=actor, enrollment_uuid=w.once(_second).uuid, now=NOW
    ),
    "let a pupil rest": lambda w, actor: start_break(
        actor=actor, uuid=w.cast.minh_anh.uuid, on=TODAY, reason=AWAY, now=NOW
    ),
    "let a pupil come back": lambda w, actor: end_break(
        actor=actor, uuid=w.once(_away).uuid, on=TOMORROW, now=NOW
    ),
    "undo a leave": lambda w, actor: undo_break(actor=actor, uuid=w.once(_away).uuid, now=NOW),
    "undo a return": lambda w, actor: undo_return(actor=actor, uuid=w.once(_back).uuid, now=NOW),
    "find a leave": lambda w, actor: get_break_for(actor, w.once(_away).uuid),
    "find a former pupil": lambda w, actor: get_former_for(actor, w.left.uuid),
    "find a last view": lambda w, actor: last_view_for(actor, w.left),
    "open a last view": lambda w, actor: open_last_view(actor=actor, uuid=w.left.uuid, now=NOW),
    "unmask a last view": lambda w, actor: unmask_last_view(actor=actor, uuid=w.left.uuid, now=NOW),
    "number pupils": lambda w, actor: number_pupils(
        actor=actor, school_id=w.cast.school_a.pk, now=NOW
    ),
    "set the numbering": lambda w, actor: set_numbering(
        actor=actor,
        school_id=w.cast.school_a.pk,
        number_format="{seq}",
        gives_numbers=True,
        now=NOW,
    ),
}
