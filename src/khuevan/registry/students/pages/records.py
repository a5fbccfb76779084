"""A pupil's record, tab by tab. Every opening leaves a trace that the family can read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import holds, last_day
from khuevan.kernel.personal_number import Contradiction, grouped
from khuevan.platform.accounts.api import Person, Sex
from khuevan.platform.audit.api import VIEW_RECORD_VIEWS, view_lines
from khuevan.platform.codes.api import code_table
from khuevan.registry.people.api import VIEW_ADDRESSES, VIEW_PERSONS, VIEW_SENSITIVE, AddressKind
from khuevan.registry.students import actions
from khuevan.registry.students.code_lists import disability_words, policy_names
from khuevan.registry.students.frame import Record, read_record, record_frame
from khuevan.registry.students.models import Enrollment, EntryKind, ExitKind, Guardianship, Relation
from khuevan.registry.students.pages.family import family_rows
from khuevan.registry.students.pages.purpose import asks_purpose, purpose_of
from khuevan.registry.students.permissions import (
    EDIT_STUDENTS,
    VIEW_GUARDIANS,
    VIEW_STUDENTS,
)
from khuevan.registry.students.policies import policies_of
from khuevan.registry.students.rules import Doubt, doubts
from khuevan.registry.students.selectors import (
    get_student_for,
    guardians_of,
    shown_addresses,
    siblings_of,
    standing_of,
)
from khuevan.registry.students.story import timeline
from khuevan.registry.students.student_layout import ethnic_groups
from khuevan.registry.students.words import FACT_NAMES
from khuevan.ui.formats import day, masked, number
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request

SHORT_TIMELINE = 5


@page(VIEW_STUDENTS, methods=("GET",))
@asks_purpose
def overview(request: Request, uuid: UUID) -> HttpResponse:
    """Show who the pupil is, what needs attention, what happened last, the family."""
    return render_page(request, "students/overview.html", _overview(request, uuid))


@page(VIEW_SENSITIVE, methods=("POST",))
@asks_purpose
def sensitive(request: Request, uuid: UUID) -> HttpResponse:
    """Show what is masked, after noting who asked; nothing of it stays in an address."""
    student = actions.unmask(
        actor=request.actor, uuid=uuid, now=clock.now(), purpose=purpose_of(request, uuid)
    )
    full = grouped(student.person.personal_number or "")
    if request.htmx and request.POST.get("part") != "facts":
        return render_page(request, "students/number.html", {"full": full}, partial="number")
    context = _overview(request, uuid, note=False) | {"full": full, "revealed": True}
    return render_page(request, "students/overview.html", context, partial="sensitive")


@page(VIEW_GUARDIANS, methods=("GET",))
@asks_purpose
def family(request: Request, uuid: UUID) -> HttpResponse:
    """Show guardians, addresses, brothers and sisters."""
    get_student_for(request.actor, uuid, VIEW_GUARDIANS)
    record = _open(request, uuid, "family")
    actor, on = request.actor, request.actor.today
    sees_addresses = record.standing.allows(actor, VIEW_ADDRESSES)
    addresses = (
        shown_addresses(actor=actor, student=record.student, on=on) if sees_addresses else {}
    )
    context = {
        **family_rows(actor, record),
        "sees_addresses": sees_addresses,
        "addresses": [
            {"label": kind.label, "value": addresses.get(kind, "")} for kind in AddressKind
        ],
        "siblings": [
            {
                "name": row.person.full_name,
                "letter": row.person.given_name[:1],
                "text": _("class %(name)s") % {"name": row.homeroom_class.name},
                "url": reverse("students:record", args=[row.student.uuid]),
            }
            for row in siblings_of(actor=actor, student=record.student, on=on)
        ],
    }
    return render_page(
        request, "students/family.html", {**record_frame(request, record, "family"), **context}
    )


@page(VIEW_STUDENTS, methods=("GET",))
@asks_purpose
def schooling(request: Request, uuid: UUID) -> HttpResponse:
    """Show the pupil's time in schools and classes."""
    record, actor = _open(request, uuid, "schooling"), request.actor
    context = {
        "enrollments": [
            {
                "school": record.name_of(row.school),
                "number": row.registry_number,
                "from": row.starts_on,
                "until": row.ends_on,
                "came": EntryKind(row.entry_kind).label,
                "came_note": _together(row.came_from, row.entry_paper),
                "left": ExitKind(row.exit_kind).label if row.exit_kind else "",
                "left_note": _together(row.exit_reason, row.went_to, row.exit_paper),
                "is_primary": row.is_primary,
                "end_url": _second_end(actor, record, row),
                "undo_url": _second_undo(actor, record, row),
            }
            for row in record.enrollments
        ],
        "second_url": reverse("students:second_new", args=[uuid])
        if record.standing.allows(actor, EDIT_STUDENTS)
        else "",
        "breaks": record.breaks,
        "placements": record.placements,
    }
    return render_page(
        request,
        "students/schooling.html",
        {**record_frame(request, record, "schooling"), **context},
    )


