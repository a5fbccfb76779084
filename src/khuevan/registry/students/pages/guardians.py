"""Who answers for a pupil: one more guardian, custody by date, the order of contact, an end."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.errors import NotFound
from khuevan.registry.students import actions
from khuevan.registry.students.forms import EndGuardianForm, GuardianForm, LiftForm, LimitForm
from khuevan.registry.students.frame import read_record, record_frame
from khuevan.registry.students.models import (
    Guardianship,
    GuardianshipLimit,
    LimitKind,
    Student,
)
from khuevan.registry.students.pages.purpose import asks_purpose, purpose_of
from khuevan.registry.students.permissions import RECORD_GUARDIANS
from khuevan.registry.students.selectors import (
    Standing,
    get_guardianship_for,
    get_limit_for,
    get_student_for,
    guardians_of,
    standing_of,
)
from khuevan.ui.forms import Form
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request

R = TypeVar("R", Guardianship, GuardianshipLimit)


@page(RECORD_GUARDIANS)
@asks_purpose
def guardian_new(request: Request, uuid: UUID) -> HttpResponse:
    """Add one more guardian to a pupil."""
    student = get_student_for(request.actor, uuid, RECORD_GUARDIANS)
    form = GuardianForm(request.POST or None, today=request.actor.today)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            row = actions.add_guardian(
                actor=request.actor,
                student_uuid=uuid,
                data=form.guardian,
                on_behalf_of=form.cleaned_data["on_behalf_of"],
                now=clock.now(),
            )
            messages.success(request, _("%(name)s is a guardian now.") % {"name": row.full_name})
            return _back(request, student)
    return _show(request, student, form, title=_("One more guardian"), verb=_("Add the guardian"))


@page(RECORD_GUARDIANS)
@asks_purpose
def guardian_limit(request: Request, uuid: UUID, which: UUID) -> HttpResponse:
    """Write down that a guardian has no custody, or may not be in contact, by which paper."""
    row = _row(request, uuid, which)
    initial = {"starts_on": request.actor.today, "kind": LimitKind.NO_CUSTODY}
    form = LimitForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.limit_guardian(
                actor=request.actor, uuid=which, now=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("Saved. %(name)s is limited from that day on.") % _who(row))
            return _back(request, row.student)
    return _show(
        request,
        row.student,
        form,
        title=_("Custody and contact: %(name)s") % _who(row),
        verb=_("Save the limit"),
        note=_("On these days %(name)s opens nothing of the pupil, from the first hour on.")
        % _who(row),
    )


@page(RECORD_GUARDIANS)
@asks_purpose
def limit_lift(request: Request, uuid: UUID, which: UUID) -> HttpResponse:
    """Let a guardian answer for the pupil again."""
    limit = _of(uuid, get_limit_for(request.actor, which, RECORD_GUARDIANS))
    row = limit.guardianship
    form = LiftForm(request.POST or None, initial={"on": request.actor.today})
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.lift_limit(
                actor=request.actor, uuid=which, now=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("The limit of %(name)s is lifted.") % _who(row))
            return _back(request, limit.student)
    title = _("Lift the limit: %(name)s") % _who(row)
    return _show(request, limit.student, form, title=title, verb=_("Lift the limit"))


@page(RECORD_GUARDIANS)
@asks_purpose
def guardian_end(request: Request, uuid: UUID, which: UUID) -> HttpResponse:
    """End a guardianship on a day, for a reason."""
    row = _row(request, uuid, which)
    form = EndGuardianForm(request.POST or None, initial={"on": request.actor.today})
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.end_guardianship(
                actor=request.actor, uuid=which, now=clock.now(), **form.cleaned_data
            )
            undo = reverse("students:guardian_restore", args=[uuid, row.uuid])
            messages.success(
                request,
                _("%(name)s is no longer a guardian.") % _who(row),
                extra_tags=f"undo:{undo}",
            )
            return _back(request, row.student)
    title = _("End the guardianship: %(name)s") % _who(row)
    return _show(request, row.student, form, title=title, verb=_("End the guardianship"))


@page(RECORD_GUARDIANS, methods=("POST",))
@asks_purpose
def guardian_restore(request: Request, uuid: UUID, which: UUID) -> HttpResponse:
    """Take the end of a guardianship back."""
    row = _row(request, uuid, which)
    _require_purpose(request, row.student)
    actions.restore_guardian(actor=request.actor, uuid=which, now=clock.now())
    messages.success(request, _("%(name)s is a guardian again.") % _who(row))
    return _back(request, row.student)


@page(RECORD_GUARDIANS, methods=("POST",))
@asks_purpose
def guardian_up(request: Request, uuid: UUID, which: UUID) -> HttpResponse:
    """Call a guardian one place earlier."""
    row = _row(request, uuid, which)
    _require_purpose(request, row.student)
    on = request.actor.today
    rows = guardians_of(
        actor=request.actor, student=row.student, on=on, permission=RECORD_GUARDIANS
    )
    order = [one.uuid for one in rows]
    place = order.index(row.uuid) if row.uuid in order else 0
    if place:
        order[place - 1 : place + 1] = order[place], order[place - 1]
        actions.order_guardians(
            actor=request.actor, student_uuid=row.student.uuid, order=order, now=clock.now()
        )
    return _back(request, row.student)


def _row(request: Request, uuid: UUID, which: UUID) -> Guardianship:
    return _of(uuid, get_guardianship_for(request.actor, which, RECORD_GUARDIANS))


def _of(uuid: UUID, row: R) -> R:
    """Return a row of the pupil whom the address names."""
    if row.student.uuid != uuid:
        raise NotFound
    return row


def _require_purpose(request: Request, student: Student) -> Standing:
    standing = standing_of(student, on=request.actor.today)
    purpose = purpose_of(request, student.uuid)
    actions.require_purpose(
        actor=request.actor, standing=standing, purpose=purpose, permission=RECORD_GUARDIANS
    )
    return standing


def _who(row: Guardianship) -> dict[str, str]:
    return {"name": row.full_name}


def _back(request: Request, student: Student) -> HttpResponse:
    return done(request, reverse("students:family", args=[student.uuid]))


def _show(
    request: Request, student: Student, form: Form, *, title: str, verb: str, note: str = ""
) -> HttpResponse:
    standing = _require_purpose(request, student)
    context: dict[str, Any] = {
        **record_frame(request, read_record(request.actor, student, standing), "family"),
        "may_edit": False,
        "form": form,
        "title": title,
        "verb": verb,
        "note": note,
        "cancel_url": reverse("students:family", args=[student.uuid]),
    }
    return render_page(request, "students/task.html", context, status=form_status(request))
