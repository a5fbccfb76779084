"""Wishes of teachers for the timetable: one's own on a phone, a school's to answer."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.errors import NotFound
from khuevan.platform.organizations.api import names_on
from khuevan.registry.schools.api import (
    AcademicYear,
    School,
    academic_year_on,
    get_school_for,
    school_frame,
)
from khuevan.school.timetable.actions import wishes as actions
from khuevan.school.timetable.bells import school_week
from khuevan.school.timetable.grids import read_spot
from khuevan.school.timetable.painting import DAYS, spot_rows, spots_words
from khuevan.school.timetable.permissions import ASK_WISHES, MANAGE_TIMETABLES
from khuevan.school.timetable.rule_forms import AnswerForm, WishForm
from khuevan.school.timetable.rule_models import TeacherWish, WishKind, WishState
from khuevan.school.timetable.selectors.wishes import (
    also_elsewhere,
    members_of,
    own_schools,
    own_wishes,
    wishes_of,
)
from khuevan.ui.formats import number
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request

TONES = {
    WishState.ASKED: ("info", "hourglass"),
    WishState.ACCEPTED: ("ok", "circle-check"),
    WishState.REFUSED: ("warn", "circle-alert"),
}


@page(ASK_WISHES, methods=("GET",))
def own(request: Request) -> HttpResponse:
    """Show one's own wishes, what became of them, and what can be asked."""
    school, year = _own_school(request)
    held = own_wishes(request.actor.person_id or 0, school, year)
    context = {
        "title": _("My wishes for the timetable"),
        "school_name": names_on([school.pk], request.actor.today).get(school.pk, ""),
        "rows": [
            {
                "label": WishKind(kind).label,
                "url": reverse("timetable:own_wish", args=[kind.lower()]),
                "wish": _told(held[kind]) if kind in held else None,
            }
            for kind in WishKind.values
        ],
    }
    return render_page(request, "timetable/wishes_own.html", context)


@page(ASK_WISHES)
def own_wish(request: Request, kind: str) -> HttpResponse:
    """Ask for something: a week to mark, and a reason."""
    kind = _known(kind)
    school, year = _own_school(request)
    held = own_wishes(request.actor.person_id or 0, school, year).get(kind)
    form, spots = _form(request, school, kind, held)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.ask_wish(
                actor=request.actor,
                school=school,
                year=year,
                wish=_wish(form, kind, spots),
                now=clock.now(),
            )
            messages.success(request, _("Your wish is with the school. You will be told."))
            return done(request, reverse("timetable:own_wishes"))
    context = {
        "title": WishKind(kind).label,
        "form": form,
        "grid": spot_rows(school.pk, request.actor.today, spots),
        "cancel_url": reverse("timetable:own_wishes"),
        "submit": _("Send to the school"),
    }
    return render_page(request, "timetable/wish_own.html", context, status=form_status(request))


@page(ASK_WISHES, methods=("POST",))
def own_withdraw(request: Request, uuid: UUID) -> HttpResponse:
    """Take back a wish of one's own."""
    actions.withdraw_wish(actor=request.actor, uuid=uuid, now=clock.now())
    messages.success(request, _("The wish is taken back."))
    return done(request, reverse("timetable:own_wishes"))


@page(MANAGE_TIMETABLES, methods=("GET",))
def wishes(request: Request, code: str) -> HttpResponse:
    """Show the wishes of a school's teachers, those that wait first."""
    school, year = _school(request, code)
    found = wishes_of(actor=request.actor, school=school, year=year)
    members = members_of(actor=request.actor, school=school, on=request.actor.today)
    elsewhere = also_elsewhere(members, school, request.actor.today)
    count = Counter(one.person.full_name for one in members)
    said = {row.staff_member_id for row in found if row.kind == WishKind.OTHER_SCHOOL}
    context = {
        **school_frame(request, school, "timetables"),
        "actions": (),
        "waiting": [_told(row) for row in found if row.state == WishState.ASKED],
        "rows": [_told(row, school) for row in found if row.state != WishState.ASKED],
        "form": AnswerForm(),
        "members": [
            {
                "name": one.person.full_name,
                "beside": one.moet_code if count[one.person.full_name] > 1 else "",
                "elsewhere": elsewhere.get(one.pk, ""),
                "lacks_days": one.pk in elsewhere and one.pk not in said,
                "urls": [
                    {"label": label, "url": _member_url(school, one.uuid, kind)}
                    for kind, label in WishKind.choices
                ],
            }
            for one in members
        ],
    }
    return render_page(request, "timetable/wishes.html", context)


