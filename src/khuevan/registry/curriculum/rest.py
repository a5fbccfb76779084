"""Programme, plans, who teaches what and loads for programs: the same doors as the pages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from ninja import Query, Schema

from khuevan.kernel import clock
from khuevan.kernel.errors import NotFound
from khuevan.registry.curriculum import actions
from khuevan.registry.curriculum.assessing import assessment_of, assessment_of_subject
from khuevan.registry.curriculum.permissions import VIEW_LOADS, VIEW_PLANS
from khuevan.registry.curriculum.programme import (
    ProgrammeRow,
    components,
    first_year,
    opening_day,
    opening_of,
    programme_of,
)
from khuevan.registry.curriculum.selectors.answering import answering_in
from khuevan.registry.curriculum.selectors.loads import TeacherLoad, teacher_loads
from khuevan.registry.curriculum.selectors.plans import (
    ClassPlan,
    Giver,
    SubjectPlan,
    class_plans,
    get_subject_for,
    givers_of,
    terms_of,
)
from khuevan.registry.curriculum.shown import load_fault_words, plan_fault_words
from khuevan.registry.curriculum.terms import day_in
from khuevan.registry.curriculum.training import Training, training_for
from khuevan.registry.schools.api import (
    AcademicYear,
    School,
    academic_year_on,
    get_school_for,
)
from khuevan.registry.staff.api import MANAGE_STAFF, get_member_for, trained_subjects
from khuevan.ui.request import Request
from khuevan.ui.rest import Router, StrictSchema

router = Router(tags=["curriculum"])
PLACES = 4
LAST_YEAR = 2100
YearCode = Annotated[str, Query(max_length=9)]


class ProgrammeOut(Schema):
    """What a grade learns: periods a year, as what, how it is assessed, by which text."""

    component: str
    name: str
    subjects: list[str]
    kind: str
    periods: int
    assessed_by: str
    """SCORE, COMMENT_AND_SCORE, COMMENT, COMMENT_AND_TEST; empty where no text is known."""
    source: str
    confidence: str

    @classmethod
    def of(cls, row: ProgrammeRow, on: date) -> Self:
        """Return the document of a row as of a day."""
        part, form = components()[row.component], assessment_of(row.grade, row.component, on)
        return cls(
            component=row.component,
            name=part.label,
            subjects=list(part.subjects),
            kind=row.kind,
            periods=row.periods,
            assessed_by=form.form if form else "",
            source=row.source,
            confidence=row.confidence,
        )


class PlannedOut(Schema):
    """A subject of a class: its periods in each week of the year."""

    uuid: UUID
    subject: str
    kind: str
    weeks: list[int]
    annual: int
    within: int
    """Of its periods, those with what has no subject of its own (AI)."""
    language: str
    """Which minority language it is, by code; empty where it is none, or nobody said."""
    assessed_by: str

    @classmethod
    def of(cls, one: SubjectPlan, grade: str, on: date) -> Self:
        """Return the document of a subject of a class."""
        row = one.row
        form = assessment_of_subject(int(grade), row.subject_name, on) if grade.isdigit() else None
        return cls(
            uuid=row.uuid,
            subject=row.subject_name,
            kind=row.kind,
            weeks=list(row.weeks),
            annual=row.annual,
            within=row.integrated,
            language=row.language,
            assessed_by=form.form if form else "",
        )


class ClassPlanOut(Schema):
    """The plan of a class for a year; `faults` says where it isn't what the programme asks."""

    class_uuid: UUID
    class_name: str
    grade: str
    year: str
    annual: int
    subjects: list[PlannedOut]
    faults: list[str]

    @classmethod
    def of(cls, plan: ClassPlan) -> Self:
        """Return the document of a plan."""
        room = plan.room
        on, grade = opening_day(room.academic_year), room.grade_level.code
        return cls(
            class_uuid=room.uuid,
            class_name=room.name,
            grade=grade,
            year=room.academic_year.code,
            annual=plan.annual,
            subjects=[PlannedOut.of(one, grade, on) for one in plan.subjects],
            faults=[plan_fault_words(one) for one in plan.faults],
        )


class TaughtOut(Schema):
    """Who gives a subject of a class, and the periods of each week of the year."""

    planned: UUID
    """The subject of the class, as `class-plans` names it."""
    class_uuid: UUID
    class_name: str
    subject: str
    kind: str
    staff_member: UUID
    full_name: str
    weeks: list[int]
    starts_on: date
    ends_on: date | None
    answers_for_marks: bool
    """Whether this is the one teacher who answers for the marks of the subject."""
    training: str
    """FITS, OTHER where trained for something else alone, UNKNOWN where nothing is recorded."""

    @classmethod
    def of(
        cls, plan: ClassPlan, subject: SubjectPlan, one: Giver, *, answers: bool, training: Training
    ) -> Self:
        """Return the document of a teacher of a subject of a class."""
        return cls(
            planned=subject.row.uuid,
            answers_for_marks=answers,
            training=training.name,
            class_uuid=plan.room.uuid,
            class_name=plan.room.name,
            subject=subject.row.subject_name,
            kind=subject.row.kind,
            staff_member=one.teaching.staff_member.uuid,
            full_name=one.teaching.person.full_name,
            weeks=list(one.weeks),
            starts_on=one.teaching.starts_on,
            ends_on=one.teaching.ends_on,
        )


class ResponsibleIn(StrictSchema):
    """Who is to answer for the marks of a subject of a class, from when."""

    staff_member: UUID
    starts_on: date


