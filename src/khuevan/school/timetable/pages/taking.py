"""A timetable that was made with FET elsewhere, brought to the wizard of lists."""

from __future__ import annotations

from pathlib import PurePath

from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.platform.sheets.api import upload_sheets
from khuevan.registry.schools.api import (
    HomeroomClass,
    academic_year_on,
    get_school_for,
    school_frame,
)
from khuevan.school.timetable.fet.reading import problem_in
from khuevan.school.timetable.fet.results import entries_in
from khuevan.school.timetable.forms import ProblemForm
from khuevan.school.timetable.imports.layouts import CODE
from khuevan.school.timetable.imports.rows import list_of
from khuevan.school.timetable.pages.files import content_of
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES
from khuevan.ui.page import form_status, page, render_page
from khuevan.ui.request import Request


@page(MANAGE_TIMETABLES)
def from_fet(request: Request, code: str) -> HttpResponse:
    """Take in a problem of FET, with its result, as a list to look over."""
    school = get_school_for(request.actor, code, MANAGE_TIMETABLES)
    form = ProblemForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            problem_file, result = form.cleaned_data["file"], form.cleaned_data["result"]
            problem_content = content_of(problem_file)
            problem = problem_in(problem_content, problem_file.name).problem
            places = (
                entries_in(content_of(result), result.name)
                if result
                else entries_in(problem_content, problem_file.name)
            )
            known = HomeroomClass.objects.visible_to(request.actor, MANAGE_TIMETABLES).filter(
                school=school, academic_year=academic_year_on(request.actor.today)
            )
            content = list_of(problem, places, set(known.values_list("name", flat=True)))
            name = f"{PurePath(problem_file.name).stem[:80]}.csv"
            taken = upload_sheets(
                actor=request.actor,
                kind=CODE,
                unit_id=school.pk,
                upload=ContentFile(content, name=name),
                now=clock.now(),
            )
            return redirect("sheets:import", uuid=taken[0].uuid)
    context = {
        **school_frame(request, school, "timetables"),
        "actions": (),
        "form": form,
        "title": _("A timetable made with FET"),
        "cancel_url": reverse("timetable:versions", args=[school.code]),
    }
    return render_page(request, "timetable/from_fet.html", context, status=form_status(request))
