"""A pupil goes on a long leave and comes back; either is taken back by one button."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.registry.schools.api import get_class_for
from khuevan.registry.students import actions
from khuevan.registry.students.forms import BackForm, BreakForm, EndSecondForm, SecondForm
from khuevan.registry.students.frame import Record, read_record, record_frame
from khuevan.registry.students.models import Student
from khuevan.registry.students.pages.lists import classes_of
from khuevan.registry.students.pages.purpose import asks_purpose, purpose_of
from khuevan.registry.students.permissions import EDIT_STUDENTS
from khuevan.registry.students.selectors import get_break_for, get_student_for, standing_of
from khuevan.ui.forms import Form
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request


@page(EDIT_STUDENTS)
@asks_purpose
def break_new(request: Request, uuid: UUID) -> HttpResponse:
    """Record that a pupil goes on a long leave and keeps the place in the school."""
    record = _record(request, uuid)
    form = BreakForm(request.POST or None, initial={"on": request.actor.today})
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            made = actions.start_break(
                actor=request.actor, uuid=uuid, now=clock.now(), **form.cleaned_data
            )
            undo = reverse("students:break_undo", args=[uuid, made.uuid])
            words = {"name": record.student.person.full_name}
            messages.success(request, _("%(name)s is on leave.") % words, extra_tags=f"undo:{undo}")
            return _back(request, record.student)
    note = _("The pupil stays on the roll, leaves the class, and does not count as studying.")
    title = _("%(name)s goes on leave") % {"name": record.student.person.full_name}
    return _show(request, record, form, title=title, verb=_("Record the long leave"), note=note)


@page(EDIT_STUDENTS)
@asks_purpose
def break_end(request: Request, uuid: UUID, which: UUID) -> HttpResponse:
    """Record that a pupil is back from leave, in a class when one is chosen."""
    record = _record(request, uuid)
    found = get_break_for(request.actor, which)
    rooms = classes_of(request.actor, found.school, EDIT_STUDENTS)
    same = next((str(one.uuid) for one in rooms if one.pk == found.homeroom_class_id), "")
    form = BackForm(
        request.POST or None,
        classes=[(str(one.uuid), one.name) for one in rooms],
        initial={"on": request.actor.today, "class_uuid": same},
    )
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            room = form.cleaned_data["class_uuid"]
            actions.end_break(
                actor=request.actor,
                uuid=which,
                on=form.cleaned_data["on"],
                homeroom_class=(
                    get_class_for(request.actor, UUID(room), EDIT_STUDENTS) if room else None
                ),
                now=clock.now(),
            )
            undo = reverse("students:break_reopen", args=[uuid, which])
            words = {"name": record.student.person.full_name}
            messages.success(request, _("%(name)s is back.") % words, extra_tags=f"undo:{undo}")
            return _back(request, record.student)
    title = _("%(name)s comes back") % {"name": record.student.person.full_name}
    return _show(request, record, form, title=title, verb=_("Record the way back"))


@page(EDIT_STUDENTS, methods=("POST",))
@asks_purpose
def break_undo(request: Request, uuid: UUID, which: UUID) -> HttpResponse:
    """Take a leave back that was recorded by mistake."""
    record = _record(request, uuid)
    actions.undo_break(actor=request.actor, uuid=which, now=clock.now())
    messages.success(request, _("The leave is taken back."))
    return _back(request, record.student)


@page(EDIT_STUDENTS, methods=("POST",))
@asks_purpose
def break_reopen(request: Request, uuid: UUID, which: UUID) -> HttpResponse:
    """Take a return from leave back that was recorded by mistake."""
    record = _record(request, uuid)
    actions.undo_return(actor=request.actor, uuid=which, now=clock.now())
    messages.success(request, _("The pupil is on leave as before."))
    return _back(request, record.student)


@page(EDIT_STUDENTS)
@asks_purpose
def second_new(request: Request, uuid: UUID) -> HttpResponse:
    """Record that a pupil studies at a second school beside this one."""
    record = _record(request, uuid)
    form = SecondForm(
        request.POST or None, today=request.actor.today, initial={"on": request.actor.today}
    )
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            made = actions.start_second(
                actor=request.actor, uuid=uuid, now=clock.now(), **form.told
            )
            undo = reverse("students:second_undo", args=[uuid, made.uuid])
            words = _("The second school is recorded.")
            messages.success(request, words, extra_tags=f"undo:{undo}")
            return done(request, reverse("students:schooling", args=[uuid]))
    note = _("The pupil counts here, once. The second school sees the record and changes nothing.")
    title = _("%(name)s studies at a second school") % {"name": record.student.person.full_name}
    return _show(request, record, form, title=title, verb=_("Record the second school"), note=note)


@page(EDIT_STUDENTS)
@asks_purpose
def second_end(request: Request, uuid: UUID, which: UUID) -> HttpResponse:
    """Record that a pupil no longer studies at a second school."""
    record = _reached(request, uuid)
    form = EndSecondForm(request.POST or None, initial={"on": request.actor.today})
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.end_second(
                actor=request.actor, enrollment_uuid=which, now=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("The second school is over."))
            if not record.standing.allows(request.actor, EDIT_STUDENTS):  # out of sight now
                return done(request, reverse("students:list"))
            return done(request, reverse("students:schooling", args=[uuid]))
    title = _("%(name)s leaves the second school") % {"name": record.student.person.full_name}
    return _show(request, record, form, title=title, verb=_("Record the end"))


@page(EDIT_STUDENTS, methods=("POST",))
@asks_purpose
def second_undo(request: Request, uuid: UUID, which: UUID) -> HttpResponse:
    """Take a second school back that was recorded by mistake."""
    _record(request, uuid)
    actions.undo_second(actor=request.actor, enrollment_uuid=which, now=clock.now())
    messages.success(request, _("The second school is taken back."))
    return done(request, reverse("students:schooling", args=[uuid]))


def _reached(request: Request, uuid: UUID) -> Record:
    """Return a record that the actor reads, as a second school does."""
    student = get_student_for(request.actor, uuid)
    return read_record(request.actor, student, standing_of(student, on=request.actor.today))


def _record(request: Request, uuid: UUID) -> Record:
    student = get_student_for(request.actor, uuid, EDIT_STUDENTS)
    standing = standing_of(student, on=request.actor.today)
    purpose = purpose_of(request, uuid)
    actions.require_purpose(
        actor=request.actor, standing=standing, purpose=purpose, permission=EDIT_STUDENTS
    )
    return read_record(request.actor, student, standing)


def _back(request: Request, student: Student) -> HttpResponse:
    return done(request, reverse("students:record", args=[student.uuid]))


def _show(
    request: Request, record: Record, form: Form, *, title: str, verb: str, note: str = ""
) -> HttpResponse:
    context: dict[str, Any] = {
        **record_frame(request, record, "schooling"),
        "may_edit": False,
        "form": form,
        "title": title,
        "verb": verb,
        "note": note,
        "cancel_url": reverse("students:record", args=[record.student.uuid]),
    }
    return render_page(request, "students/task.html", context, status=form_status(request))