class LoadOut(Schema):
    """A teacher's periods a week of a term, given and owed; null where no norm is known."""

    staff_member: UUID
    full_name: str
    position: str
    norm: int | None
    reduced: float | None
    required: float | None
    credited: float | None
    over: float | None
    """Above what is owed; below 0 where periods are missing."""
    faults: list[str]

    @classmethod
    def of(cls, one: TeacherLoad) -> Self:
        """Return the document of a load."""
        load = one.load
        return cls(
            staff_member=one.member.uuid,
            full_name=one.member.person.full_name,
            position=one.position,
            norm=load.norm.periods if load else None,
            reduced=round(float(load.reduced), PLACES) if load else None,
            required=round(float(load.required), PLACES) if load else None,
            credited=round(float(load.credited), PLACES) if load else None,
            over=round(float(load.over), PLACES) if load else None,
            faults=[load_fault_words(load, fault) for fault in load.faults] if load else [],
        )


@router.get("/programme", permission=VIEW_PLANS, response=list[ProgrammeOut])
def show_programme(request: Request, grade: int, year: int | None = None) -> list[ProgrammeOut]:
    """Return what a grade learns in the school year that begins in a year, this one unless named.

    Empty where nothing is known.
    """
    if year is not None and not first_year() <= year <= LAST_YEAR:
        return []
    this = academic_year_on(request.actor.today)
    on = opening_of(year or (int(this.code[:4]) if this else request.actor.today.year))
    return [ProgrammeOut.of(row, on) for row in programme_of(grade, on)]


@router.get("/schools/{code}/class-plans", permission=VIEW_PLANS, response=list[ClassPlanOut])
def list_plans(
    request: Request, code: str, year: YearCode = "", grade: YearCode = ""
) -> list[ClassPlanOut]:
    """Return the plans of a school's classes in a year, of a grade when named, week by week."""
    school = get_school_for(request.actor, code, VIEW_PLANS)
    plans = _plans(request, school, _year(request, year))
    return [
        ClassPlanOut.of(one) for one in plans if not grade or one.room.grade_level.code == grade
    ]


@router.get("/schools/{code}/assignments", permission=MANAGE_STAFF, response=list[TaughtOut])
def list_assignments(request: Request, code: str, year: YearCode = "") -> list[TaughtOut]:
    """Return who gives which subject of which class of a school, with the periods of each week."""
    school = get_school_for(request.actor, code, MANAGE_STAFF)
    chosen = _year(request, year)
    plans = class_plans(
        actor=request.actor,
        school=school,
        year=chosen,
        on=day_in(chosen, request.actor.today),
        permission=MANAGE_STAFF,
    )
    return _taught(plans, day_in(chosen, request.actor.today))


@router.post(
    "/schools/{code}/assignments/{planned}/responsible",
    permission=MANAGE_STAFF,
    response=list[TaughtOut],
)
def choose_responsible(
    request: Request, code: str, planned: UUID, body: ResponsibleIn
) -> list[TaughtOut]:
    """Let one of the teachers of a subject of a class answer for its marks from a day on.

    Returns the teachers of the subject as on that day.
    """
    actor = request.actor
    get_school_for(actor, code, MANAGE_STAFF)
    row = get_subject_for(actor, planned, MANAGE_STAFF)
    member = get_member_for(actor, body.staff_member, MANAGE_STAFF)
    actions.set_responsible(
        actor=actor, uuid=planned, member=member, on=body.starts_on, now=clock.now()
    )
    plan = ClassPlan(row.homeroom_class, None)
    plan.subjects = [SubjectPlan(row, terms_of(None), givers_of([row], on=body.starts_on)[row.pk])]
    return _taught([plan], body.starts_on)


@router.get("/schools/{code}/loads", permission=VIEW_LOADS, response=list[LoadOut])
def list_loads(request: Request, code: str, term: int = 1, year: YearCode = "") -> list[LoadOut]:
    """Return what each teacher of a school gives and owes a week in term 1 or 2 of a year."""
    if term not in (1, 2):
        raise NotFound
    school = get_school_for(request.actor, code, VIEW_LOADS)
    chosen = _year(request, year)
    on = day_in(chosen, request.actor.today)
    loads = teacher_loads(actor=request.actor, school=school, year=chosen, on=on, term=term - 1)
    return [LoadOut.of(one) for one in loads]


def _taught(plans: list[ClassPlan], on: date) -> list[TaughtOut]:
    """Return the documents of who gives what by some plans."""
    given = [
        (plan, subject, one)
        for plan in plans
        for subject in plan.subjects
        for one in subject.givers
    ]
    answering = answering_in(plans, on=on)
    trained = trained_subjects({one.teaching.staff_member_id for _p, _s, one in given}, on)
    told = []
    for plan, subject, one in given:
        name, member = subject.row.subject_name, one.teaching.staff_member_id
        told.append(
            TaughtOut.of(
                plan,
                subject,
                one,
                answers=answering[plan.room.pk, name].member.pk == member,
                training=training_for(name, plan.room.grade_level.level, trained.get(member, ())),
            )
        )
    return told


def _plans(request: Request, school: School, year: AcademicYear) -> list[ClassPlan]:
    on = day_in(year, request.actor.today)
    return class_plans(actor=request.actor, school=school, year=year, on=on)


def _year(request: Request, code: str) -> AcademicYear:
    """Return the year of a code, this one where none is named.

    :raises NotFound: when no year has that code
    """
    found = (
        AcademicYear.objects.filter(code=code).first()
        if code
        else academic_year_on(request.actor.today)
    )
    if found is None:
        raise NotFound
    return found
