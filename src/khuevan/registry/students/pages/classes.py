"""The page of one class, opening a class, moving pupils between classes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.errors import NotFound
from khuevan.platform.accounts.api import Sex
from khuevan.platform.audit.api import current_request_id, purpose_text
from khuevan.platform.papers.api import PaperColumn, TablePaper, render_table
from khuevan.registry.schools.api import (
    MANAGE_CLASSES,
    VIEW_CLASSES,
    ClassForm,
    HomeroomClass,
    Session,
    academic_year_on,
    classes,
    further_grades,
    get_class_for,
    get_school_for,
    grade_levels,
    held_on,
    name_of,
    open_class,
    place_choices,
    school_frame,
)
from khuevan.registry.staff.api import homeroom_teachers
from khuevan.registry.students import actions
from khuevan.registry.students.forms import PlaceForm
from khuevan.registry.students.models import ClassPlacement
from khuevan.registry.students.pages.lists import classes_of
from khuevan.registry.students.permissions import EDIT_STUDENTS, EXPORT_STUDENTS, VIEW_STUDENTS
from khuevan.registry.students.selectors import class_roll, on_roll
from khuevan.ui.downloads import PDF, download, file_name
from khuevan.ui.formats import day, masked
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request
from khuevan.ui.tables import Pill

NEW_FOR = timedelta(days=14)
ONE_COLUMN = 15
"""Up to so many pupils stand in one column."""


@dataclass(frozen=True, slots=True)
class RollRow:
    """One line of a class's roll."""

    number: int
    uuid: UUID
    name: str
    birth: date | None
    sex: str
    personal_number: str
    pill: Pill | None
    grade: str = ""
    """The pupil's grade, where the class teaches several."""

    @property
    def note(self) -> str:
        """Return grade and state in words, for paper."""
        return " · ".join(
            part for part in (self.grade, str(self.pill.label) if self.pill else "") if part
        )

    @property
    def url(self) -> str:
        """Return the pupil's record."""
        return reverse("students:record", args=[self.uuid])


