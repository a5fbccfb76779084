"""Who is away and who stands in: recorded, changed, seen on one board."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import holds, last_day
from khuevan.platform.organizations.api import unit_by_code
from khuevan.registry.schools.api import get_class_for, get_school_for, school_frame
from khuevan.registry.staff import actions
from khuevan.registry.staff.forms import OnForm, ReturnForm, after
from khuevan.registry.staff.frame import Record, read_record, record_frame
from khuevan.registry.staff.leave_forms import LeaveForm, SubstituteForm
from khuevan.registry.staff.models import Position, StaffLeave
from khuevan.registry.staff.pages.asking import asked
from khuevan.registry.staff.permissions import MANAGE_STAFF
from khuevan.registry.staff.rules import LEADING
from khuevan.registry.staff.selectors import (
    AbsentDuty,
    absent_duties,
    colleagues,
    get_leave_for,
    get_member_for,
    get_substitution_for,
    leaves_at,
)
from khuevan.ui.formats import day
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request


@page(MANAGE_STAFF, methods=("GET",))
def who_for_whom(request: Request, code: str) -> HttpResponse:
    """Show who is away now or soon, and who stands in for each class."""
    actor, on = request.actor, request.actor.today
    school = get_school_for(actor, code, MANAGE_STAFF)
    leaves = leaves_at(actor=actor, school_id=school.pk, on=on, permission=MANAGE_STAFF)
    duties = absent_duties(actor=actor, leaves=leaves, permission=MANAGE_STAFF)
    context = {
        **school_frame(request, school, "absences"),
        "actions": (),
        "leaves": [
            {
                "leave": leave,
                "until": last_day(leave.ends_on),
                "now": holds(leave, on),
                "duties": duties[leave.pk],
                "open": sum(not one.substitutes for one in duties[leave.pk]),
            }
            for leave in leaves
        ],
        "on": on,
    }
    return render_page(request, "staff/who_for_whom.html", context)


@page(MANAGE_STAFF)
def leave(request: Request, uuid: UUID) -> HttpResponse:
    """Record that somebody is away."""
    actor = request.actor
    member = get_member_for(actor, uuid, MANAGE_STAFF)
    record = read_record(actor, member)
    form = LeaveForm(
        request.POST or None,
        schools=_schools(actor, record),
        initial={"starts_on": actor.today, "pauses_classes": True},
    )
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            row = actions.record_leave(
                actor=actor,
                member_uuid=uuid,
                school_id=unit_by_code(form.cleaned_data["school"]).pk,
                new=form.leave,
                now=clock.now(),
            )
            words = {"name": member.person.full_name, "kind": row.get_kind_display()}
            messages.success(request, _("%(name)s: %(kind)s, recorded.") % words)
            return done(request, reverse("staff:one_leave", args=[row.uuid]))
    return asked(
        request,
        record,
        form,
        title=_("Record a leave"),
        submit=_("Record the leave"),
        act=lambda _values: "",
        to=reverse("staff:duties", args=[uuid]),
        current="duties",
    )


@page(MANAGE_STAFF)
def one_leave(request: Request, uuid: UUID) -> HttpResponse:
    """Show a leave with its duties, and let colleagues stand in."""
    actor = request.actor
    row = get_leave_for(actor, uuid)
    record = read_record(actor, row.staff_member)
    duties = absent_duties(actor=actor, leaves=[row], permission=MANAGE_STAFF)[row.pk]
    form = _substitute_form(request, row, duties)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            _stand_in(request, row, form)
            return done(request, reverse("staff:one_leave", args=[uuid]))
    main = record.main
    is_leader = main is not None and main.position in LEADING
    context = {
        **record_frame(request, record, "duties"),
        "menu": [],
        "leave": row,
        "until": last_day(row.ends_on),
        "is_over": row.ends_on <= actor.today,
        "duties": duties,
        "form": form,
        "delegate_url": reverse("access:delegate") if is_leader else "",
        "leader": Position(main.position).label if main else "",
    }
    return render_page(request, "staff/leave.html", context, status=form_status(request))


@page(MANAGE_STAFF)
def change_return(request: Request, uuid: UUID) -> HttpResponse:
    """Let somebody be back on another day."""
    row = get_leave_for(request.actor, uuid)
    form = ReturnForm(request.POST or None, initial={"on": request.actor.today})

    def act(values: dict[str, Any]) -> str:
        changed = actions.change_return(actor=request.actor, uuid=uuid, now=clock.now(), **values)
        words = {"name": row.person.full_name, "day": day(changed.ends_on)}
        return _("%(name)s is back on %(day)s.") % words

    return asked(
        request,
        read_record(request.actor, row.staff_member),
        form,
        title=_("Another day of return"),
        submit=_("Record the return"),
        act=act,
        to=reverse("staff:one_leave", args=[uuid]),
        current="duties",
        note=_("Whoever stands in does so up to that day; classes open and close with it."),
    )


@page(MANAGE_STAFF)
def end_substitution(request: Request, uuid: UUID) -> HttpResponse:
    """End somebody's standing in on a day."""
    row = get_substitution_for(request.actor, uuid)
    away = get_leave_for(request.actor, row.leave.uuid)
    form = OnForm(request.POST or None, initial={"on": max(request.actor.today, row.starts_on)})

    def act(values: dict[str, Any]) -> str:
        actions.end_substitution(actor=request.actor, uuid=uuid, now=clock.now(), **values)
        return _("Recorded.")

    words = {"name": row.person.full_name, "room": row.homeroom_class.name}
    return asked(
        request,
        read_record(request.actor, away.staff_member),
        form,
        title=_("%(name)s no longer stands in for class %(room)s") % words,
        submit=_("Record the end"),
        act=act,
        to=reverse("staff:one_leave", args=[away.uuid]),
        current="duties",
    )


def _schools(actor: Actor, record: Record) -> list[tuple[str, str]]:
    reach = actor.reach(MANAGE_STAFF, "school")
    rows = {row.unit_id: row.unit.code for row in record.appointments if row.unit_id in reach}
    return [(code, record.unit_name(pk)) for pk, code in rows.items() if pk in record.unit_ids]


def _substitute_form(request: Request, row: StaffLeave, duties: list[AbsentDuty]) -> SubstituteForm:
    members = colleagues(actor=request.actor, school_id=row.school_id, on=row.starts_on)
    free = [one for one in duties if not one.substitutes] or duties
    return SubstituteForm(
        request.POST or None,
        duties=[(one.key, f"{one.homeroom_class.name} · {one.label}") for one in duties],
        members=[
            (str(one.uuid), one.person.full_name)
            for one in members
            if one.pk != row.staff_member_id
        ],
        initial={
            "duty": free[0].key if free else "",
            "starts_on": row.starts_on,
            "last_day": last_day(row.ends_on),
        },
    )


def _stand_in(request: Request, row: StaffLeave, form: SubstituteForm) -> None:
    values = form.cleaned_data
    kind, room_uuid, subject_name = values["duty"].split(":", 2)
    room = get_class_for(request.actor, UUID(room_uuid), MANAGE_STAFF)
    standing_in = actions.add_substitute(
        actor=request.actor,
        leave_uuid=row.uuid,
        room=room,
        duty=kind,
        subject_name=subject_name,
        member_uuid=UUID(values["member"]),
        starts_on=values["starts_on"],
        ends_on=after(values["last_day"]) or values["starts_on"] + timedelta(days=1),
        now=clock.now(),
    )
    words = {"name": standing_in.person.full_name, "room": room.name}
    messages.success(request, _("%(name)s stands in for class %(room)s.") % words)
