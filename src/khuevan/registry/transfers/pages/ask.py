"""Opening a case: a pupil leaves, a pupil comes from a school here or from another province."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.actor import Permission
from khuevan.registry.schools.api import get_school_for
from khuevan.registry.students.api import get_student_for
from khuevan.registry.transfers import actions, facts, rules
from khuevan.registry.transfers.desks import PUPILS
from khuevan.registry.transfers.forms import ComeForm, LeaveForm, NewcomerForm
from khuevan.registry.transfers.models import Transfer
from khuevan.registry.transfers.pages.asking import asking
from khuevan.registry.transfers.permissions import ASK_TRANSFER, RECORD_TRANSFERS
from khuevan.ui.formats import day
from khuevan.ui.page import page
from khuevan.ui.request import Request


@page(RECORD_TRANSFERS)
def leave(request: Request, uuid: UUID) -> HttpResponse:
    """Ask for a pupil of one's own school to go to another."""
    return _leave(request, uuid, RECORD_TRANSFERS)


@page(ASK_TRANSFER)
def wish(request: Request, uuid: UUID) -> HttpResponse:
    """Ask, as a guardian, for one's child to go to another school."""
    return _leave(request, uuid, ASK_TRANSFER)


@page(RECORD_TRANSFERS)
def come(request: Request, code: str) -> HttpResponse:
    """Ask for a pupil of another school, as the parents' request names them."""
    school = get_school_for(request.actor, code, RECORD_TRANSFERS)
    today = request.actor.today
    levels = facts.levels_of(school.pk, on=today)
    form = ComeForm(
        request.POST or None,
        today=today,
        asks_grounds="THPT" in levels,
        initial={"moves_on": today},
    )

    def ask() -> Transfer:
        return actions.ask_to_come(
            actor=request.actor,
            to_school=school,
            from_school=form.from_school,
            sought=form.sought,
            wish=form.wish(),
            now=clock.now(),
        )

    return asking(
        request,
        PUPILS,
        form,
        ask,
        title=_("A pupil comes from another school"),
        hint=_season(request, levels),
        other_url=reverse("transfers:from_outside", args=[code]),
    )


@page(RECORD_TRANSFERS)
def from_outside(request: Request, code: str) -> HttpResponse:
    """Open a case for a pupil from another province."""
    school = get_school_for(request.actor, code, RECORD_TRANSFERS)
    today = request.actor.today
    levels = facts.levels_of(school.pk, on=today)
    form = NewcomerForm(request.POST or None, levels=levels, initial={"moves_on": today})

    def ask() -> Transfer:
        return actions.ask_from_outside(
            actor=request.actor,
            to_school=school,
            outside=form.outside,
            newcomer=form.newcomer,
            wish=form.wish,
            now=clock.now(),
        )

    title, hint = _("A pupil comes from another province"), _season(request, levels)
    return asking(request, PUPILS, form, ask, title=title, hint=hint)


def _leave(request: Request, uuid: UUID, permission: Permission) -> HttpResponse:
    student = get_student_for(request.actor, uuid, permission)
    today = request.actor.today
    grade = facts.grade_of(student.pk)
    form = LeaveForm(
        request.POST or None,
        today=today,
        level=grade.level if grade else "",
        asks_grounds=grade is not None and grade.level == "THPT",
        initial={"moves_on": today},
    )

    def ask() -> Transfer:
        return actions.ask_to_leave(
            actor=request.actor,
            student_uuid=student.uuid,
            to=form.to,
            wish=form.wish(),
            now=clock.now(),
        )

    title = _("%(name)s changes schools") % {"name": student.person.full_name}
    hint = _season(request, [grade.level] if grade else [])
    is_office = permission is RECORD_TRANSFERS
    back = reverse("students:record", args=[uuid]) if is_office else reverse("transfers:board")
    return asking(request, PUPILS, form, ask, title=title, hint=hint, back_url=back)


def _season(request: Request, levels: Sequence[str]) -> str:
    """Return when pupils of these levels move without an exception, from today on."""
    on = request.actor.today
    bound = [level for level in levels if rules.has_windows(level, on)]
    if not bound:
        return ""
    years = rules.years_around(facts.year_days(bound[0]), on)
    coming = [one for one in rules.usual_times(bound[0], on, years) if one.last >= on][:2]
    words = {
        f"{name}_{place}": day(getattr(one, name))
        for place, one in enumerate(coming, start=1)
        for name in ("first", "last")
    }
    if not coming:
        return _(
            "The usual times of moving are not known yet. For a move outside them the competent"
            " office of the new school decides on an exception."
        )
    if len(coming) == 1:
        return (
            _(
                "Pupils usually move from %(first_1)s to %(last_1)s. For a move on another day the"
                " competent office of the new school decides on an exception."
            )
            % words
        )
    return (
        _(
            "Pupils usually move from %(first_1)s to %(last_1)s, or from %(first_2)s to %(last_2)s."
            " For a move on another day the competent office of the new school decides on an"
            " exception."
        )
        % words
    )
