"""Timetables as files: a problem for FET and its result, a workbook, sheets to print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.kernel import clock
from khuevan.registry.schools.api import get_school_for, name_of, school_frame
from khuevan.school.timetable import actions
from khuevan.school.timetable.asked.terms import TERMS, rule_words
from khuevan.school.timetable.boards import lesson_name
from khuevan.school.timetable.core.telling import describe
from khuevan.school.timetable.core.values import Constraint
from khuevan.school.timetable.errors import UnreadableFile
from khuevan.school.timetable.exchange import problem_file
from khuevan.school.timetable.forms import ResultForm
from khuevan.school.timetable.models import Timetable, Weeks
from khuevan.school.timetable.pages.versions import editor_url
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES, VIEW_TIMETABLES
from khuevan.school.timetable.problems import week_of
from khuevan.school.timetable.selectors.versions import get_timetable_for, lessons_of
from khuevan.school.timetable.shown import views_of, weeks_rows
from khuevan.school.timetable.workbooks import build_workbook
from khuevan.ui.downloads import XLSX, download, file_name
from khuevan.ui.formats import number
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request

PAPERS = ("a4", "a3")
FET = "application/xml"
MEGABYTE = 1 << 20
MOST_BYTES = 16 * MEGABYTE
MOST_NAMED = 3


@page(MANAGE_TIMETABLES, methods=("GET",))
def problem(request: Request, uuid: UUID) -> HttpResponse:
    """Give a timetable as a problem that FET solves."""
    timetable = get_timetable_for(request.actor, uuid)
    school = get_school_for(request.actor, timetable.school.code, MANAGE_TIMETABLES)
    written = problem_file(timetable, school_name=name_of(school))
    name = file_name(f"{timetable.name} {school.code}", "fet")
    return download(written.text.encode(), name=name, media_type=FET)


@page(MANAGE_TIMETABLES)
def result(request: Request, uuid: UUID) -> HttpResponse:
    """Put the lessons where FET's result has them."""
    timetable = get_timetable_for(request.actor, uuid)
    school = get_school_for(request.actor, timetable.school.code, MANAGE_TIMETABLES)
    form = ResultForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        with form.domain_errors():
            count, faults = actions.take_places(
                actor=request.actor,
                uuid=uuid,
                content=content_of(upload),
                name=upload.name,
                now=clock.now(),
            )
            _say_taken(request, count, faults)
            return done(request, editor_url(timetable))
    context = {
        **school_frame(request, school, "timetables"),
        "actions": (),
        "form": form,
        "timetable": timetable,
        "title": _("With FET"),
        "left_out": _left_out(timetable, name_of(school)),
        "cancel_url": editor_url(timetable),
    }
    return render_page(request, "timetable/fet.html", context, status=form_status(request))


def _say_taken(request: Request, count: int, faults: Sequence[str]) -> None:
    """Tell how many lessons have places now, and of what fits nothing the first and how many."""
    said = ngettext("%(count)s lesson placed.", "%(count)s lessons placed.", count)
    tell = messages.success if count else messages.warning
    tell(request, said % {"count": count})
    for fault in faults[:MOST_NAMED]:
        messages.warning(request, fault)
    left = len(faults) - MOST_NAMED
    if left > 0:
        more = ngettext(
            "%(count)s more entry of the result fits nothing.",
            "%(count)s more entries of the result fit nothing.",
            left,
        )
        messages.warning(request, more % {"count": number(left)})


def content_of(upload: UploadedFile[bytes]) -> bytes:
    """Return what was uploaded, as far as a page reads it.

    :raises UnreadableFile: when it is larger than any file of a school
    """
    if (upload.size or 0) > MOST_BYTES:
        most = _("it is larger than %(most)d MB") % {"most": MOST_BYTES // MEGABYTE}
        raise UnreadableFile(file=upload.name or "", reason=most)
    return bytes(upload.read())


def _left_out(timetable: Timetable, school_name: str) -> list[dict[str, str]]:
    """Return what FET isn't told of, each rule once, with how many teachers, classes or lessons."""
    written = problem_file(timetable, school_name=school_name)
    found: defaultdict[str, list[Constraint]] = defaultdict(list)
    for one in written.left_out:
        found[one.source if one.source in TERMS else describe(one)].append(one)
    told = [
        {"says": rule_words(key) if key in TERMS else key, "of": _of_whom(key, rows)}
        for key, rows in found.items()
    ]
    every_other = lessons_of(timetable).exclude(weeks=Weeks.EVERY)
    if names := list(dict.fromkeys(map(lesson_name, every_other))):
        says = _("Lessons of week A or B are told as lessons of every week")
        told.append({"says": says, "of": _named(names)})
    return told


def _of_whom(rule: str, rows: Sequence[Constraint]) -> str:
    """Return whom a rule that is left out would have spoken of, the first by name."""
    names = list(dict.fromkeys(name for one in rows for name in one.names))
    return _named(names) if rule in TERMS and names else ""


def _named(names: Sequence[str]) -> str:
    named = ", ".join(names[:MOST_NAMED])
    left = len(names) - MOST_NAMED
    more = {"names": named, "count": number(left)}
    return named if left <= 0 else _("%(names)s, %(count)s more") % more


@page(VIEW_TIMETABLES, methods=("GET",))
def workbook(request: Request, uuid: UUID) -> HttpResponse:
    """Give a timetable as a workbook: the whole school, each class, each teacher."""
    timetable = get_timetable_for(request.actor, uuid, VIEW_TIMETABLES)
    content = build_workbook(timetable, list(lessons_of(timetable)), week_of(timetable))
    return download(content, name=file_name(timetable.name, "xlsx"), media_type=XLSX)


@page(VIEW_TIMETABLES, methods=("GET",))
def printed(request: Request, uuid: UUID) -> HttpResponse:
    """Show the weeks of all classes or teachers to print, a sheet each."""
    timetable = get_timetable_for(request.actor, uuid, VIEW_TIMETABLES)
    school = get_school_for(request.actor, timetable.school.code, VIEW_TIMETABLES)
    kind = "teacher" if request.GET.get("of") == "teacher" else "class"
    paper = request.GET.get("paper", "")
    lessons = list(lessons_of(timetable))
    week = week_of(timetable)
    sheets: list[dict[str, Any]] = [
        {
            "label": view.label,
            "rows": weeks_rows(
                week,
                [one for one in lessons if one.pk in view.ids],
                of_class=kind == "class",
                closed=week.halves,
            ),
        }
        for view in views_of(lessons)
        if view.kind == kind
    ]
    context = {
        "timetable": timetable,
        "school_name": name_of(school),
        "days": week.grid.days,
        "sheets": sheets,
        "paper": paper if paper in PAPERS else PAPERS[0],
        "kind": kind,
        "back": reverse("timetable:editor", args=[timetable.uuid]),
    }
    return render_page(request, "timetable/print.html", context)
