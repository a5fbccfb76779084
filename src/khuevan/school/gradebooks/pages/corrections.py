"""The history of a cell, and corrections: asked, confirmed, approved, refused, counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.actor import Permission
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.registry.schools.api import HomeroomClass, get_school_for, name_of, school_frame
from khuevan.registry.staff.api import subject_label
from khuevan.registry.students.api import Student
from khuevan.school.gradebooks import actions
from khuevan.school.gradebooks.cells import read_cell
from khuevan.school.gradebooks.column_names import slot_name
from khuevan.school.gradebooks.correction_rules import Step, may
from khuevan.school.gradebooks.forms import CorrectionForm, RefusalForm
from khuevan.school.gradebooks.models import Correction, CorrectionState, Gradebook
from khuevan.school.gradebooks.permissions import (
    CONFIRM_CORRECTIONS,
    DECIDE_CORRECTIONS,
    ENTER_MARKS,
    MANAGE_BOOKS,
    VIEW_MARKS,
)
from khuevan.school.gradebooks.selectors.corrections import (
    asked_by,
    corrections,
    done_counts,
    get_correction_for,
    history_of,
    in_charge_of,
    of_cell,
    per_pupil,
    pupil_of,
    standing_mark,
    standing_of,
    waiting_for,
)
from khuevan.school.gradebooks.selectors.teaching import teaches
from khuevan.school.gradebooks.selectors.windows import Shut, shut_slots
from khuevan.school.gradebooks.shown import book_label, correction_line, stood_line
from khuevan.school.gradebooks.slots import Slot, content_of
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request

MOST = 100


@page(VIEW_MARKS, methods=("GET",))
def cell(request: Request, uuid: UUID, student: UUID, slot: int) -> HttpResponse:
    """Show every value of a cell: who, when, how and why."""
    book, pupil = _cell(request, uuid, student, slot, VIEW_MARKS)
    history = history_of(book, pupil, slot)
    asked = of_cell(book, pupil, slot)
    shut = shut_slots(book, request.actor.today).get(slot)
    is_asked = any(one.state in ("ASKED", "CONFIRMED") for one in asked)
    asks = (
        shut not in (None, Shut.EARLY)
        and not is_asked
        and request.actor.may(ENTER_MARKS)
        and teaches(request.actor, book)
    )
    context = {
        **_titles(book, pupil, slot),
        "history": [stood_line(one, content_of(book.form, slot)) for one in history],
        "corrections": [correction_line(one) for one in asked if one.state != CorrectionState.DONE],
        "ask_url": reverse("gradebooks:ask_correction", args=[uuid, student, slot]) if asks else "",
    }
    return render_page(request, "gradebooks/cell.html", context)


@page(ENTER_MARKS)
def ask(request: Request, uuid: UUID, student: UUID, slot: int) -> HttpResponse:
    """Ask for another value of a mark that may not be entered any more."""
    book, pupil = _cell(request, uuid, student, slot, ENTER_MARKS)
    mark = standing_mark(book, pupil, slot)
    form = CorrectionForm(request.POST or None, initial={"base": mark.version if mark else 0})
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            row = actions.ask_correction(
                actor=request.actor,
                uuid=uuid,
                student=student,
                slot=slot,
                value=read_cell(content_of(book.form, slot), form.cleaned_data["value"]),
                base=form.cleaned_data["base"],
                reason=form.cleaned_data["reason"],
                now=clock.now(),
            )
            messages.success(request, _("Asked. The mark changes once it is approved."))
            return done(request, reverse("gradebooks:correction", args=[row.uuid]))
    history = history_of(book, pupil, slot)[:1]
    context = {
        **_titles(book, pupil, slot),
        "form": form,
        "stands": [stood_line(one, content_of(book.form, slot)) for one in history],
        "back": reverse("gradebooks:cell", args=[uuid, student, slot]),
    }
    return render_page(request, "gradebooks/ask.html", context, status=form_status(request))


@page(VIEW_MARKS, methods=("GET",))
def own(request: Request) -> HttpResponse:
    """Show the corrections that wait for this person, and those one asked for."""
    context = {
        "waiting": [correction_line(one) for one in waiting_for(request.actor)[:MOST]],
        "asked": [correction_line(one) for one in asked_by(request.actor, most=MOST)],
    }
    return render_page(request, "gradebooks/corrections.html", context)


@page(VIEW_MARKS, methods=("GET",))
def correction(request: Request, uuid: UUID) -> HttpResponse:
    """Show one correction, with what this person may do."""
    row = get_correction_for(request.actor, uuid)
    charge = in_charge_of(row.homeroom_class_id, request.actor.today)
    standing, who = standing_of(row), request.actor.person_id
    mark = standing_mark(row.gradebook, row.student, row.slot)
    may_decide = _holds(request, row, DECIDE_CORRECTIONS)
    may_confirm = _holds(request, row, CONFIRM_CORRECTIONS)
    is_open = row.state in (CorrectionState.ASKED, CorrectionState.CONFIRMED)
    context = {
        **_titles(row.gradebook, row.student, row.slot),
        "line": correction_line(row),
        "row": row,
        "form": RefusalForm(),
        "is_changed": is_open and (mark.version if mark else 0) != row.base,
        "confirms": may_confirm and may(standing, Step.CONFIRM, who, charge),
        "approves": may_decide and may(standing, Step.APPROVE, who, charge),
        "refuses": may_decide and may(standing, Step.REFUSE, who, charge),
        "withdraws": may(standing, Step.WITHDRAW, who, charge),
        "waits_for_homeroom": row.state == CorrectionState.ASKED and bool(charge.people),
        "cell_url": reverse(
            "gradebooks:cell", args=[row.gradebook.uuid, row.student.uuid, row.slot]
        ),
    }
    return render_page(request, "gradebooks/correction.html", context)


def _holds(request: Request, row: Correction, permission: Permission) -> bool:
    reach = request.actor.reach
    return row.school_id in reach(permission, "school") or row.homeroom_class_id in reach(
        permission, "class"
    )


@page(CONFIRM_CORRECTIONS, methods=("POST",))
def confirm(request: Request, uuid: UUID) -> HttpResponse:
    """Confirm for the own class."""
    return _step(request, uuid, actions.confirm_correction, _("Confirmed. The principal decides."))


@page(DECIDE_CORRECTIONS, methods=("POST",))
def approve(request: Request, uuid: UUID) -> HttpResponse:
    """Approve: the mark changes."""
    return _step(request, uuid, actions.approve_correction, _("Approved: the mark is changed."))


@page(ENTER_MARKS, methods=("POST",))
def withdraw(request: Request, uuid: UUID) -> HttpResponse:
    """Take back what one asked for."""
    return _step(request, uuid, actions.withdraw_correction, _("Withdrawn."))


@page(CONFIRM_CORRECTIONS, methods=("POST",))
def turn_down(request: Request, uuid: UUID) -> HttpResponse:
    """Refuse as the homeroom teacher, with a reason."""
    return _refused(request, uuid, actions.turn_down_correction)


@page(DECIDE_CORRECTIONS, methods=("POST",))
def refuse(request: Request, uuid: UUID) -> HttpResponse:
    """Refuse as the principal, with a reason."""
    return _refused(request, uuid, actions.refuse_correction)


def _refused(request: Request, uuid: UUID, deed: Callable[..., Correction]) -> HttpResponse:
    form = RefusalForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please say why."))
        return done(request, reverse("gradebooks:correction", args=[uuid]))
    return _step(request, uuid, deed, _("Refused."), reason=form.cleaned_data["reason"])


def _step(
    request: Request, uuid: UUID, deed: Callable[..., Correction], said: str, **more: str
) -> HttpResponse:
    """Do something with a correction and say what came of it."""
    try:
        deed(actor=request.actor, uuid=uuid, now=clock.now(), **more)
    except NotFound:
        raise
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return done(request, reverse("gradebooks:correction", args=[uuid]))


@page(MANAGE_BOOKS, methods=("GET",))
def school(request: Request, code: str) -> HttpResponse:
    """Show the corrections of a school, how many were done in each class, and what is open."""
    found = get_school_for(request.actor, code, MANAGE_BOOKS)
    rows = corrections(request.actor, MANAGE_BOOKS).filter(school=found)
    counts = done_counts(rows)
    rooms = {one.homeroom_class_id: one.homeroom_class for one in rows}
    context = {
        **school_frame(request, found, "mark corrections"),
        "actions": (),
        "open": [correction_line(one) for one in rows if one.state in ("ASKED", "CONFIRMED")],
        "settled": [
            correction_line(one) for one in rows if one.state not in ("ASKED", "CONFIRMED")
        ][:MOST],
        "classes": [
            {
                "name": rooms[pk].name,
                "count": count,
                "url": reverse("gradebooks:print_corrections", args=[rooms[pk].uuid]),
            }
            for pk, count in sorted(counts.items(), key=lambda one: rooms[one[0]].sort_key)
        ],
        "total": sum(counts.values()),
        "most": MOST,
    }
    return render_page(request, "gradebooks/school_corrections.html", context)


@page(VIEW_MARKS, methods=("GET",))
def printed(request: Request, uuid: UUID) -> HttpResponse:
    """Show the corrected marks of a class with their count, to print and sign."""
    room = (
        HomeroomClass.objects.visible_to(request.actor, VIEW_MARKS)
        .select_related("academic_year", "school")
        .one(uuid)
    )
    rows = corrections(request.actor).filter(homeroom_class=room, state=CorrectionState.DONE)
    lines = list(rows.order_by("decided_at", "pk"))
    found = get_school_for(request.actor, room.school.code)
    context = {
        "school_name": name_of(found),
        "room": room,
        "lines": [correction_line(one) for one in lines],
        "counts": [
            {"pupil": pupil.person.full_name, "subject": subject_label(subject), "count": count}
            for pupil, subject, count in per_pupil(lines)
        ],
        "back": reverse("gradebooks:corrections"),
    }
    return render_page(request, "gradebooks/print_corrections.html", context)


def _titles(book: Gradebook, pupil: Student, slot: Slot) -> dict[str, Any]:
    return {
        "pupil": pupil.person.full_name,
        "subject": book_label(book),
        "room": book.homeroom_class.name,
        "column": slot_name(book.form, slot),
    }


def _cell(
    request: Request, uuid: UUID, student: UUID, slot: int, permission: Permission
) -> tuple[Gradebook, Student]:
    rows = Gradebook.objects.visible_to(request.actor, permission)
    book = rows.select_related("homeroom_class__grade_level").one(uuid)
    pupil = pupil_of(book, student)
    if pupil is None or slot not in book.slots:
        raise NotFound
    return book, pupil
