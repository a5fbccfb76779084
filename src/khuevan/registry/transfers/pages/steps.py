"""The steps of a case, each a form of its own page: answer, decide, release, receive, place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial, wraps
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel import clock
from khuevan.kernel.actor import Permission
from khuevan.kernel.errors import NotFound
from khuevan.platform.organizations.api import signing_forms
from khuevan.registry.schools.api import ClassGrade, academic_year_on, classes
from khuevan.registry.students.api import EDIT_STUDENTS
from khuevan.registry.transfers import actions, facts, selectors
from khuevan.registry.transfers.actions.look import note_look
from khuevan.registry.transfers.desks import PUPILS, STAFF, Desk
from khuevan.registry.transfers.forms import (
    ArriveForm,
    DecideForm,
    NoteForm,
    PaperForm,
    PlaceForm,
    ReasonForm,
    ReceiveForm,
    RefusalForm,
    ReleaseForm,
)
from khuevan.registry.transfers.kinds import Matter, Side
from khuevan.registry.transfers.models import Transfer
from khuevan.registry.transfers.pages.frame import case_frame, case_url
from khuevan.registry.transfers.permissions import ASK_MOVE, ASK_TRANSFER, RECORD_TRANSFERS
from khuevan.registry.transfers.shown import office_words, what_for
from khuevan.ui.formats import day
from khuevan.ui.forms import Form
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request

Words = str | Promise
Act = Callable[[dict[str, Any]], object]


def both(
    permission_of: Callable[[Desk], Permission], *, methods: tuple[str, ...] = ("GET", "POST")
) -> Callable[[Callable[..., HttpResponse]], tuple[Any, Any]]:
    """Route a step twice: for pupils, and for staff, each under its own permission."""

    def decorate(view: Callable[..., HttpResponse]) -> tuple[Any, Any]:
        return tuple(  # type: ignore[return-value]
            page(permission_of(desk), methods=methods)(wraps(view)(partial(view, desk)))
            for desk in (PUPILS, STAFF)
        )

    return decorate


RECORD = attrgetter("record")
DECIDE = attrgetter("decide")


def _accept(desk: Desk, request: Request, uuid: UUID) -> HttpResponse:
    """Accept for one's school, a pupil or a colleague."""
    transfer = selectors.get_transfer_for(request.actor, uuid, desk.record)
    form = NoteForm(request.POST or None)

    def act(values: dict[str, Any]) -> object:
        return actions.accept(actor=request.actor, uuid=uuid, now=clock.now(), **values)

    verb = gettext_lazy("Agree to the move") if desk is STAFF else gettext_lazy("Accept the pupil")
    return _step(request, transfer, form, act, verb)


def _refuse(desk: Desk, request: Request, uuid: UUID) -> HttpResponse:
    """Refuse for one's school, with a reason."""
    transfer = selectors.get_transfer_for(request.actor, uuid, desk.record)
    form = RefusalForm(request.POST or None, is_of_staff=desk is STAFF)

    def act(values: dict[str, Any]) -> object:
        return actions.refuse(
            actor=request.actor,
            uuid=uuid,
            reason=values["reason"],
            answer=form.answer,
            now=clock.now(),
        )

    verb = gettext_lazy("Refuse the move") if desk is STAFF else gettext_lazy("Refuse the pupil")
    return _step(request, transfer, form, act, verb, kind="danger")


def _withdraw(desk: Desk, request: Request, uuid: UUID) -> HttpResponse:
    """Take a case back, before the release."""
    transfer = selectors.get_transfer_for(request.actor, uuid, desk.record)
    return _take_back_case(request, transfer)


@page(ASK_TRANSFER)
def withdraw_wish(request: Request, uuid: UUID) -> HttpResponse:
    """Take one's own wish back, as a guardian."""
    found = selectors.get_transfer_for(request.actor, uuid, ASK_TRANSFER)
    return _take_back_case(request, found)


@page(ASK_MOVE)
def own_withdraw(request: Request, uuid: UUID) -> HttpResponse:
    """Take one's own application for a move back."""
    found = selectors.get_transfer_for(request.actor, uuid, ASK_MOVE)
    return _take_back_case(request, found, is_own=True)


