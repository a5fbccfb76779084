"""When marks may be entered at a school: windows, what is missing before a lock, missed tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.kernel import clock
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.kernel.periods import last_day
from khuevan.registry.schools.api import (
    AcademicYear,
    EducationLevel,
    School,
    academic_year_on,
    get_school_for,
    held_on,
    level_years,
    school_frame,
)
from khuevan.school.gradebooks import actions
from khuevan.school.gradebooks.actions.make_ups import due_tests, settled_cells
from khuevan.school.gradebooks.column_names import slot_name
from khuevan.school.gradebooks.forms import ReasonForm, WindowsForm
from khuevan.school.gradebooks.models import EntryWindow
from khuevan.school.gradebooks.periods import names_of, period_name, proposed_windows
from khuevan.school.gradebooks.permissions import LOCK_BOOKS, MANAGE_BOOKS
from khuevan.school.gradebooks.selectors.progress import progress_of
from khuevan.school.gradebooks.selectors.windows import (
    Shut,
    make_ups_end,
    shut_on,
    windows_of,
)
from khuevan.school.gradebooks.shown import progress_line
from khuevan.ui.asked import whole_number
from khuevan.ui.formats import day
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request

TAB = "mark windows"
MARKED = ("MN", "TH", "THCS", "THPT", "GDTX")
ONE_DAY = timedelta(days=1)


@page(MANAGE_BOOKS)
def windows(request: Request, code: str) -> HttpResponse:
    """Show and set when the marks of each period may be entered."""
    school = get_school_for(request.actor, code, MANAGE_BOOKS)
    year = asked_year(request)
    there = windows_of(actor=request.actor, school=school, year=year)
    asked = request.POST.get("level", "")
    parts = []
    status = 200
    for level in marked_levels(school):
        data = request.POST if asked == level else None
        form = WindowsForm(data, level=level, initial=_initial(year, level, there))
        if form.is_bound:
            status = form_status(request)
            if form.is_valid() and _save(request, school, year, form):
                return done(request, reverse("gradebooks:windows", args=[school.code]))
        parts.append(_part(request, school, level, there, form))
    context = {**school_frame(request, school, TAB), "actions": (), "year": year, "parts": parts}
    return render_page(request, "gradebooks/windows.html", context, status=status)


def _save(request: Request, school: School, year: AcademicYear, form: WindowsForm) -> bool:
    with form.domain_errors():
        changed = actions.set_windows(
            actor=request.actor,
            school=school,
            year=year,
            level=form.level,
            windows=form.windows,
            now=clock.now(),
        )
        messages.success(request, _("Saved.") if changed else _("Nothing changed."))
        return True
    return False


def _initial(
    year: AcademicYear, level: str, there: dict[tuple[str, int], EntryWindow]
) -> dict[str, Any]:
    """Return the days of each period as they are, else as the calendar proposes."""
    terms = next((one.terms for one in level_years(year) if one.level == level), [])
    proposed = proposed_windows(level, [(one.starts_on, one.ends_on) for one in terms])
    found: dict[str, Any] = {}
    for one in proposed:
        found[f"opens_{one.period}"] = one.opens_on
        found[f"closes_{one.period}"] = last_day(one.closes_on)
    for (of_level, period), row in there.items():
        if of_level == level:
            found[f"opens_{period}"] = row.opens_on
            found[f"closes_{period}"] = last_day(row.closes_on)
            found[f"make_ups_{period}"] = (
                last_day(row.make_ups_until) if row.make_ups_until else None
            )
    return found


def _part(
    request: Request,
    school: School,
    level: str,
    there: dict[tuple[str, int], EntryWindow],
    form: WindowsForm,
) -> dict[str, Any]:
    locks = held_on(request.actor, LOCK_BOOKS, school)
    return {
        "level": level,
        "label": EducationLevel(level).label,
        "form": form,
        "is_set": any(key[0] == level for key in there),
        "rows": [
            {
                "name": str(name),
                "fields": [
                    form[f"opens_{period}"],
                    form[f"closes_{period}"],
                    form[f"make_ups_{period}"],
                ],
                **_state(request, school, there.get((level, period)), locks=locks),
            }
            for period, name in names_of(level).items()
        ],
    }


def _state(
    request: Request, school: School, row: EntryWindow | None, *, locks: bool
) -> dict[str, Any]:
    """Return how a window stands, in a pill, and where it is locked."""
    if row is None:
        return {"pill": {"tone": "neutral", "icon": "", "label": _("Not set yet: open")}}
    url = reverse("gradebooks:window", args=[school.code, row.uuid]) if locks else ""
    return {"pill": window_pill(row, request), "url": url, "is_locked": row.locked_at is not None}


def window_pill(row: EntryWindow, request: Request) -> dict[str, str]:
    """Return in a pill whether marks of a period are entered today."""
    shut = shut_on(row, request.actor.today)
    if shut is Shut.LOCKED:
        words = {"day": f"{row.locked_at:%d/%m/%Y}", "name": row.locked_by or ""}
        return {"tone": "ok", "icon": "lock", "label": _("Locked %(day)s, %(name)s") % words}
    if shut is Shut.EARLY:
        words = {"day": day(row.opens_on)}
        return {"tone": "neutral", "icon": "clock", "label": _("Opens %(day)s") % words}
    words = {"day": day(last_day(row.closes_on))}
    if shut is Shut.OVER:
        return {"tone": "warn", "icon": "ban", "label": _("Over since %(day)s") % words}
    return {"tone": "info", "icon": "pencil", "label": _("Open until %(day)s") % words}


@page(LOCK_BOOKS)
def window(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Show what is missing in a period, and lock it; open a locked one again."""
    school, row = _school_window(request, code, uuid)
    form = ReasonForm(request.POST or None)
    to = reverse("gradebooks:window", args=[school.code, row.uuid])
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.unlock_period(
                actor=request.actor,
                uuid=uuid,
                reason=form.cleaned_data["reason"],
                now=clock.now(),
            )
            messages.success(request, _("The marks of this period are open again."))
            return done(request, to)
    rows = progress_of(
        actor=request.actor,
        school=school,
        year=row.academic_year,
        level=row.level,
        period=row.period,
        on=request.actor.today,
        permission=LOCK_BOOKS,
    )
    gaps = [one for one in rows if not one.is_complete]
    context = {
        **school_frame(request, school, TAB),
        "actions": (),
        "row": row,
        "name": period_name(row.level, row.period),
        "level": EducationLevel(row.level).label,
        "pill": window_pill(row, request),
        "form": form,
        "books": len(rows),
        "gaps": [progress_line(one) for one in gaps],
        "missing": sum(one.missing for one in gaps),
        "make_ups": sum(one.make_ups for one in gaps),
        "lock_url": reverse("gradebooks:lock", args=[school.code, row.uuid]),
        "make_ups_url": reverse("gradebooks:make_ups", args=[school.code, row.uuid]),
        "back": reverse("gradebooks:windows", args=[school.code]),
    }
    return render_page(request, "gradebooks/window.html", context, status=form_status(request))


