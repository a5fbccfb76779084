"""The columns of a gradebook: finished, opened again, added, taken away; more days for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.actor import Permission
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.registry.schools.api import get_school_for, school_frame
from khuevan.school.gradebooks import actions
from khuevan.school.gradebooks.actions.columns import gaps_in
from khuevan.school.gradebooks.column_names import short_name, slot_name
from khuevan.school.gradebooks.errors import ColumnHasGaps
from khuevan.school.gradebooks.forms import ExtensionForm, ReasonForm
from khuevan.school.gradebooks.models import Gradebook
from khuevan.school.gradebooks.pages.windows import TAB
from khuevan.school.gradebooks.periods import names_of
from khuevan.school.gradebooks.permissions import (
    ENTER_MARKS,
    LOCK_BOOKS,
    MANAGE_BOOKS,
    VIEW_MARKS,
)
from khuevan.school.gradebooks.selectors.corrections import column_values
from khuevan.school.gradebooks.selectors.learners import learners_of
from khuevan.school.gradebooks.selectors.progress import SECONDARY
from khuevan.school.gradebooks.selectors.teaching import teaches
from khuevan.school.gradebooks.selectors.windows import Shut, shut_slots
from khuevan.school.gradebooks.shown import book_label, shown_value
from khuevan.school.gradebooks.slots import Slot, content_of, is_regular, period_of
from khuevan.ui.asked import whole_number
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request

ONE_DAY = timedelta(days=1)


@page(ENTER_MARKS, methods=("GET",))
def columns(request: Request, uuid: UUID) -> HttpResponse:
    """Show the columns of one's own gradebook by term, with what can be done to each."""
    book = _book(request, uuid, ENTER_MARKS)
    shut = shut_slots(book, request.actor.today)
    level = book.homeroom_class.grade_level.level
    context = {
        "book": book,
        "title": _title(book),
        "periods": [
            {
                "number": number,
                "name": str(name),
                "columns": [_line(book, one, shut.get(one)) for one in _of(book, number)],
                "adds": book.form in SECONDARY and _takes(book, shut, number),
            }
            for number, name in names_of(level).items()
            if _of(book, number)
        ],
        "teaches": teaches(request.actor, book),
        "asked": whole_number(request.GET.get("close", "")) or 0,
        "gaps": _asked_gaps(request, book),
    }
    return render_page(request, "gradebooks/columns.html", context)


@page(VIEW_MARKS, methods=("GET",))
def column(request: Request, uuid: UUID, slot: int) -> HttpResponse:
    """Show what stands in a column, each pupil with the way to the mark's history."""
    book = _book(request, uuid, VIEW_MARKS)
    if slot not in book.slots:
        raise NotFound
    values = column_values(book, slot)
    content = content_of(book.form, slot)
    context = {
        "title": _title(book),
        "column": slot_name(book.form, slot),
        "pupils": [
            {
                "name": one.name,
                "value": shown_value(content, values.get(one.id)),
                "url": reverse("gradebooks:cell", args=[book.uuid, one.uuid, slot]),
            }
            for one in learners_of(book, request.actor.today)
        ],
        "back": reverse("gradebooks:sheet", args=[book.uuid]),
    }
    return render_page(request, "gradebooks/column.html", context)


def _asked_gaps(request: Request, book: Gradebook) -> list[str]:
    """Return who has nothing yet in the column that somebody wants to finish."""
    asked = whole_number(request.GET.get("close", ""))
    return list(gaps_in(book, asked, request.actor)) if asked in book.slots and asked else []


def _of(book: Gradebook, period: int) -> list[Slot]:
    return [one for one in book.slots if period_of(one) == period]


def _takes(book: Gradebook, shut: dict[Slot, Shut], period: int) -> bool:
    return any(one not in shut for one in _of(book, period))


def _line(book: Gradebook, slot: Slot, why: Shut | None) -> dict[str, Any]:
    """Return a column with its state, and whether it may be finished or taken away."""
    regular = [one for one in _of(book, period_of(slot)) if is_regular(one)]
    is_extra = is_regular(slot) and len(regular) > book.required[period_of(slot) - 1]
    states = {
        Shut.CLOSED: ("ok", "lock", _("Finished")),
        Shut.LOCKED: ("ok", "lock", _("Locked by the principal")),
        Shut.OVER: ("warn", "ban", _("The days of entering are over")),
        Shut.EARLY: ("neutral", "clock", _("Opens later")),
    }
    tone, icon, label = states[why] if why else ("info", "pencil", _("Still open"))
    return {
        "slot": slot,
        "name": short_name(slot),
        "full": slot_name(book.form, slot),
        "pill": {"tone": tone, "icon": icon, "label": label},
        "closes": why in (None, Shut.OVER),
        "is_extra": is_extra and why is None,
    }


