"""Duties of a teacher that take periods off: chosen by kind, recorded, ended, taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.kernel import clock
from khuevan.kernel.periods import last_day
from khuevan.registry.curriculum import actions
from khuevan.registry.curriculum.forms import DutyForm
from khuevan.registry.curriculum.models import TeachingDuty
from khuevan.registry.curriculum.norms import (
    POOL,
    SUBJECT,
    Circumstances,
    DutyRow,
    duties_on,
    duty_label,
    duty_row,
    reduction_of,
)
from khuevan.registry.curriculum.pages.ending import end_page
from khuevan.registry.curriculum.selectors.circumstances import circumstances_of
from khuevan.registry.curriculum.selectors.duties import duties_of, get_duty_for, held_of, used_of
from khuevan.registry.curriculum.shown import sure_pill
from khuevan.registry.schools.api import School, get_school_for, school_frame
from khuevan.registry.staff.api import (
    MANAGE_STAFF,
    StaffMember,
    get_member_for,
    subject_choices,
)
from khuevan.ui.formats import day
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request

ONE_DAY = timedelta(days=1)
SEEN = "TEXT_SEEN"
OWN = "HOMEROOM"
"""Known from who is in charge of a class; it is recorded there."""


@page(MANAGE_STAFF)
def duty(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Choose a duty for a teacher, then record it with what its text asks for."""
    school = get_school_for(request.actor, code, MANAGE_STAFF)
    member = get_member_for(request.actor, uuid, MANAGE_STAFF)
    today = request.actor.today
    where = circumstances_of(school, today)[""]
    chosen = (request.POST if request.method == "POST" else request.GET).get("code", "")
    kind = None if chosen == OWN else duty_row(chosen, where, on=today)
    if kind is None:
        return _kinds(request, school, member, where)
    form = DutyForm(
        request.POST or None,
        kind=kind,
        left=_left(school, kind, today),
        subjects=[one for one in subject_choices(school.levels) if one[0] != actions.INFORMATICS],
        initial={"starts_on": today, "code": kind.code},
    )
    to = reverse("curriculum:load", args=[school.code, uuid])
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.record_duty(
                actor=request.actor,
                school=school,
                member=member,
                new=_new(form.cleaned_data),
                now=clock.now(),
            )
            messages.success(request, _("Recorded."))
            return done(request, to)
    words = {"duty": kind.label, "name": member.person.full_name}
    context = {
        **school_frame(request, school, "loads"),
        "form": form,
        "form_title": _("%(duty)s: %(name)s") % words,
        "note": f"{_periods_words(kind, _left(school, kind, today))}. {kind.source}",
        "submit": _("Save"),
        "cancel_url": reverse("curriculum:duty", args=[school.code, uuid]),
    }
    return render_page(request, "schools/form.html", context, status=form_status(request))


@page(MANAGE_STAFF)
def end_duty(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """End a duty of somebody."""
    school = get_school_for(request.actor, code, MANAGE_STAFF)
    found = get_duty_for(request.actor, uuid, MANAGE_STAFF)
    return end_page(
        request,
        school,
        what=duty_label(found.code),
        name=found.person.full_name,
        end=lambda on: actions.end_duty(actor=request.actor, uuid=uuid, on=on, now=clock.now()),
        said=_("The duty is ended."),
        to=reverse("curriculum:load", args=[school.code, found.staff_member.uuid]),
    )


@page(MANAGE_STAFF, methods=("POST",))
def withdraw_duty(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Take back a duty that was recorded by mistake."""
    school = get_school_for(request.actor, code, MANAGE_STAFF)
    found = get_duty_for(request.actor, uuid, MANAGE_STAFF)
    actions.withdraw_duty(actor=request.actor, uuid=uuid, now=clock.now())
    messages.success(request, _("Taken back."))
    return done(request, reverse("curriculum:load", args=[school.code, found.staff_member.uuid]))


def duty_rows(request: Request, school: School, member: StaffMember) -> list[dict[str, Any]]:
    """Return the duties recorded of somebody, newest first, for the page of the load."""
    today = request.actor.today
    found = list(duties_of(request.actor, school, member))
    where = circumstances_of(school, today)[""] if found else Circumstances("")
    return [_row(one, where, today) for one in found]


def _row(one: TeachingDuty, where: Circumstances, today: date) -> dict[str, Any]:
    cut = reduction_of(held_of(one), where, on=one.starts_on)
    return {
        "uuid": one.uuid,
        "label": cut.label if cut else duty_label(one.code),
        "periods": cut.periods if cut else "–",
        "agreement": one.agreement,
        "note": one.note,
        "since": day(one.starts_on),
        "until": day(last_day(one.ends_on)) if one.ends_on else "",
        "is_over": one.ends_on is not None and one.ends_on <= today,
    }


def _kinds(
    request: Request, school: School, member: StaffMember, where: Circumstances
) -> HttpResponse:
    """Show the duties to choose from, each with what it takes off and its text."""
    today = request.actor.today
    rows = [duty_row(one.code, where, on=today) for one in duties_on(today) if one.code != OWN]
    context = {
        **school_frame(request, school, "loads"),
        "actions": (),
        "title": _("A duty of %(name)s") % {"name": member.person.full_name},
        "kinds": [
            {
                "code": row.code,
                "label": row.label,
                "periods": _periods_words(row, _left(school, row, today)),
                "source": row.source,
                "sure": None if row.confidence == SEEN else sure_pill(row.confidence),
            }
            for row in rows
            if row is not None
        ],
        "back_url": reverse("curriculum:load", args=[school.code, member.uuid]),
    }
    return render_page(request, "curriculum/duties.html", context, status=form_status(request))


def _left(school: School, kind: DutyRow, on: date) -> int:
    """Return how many periods of those a school shares out are left."""
    if kind.way != POOL:
        return 0
    return max(0, kind.periods - used_of(school, kind.code, on, None))


def _periods_words(kind: DutyRow, left: int) -> str:
    words = {"count": kind.periods, "left": left}
    if kind.way == POOL:
        return _("%(count)s for the whole school, %(left)s left") % words
    if kind.way:
        return _("As many as the principal decides")
    if kind.per == SUBJECT:
        return _("%(count)s for each subject") % words
    return ngettext("%(count)s period", "%(count)s periods", kind.periods) % words


def _new(values: dict[str, Any]) -> actions.NewDuty:
    last = values["last_day"]
    return actions.NewDuty(
        code=values["code"],
        starts_on=values["starts_on"],
        ends_on=last + ONE_DAY if last else None,
        what=values.get("what", ""),
        periods=values.get("periods"),
        agreement=values.get("agreement", ""),
        is_paid=values.get("is_paid", False),
        note=values["note"],
    )
