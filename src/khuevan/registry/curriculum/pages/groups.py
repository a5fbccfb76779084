"""Teaching groups by hand: their list, what is said of one, who is in it, who teaches it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.kernel import clock
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.registry.curriculum import actions
from khuevan.registry.curriculum.group_forms import GroupForm, GroupTeacherForm
from khuevan.registry.curriculum.group_shown import fault_lines, group_line
from khuevan.registry.curriculum.models import PlanKind, TeachingGroup
from khuevan.registry.curriculum.pages.giving import teachers_to_choose
from khuevan.registry.curriculum.permissions import MANAGE_PLANS, VIEW_PLANS
from khuevan.registry.curriculum.selectors.groups import (
    Group,
    Seat,
    get_group_for,
    level_of,
    planned_in,
    seats_of,
    teaching_groups,
)
from khuevan.registry.curriculum.selectors.plans import USUAL_TERMS
from khuevan.registry.schools.api import (
    AcademicYear,
    GradeLevel,
    HomeroomClass,
    School,
    academic_year_on,
    class_names,
    get_school_for,
    held_on,
    school_frame,
)
from khuevan.registry.staff.api import MANAGE_STAFF, get_member_for, subject_label
from khuevan.ui.asked import whole_number
from khuevan.ui.formats import day
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request


@page(VIEW_PLANS, methods=("GET",))
def board(request: Request, code: str) -> HttpResponse:
    """Show the groups of this year: subject, classes, pupils, teacher, and what is wrong."""
    school = get_school_for(request.actor, code, VIEW_PLANS)
    year = academic_year_on(request.actor.today)
    found = _groups(request, school, year)
    faults = fault_lines(found)
    context = {
        **school_frame(request, school, "curriculum"),
        "actions": (),
        "year": year,
        "rows": [group_line(one, USUAL_TERMS, faults.get(one.id, [])) for one in found],
        "manages": held_on(request.actor, MANAGE_PLANS, school),
    }
    return render_page(request, "curriculum/groups.html", context)


@page(MANAGE_PLANS)
def add(request: Request, code: str) -> HttpResponse:
    """Make a group of pupils of classes of one grade."""
    school, year = _school_year(request, code)
    rooms = _rooms(request, school, year)
    grades = list(dict.fromkeys(room.grade_level for room in rooms))
    asked = request.GET.get("grade", "")
    own = next((room for room in rooms if str(room.uuid) == request.GET.get("class", "")), None)
    grade = own.grade_level if own else next((g for g in grades if g.code == asked), None)
    grade = grade or (grades[0] if grades else None)
    form = _form(request, rooms, grade, {"rooms": [str(own.pk)] if own else []})
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            group = actions.make_group(
                actor=request.actor, school=school, year=year, data=form.data_said, now=clock.now()
            )
            messages.success(request, _("%(name)s made. Now say who is in it.") % _named(group))
            return done(request, reverse("curriculum:group_pupils", args=[code, group.uuid]))
    context = {
        **school_frame(request, school, "curriculum"),
        "actions": (),
        "form": form,
        "title": _("A teaching group"),
        "options": [
            {"label": one.label, "url": f"?grade={one.code}", "current": one == grade}
            for one in grades
        ],
        "cancel_url": _board_url(school),
    }
    return render_page(request, "curriculum/group_add.html", context, status=form_status(request))


@page(MANAGE_PLANS)
def group(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Show a group with its pupils and its teacher; change what is said of it."""
    school = get_school_for(request.actor, code, MANAGE_PLANS)
    row = get_group_for(request.actor, uuid, MANAGE_PLANS, school)
    found = _groups(request, school, row.academic_year)
    one = _one(found, row)
    rooms = _rooms(request, school, row.academic_year)
    grade = next((room.grade_level for room in rooms if room.pk in one.class_ids), None)
    initial = {
        "name": row.name,
        "subject": f"{row.kind}|{row.subject_name}",
        "rooms": [str(pk) for pk in one.class_ids],
        "block": row.block,
    }
    form = _form(request, rooms, grade, initial)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.change_group(
                actor=request.actor,
                uuid=uuid,
                data=form.data_said,
                on=request.actor.today,
                now=clock.now(),
            )
            messages.success(request, _("Saved."))
            return done(request, reverse("curriculum:group", args=[code, uuid]))
    seats = seats_of(one, found, on=request.actor.today)
    context = {
        **school_frame(request, school, "curriculum"),
        "actions": (),
        "form": form,
        "group": group_line(one, USUAL_TERMS, fault_lines(found).get(one.id, [])),
        "pupils": [_seat(seat) for seat in seats if seat.is_in],
        "cancel_url": _board_url(school),
        "staffs": held_on(request.actor, MANAGE_STAFF, school),
    }
    return render_page(request, "curriculum/group.html", context, status=form_status(request))