def _take_back_case(request: Request, transfer: Transfer, *, is_own: bool = False) -> HttpResponse:
    form = ReasonForm(request.POST or None, is_of_staff=transfer.is_of_staff)

    def act(values: dict[str, Any]) -> object:
        return actions.withdraw(actor=request.actor, uuid=transfer.uuid, now=clock.now(), **values)

    verb = gettext_lazy("Withdraw the transfer")
    return _step(request, transfer, form, act, verb, kind="danger", is_own=is_own)


def _decide(desk: Desk, request: Request, uuid: UUID, side: str) -> HttpResponse:
    """Write down what the office decided, with number, day and document."""
    actor = request.actor
    transfer = selectors.get_transfer_for(actor, uuid, desk.decide)
    decisions = selectors.decisions_of(actor=actor, transfer=transfer)
    standing = selectors.standing_of(actor, transfer, decisions)
    if side not in standing.offices:
        raise NotFound
    note_look(actor=actor, transfer=transfer, standing=standing, now=clock.now())
    asked = selectors.asked_of(decisions, side, request.GET.get("matter", ""))
    form = DecideForm(
        request.POST or None,
        request.FILES or None,
        initial={
            "decided_on": actor.today,
            "signer": actor.label if facts.is_at_office(actor, desk.sign, asked.unit) else "",
        },
        is_of_staff=desk is STAFF,
        signing=signing_forms(asked.office, actor.today),
    )

    def act(values: dict[str, Any]) -> object:
        return actions.decide(
            actor=actor,
            uuid=uuid,
            side=Side(side),
            matter=asked.matters[0],
            is_granted=values["is_granted"] == "1",
            signed=form.signed,
            reason=values["reason"],
            upload=values["upload"],
            now=clock.now(),
        )

    text = _("%(matters)s. Decided by: %(who)s.") % {
        "matters": "; ".join(str(Matter(code).label) for code in asked.matters),
        "who": office_words(asked),
    }
    return _step(request, transfer, form, act, gettext_lazy("Record the decision"), text=text)


def _release(desk: Desk, request: Request, uuid: UUID) -> HttpResponse:
    """Let somebody go from a day on."""
    transfer = selectors.get_transfer_for(request.actor, uuid, desk.record)
    first = max(request.actor.today, transfer.moves_on)
    form = ReleaseForm(request.POST or None, initial={"on": first})

    def act(values: dict[str, Any]) -> object:
        return actions.release(actor=request.actor, uuid=uuid, now=clock.now(), **values)

    text = ""
    if desk is STAFF:
        text = _("The position at the old school ends on that day, with its classes and lessons.")
    verb = gettext_lazy("Release to the new school")
    if desk is PUPILS:
        verb = gettext_lazy("Release the pupil")
    return _step(request, transfer, form, act, verb, text=text)


def _take_back(desk: Desk, request: Request, uuid: UUID) -> HttpResponse:
    """Take a release back while nobody has received."""
    transfer = selectors.get_transfer_for(request.actor, uuid, desk.record)
    form = Form(request.POST or None)

    def act(_values: dict[str, Any]) -> object:
        return actions.take_back(actor=request.actor, uuid=uuid, now=clock.now())

    text = _("The pupil is on the roll of the old school again, as if never released.")
    if desk is STAFF:
        text = _("Position, classes and lessons at the old school stand again, as if never ended.")
    verb = gettext_lazy("Take the release back")
    return _step(request, transfer, form, act, verb, kind="danger", text=text)


@page(PUPILS.record)
def receive(request: Request, uuid: UUID) -> HttpResponse:
    """Take a released pupil onto the roll, into a class when it is known."""
    transfer = selectors.get_transfer_for(request.actor, uuid, RECORD_TRANSFERS)
    form = ReceiveForm(
        request.POST or None,
        rooms=_rooms(request, transfer),
        level=transfer.level,
        initial={"on": _first_day(request, transfer)},
    )

    def act(values: dict[str, Any]) -> object:
        return actions.receive(
            actor=request.actor,
            uuid=uuid,
            on=values["on"],
            plan=values.get("plan", ""),
            homeroom_class=form.chosen_class,
            is_day_sure=values["is_day_sure"],
            is_sure=values["is_sure"],
            now=clock.now(),
        )

    return _step(request, transfer, form, act, gettext_lazy("Receive the pupil"))