@page(VIEW_STUDENTS, methods=("GET",))
@asks_purpose
def history(request: Request, uuid: UUID) -> HttpResponse:
    """Show everything known to have happened to the record."""
    record = _open(request, uuid, "history")
    context = {"events": timeline(request.actor, record)}
    return render_page(
        request, "students/history.html", {**record_frame(request, record, "history"), **context}
    )


@page(VIEW_RECORD_VIEWS, methods=("GET",))
@asks_purpose
def views(request: Request, uuid: UUID) -> HttpResponse:
    """Show who looked at the record: for the family, the principal, the protection officer."""
    get_student_for(request.actor, uuid, VIEW_RECORD_VIEWS)
    record = _open(request, uuid, "views")
    lines = view_lines(actor=request.actor, person_id=record.student.person_id)
    context = {**record_frame(request, record, "views"), "views": lines}
    return render_page(request, "students/views.html", context)


def _second_end(actor: Actor, record: Record, row: Enrollment) -> str:
    """Return where a second school is ended, for the main school and for the second one."""
    if row.is_primary or (row.ends_on is not None and row.ends_on <= actor.today):
        return ""
    is_there = row.school_id in actor.reach(EDIT_STUDENTS, "school")
    if not is_there and not record.standing.allows(actor, EDIT_STUDENTS):
        return ""
    return reverse("students:second_end", args=[record.student.uuid, row.uuid])


def _second_undo(actor: Actor, record: Record, row: Enrollment) -> str:
    """Return where a second school is taken back on its first day, by the main school."""
    if row.is_primary or row.starts_on < actor.today:
        return ""
    if not record.standing.allows(actor, EDIT_STUDENTS):
        return ""
    return reverse("students:second_undo", args=[record.student.uuid, row.uuid])


