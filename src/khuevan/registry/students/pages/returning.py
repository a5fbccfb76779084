"""The form for a new pupil, when the records know the pupil: the old record goes on."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.registry.schools.api import School
from khuevan.registry.students import actions
from khuevan.registry.students.data import Arrival
from khuevan.registry.students.forms import NewStudentForm
from khuevan.registry.students.identity import Facts
from khuevan.registry.students.models import Enrollment, EntryKind, Student
from khuevan.registry.students.selectors import former_pupils, pupil_free_to_come
from khuevan.ui.formats import day
from khuevan.ui.request import Request


def go_on(request: Request, form: NewStudentForm, school: School) -> UUID | None:
    """Enroll a pupil whom the records know; None when the pupil is new or a person is asked.

    :raises AlreadyEnrolled: when another school has the pupil still
    """
    values = form.cleaned_data
    number = values.get("personal_number") or None
    told = Facts(values["full_name"], values["birth_date"], personal_number=number)
    listed = former_pupils(
        actor=request.actor,
        school_id=school.pk,
        told=told,
        personal_number=number,
        on=request.actor.today,
    )
    own = [row for row in listed if number and row.person.personal_number == number] or listed
    if own and values["goes_on"] and len(own) == 1:
        return _enroll(request, form, school, own[0].student, EntryKind.RETURNED)
    if own and not values["is_sure"]:
        _offer(form, own)
        return None
    student = number and pupil_free_to_come(
        told=told, personal_number=number, on=request.actor.today
    )
    return _enroll(request, form, school, student, values["entry_kind"]) if student else None


def _offer(form: NewStudentForm, rows: list[Enrollment]) -> None:
    """Ask whether this is a pupil who was at the school before."""
    form.may_be_known = True
    form.may_go_on = len(rows) == 1
    form.add_error(
        None,
        _("%(name)s was at this school until %(day)s, number %(number)s of the registry book.")
        % {
            "name": rows[0].person.full_name,
            "day": day(rows[0].ends_on),
            "number": rows[0].registry_number or "–",
        },
    )


def _enroll(
    request: Request, form: NewStudentForm, school: School, student: Student, entry_kind: str
) -> UUID:
    seat = form.seat
    actions.enroll_students(
        actor=request.actor,
        school_id=school.pk,
        arrivals=[
            Arrival(
                student.pk,
                seat.room.pk if seat else None,
                form.cleaned_data["starts_on"],
                grade_level_id=seat.further_grade_id if seat else None,
            )
        ],
        entry_kind=entry_kind,
        now=clock.now(),
    )
    words = {"name": student.person.full_name}
    messages.success(
        request,
        _("%(name)s is on roll again, with the record from before. Look whether it is still right.")
        % words,
    )
    return student.uuid