@page(MANAGE_TIMETABLES)
def member_wish(request: Request, code: str, uuid: UUID, kind: str) -> HttpResponse:
    """Record for a teacher what the school has accepted."""
    kind = _known(kind)
    school, year = _school(request, code)
    members = members_of(actor=request.actor, school=school, on=request.actor.today)
    member = next((one for one in members if one.uuid == uuid), None)
    if member is None:
        raise NotFound
    held = own_wishes(member.person_id, school, year).get(kind)
    form, spots = _form(request, school, kind, held)
    to = reverse("timetable:wishes", args=[school.code])
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.record_wish(
                actor=request.actor,
                school=school,
                year=year,
                member=member,
                wish=_wish(form, kind, spots),
                on=request.actor.today,
                now=clock.now(),
            )
            messages.success(request, _("Recorded. Drafts are checked by it from now on."))
            return done(request, to)
    context = {
        **school_frame(request, school, "timetables"),
        "actions": (),
        "title": f"{member.person.full_name}: {WishKind(kind).label}",
        "form": form,
        "grid": spot_rows(school.pk, request.actor.today, spots),
        "cancel_url": to,
    }
    return render_page(request, "timetable/rule.html", context, status=form_status(request))


@page(MANAGE_TIMETABLES, methods=("POST",))
def answer(request: Request, uuid: UUID) -> HttpResponse:
    """Accept a wish, or say that it is not possible, with a word."""
    form = AnswerForm(request.POST)
    word = form.cleaned_data["answer"] if form.is_valid() else ""
    row = actions.answer_wish(
        actor=request.actor,
        uuid=uuid,
        accepts=request.POST.get("accepts") == "1",
        answer=word,
        now=clock.now(),
    )
    messages.success(request, _("%(name)s is told.") % {"name": row.person.full_name})
    return done(request, reverse("timetable:wishes", args=[row.school.code]))


@page(MANAGE_TIMETABLES, methods=("POST",))
def remove(request: Request, uuid: UUID) -> HttpResponse:
    """Remove a teacher's wish."""
    row = actions.remove_wish(actor=request.actor, uuid=uuid, now=clock.now())
    messages.success(request, _("The wish is taken back."))
    return done(request, reverse("timetable:wishes", args=[row.school.code]))


def _own_school(request: Request) -> tuple[School, AcademicYear]:
    """Return the school one acts in, else the main one, and the year."""
    on, person_id = request.actor.today, request.actor.person_id
    year = academic_year_on(on)
    schools = own_schools(person_id, on) if person_id is not None else []
    if year is None or not schools:
        raise NotFound
    hat = request.actor.hat
    own = next((one for one in schools if hat is not None and one.pk == hat.unit_id), schools[0])
    return own, year


def _school(request: Request, code: str) -> tuple[School, AcademicYear]:
    school = get_school_for(request.actor, code, MANAGE_TIMETABLES)
    year = academic_year_on(request.actor.today)
    if year is None:
        raise NotFound
    return school, year


def _known(kind: str) -> str:
    if kind.upper() not in WishKind.values:
        raise NotFound
    return kind.upper()


def _member_url(school: School, uuid: UUID, kind: str) -> str:
    return reverse("timetable:member_wish", args=[school.code, uuid, kind.lower()])


def _form(
    request: Request, school: School, kind: str, held: TeacherWish | None
) -> tuple[WishForm, list[str]]:
    initial = (
        {
            "free_days": held.free_days or None,
            "free_sessions": held.free_sessions or None,
            "reason": held.reason,
        }
        if held
        else {}
    )
    form = WishForm(request.POST or None, is_free=kind == WishKind.FREE, initial=initial)
    if request.method == "POST":
        return form, [one for one in request.POST.getlist("spots") if read_spot(one)]
    if held is not None:
        return form, list(held.spots)
    return form, _first_and_last(request, school) if kind == WishKind.SPARED else []


def _first_and_last(request: Request, school: School) -> list[str]:
    """Return the first and last periods of each half-day, of which somebody may be spared."""
    week = school_week(school.pk, request.actor.today, DAYS)
    edges = {hour for first, after in week.grid.day_sessions for hour in (first, after - 1)}
    return [week.spot((day, hour)).key for day in range(week.days) for hour in sorted(edges)]


def _wish(form: WishForm, kind: str, spots: list[str]) -> actions.Wish:
    values = form.cleaned_data
    return actions.Wish(
        kind,
        tuple(spots),
        values.get("free_days") or 0,
        values.get("free_sessions") or 0,
        values["reason"],
    )


def _told(row: TeacherWish, school: School | None = None) -> dict[str, Any]:
    """Return a wish in words."""
    words = [spots_words(row.spots)] if row.spots else []
    if row.free_days:
        words.append(_("%(count)s free days a week") % {"count": number(row.free_days)})
    if row.free_sessions:
        words.append(_("%(count)s free half-days a week") % {"count": number(row.free_sessions)})
    tone, icon = TONES[WishState(row.state)]
    return {
        "uuid": row.uuid,
        "name": row.person.full_name,
        "kind": WishKind(row.kind).label,
        "says": "; ".join(words),
        "reason": row.reason,
        "answer": row.answer,
        "state": WishState(row.state).label,
        "tone": tone,
        "icon": icon,
        "is_open": row.state == WishState.ASKED,
        "url": _member_url(school, row.staff_member.uuid, row.kind) if school else "",
    }