def _together(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _open(request: Request, uuid: UUID, what: str) -> Record:
    student, standing = actions.open_record(
        actor=request.actor,
        uuid=uuid,
        what=what,
        now=clock.now(),
        purpose=purpose_of(request, uuid),
    )
    return read_record(request.actor, student, standing)


def _overview(request: Request, uuid: UUID, *, note: bool = True) -> dict[str, Any]:
    actor, on = request.actor, request.actor.today
    if note:
        record = _open(request, uuid, "overview")
    else:
        student = get_student_for(actor, uuid)
        record = read_record(actor, student, standing_of(student, on=on))
    standing = record.standing
    guardians = (
        list(guardians_of(actor=actor, student=record.student, on=on))
        if standing.allows(actor, VIEW_GUARDIANS)
        else []
    )
    may_edit = standing.allows(actor, EDIT_STUDENTS)
    return {
        **record_frame(request, record, "overview"),
        "facts": _facts(record, actor),
        "secrets": _secrets(record),
        "may_reveal": standing.allows(actor, VIEW_SENSITIVE),
        "doubts": [_doubt_text(one) for one in _doubts(record)] if may_edit else [],
        "missing": _missing(record, guardians) if may_edit else [],
        "events": timeline(actor, record)[:SHORT_TIMELINE],
        "people": [_person_line(row) for row in guardians],
        "sees_family": standing.allows(actor, VIEW_GUARDIANS),
        "sees_person": standing.allows(actor, VIEW_PERSONS),
    }


def _facts(record: Record, actor: Actor) -> list[dict[str, Any]]:
    student, person = record.student, record.student.person
    age = person.age_on(actor.today)
    born = day(person.birth_date)
    if age is not None:
        born = _("%(day)s (%(age)s years old)") % {"day": born, "age": number(age)}
    enrollment, placement = record.enrollment, record.placement
    came = ""
    if enrollment is not None:
        words = {
            "day": day(enrollment.starts_on),
            "how": EntryKind(enrollment.entry_kind).label,
        }
        came = _("%(day)s, %(how)s") % words
    return [
        {"label": _("Full name"), "value": person.full_name},
        {"label": _("Date of birth"), "value": born},
        {"label": _("Sex"), "value": Sex(person.sex).label if person.sex else ""},
        {"label": _("Ministry code"), "value": student.moet_code or ""},
        {"label": _("School"), "value": record.main_name},
        *_seconds(record, actor),
        {"label": _("Class"), "value": placement.homeroom_class.name if placement else ""},
        *_own_grade(record),
        {
            "label": _("Number in the registry book"),
            "value": enrollment.registry_number if enrollment else "",
        },
        {"label": _("Came"), "value": came},
    ]


def _seconds(record: Record, actor: Actor) -> list[dict[str, Any]]:
    """Return the schools where the pupil studies today beside the main one."""
    rows = [row for row in record.enrollments if not row.is_primary and holds(row, actor.today)]
    return [{"label": _("Second school"), "value": record.name_of(row.school)} for row in rows]


def _own_grade(record: Record) -> list[dict[str, Any]]:
    """Return the pupil's grade where it is not the class's own."""
    seat = record.placement
    if seat is None or seat.grade_level_id is None:
        return []
    return [{"label": _("Grade"), "value": seat.own_grade.label}]


def _secrets(record: Record) -> list[dict[str, Any]]:
    student, person = record.student, record.student.person
    code = person.ethnicity_code
    return [
        {"label": _("Personal number"), "value": grouped(person.personal_number or "")},
        {"label": _("Ethnic group"), "value": ethnic_groups().name_of(code) if code else ""},
        {"label": _("Policy groups"), "value": SimpleLazyObject(lambda: _policies(record))},
        {
            "label": _("Disability"),
            "value": disability_words(student.disability_code, student.disability_degree),
        },
        *_religion(person),
        {"label": _("Pupil's phone"), "value": person.phone},
    ]


def _religion(person: Person) -> list[dict[str, Any]]:
    """Return the religion where a form asked for it; elsewhere not even its place is shown."""
    if not person.religion_code:
        return []
    return [
        {"label": _("Religion"), "value": code_table("religions").name_of(person.religion_code)}
    ]


def _policies(record: Record) -> str:
    """Return the policy groups that hold today, with the last day of those that end."""
    told = []
    for one in policies_of(student=record.student, on=record.on):
        name = policy_names([one.code])
        if one.ends_on is not None:
            last = day(last_day(one.ends_on))
            name = _("%(group)s (up to %(day)s)") % {"group": name, "day": last}
        told.append(name)
    return "; ".join(told)


def _doubts(record: Record) -> list[Doubt]:
    person = record.student.person
    return doubts(person.personal_number, sex=person.sex, birth_date=person.birth_date)


def _doubt_text(doubt: Doubt) -> str:
    """Return a contradiction in words, with what to do."""
    if doubt.kind is Contradiction.SEX:
        words = {"told": Sex(doubt.told).label, "written": Sex(doubt.written).label}
        return _("The number says %(told)s, the record says %(written)s.") % words
    if doubt.kind is Contradiction.BIRTH_YEAR:
        year = {"told": doubt.told, "written": doubt.written}
        return _("The number says born in %(told)s, the record says %(written)s.") % year
    return _("The number begins with %(told)s, which is no province.") % {"told": doubt.told}


def _missing(record: Record, guardians: list[Guardianship]) -> list[str]:
    person = record.student.person
    found = {
        "personal-number": not person.personal_number,
        "birth-date": person.birth_date is None,
        "ethnicity": not person.ethnicity_code,
        "guardian-phone": not any(row.phone for row in guardians),
        "unplaced": (
            record.enrollment is not None and record.placement is None and record.on_leave is None
        ),
    }
    return [str(FACT_NAMES[fact]) for fact, is_missing in found.items() if is_missing]


def _person_line(row: Guardianship) -> dict[str, Any]:
    phone = row.phone
    return {
        "name": row.full_name,
        "letter": row.guardian.given_name[:1],
        "role": str(Relation(row.relation).label).lower(),
        "text": masked(phone, head=2, tail=3) if phone else _("no phone yet"),
    }