@page(STAFF.record)
def staff_receive(request: Request, uuid: UUID) -> HttpResponse:
    """Take a released colleague in: the new position begins."""
    transfer = selectors.get_transfer_for(request.actor, uuid, STAFF.record)
    form = ArriveForm(request.POST or None, initial={"on": _first_day(request, transfer)})

    def act(values: dict[str, Any]) -> object:
        return actions.receive(actor=request.actor, uuid=uuid, now=clock.now(), **values)

    verb = gettext_lazy("Receive the colleague")
    return _step(request, transfer, form, act, verb, text=_arrival(transfer))


@page(PUPILS.record)
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


def _paper(desk: Desk, request: Request, uuid: UUID) -> HttpResponse:
    """Add a paper to the file, scanned or handed over."""
    transfer = selectors.get_transfer_for(request.actor, uuid, desk.record)
    form = PaperForm(
        request.POST or None,
        request.FILES or None,
        whose=transfer.whose,
        initial={"paper": request.GET.get("paper", "")},
    )

    def act(values: dict[str, Any]) -> object:
        return actions.give_paper(actor=request.actor, uuid=uuid, now=clock.now(), **values)

    return _step(request, transfer, form, act, gettext_lazy("Add a paper"))


def _paper_remove(desk: Desk, request: Request, uuid: UUID) -> HttpResponse:
    """Take a paper out that one's own school put in."""
    transfer = actions.take_paper_out(
        actor=request.actor, paper_uuid=uuid, desk=desk, now=clock.now()
    )
    messages.success(request, _("The paper was taken out."))
    return done(request, case_url(transfer))


accept, staff_accept = both(RECORD)(_accept)
refuse, staff_refuse = both(RECORD)(_refuse)
withdraw, staff_withdraw = both(RECORD)(_withdraw)
decide, staff_decide = both(DECIDE)(_decide)
release, staff_release = both(RECORD)(_release)
take_back, staff_take_back = both(RECORD)(_take_back)
paper, staff_paper = both(RECORD)(_paper)
paper_remove, staff_paper_remove = both(RECORD, methods=("POST",))(_paper_remove)


def _first_day(request: Request, transfer: Transfer) -> date:
    today = request.actor.today
    return max(today, transfer.released_on or today, transfer.moves_on)


def _arrival(transfer: Transfer) -> str:
    words = {"position": what_for(transfer), "day": day(transfer.returns_on)}
    if transfer.returns_on is None:
        return _("The position %(position)s begins on that day.") % words
    return _("The position %(position)s lasts until before %(day)s, the day of the return.") % words


def _rooms(request: Request, transfer: Transfer) -> list[Any]:
    """Return the classes of the new school that the pupil's grade may sit in, with their size."""
    year = academic_year_on(request.actor.today)
    if year is None or transfer.to_school_id is None:
        return []
    rows = classes(actor=request.actor, year=year, permission=EDIT_STUDENTS)
    return list(
        rows.filter(
            Q(grade_level_id=transfer.grade_level_id)
            | Exists(
                ClassGrade.objects.unscoped(because="classes in reach").filter(
                    homeroom_class_id=OuterRef("pk"), grade_level_id=transfer.grade_level_id
                )
            ),
            school_id=transfer.to_school_id,
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
    is_own: bool = False,
) -> HttpResponse:
    """Show a step's form, or take the step and go back to the case."""
    frame = case_frame(request, transfer, is_own=is_own)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            act(dict(form.cleaned_data))
            messages.success(request, _("Saved: %(what)s.") % {"what": verb})
            return done(request, frame["case_url"])
    context = {
        **frame,
        "form": form,
        "verb": verb,
        "kind": kind,
        "text": text,
    }
    return render_page(request, "transfers/step.html", context, status=form_status(request))
