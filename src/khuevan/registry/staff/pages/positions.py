"""Another position, its end and undoing that, a second school."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.errors import NotFound
from khuevan.platform.organizations.api import unit_by_code
from khuevan.registry.schools.api import schools
from khuevan.registry.staff import actions
from khuevan.registry.staff.checks import changeable, fillable
from khuevan.registry.staff.forms import EndForm, PostForm, SecondForm
from khuevan.registry.staff.frame import Record, read_record
from khuevan.registry.staff.models import Appointment, Position
from khuevan.registry.staff.pages.asking import asked
from khuevan.registry.staff.pages.new import campuses_of, leaders_note
from khuevan.registry.staff.pages.records import record_url
from khuevan.registry.staff.permissions import FILL_POSITIONS, MOVE_STAFF, VIEW_RECORDS
from khuevan.registry.staff.selectors import get_member_for
from khuevan.ui.page import done, page
from khuevan.ui.request import Request


@page(FILL_POSITIONS)
def change(request: Request, uuid: UUID) -> HttpResponse:
    """Give somebody another position in the unit from a day on."""
    actor, appointment = request.actor, _seen(request, uuid)
    positions = changeable(actor, appointment.unit, appointment.position, on=actor.today)
    if not positions:
        raise NotFound
    record = read_record(actor, appointment.staff_member)
    form = PostForm(
        request.POST or None,
        positions=positions,
        leaders=leaders_note(appointment.unit, positions, on=actor.today),
        campuses=campuses_of(actor, appointment.unit),
        initial={
            "position": appointment.position,
            "campus": str(appointment.campus.uuid) if appointment.campus else "",
            "employment": appointment.employment,
            "starts_on": actor.today,
        },
    )

    def act(_values: dict[str, Any]) -> str:
        new = actions.change_position(actor=actor, uuid=uuid, post=form.post, now=clock.now())
        words = {
            "name": record.member.person.full_name,
            "position": new.get_position_display(),
        }
        return _("%(name)s: %(position)s, recorded.") % words

    return asked(
        request,
        record,
        form,
        title=_("Change position"),
        submit=_("Change position"),
        act=act,
        to=record_url(record.member.uuid),
    )


@page(FILL_POSITIONS)
def end(request: Request, uuid: UUID) -> HttpResponse:
    """Record that somebody no longer holds a position."""
    appointment, record = _fillable(request, uuid)
    form = EndForm(request.POST or None, initial={"on": request.actor.today})

    def act(values: dict[str, Any]) -> str:
        actions.end_appointment(actor=request.actor, uuid=uuid, now=clock.now(), **values)
        return ""

    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            act(form.cleaned_data)
            undo = reverse("staff:undo_end", args=[uuid])
            words = {
                "name": record.member.person.full_name,
                "position": appointment.get_position_display(),
            }
            messages.success(
                request, _("%(name)s: %(position)s has ended.") % words, extra_tags=f"undo:{undo}"
            )
            return done(request, reverse("staff:list"))
    return asked(
        request,
        record,
        form,
        title=_("End the work here"),
        submit=_("Record the end"),
        act=act,
        to=record_url(record.member.uuid),
        danger=True,
    )


@page(FILL_POSITIONS, methods=("POST",))
def undo_end(request: Request, uuid: UUID) -> HttpResponse:
    """Take back an end recorded by mistake."""
    appointment = actions.undo_ending(actor=request.actor, uuid=uuid, now=clock.now())
    words = {"name": appointment.person.full_name}
    messages.success(request, _("%(name)s: the position stands again.") % words)
    return done(request, record_url(appointment.staff_member.uuid))


@page(MOVE_STAFF)
def second(request: Request, uuid: UUID) -> HttpResponse:
    """Let somebody teach at a second school."""
    actor = request.actor
    member = get_member_for(actor, uuid, MOVE_STAFF)
    record = read_record(actor, member)
    reach = schools(actor=actor, on=actor.today, permission=MOVE_STAFF)
    main = record.main
    choices = [(one.code, one.name) for one in reach if main is None or one.pk != main.unit_id]
    form = SecondForm(
        request.POST or None,
        schools=choices,
        positions=[Position.TEACHER],
        initial={"position": Position.TEACHER, "starts_on": actor.today},
    )

    def act(values: dict[str, Any]) -> str:
        school = unit_by_code(values["school"])
        actions.appoint_second(
            actor=actor, member_uuid=uuid, school_id=school.pk, post=form.post, now=clock.now()
        )
        words = {"name": member.person.full_name, "school": dict(choices)[school.code]}
        return _("%(name)s teaches at %(school)s too.") % words

    note = _(
        "Inside a commune its chair decides, across communes the director of the department "
        "(Decree 93/2026, articles 11 to 13). The main school goes on counting and paying."
    )
    return asked(
        request,
        record,
        form,
        title=_("Second school"),
        submit=_("Record the second school"),
        act=act,
        to=reverse("staff:duties", args=[uuid]) if actor.may(VIEW_RECORDS) else "/",
        current="duties",
        note=note,
    )


def _fillable(request: Request, uuid: UUID) -> tuple[Appointment, Record]:
    """Return an appointment that the actor may change, with the record it is of."""
    actor, row = request.actor, _seen(request, uuid)
    is_second = not row.is_primary and row.unit_id in actor.reach(MOVE_STAFF, "school")
    if not is_second and row.position not in fillable(actor, row.unit, on=actor.today):
        raise NotFound
    return row, read_record(actor, row.staff_member)


def _seen(request: Request, uuid: UUID) -> Appointment:
    rows = Appointment.objects.visible_to(request.actor, VIEW_RECORDS)
    return rows.select_related("unit", "campus", "staff_member__person").one(uuid)
