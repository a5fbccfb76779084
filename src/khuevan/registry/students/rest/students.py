"""Pupils for programs: the same doors and actions as the pages, the same traces left."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import F
from ninja import Schema
from pydantic import Field

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import stated_purpose
from khuevan.registry.people.api import VIEW_DOUBTS, VIEW_SENSITIVE
from khuevan.registry.schools.api import get_class_for, get_school_for
from khuevan.registry.students import actions
from khuevan.registry.students.checks import MOST_GUARDIANS
from khuevan.registry.students.coming import known_pupil
from khuevan.registry.students.data import Arrival, NewStudent, StudentData
from khuevan.registry.students.frame import read_record
from khuevan.registry.students.identity import Facts
from khuevan.registry.students.models import EntryKind, Student
from khuevan.registry.students.permissions import EDIT_STUDENTS, VIEW_STUDENTS
from khuevan.registry.students.policies import policies_of
from khuevan.registry.students.rest.shown import PupilOut, PupilPage, RecordOut, identity
from khuevan.registry.students.rest.words import (
    ASKED,
    Addresses,
    Code,
    Grade,
    GuardianIn,
    ListPurpose,
    Name,
    PersonalNumber,
    Phone,
    PolicyCodes,
    Purpose,
    Sex,
    router,
)
from khuevan.registry.students.selectors import (
    DOUBTS,
    Standing,
    get_student_for,
    lacking,
    listed_beside,
    on_roll,
    standing_of,
)
from khuevan.registry.students.tables import named
from khuevan.ui.request import Request
from khuevan.ui.rest import StrictSchema, Version, require
from khuevan.ui.tables import part_of

PAGE_SIZE = 100


Missing = Literal[
    "records",
    "personal-number",
    "birth-date",
    "ethnicity",
    "guardian-phone",
    "unplaced",
    "contradictions",
]
"""The keys of LACKING."""


class PolicyGroupOut(Schema):
    """A policy group that holds today, by which paper; on `ends_on` it no longer holds."""

    code: str
    paper: str
    issuer: str
    starts_on: date
    ends_on: date | None


class SensitiveOut(Schema):
    """What is shown only on request, and the request is kept."""

    uuid: UUID
    personal_number: str
    ethnicity_code: str
    policy_groups: list[PolicyGroupOut]
    disability_code: str
    disability_degree: str
    religion_code: str


class RegisterIn(StrictSchema):
    """A pupil who comes to a school."""

    school: Code
    class_uuid: UUID | None = None
    grade: Grade = ""
    """The code of the pupil's grade, where the class teaches several."""
    starts_on: date
    entry_kind: Literal["ADMITTED", "TRANSFERRED_IN", "RETURNED"] = "ADMITTED"
    full_name: Name
    sex: Sex
    birth_date: date
    personal_number: PersonalNumber = ""
    moet_code: Code = ""
    ethnicity_code: Annotated[str, Field(max_length=2)] = ""
    policy_codes: PolicyCodes = []
    disability_code: Code = ""
    disability_degree: Code = ""
    phone: Phone = ""
    addresses: Addresses = {}
    guardians: Annotated[list[GuardianIn], Field(max_length=MOST_GUARDIANS)] = []
    known: Literal["", "GOES_ON", "ANOTHER"] = ""
    """The answer to students.known_here or students.on_roll_already."""

    def data(self) -> StudentData:
        """Return the plain value."""
        return StudentData(
            full_name=self.full_name,
            sex=self.sex,
            birth_date=self.birth_date,
            personal_number=self.personal_number or None,
            moet_code=self.moet_code or None,
            ethnicity_code=self.ethnicity_code,
            policy_codes=tuple(self.policy_codes),
            disability_code=self.disability_code,
            disability_degree=self.disability_degree,
            phone=self.phone,
            addresses={str(kind): text for kind, text in self.addresses.items()},
            guardians=tuple(one.data() for one in self.guardians),
        )


