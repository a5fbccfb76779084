"""The steps of a case, each a form of its own page: answer, decide, release, receive, place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel import clock
from khuevan.kernel.errors import NotFound
from khuevan.registry.schools.api import academic_year_on, classes
from khuevan.registry.students.api import EDIT_STUDENTS
from khuevan.registry.transfers import actions, selectors
from khuevan.registry.transfers.forms import (
    DecideForm,
    NoteForm,
    PaperForm,
    PlaceForm,
    ReasonForm,
    ReceiveForm,
    ReleaseForm,
)
from khuevan.registry.transfers.kinds import Matter, Side
from khuevan.registry.transfers.models import Transfer
from khuevan.registry.transfers.pages.frame import case_frame
from khuevan.registry.transfers.permissions import (
    ASK_TRANSFER,
    DECIDE_TRANSFERS,
    RECORD_TRANSFERS,
)
from khuevan.ui.forms import Form
from khuevan.ui.page import Request, done, form_status, page, render_page

Words = str | Promise
Act = Callable[[dict[str, Any]], object]


@page(RECORD_TRANSFERS)
def accept(request: Request, uuid: UUID) -> HttpResponse:
    """Accept a pupil at the new school."""
    transfer = selectors.get_transfer_for(request.actor, uuid, RECORD_TRANSFERS)
    form = NoteForm(request.POST or None)

    def act(values: dict[str, Any]) -> object:
        return actions.accept(actor=request.actor, uuid=uuid, now=clock.now(), **values)

    return _step(request, transfer, form, act, gettext_lazy("Accept the pupil"))


@page(RECORD_TRANSFERS)
def refuse(request: Request, uuid: UUID) -> HttpResponse:
    """Refuse a pupil at the new school, with a reason."""
    transfer = selectors.get_transfer_for(request.actor, uuid, RECORD_TRANSFERS)
    form = ReasonForm(request.POST or None)

    def act(values: dict[str, Any]) -> object:
        return actions.refuse(actor=request.actor, uuid=uuid, now=clock.now(), **values)

    return _step(request, transfer, form, act, gettext_lazy("Refuse the pupil"), kind="danger")


@page(RECORD_TRANSFERS)
def withdraw(request: Request, uuid: UUID) -> HttpResponse:
    """Take a case back for the parents."""
    return _withdraw(request, selectors.get_transfer_for(request.actor, uuid, RECORD_TRANSFERS))


@page(ASK_TRANSFER)
def withdraw_wish(request: Request, uuid: UUID) -> HttpResponse:
    """Take one's own wish back, as a guardian."""
    return _withdraw(request, selectors.get_transfer_for(request.actor, uuid, ASK_TRANSFER))


def _withdraw(request: Request, transfer: Transfer) -> HttpResponse:
    form = ReasonForm(request.POST or None)

    def act(values: dict[str, Any]) -> object:
        return actions.withdraw(actor=request.actor, uuid=transfer.uuid, now=clock.now(), **values)

    return _step(request, transfer, form, act, gettext_lazy("Withdraw the transfer"), kind="danger")


@page(DECIDE_TRANSFERS)
def decide(request: Request, uuid: UUID, side: str) -> HttpResponse:
    """Write down what the office decided, with number, day and document."""
    transfer = selectors.get_transfer_for(request.actor, uuid, DECIDE_TRANSFERS)
    decisions = selectors.decisions_of(actor=request.actor, transfer=transfer)
    mine = selectors.standing_of(request.actor, transfer, decisions).offices
    if side not in mine:
        raise NotFound
    form = DecideForm(
        request.POST or None,
        request.FILES or None,
        initial={"decided_on": request.actor.today},
    )

    def act(values: dict[str, Any]) -> object:
        granted = values.pop("is_granted") == "1"
        return actions.decide(
            actor=request.actor,
            uuid=uuid,
            side=Side(side),
            is_granted=granted,
            now=clock.now(),
            **values,
        )

    asked = next(one for one in decisions if one.side == side)
    text = "; ".join(str(Matter(code).label) for code in asked.matters)
    return _step(request, transfer, form, act, gettext_lazy("Record the decision"), text=text)


@page(RECORD_TRANSFERS)
def release(request: Request, uuid: UUID) -> HttpResponse:
    """Let a pupil go from a day on."""
    transfer = selectors.get_transfer_for(request.actor, uuid, RECORD_TRANSFERS)
    form = ReleaseForm(request.POST or None, initial={"on": request.actor.today})

    def act(values: dict[str, Any]) -> object:
        return actions.release(actor=request.actor, uuid=uuid, now=clock.now(), **values)

    return _step(request, transfer, form, act, gettext_lazy("Release the pupil"))


