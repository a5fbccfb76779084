"""Personal numbers that contradict the record: to be mended there, or confirmed with a reason."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.registry.people import actions
from khuevan.registry.people.forms import ConfirmNumberForm
from khuevan.registry.people.permissions import SETTLE_DOUBTS, VIEW_DOUBTS
from khuevan.registry.people.selectors import doubted, get_person_for, person_of_record
from khuevan.registry.people.tables import DoubtTable, doubt_text
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request


@page(VIEW_DOUBTS, methods=("GET",))
def doubts(request: Request) -> HttpResponse:
    """List the people in reach whose number contradicts the record."""
    table = DoubtTable(
        doubted(request.actor), request.GET, actor=request.actor, path=reverse("people:doubts")
    )
    part = "more" if table.is_more else "list"
    return render_page(request, "people/doubts.html", {"table": table}, partial=part)


@page(SETTLE_DOUBTS)
def confirm(request: Request, uuid: UUID) -> HttpResponse:
    """Confirm that a number is right as it stands, saying which papers were seen."""
    person = get_person_for(request.actor, uuid, SETTLE_DOUBTS)
    form = ConfirmNumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.confirm_number(
                actor=request.actor, uuid=uuid, now=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("Confirmed. The number is no longer listed."))
            return done(request, reverse("people:doubts"))
    context = {
        "form": form,
        "person": person,
        "doubt": doubt_text(person),
        "record_url": person_of_record(person.pk),
    }
    return render_page(request, "people/confirm.html", context, status=form_status(request))