@page(VIEW_CLASSES, methods=("GET",))
def class_page(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Show a class with its whole roll in sight."""
    context = _class_context(request, code, uuid)
    return render_page(request, "students/class.html", context)


@page(VIEW_CLASSES, methods=("GET",))
def class_print(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Show the roll of a class on paper."""
    context = _class_context(request, code, uuid)
    context |= {"unit_name": context["school_name"], "printed_at": clock.now()}
    return render_page(request, "students/class_print.html", context)


@page(EXPORT_STUDENTS, methods=("GET",))
def class_pdf(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Give the roll of a class as a PDF to print; like every list taken out, it is noted."""
    get_class_for(request.actor, uuid, EXPORT_STUDENTS)
    context = _class_context(request, code, uuid)
    now = clock.now()
    content = render_table(
        roll_paper(context), lang=get_language() or "vi", at=timezone.localtime(now)
    )
    actions.export_note(
        actor=request.actor,
        unit_id=context["school"].pk,
        count=context["size"],
        what=context["room"].name,
        purpose=purpose_text("SCHOOL_WORK", _("print")),
        now=now,
    )
    name = file_name(_("List of pupils, class %(name)s") % {"name": context["room"].name}, "pdf")
    return download(content, name=name, media_type=PDF, opens_in_browser=True)


def roll_paper(context: dict[str, Any]) -> TablePaper:
    """Return the roll of a class as a paper."""
    room, teacher = context["room"], context["teacher"]
    words = {"size": context["size"], "girls": context["girls"]}
    notes = [_("School year %(year)s") % {"year": room.academic_year}]
    notes.append(_("%(size)s pupils, %(girls)s of them girls") % words)
    if teacher:
        notes.append(_("Homeroom teacher: %(name)s") % {"name": teacher})
    return TablePaper(
        heading=_("List of pupils, class %(name)s") % {"name": room.name},
        unit=context["school_name"],
        notes=[" · ".join(notes)],
        columns=[
            PaperColumn(_("No."), "10mm", "r"),
            PaperColumn(_("Full name"), "3fr"),
            PaperColumn(_("Date of birth"), "26mm"),
            PaperColumn(_("Sex"), "18mm"),
            PaperColumn(_("Note"), "2fr"),
        ],
        rows=[[str(r.number), r.name, day(r.birth), r.sex, r.note] for r in context["roll"]],
    )


@page(MANAGE_CLASSES)
def class_open(request: Request, code: str) -> HttpResponse:
    """Open a class for this school year."""
    school = get_school_for(request.actor, code, MANAGE_CLASSES)
    year = academic_year_on(request.actor.today)
    form = ClassForm(
        request.POST or None,
        grades=grade_levels(school.levels),
        places=place_choices(request.actor, school, request.actor.today),
        initial={"session": Session.MORNING, "grade_level": request.GET.get("grade", "")},
    )
    if request.method == "POST" and form.is_valid() and year is not None:
        with form.domain_errors():
            opened = open_class(
                actor=request.actor,
                school_id=school.pk,
                academic_year=year,
                grade_level=form.grades[form.cleaned_data["grade_level"]],
                name=form.cleaned_data["name"],
                details=form.details,
                now=clock.now(),
            )
            messages.success(request, _("Class %(name)s is open.") % {"name": opened.name})
            return done(request, class_address(code, opened))
    context = {**school_frame(request, school, "classes"), "form": form, "year": year}
    return render_page(request, "students/class_open.html", context, status=form_status(request))


@page(EDIT_STUDENTS)
def move(request: Request, code: str) -> HttpResponse:
    """Move the chosen pupils of a school to another class: who, where to, from when."""
    school = get_school_for(request.actor, code, EDIT_STUDENTS)
    today = request.actor.today
    chosen = _chosen(request, school.pk)
    if not chosen:
        messages.error(request, _("Choose at least one pupil first."))
        return redirect("students:school", code=code)
    form = PlaceForm(
        request.POST or None,
        classes=_targets(request, school, chosen),
        initial={"on": today},
    )
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            target, grade = form.seat.room, form.seat.grade
            count = actions.place_students(
                actor=request.actor,
                classes={row.student.uuid: target for row in chosen},
                grades={row.student.uuid: grade.code for row in chosen} if grade else None,
                on=form.cleaned_data["on"],
                now=clock.now(),
            )
            _tell_moved(request, code, target, count, can_undo=all(r.placement for r in chosen))
            return done(request, class_address(code, target))
    context = {
        **school_frame(request, school, "students"),
        "form": form,
        "chosen": chosen,
        "back_url": reverse("students:school", args=[code]),
    }
    return render_page(request, "students/move.html", context, status=form_status(request))


@page(EDIT_STUDENTS, methods=("POST",))
def undo_move(request: Request, code: str, request_id: UUID) -> HttpResponse:
    """Put the pupils of one's own last move back."""
    get_school_for(request.actor, code, EDIT_STUDENTS)
    count = actions.undo_moves(actor=request.actor, request_id=request_id, now=clock.now())
    words = ngettext(
        "%(count)s pupil is back in the former class.",
        "%(count)s pupils are back in their former class.",
        count,
    )
    messages.success(request, words % {"count": count})
    return done(request, reverse("students:school", args=[code]))


def class_address(code: str, homeroom_class: HomeroomClass) -> str:
    """Return the page of a class."""
    return reverse("students:class", args=[code, homeroom_class.uuid])


def _class_context(request: Request, code: str, uuid: UUID) -> dict[str, Any]:
    actor, on = request.actor, request.actor.today
    room = get_class_for(actor, uuid)
    school = get_school_for(actor, code)
    if room.school_id != school.pk:
        raise NotFound
    sees_pupils = held_on(actor, VIEW_STUDENTS, school) or room.pk in actor.reach(
        VIEW_STUDENTS, "class"
    )
    placements = list(class_roll(actor=actor, homeroom_class=room, on=on))
    size, girls = len(placements), sum(row.person.sex == Sex.FEMALE for row in placements)
    if not sees_pupils:
        counted = classes(actor=actor, year=room.academic_year).filter(pk=room.pk).first()
        size, girls = (counted.size, counted.girls) if counted else (0, 0)
    several = bool(further_grades([room.pk]))
    roll = [
        _roll_row(row, i, room, on, several=several) for i, row in enumerate(placements, start=1)
    ]
    return {
        "school": school,
        "school_name": name_of(school),
        "school_short": getattr(school, "short_name", "") or school.code,
        "room": room,
        "session": Session(room.session).label,
        "size": size,
        "girls": girls,
        "teacher": homeroom_teachers([room.pk], on=on).get(room.pk, ""),
        "halves": _halves(roll),
        "has_grades": several,
        "has_states": any(one.pill for one in roll),
        "roll": roll,
        "siblings": _other_classes(request, school, room),
        "may_edit": held_on(actor, EDIT_STUDENTS, school),
        "may_export": room.pk in actor.reach(EXPORT_STUDENTS, "class")
        or held_on(actor, EXPORT_STUDENTS, school),
        "may_manage": held_on(actor, MANAGE_CLASSES, school),
        "sees_pupils": sees_pupils,
    }


def _roll_row(
    row: ClassPlacement, number: int, room: HomeroomClass, on: date, *, several: bool
) -> RollRow:
    person = row.person
    return RollRow(
        number=number,
        uuid=row.student.uuid,
        name=person.full_name,
        birth=person.birth_date,
        sex=str(Sex(person.sex).label) if person.sex else "",
        personal_number=masked(person.personal_number) if person.personal_number else "",
        pill=_pill(row, room, on),
        grade=str((row.grade_level or room.grade_level).name) if several else "",
    )


def _pill(row: ClassPlacement, room: HomeroomClass, on: date) -> Pill | None:
    """Return what is out of the ordinary; a pupil who simply studies has none."""
    if row.ends_on is not None:
        return Pill("warn", "log-out", _("until %(day)s") % {"day": day(row.ends_on)})
    joined_late = row.starts_on > room.academic_year.starts_on + NEW_FOR
    if joined_late and row.starts_on > on - NEW_FOR:
        return Pill("info", "user-plus", _("new"))
    return None


def _halves(roll: list[RollRow]) -> list[list[RollRow]]:
    if len(roll) <= ONE_COLUMN:
        return [roll] if roll else []
    first = ceil(len(roll) / 2)
    return [roll[:first], roll[first:]]


def _other_classes(request: Request, school: Any, room: HomeroomClass) -> list[dict[str, Any]]:
    return [
        {"label": one.name, "url": class_address(school.code, one), "current": one.pk == room.pk}
        for one in classes_of(request.actor, school, VIEW_CLASSES)
    ]


def _chosen(request: Request, school_id: int) -> list[Any]:
    sent = request.POST if request.method == "POST" else request.GET
    wanted = []
    for text in sent.getlist("student"):
        try:
            wanted.append(UUID(text))
        except ValueError:
            continue
    rows = on_roll(
        actor=request.actor, on=request.actor.today, school_id=school_id, permission=EDIT_STUDENTS
    )
    return list(rows.filter(student__uuid__in=wanted).order_by("sort_key", "pk"))


def _targets(request: Request, school: Any, chosen: list[Any]) -> list[Any]:
    """Return the classes to move to: those of the pupils' grade first, their own one not at all."""
    now_in = {row.placement.homeroom_class_id for row in chosen if row.placement}
    grades = {row.placement.own_grade.pk for row in chosen if row.placement}
    rooms = classes_of(request.actor, school, EDIT_STUDENTS)
    is_retry = request.method == "POST"  # the same move sent twice finds its class again
    free = [one for one in rooms if is_retry or len(now_in) != 1 or one.pk not in now_in]
    return sorted(free, key=lambda one: one.grade_level_id not in grades)


def _tell_moved(
    request: Request, code: str, target: HomeroomClass, count: int, *, can_undo: bool
) -> None:
    words = ngettext(
        "%(count)s pupil is in class %(name)s now.",
        "%(count)s pupils are in class %(name)s now.",
        count,
    ) % {"count": count, "name": target.name}
    number = current_request_id()
    tags = ""
    if number and count and can_undo:
        tags = f"undo:{reverse('students:undo_move', args=[code, number])}"
    messages.success(request, words, extra_tags=tags)