@page(MANAGE_PLANS)
def pupils(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Say who is in a group: one class at a time, or who was searched for."""
    school = get_school_for(request.actor, code, MANAGE_PLANS)
    row = get_group_for(request.actor, uuid, MANAGE_PLANS, school)
    on = request.actor.today
    if request.method == "POST":
        try:
            kept = actions.pick_group_pupils(
                actor=request.actor,
                uuid=uuid,
                shown=_numbers(request, "shown"),
                picked=_numbers(request, "student"),
                on=on,
                now=clock.now(),
            )
            told = ngettext(
                "%(count)s pupil is in the group.", "%(count)s pupils are in the group.", kept
            )
            messages.success(request, told % {"count": kept})
            return done(request, f"{request.path}?{request.GET.urlencode()}")
        except NotFound:
            raise
        except DomainError as error:
            messages.error(request, str(error))
    found = _groups(request, school, row.academic_year)
    one = _one(found, row)
    seats = seats_of(one, found, on=on)
    query = request.GET.get("q", "").strip()
    shown, options = _part(seats, request.GET.get("class", ""), query)
    context = {
        **school_frame(request, school, "curriculum"),
        "actions": (),
        "group": group_line(one, USUAL_TERMS, []),
        "rows": [_seat(seat) for seat in shown],
        "options": options,
        "query": query,
        "asked": request.GET.get("class", ""),
        "total": len(seats),
    }
    return render_page(
        request, "curriculum/group_pupils.html", context, status=form_status(request)
    )


@page(MANAGE_STAFF)
def teacher(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Give a group to a teacher, with everybody's load beside, or to nobody."""
    school = get_school_for(request.actor, code, MANAGE_STAFF)
    row = get_group_for(request.actor, uuid, MANAGE_STAFF, school)
    on = request.actor.today
    form = GroupTeacherForm(
        request.POST or None,
        members=teachers_to_choose(
            request,
            school,
            year=row.academic_year,
            level=level_of(row),
            subject_name=row.subject_name,
        ),
        initial={
            "member": str(row.staff_member.uuid) if row.staff_member else "",
            "starts_on": max(on, row.academic_year.starts_on),
        },
    )
    to = reverse("curriculum:group", args=[code, uuid])
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            said = form.cleaned_data
            chosen = said["member"]
            member = get_member_for(request.actor, UUID(chosen), MANAGE_STAFF) if chosen else None
            actions.give_group(
                actor=request.actor, uuid=uuid, member=member, on=said["starts_on"], now=clock.now()
            )
            messages.success(request, _("Saved."))
            return done(request, to)
    context = {
        **school_frame(request, school, "curriculum"),
        "form": form,
        "form_title": _("Who teaches %(name)s") % _named(row),
        "submit": _("Save"),
        "cancel_url": to,
    }
    return render_page(request, "schools/form.html", context, status=form_status(request))


@page(MANAGE_PLANS, methods=("POST",))
def end(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Dissolve a group."""
    school = get_school_for(request.actor, code, MANAGE_PLANS)
    row = get_group_for(request.actor, uuid, MANAGE_PLANS, school)
    actions.remove_group(actor=request.actor, uuid=uuid, on=request.actor.today, now=clock.now())
    messages.success(request, _("%(name)s is dissolved.") % _named(row))
    return done(request, _board_url(school))


def _groups(request: Request, school: School, year: AcademicYear | None) -> list[Group]:
    if year is None:
        return []
    return teaching_groups(actor=request.actor, school=school, year=year, on=request.actor.today)


def _one(found: list[Group], row: TeachingGroup) -> Group:
    one = next((each for each in found if each.id == row.pk), None)
    if one is None:
        raise NotFound
    return one


def _rooms(request: Request, school: School, year: AcademicYear) -> list[HomeroomClass]:
    rooms = class_names(actor=request.actor, year=year, permission=MANAGE_PLANS)
    return list(rooms.filter(school=school).select_related("grade_level"))


def _form(
    request: Request,
    rooms: list[HomeroomClass],
    grade: GradeLevel | None,
    initial: dict[str, Any],
) -> GroupForm:
    of_grade = [room for room in rooms if room.grade_level == grade]
    planned = planned_in(request.actor, of_grade)
    return GroupForm(
        request.POST or None,
        initial=initial,
        subjects=[
            (
                f"{kind}|{name}",
                _("%(subject)s (%(kind)s): %(classes)s")
                % {
                    "subject": subject_label(name),
                    "kind": PlanKind(kind).label,
                    "classes": ", ".join(classes),
                },
            )
            for (kind, name), classes in planned.items()
        ],
        rooms=[(str(room.pk), room.name) for room in of_grade],
    )


def _part(seats: list[Seat], asked: str, query: str) -> tuple[list[Seat], list[dict[str, Any]]]:
    """Return the pupils of the class asked for, or found by name, and the links to classes."""
    rooms = list(dict.fromkeys(seat.placement.homeroom_class for seat in seats))
    current = next((room for room in rooms if str(room.uuid) == asked), rooms[0] if rooms else None)
    options = [
        {
            "label": _("%(room)s (%(count)s)")
            % {
                "room": room.name,
                "count": sum(s.is_in and s.placement.homeroom_class == room for s in seats),
            },
            "url": f"?class={room.uuid}",
            "current": not query and room == current,
        }
        for room in rooms
    ]
    if query:
        return [seat for seat in seats if seat.is_called(query)], options
    return [seat for seat in seats if seat.placement.homeroom_class == current], options


def _seat(seat: Seat) -> dict[str, Any]:
    person = seat.placement.person
    return {
        "id": seat.placement.student_id,
        "name": person.full_name,
        "room": seat.placement.homeroom_class.name,
        "born": day(person.birth_date) if person.birth_date else "",
        "is_in": seat.is_in,
        "elsewhere": seat.elsewhere,
    }


def _numbers(request: Request, key: str) -> list[int]:
    said = request.POST.getlist(key)
    return [found for one in said if (found := whole_number(one)) is not None]


def _named(row: TeachingGroup) -> dict[str, str]:
    return {"name": row.name}


def _school_year(request: Request, code: str) -> tuple[School, AcademicYear]:
    school = get_school_for(request.actor, code, MANAGE_PLANS)
    year = academic_year_on(request.actor.today)
    if year is None:
        raise NotFound
    return school, year


def _board_url(school: School) -> str:
    return reverse("curriculum:groups", args=[school.code])