class CorrectIn(StrictSchema):
    """New values of some fields, on the version that was read. What is not named stays."""

    version: Version
    full_name: Name | None = None
    sex: Sex | None = None
    birth_date: date | None = None
    personal_number: PersonalNumber | None = None
    moet_code: Code | None = None
    ethnicity_code: Annotated[str, Field(max_length=2)] | None = None
    policy_codes: PolicyCodes | None = None
    disability_code: Code | None = None
    disability_degree: Code | None = None
    phone: Phone | None = None
    addresses: Addresses | None = None
    guardians: Annotated[list[GuardianIn], Field(max_length=MOST_GUARDIANS)] | None = None

    def changes(self) -> dict[str, Any]:
        """Return the fields that were named, as the action takes them."""
        told = {name: getattr(self, name) for name in self.model_fields_set - {"version"}}
        if told.get("guardians"):
            told["guardians"] = tuple(one.data() for one in told["guardians"])
        return {name: value for name, value in told.items() if value is not None}


class PlacementIn(StrictSchema):
    """Another class of the same school, from a day on."""

    class_uuid: UUID
    grade: Grade = ""
    """The code of the pupil's grade, where the class teaches several."""
    on: date


@router.get(
    "/students",
    permission=VIEW_STUDENTS,
    response=PupilPage,
    openapi_extra={"responses": ASKED},
)
def list_students(
    request: Request,
    school: str = "",
    class_uuid: UUID | None = None,
    q: Annotated[str, Field(max_length=100)] = "",
    missing: Missing | None = None,
    after: str = "",
    purpose: ListPurpose = "",
) -> PupilPage:
    """Return the pupils within reach, by name; an office says what for, and it is kept."""
    actor = request.actor
    why = actions.require_list_purpose(actor=actor, purpose=purpose)
    school_id = get_school_for(actor, school, VIEW_STUDENTS).pk if school else None
    beside = listed_beside(actor, school_id)
    rows: Any = on_roll(actor=actor, on=actor.today, school_id=school_id, beside=beside)
    rows = rows.annotate(grade_told=F("grade_code")).select_related("school", "student__person")
    if class_uuid:
        rows = rows.filter(class_uuid=class_uuid, is_primary=True)
    if q:
        rows = named(rows, q)
    if missing == DOUBTS:
        require(request, VIEW_DOUBTS)
    if missing:
        is_wide = school_id is None
        rows = lacking(rows, missing, actor=actor, on=actor.today, is_wide=is_wide)
    shown, more = part_of(rows, ("sort_key", "pk"), after, size=PAGE_SIZE)
    actions.note_list_given(actor=actor, count=len(shown), purpose=why, now=clock.now())
    return PupilPage(items=[PupilOut.of(row, row.school.code) for row in shown], next=more)


@router.get(
    "/students/{uuid}",
    permission=VIEW_STUDENTS,
    response=RecordOut,
    openapi_extra={"responses": ASKED},
)
def get_student(request: Request, uuid: UUID, purpose: Purpose = "") -> RecordOut:
    """Return one pupil's record; that it was opened is kept, and why by whom outside the school."""
    actor = request.actor
    student, standing = actions.open_record(
        actor=actor,
        uuid=uuid,
        what="overview",
        now=clock.now(),
        purpose=purpose or stated_purpose(request, uuid),
    )
    return _record(actor, student, standing)


