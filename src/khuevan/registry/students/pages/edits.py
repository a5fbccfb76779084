"""Registering a pupil, correcting a record that others may correct too, leaving the school."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.errors import DomainError
from khuevan.platform.audit.api import AuditEntry
from khuevan.registry.people.api import LOOK, VIEW_SENSITIVE, alike_part, warn_of_lookalikes
from khuevan.registry.schools.api import School, get_school_for, school_frame
from khuevan.registry.students import actions
from khuevan.registry.students.data import NewStudent
from khuevan.registry.students.errors import AlreadyRegistered, OnRollAlready, RecordChanged
from khuevan.registry.students.forms import (
    EditStudentForm,
    LeaveForm,
    NewStudentForm,
    texts_of,
)
from khuevan.registry.students.frame import Record, read_record, record_frame, ways_on
from khuevan.registry.students.models import EntryKind
from khuevan.registry.students.pages.lists import classes_of
from khuevan.registry.students.pages.purpose import asks_purpose, purpose_of
from khuevan.registry.students.pages.returning import go_on
from khuevan.registry.students.permissions import EDIT_STUDENTS
from khuevan.registry.students.policies import codes_of
from khuevan.registry.students.rules import merge
from khuevan.registry.students.selectors import (
    addresses_of,
    get_student_for,
    guardians_of,
    last_correction,
    namesakes,
    standing_of,
)
from khuevan.ui.formats import clock as time_of_day
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request


@page(EDIT_STUDENTS)
def new(request: Request, code: str) -> HttpResponse:
    """Register a pupil; the same form sent twice makes one."""
    school = get_school_for(request.actor, code, EDIT_STUDENTS)
    form = _new_form(request, school)
    if LOOK in request.POST:
        return alike_part(request, form.newcomer(school))
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            uuid = go_on(request, form, school)
            if uuid is None and form.is_valid() and _is_new(request, form, school):
                warn_of_lookalikes(request, form.newcomer(school))
                uuid = _register(request, form, school)
            if uuid is not None:
                return done(request, reverse("students:record", args=[uuid]))
    context = {**school_frame(request, school, "students"), "actions": (), "form": form}
    return render_page(request, "students/new.html", context, status=form_status(request))


@page(EDIT_STUDENTS)
@asks_purpose
def edit(request: Request, uuid: UUID) -> HttpResponse:
    """Correct a record; whoever comes second sees both values and loses nothing."""
    record = _editable(request, uuid)
    if request.method != "POST":
        return _show_form(request, record, _form_of(request, record))
    form = _form_of(request, record, bound=True)
    if not form.is_valid():
        return _show_form(request, record, form)
    try:
        return _save(request, record, form)
    except RecordChanged:
        return _compare(request, record, form)
    except DomainError as error:
        form.refuse(error)
        return _show_form(request, record, form)


@page(EDIT_STUDENTS)
@asks_purpose
def leave(request: Request, uuid: UUID) -> HttpResponse:
    """Record that a pupil leaves the school: asked on a page of its own, since much follows."""
    record = _editable(request, uuid)
    form = LeaveForm(request.POST or None, initial={"on": request.actor.today})
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            ended = actions.end_enrollment(
                actor=request.actor, uuid=uuid, now=clock.now(), **form.cleaned_data
            )
            school = get_school_for(request.actor, ended.school.code, EDIT_STUDENTS)
            undo = reverse("students:undo_leave", args=[ended.uuid])
            words = {"name": record.student.person.full_name}
            messages.success(
                request, _("%(name)s has left the school.") % words, extra_tags=f"undo:{undo}"
            )
            return done(request, reverse("students:school", args=[school.code]))
    context = {
        **record_frame(request, record, "overview"),
        "may_edit": False,
        "form": form,
        "ways_on": ways_on(request.actor, record),
    }
    return render_page(request, "students/leave.html", context, status=form_status(request))


@page(EDIT_STUDENTS, methods=("POST",))
def undo_leave(request: Request, uuid: UUID) -> HttpResponse:
    """Take back a leaving that was recorded by mistake."""
    student = actions.undo_leaving(actor=request.actor, enrollment_uuid=uuid, now=clock.now())
    words = {"name": student.person.full_name}
    messages.success(request, _("%(name)s is back on roll.") % words)
    return done(request, reverse("students:record", args=[student.uuid]))


def _new_form(request: Request, school: School) -> NewStudentForm:
    actor = request.actor
    chosen = request.GET.get("class", "")
    return NewStudentForm(
        request.POST or None,
        today=actor.today,
        sensitive=school.pk in actor.reach(VIEW_SENSITIVE, "school"),
        classes=classes_of(actor, school, EDIT_STUDENTS),
        initial={
            "key": uuid4(),
            "starts_on": actor.today,
            "entry_kind": EntryKind.ADMITTED,
            "class_uuid": chosen,
        },
    )


def _is_new(request: Request, form: NewStudentForm, school: School) -> bool:
    """Ask whether a pupil of the same name and birth date is another one."""
    values = form.cleaned_data
    if values["is_sure"]:
        return True
    found = namesakes(
        actor=request.actor,
        school_id=school.pk,
        full_name=values["full_name"],
        birth_date=values["birth_date"],
        on=request.actor.today,
        but=values["key"],
    )
    if found:
        form.may_be_known = True
        form.add_error(
            None,
            _("The school has a pupil of this name and date of birth already: %(name)s, %(class)s.")
            % {"name": found[0].person.full_name, "class": _class_of(found[0])},
        )
    return not found


def _class_of(row: Any) -> str:
    return str(row.placement.homeroom_class.name) if row.placement else _("no class yet")


def _register(request: Request, form: NewStudentForm, school: School) -> UUID | None:
    values = form.cleaned_data
    seat = form.seat
    key: UUID = values["key"]
    new_student = NewStudent(
        data=form.student_data,
        homeroom_class_id=seat.room.pk if seat else None,
        grade_level_id=seat.further_grade_id if seat else None,
        starts_on=values["starts_on"],
        uuid=key,
    )
    try:
        student = actions.register_student(
            actor=request.actor,
            school_id=school.pk,
            new=new_student,
            entry_kind=values["entry_kind"],
            is_another=values["is_sure"],
            now=clock.now(),
        )
    except OnRollAlready as known:  # somebody registered the pupil since the roll was looked at
        form.may_be_known = True
        form.add_error(
            None,
            _("The school has a pupil of this name and date of birth already: %(name)s.")
            % known.details,
        )
        return None
    except AlreadyRegistered:
        return get_student_for(request.actor, key, EDIT_STUDENTS).uuid
    words = {"name": student.person.full_name}
    messages.success(request, _("%(name)s is on roll now.") % words)
    return student.uuid


def _editable(request: Request, uuid: UUID) -> Record:
    student = get_student_for(request.actor, uuid, EDIT_STUDENTS)
    standing = standing_of(student, on=request.actor.today)
    purpose = purpose_of(request, uuid)
    actions.require_purpose(
        actor=request.actor, standing=standing, purpose=purpose, permission=EDIT_STUDENTS
    )
    return read_record(request.actor, student, standing)


def _texts(request: Request, record: Record) -> dict[str, str]:
    """Return the record as it stands, as a form shows it."""
    actor, student = request.actor, record.student
    return texts_of(
        student,
        addresses_of(actor=actor, student=student, on=actor.today),
        guardians_of(actor=actor, student=student, on=actor.today),
        codes_of([student.pk], on=actor.today).get(student.pk, ()),
    )


def _form_of(request: Request, record: Record, *, bound: bool = False) -> EditStudentForm:
    sensitive = record.standing.allows(request.actor, VIEW_SENSITIVE)
    if bound:
        return EditStudentForm(request.POST, today=request.actor.today, sensitive=sensitive)
    texts = _texts(request, record)
    form = EditStudentForm(
        today=request.actor.today,
        sensitive=sensitive,
        initial={**texts, "version": record.student.person.version},
    )
    form.initial["base"] = _as_base(form, texts)
    return form


def _as_base(form: EditStudentForm, texts: dict[str, str]) -> str:
    kept = {name: texts[name] for name in form.kept_names}
    return json.dumps(kept, ensure_ascii=False)


def _save(request: Request, record: Record, form: EditStudentForm) -> HttpResponse:
    changes = form.changes
    if changes:
        actions.correct_student(
            actor=request.actor,
            uuid=record.student.uuid,
            version=form.cleaned_data["version"],
            changes=changes,
            now=clock.now(),
        )
        saved_at = time_of_day(timezone.localtime(clock.now()))
        messages.success(request, _("Saved %(time)s.") % {"time": saved_at})
    return done(request, reverse("students:record", args=[record.student.uuid]))


def _compare(request: Request, record: Record, form: EditStudentForm) -> HttpResponse:
    """Show a record that somebody else changed meanwhile, with what was typed still in it."""
    record = _editable(request, record.student.uuid)
    theirs = _texts(request, record)
    merged = merge(form.base_texts, form.texts, theirs)
    if all(theirs.get(name, "") == value for name, value in merged.values.items()):
        return done(request, reverse("students:record", args=[record.student.uuid]))
    again = EditStudentForm(
        today=request.actor.today,
        sensitive=record.standing.allows(request.actor, VIEW_SENSITIVE),
        initial={**merged.values, "version": record.student.person.version},
        clashes=merged.clashes,
    )
    again.initial["base"] = _as_base(again, theirs)
    return _show_form(request, record, again, other=last_correction(record.student))


def _show_form(
    request: Request, record: Record, form: EditStudentForm, *, other: AuditEntry | None = None
) -> HttpResponse:
    if request.method == "GET":
        actions.note_look(
            actor=request.actor,
            student=record.student,
            standing=record.standing,
            what="edit",
            now=clock.now(),
            purpose=purpose_of(request, record.student.uuid),
            permission=EDIT_STUDENTS,
        )
    context = {
        **record_frame(request, record, "overview"),
        "may_edit": False,
        "form": form,
        "other": other,
        "is_conflict": request.method == "POST" and not form.is_bound,
    }
    return render_page(request, "students/edit.html", context, status=form_status(request))