@page(LOCK_BOOKS, methods=("POST",))
def lock(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Lock the marks of a period."""
    school, row = _school_window(request, code, uuid)
    try:
        actions.lock_period(actor=request.actor, uuid=uuid, now=clock.now())
    except NotFound:
        raise
    except DomainError as error:
        messages.error(request, str(error))
    else:
        words = {"period": period_name(row.level, row.period)}
        messages.success(request, _("%(period)s is locked.") % words)
    return done(request, reverse("gradebooks:window", args=[school.code, row.uuid]))


@page(LOCK_BOOKS)
def make_ups(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Show the missed tests of a period; after the deadline let them be nought or not passed."""
    school, row = _school_window(request, code, uuid)
    to = reverse("gradebooks:make_ups", args=[school.code, row.uuid])
    if request.method == "POST":
        try:
            count = actions.settle_make_ups(
                actor=request.actor,
                uuid=uuid,
                count=whole_number(request.POST.get("count", "")) or 0,
                now=clock.now(),
            )
        except NotFound:
            raise
        except DomainError as error:
            messages.error(request, str(error))
        else:
            said = ngettext(
                "%(count)s missed test is 0 or not passed now.",
                "%(count)s missed tests are 0 or not passed now.",
                count,
            )
            messages.success(request, said % {"count": count})
        return done(request, to)
    due = due_tests(row, request.actor)
    is_over = request.actor.today >= make_ups_end(row)
    context = {
        **school_frame(request, school, TAB),
        "actions": (),
        "name": period_name(row.level, row.period),
        "row": row,
        "last": last_day(make_ups_end(row)),
        "is_over": is_over,
        "is_locked": row.locked_at is not None,
        "due": [
            {
                "room": one.book.homeroom_class.name,
                "pupil": one.student.person.full_name,
                "subject": one.book.subject_name,
                "column": slot_name(one.book.form, one.slot),
                "becomes": "0" if one.book.form == "SCORE" else _("not passed"),
            }
            for one in due
        ],
        "settled": len(settled_cells(row)),
        "undo_url": reverse("gradebooks:undo_make_ups", args=[school.code, row.uuid]),
        "back": reverse("gradebooks:window", args=[school.code, row.uuid]),
    }
    return render_page(request, "gradebooks/make_ups.html", context)


@page(LOCK_BOOKS, methods=("POST",))
def undo_make_ups(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Let the missed tests of a period be due again."""
    school, row = _school_window(request, code, uuid)
    try:
        count = actions.undo_make_ups(actor=request.actor, uuid=uuid, now=clock.now())
    except NotFound:
        raise
    except DomainError as error:
        messages.error(request, str(error))
    else:
        said = ngettext(
            "%(count)s missed test is due again.", "%(count)s missed tests are due again.", count
        )
        messages.success(request, said % {"count": count})
    return done(request, reverse("gradebooks:make_ups", args=[school.code, row.uuid]))


def _school_window(request: Request, code: str, uuid: UUID) -> tuple[School, EntryWindow]:
    school = get_school_for(request.actor, code, LOCK_BOOKS)
    rows = EntryWindow.objects.visible_to(request.actor, LOCK_BOOKS).filter(school=school)
    return school, rows.select_related("academic_year", "locked_by").one(uuid)


def asked_year(request: Request) -> AcademicYear:
    """Return the year of today.

    :raises NotFound: between two years
    """
    year = academic_year_on(request.actor.today)
    if year is None:
        raise NotFound
    return year


def marked_levels(school: School) -> list[str]:
    """Return the levels of a school that keep gradebooks."""
    return [one for one in MARKED if one in school.levels]