@router.post(
    "/students/{uuid}/sensitive",
    permission=VIEW_SENSITIVE,
    response=SensitiveOut,
    keeps_answer=False,
    openapi_extra={"responses": ASKED},
)
def show_sensitive(request: Request, uuid: UUID, purpose: Purpose = "") -> SensitiveOut:
    """Return what is masked elsewhere; that it was asked for is kept, and why."""
    student = actions.unmask(
        actor=request.actor,
        uuid=uuid,
        now=clock.now(),
        purpose=purpose or stated_purpose(request, uuid),
    )
    return SensitiveOut(
        uuid=student.uuid,
        personal_number=student.person.personal_number or "",
        ethnicity_code=student.person.ethnicity_code,
        policy_groups=[
            PolicyGroupOut.from_orm(one)
            for one in policies_of(student=student, on=request.actor.today)
        ],
        disability_code=student.disability_code,
        disability_degree=student.disability_degree,
        religion_code=student.person.religion_code,
    )


@router.post("/students", permission=EDIT_STUDENTS, response=RecordOut)
def register(request: Request, body: RegisterIn) -> RecordOut:
    """Register a pupil in a school, and in a class when one is given.

    Whom the school knew before, or whose number, name and birth date agree, keeps the old record.
    """
    actor = request.actor
    school = get_school_for(actor, body.school, EDIT_STUDENTS)
    room = get_class_for(actor, body.class_uuid, EDIT_STUDENTS) if body.class_uuid else None
    grade_id = actions.further_grade(room, body.grade) if room else None
    found = known_pupil(
        actor=actor,
        school_id=school.pk,
        told=Facts(body.full_name, body.birth_date, personal_number=body.personal_number or None),
        personal_number=body.personal_number or None,
        answer=body.known,
        on=actor.today,
    )
    if found is not None:
        known, is_back = found
        actions.enroll_students(
            actor=actor,
            school_id=school.pk,
            arrivals=[
                Arrival(
                    known.pk, room.pk if room else None, body.starts_on, grade_level_id=grade_id
                )
            ],
            entry_kind=EntryKind.RETURNED if is_back else EntryKind(body.entry_kind),
            now=clock.now(),
        )
        return _reread(actor, known.uuid)
    student = actions.register_student(
        actor=actor,
        school_id=school.pk,
        new=NewStudent(
            body.data(), room.pk if room else None, body.starts_on, grade_level_id=grade_id
        ),
        entry_kind=EntryKind(body.entry_kind),
        is_another=body.known == "ANOTHER",
        now=clock.now(),
    )
    return _reread(actor, student.uuid)


@router.post("/students/{uuid}/corrections", permission=EDIT_STUDENTS, response=RecordOut)
def correct(request: Request, uuid: UUID, body: CorrectIn) -> RecordOut:
    """Correct a record on the version that was read; refused when it changed since."""
    actor = request.actor
    actions.correct_student(
        actor=actor, uuid=uuid, version=body.version, changes=body.changes(), now=clock.now()
    )
    return _reread(actor, uuid)


@router.post("/students/{uuid}/placements", permission=EDIT_STUDENTS, response=RecordOut)
def place(request: Request, uuid: UUID, body: PlacementIn) -> RecordOut:
    """Move a pupil to another class of the school."""
    actor = request.actor
    actions.place_student(
        actor=actor,
        uuid=uuid,
        homeroom_class=get_class_for(actor, body.class_uuid, EDIT_STUDENTS),
        grade=body.grade,
        on=body.on,
        now=clock.now(),
    )
    return _reread(actor, uuid)


def _reread(actor: Actor, uuid: UUID) -> RecordOut:
    student = get_student_for(actor, uuid, EDIT_STUDENTS)
    return _record(actor, student, standing_of(student, on=actor.today))


def _record(actor: Actor, student: Student, standing: Standing) -> RecordOut:
    record = read_record(actor, student, standing)
    enrollment, placement = record.enrollment, record.placement
    room = placement.homeroom_class if placement else None
    return RecordOut(
        **identity(student),
        school=enrollment.school.code if enrollment else "",
        class_uuid=room.uuid if room else None,
        class_name=room.name if room else "",
        grade=placement.own_grade.code if placement else "",
        enrolled_on=enrollment.starts_on if enrollment else None,
        is_main=not record.is_beside,
        version=student.person.version,
    )
