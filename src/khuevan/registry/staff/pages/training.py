"""Subjects, professional title, degrees and certificates of a record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.registry.staff import actions
from khuevan.registry.staff.forms import OnForm, QualificationForm, SubjectForm, TitleForm
from khuevan.registry.staff.frame import read_record
from khuevan.registry.staff.models import StaffSubject
from khuevan.registry.staff.pages.asking import asked
from khuevan.registry.staff.permissions import MANAGE_STAFF
from khuevan.registry.staff.selectors import get_member_for
from khuevan.ui.page import done, page
from khuevan.ui.request import Request


@page(MANAGE_STAFF)
def subject(request: Request, uuid: UUID) -> HttpResponse:
    """Add a subject somebody is trained for or teaches."""
    record = read_record(request.actor, get_member_for(request.actor, uuid, MANAGE_STAFF))
    form = SubjectForm(
        request.POST or None, initial={"starts_on": request.actor.today, "tie": "TEACHES"}
    )

    def act(values: dict[str, Any]) -> str:
        row = actions.add_subject(actor=request.actor, member_uuid=uuid, now=clock.now(), **values)
        return _("%(subject)s added.") % {"subject": row.subject_label}

    return asked(
        request,
        record,
        form,
        title=_("Add a subject"),
        submit=_("Add the subject"),
        act=act,
        to=reverse("staff:history", args=[uuid]),
        current="history",
    )


@page(MANAGE_STAFF)
def end_subject(request: Request, uuid: UUID) -> HttpResponse:
    """End a subject on a day."""
    row = (
        StaffSubject.objects.visible_to(request.actor, MANAGE_STAFF)
        .select_related("staff_member__person")
        .one(uuid)
    )
    record = read_record(request.actor, row.staff_member)
    form = OnForm(request.POST or None, initial={"on": request.actor.today})

    def act(values: dict[str, Any]) -> str:
        actions.end_subject(actor=request.actor, uuid=uuid, now=clock.now(), **values)
        return _("%(subject)s ended.") % {"subject": row.subject_label}

    words = {"subject": row.subject_label, "tie": row.get_tie_display()}
    return asked(
        request,
        record,
        form,
        title=_("End the subject: %(subject)s (%(tie)s)") % words,
        submit=_("Record the end"),
        act=act,
        to=reverse("staff:history", args=[row.staff_member.uuid]),
        current="history",
    )


@page(MANAGE_STAFF)
def title(request: Request, uuid: UUID) -> HttpResponse:
    """Set somebody's professional title from a day on."""
    record = read_record(request.actor, get_member_for(request.actor, uuid, MANAGE_STAFF))
    form = TitleForm(request.POST or None, initial={"starts_on": request.actor.today})

    def act(values: dict[str, Any]) -> str:
        actions.give_title(actor=request.actor, member_uuid=uuid, now=clock.now(), **values)
        return _("Professional title recorded.")

    return asked(
        request,
        record,
        form,
        title=_("Set the professional title"),
        submit=_("Record the title"),
        act=act,
        to=reverse("staff:history", args=[uuid]),
        current="history",
        note=_(
            "Since 31/03/2026 titles go by level without grades (Decree 93/2026); pay goes by the "
            "old grade until there is a new guide, so the grade is kept."
        ),
    )


@page(MANAGE_STAFF)
def qualification(request: Request, uuid: UUID) -> HttpResponse:
    """Add a degree or certificate."""
    record = read_record(request.actor, get_member_for(request.actor, uuid, MANAGE_STAFF))
    form = QualificationForm(request.POST or None)

    def act(values: dict[str, Any]) -> str:
        actions.add_qualification(actor=request.actor, member_uuid=uuid, now=clock.now(), **values)
        return _("Qualification added.")

    return asked(
        request,
        record,
        form,
        title=_("Add a qualification"),
        submit=_("Add the qualification"),
        act=act,
        to=reverse("staff:history", args=[uuid]),
        current="history",
    )


@page(MANAGE_STAFF, methods=("POST",))
def withdraw(request: Request, uuid: UUID) -> HttpResponse:
    """Take a qualification out of the record."""
    row = actions.withdraw_qualification(actor=request.actor, uuid=uuid, now=clock.now())
    messages.success(request, _("Qualification withdrawn."))
    return done(request, reverse("staff:history", args=[row.staff_member.uuid]))