@page(RECORD_TRANSFERS)
def take_back(request: Request, uuid: UUID) -> HttpResponse:
    """Take a release back while nobody has received the pupil."""
    transfer = selectors.get_transfer_for(request.actor, uuid, RECORD_TRANSFERS)
    form = Form(request.POST or None)

    def act(_values: dict[str, Any]) -> object:
        return actions.take_back(actor=request.actor, uuid=uuid, now=clock.now())

    return _step(
        request, transfer, form, act, gettext_lazy("Take the release back"), kind="danger",
        text=_("The pupil is on the roll of the old school again, as if never released."),
    )  # fmt: skip


@page(RECORD_TRANSFERS)
def receive(request: Request, uuid: UUID) -> HttpResponse:
    """Take a released pupil onto the roll, into a class when it is known."""
    transfer = selectors.get_transfer_for(request.actor, uuid, RECORD_TRANSFERS)
    first = max(request.actor.today, transfer.released_on or request.actor.today)
    form = ReceiveForm(
        request.POST or None,
        rooms=_rooms(request, transfer),
        level=transfer.level,
        initial={"on": first},
    )

    def act(values: dict[str, Any]) -> object:
        return actions.receive(
            actor=request.actor,
            uuid=uuid,
            on=values["on"],
            plan=values.get("plan", ""),
            homeroom_class=form.chosen_class,
            is_sure=values["is_sure"],
            now=clock.now(),
        )

    return _step(request, transfer, form, act, gettext_lazy("Receive the pupil"))


@page(RECORD_TRANSFERS)
def place(request: Request, uuid: UUID) -> HttpResponse:
    """Give a received pupil a class."""
    transfer = selectors.get_transfer_for(request.actor, uuid, RECORD_TRANSFERS)
    first = max(request.actor.today, transfer.received_on or request.actor.today)
    form = PlaceForm(request.POST or None, rooms=_rooms(request, transfer), initial={"on": first})

    def act(values: dict[str, Any]) -> object:
        return actions.place(
            actor=request.actor,
            uuid=uuid,
            homeroom_class=form.homeroom_class,
            on=values["on"],
            is_sure=values["is_sure"],
            now=clock.now(),
        )

    return _step(request, transfer, form, act, gettext_lazy("Give a class"))


@page(RECORD_TRANSFERS)
def paper(request: Request, uuid: UUID) -> HttpResponse:
    """Add a paper to the file, scanned or handed over."""
    transfer = selectors.get_transfer_for(request.actor, uuid, RECORD_TRANSFERS)
    form = PaperForm(
        request.POST or None,
        request.FILES or None,
        initial={"paper": request.GET.get("paper", "")},
    )

    def act(values: dict[str, Any]) -> object:
        return actions.give_paper(actor=request.actor, uuid=uuid, now=clock.now(), **values)

    return _step(request, transfer, form, act, gettext_lazy("Add a paper"))


@page(RECORD_TRANSFERS, methods=("POST",))
def paper_remove(request: Request, uuid: UUID) -> HttpResponse:
    """Take a paper out that one's own school put in."""
    transfer = actions.take_paper_out(actor=request.actor, paper_uuid=uuid, now=clock.now())
    messages.success(request, _("The paper was taken out."))
    return done(request, reverse("transfers:case", args=[transfer.uuid]))


def _rooms(request: Request, transfer: Transfer) -> list[Any]:
    """Return the classes of the new school that the pupil's grade may sit in, with their size."""
    year = academic_year_on(request.actor.today)
    if year is None or transfer.to_school_id is None:
        return []
    rows = classes(actor=request.actor, year=year, permission=EDIT_STUDENTS)
    return list(
        rows.filter(
            school_id=transfer.to_school_id, grade_level_id=transfer.grade_level_id
        ).order_by("sort_key", "pk")
    )


def _step(
    request: Request,
    transfer: Transfer,
    form: Form,
    act: Act,
    verb: Words,
    *,
    kind: str = "primary",
    text: str = "",
) -> HttpResponse:
    """Show a step's form, or take the step and go back to the case."""
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            act(dict(form.cleaned_data))
            messages.success(request, _("Saved: %(what)s.") % {"what": verb})
            return done(request, reverse("transfers:case", args=[transfer.uuid]))
    context = {
        **case_frame(request, transfer),
        "form": form,
        "verb": verb,
        "kind": kind,
        "text": text,
    }
    return render_page(request, "transfers/step.html", context, status=form_status(request))