@page(ENTER_MARKS, methods=("POST",))
def close(request: Request, uuid: UUID, slot: int) -> HttpResponse:
    """Finish a column; one with gaps asks first."""
    book = _book(request, uuid, ENTER_MARKS)
    to = reverse("gradebooks:columns", args=[uuid])
    try:
        actions.close_column(
            actor=request.actor,
            uuid=uuid,
            slot=slot,
            with_gaps=request.POST.get("with_gaps") == "1",
            now=clock.now(),
        )
    except NotFound:
        raise
    except ColumnHasGaps:
        return done(request, f"{to}?close={slot}")
    except DomainError as error:
        messages.error(request, str(error))
    else:
        words = {"column": slot_name(book.form, slot)}
        messages.success(request, _("%(column)s is finished.") % words)
    return done(request, to)


@page(ENTER_MARKS, methods=("POST",))
def add(request: Request, uuid: UUID) -> HttpResponse:
    """Add a regular column to a term."""
    period = whole_number(request.POST.get("period", "")) or 0
    return _tried(
        request,
        uuid,
        lambda: actions.add_column(actor=request.actor, uuid=uuid, period=period, now=clock.now()),
        _("The column is there."),
    )


@page(ENTER_MARKS, methods=("POST",))
def remove(request: Request, uuid: UUID, slot: int) -> HttpResponse:
    """Take an empty column away that nobody requires."""
    return _tried(
        request,
        uuid,
        lambda: actions.remove_column(actor=request.actor, uuid=uuid, slot=slot, now=clock.now()),
        _("The column is taken away."),
    )


def _tried(request: Request, uuid: UUID, deed: Callable[[], Any], said: str) -> HttpResponse:
    """Do something to one's own gradebook and say what came of it."""
    try:
        deed()
    except NotFound:
        raise
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return done(request, reverse("gradebooks:columns", args=[uuid]))


@page(LOCK_BOOKS)
def reopen(request: Request, uuid: UUID, slot: int) -> HttpResponse:
    """Let a finished column be entered again, with a reason."""
    book = _book(request, uuid, LOCK_BOOKS)
    form = ReasonForm(request.POST or None)
    school = get_school_for(request.actor, book.school.code, LOCK_BOOKS)
    to = reverse("gradebooks:windows", args=[school.code])
    if slot not in book.slots:
        raise NotFound
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.reopen_column(
                actor=request.actor,
                uuid=uuid,
                slot=slot,
                reason=form.cleaned_data["reason"],
                now=clock.now(),
            )
            messages.success(request, _("The column is open again."))
            return done(request, to)
    context = {
        **school_frame(request, school, TAB),
        "form": form,
        "form_title": _("Open %(column)s again") % {"column": slot_name(book.form, slot)},
        "which": _title(book),
        "submit": _("Open again"),
        "cancel_url": to,
    }
    return render_page(request, "schools/form.html", context, status=form_status(request))


@page(MANAGE_BOOKS)
def longer(request: Request, uuid: UUID) -> HttpResponse:
    """Let one gradebook be entered longer than its period's window."""
    book = _book(request, uuid, MANAGE_BOOKS)
    school = get_school_for(request.actor, book.school.code, MANAGE_BOOKS)
    level = book.homeroom_class.grade_level.level
    form = ExtensionForm(request.POST or None, initial={"period": request.GET.get("period")})
    form.offer("period", [(n, name) for n, name in names_of(level).items() if _of(book, n)])
    to = reverse("gradebooks:missing", args=[school.code])
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.extend_window(
                actor=request.actor,
                book=uuid,
                period=form.cleaned_data["period"],
                until=form.cleaned_data["until"] + ONE_DAY,
                reason=form.cleaned_data["reason"],
                now=clock.now(),
            )
            messages.success(request, _("%(book)s has more days.") % {"book": _title(book)})
            return done(request, to)
    context = {
        **school_frame(request, school, TAB),
        "form": form,
        "form_title": _("More days for one gradebook"),
        "which": _title(book),
        "submit": _("Give more days"),
        "cancel_url": to,
    }
    return render_page(request, "schools/form.html", context, status=form_status(request))


def _title(book: Gradebook) -> str:
    words = {"subject": book_label(book), "room": book.homeroom_class.name}
    return _("%(subject)s, class %(room)s") % words


def _book(request: Request, uuid: UUID, permission: Permission) -> Gradebook:
    rows = Gradebook.objects.visible_to(request.actor, permission)
    return rows.select_related("homeroom_class__grade_level", "school").one(uuid)
