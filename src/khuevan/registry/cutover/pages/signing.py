"""Handing in, signing, the signed record to print and to take out, withdrawing it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.registry.cutover import actions, selectors
from khuevan.registry.cutover.content import changed_since, looked_at
from khuevan.registry.cutover.forms import ReasonForm, SignForm, SubmitForm
from khuevan.registry.cutover.models import CutoverState
from khuevan.registry.cutover.pages.frame import found, render, school_page
from khuevan.registry.cutover.papers import paper_of, workbook_of
from khuevan.registry.cutover.permissions import RUN_CUTOVERS, SIGN_CUTOVERS
from khuevan.registry.cutover.shown import count_words, line_row
from khuevan.registry.cutover.telling import line_name
from khuevan.registry.schools.api import get_school_for
from khuevan.ui.downloads import XLSX, download, file_name
from khuevan.ui.page import done, page, render_page
from khuevan.ui.request import Request


@page(RUN_CUTOVERS, methods=("POST",))
def submit(request: Request, uuid: UUID) -> HttpResponse:
    """Hand the reconciliation to the principal."""
    _cutover, school = found(request.actor, uuid, RUN_CUTOVERS)
    form = SubmitForm(request.POST)
    if form.is_valid():
        try:
            actions.submit(actor=request.actor, uuid=uuid, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("Handed to the principal for signature."))
        except NotFound:
            raise
        except DomainError as refusal:
            messages.error(request, str(refusal))
    return done(request, school_page(school))


@page(SIGN_CUTOVERS)
def sign(request: Request, uuid: UUID) -> HttpResponse:
    """Look at what is to be signed, and sign it."""
    cutover, school = found(request.actor, uuid, SIGN_CUTOVERS)
    counted, lists = selectors.reconciliation(request.actor, cutover), selectors.lists_of(cutover)
    form = SignForm(request.POST or None, initial={"numbers": looked_at(counted, lists)})
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            record = actions.sign(
                actor=request.actor, uuid=uuid, now=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("Signed. The record keeps these numbers."))
            return done(request, reverse("cutover:record", args=[record.uuid]))
    context = {
        "form": form,
        "rows": [line_row(line) for line in counted.lines if line.differs or line.explained],
        "agreeing": sum(not line.differs for line in counted.lines),
        "is_submitted": cutover.state == CutoverState.SUBMITTED,
        "lists": lists,
    }
    return render(request, "sign", school, context, title=_("Sign the record"), cutover=cutover)


@page(SIGN_CUTOVERS)
def withdraw(request: Request, uuid: UUID) -> HttpResponse:
    """Withdraw the signature."""
    cutover, school = found(request.actor, uuid, SIGN_CUTOVERS)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.withdraw(actor=request.actor, uuid=uuid, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("Signature withdrawn; the move-over goes on."))
            return done(request, school_page(school))
    context = {
        "form": form,
        "verb": _("Withdraw the signature"),
        "text": _("The signed record stays to be read, marked as withdrawn."),
    }
    title = _("Withdraw the signature")
    return render(request, "reason", school, context, title=title, cutover=cutover)


@page(RUN_CUTOVERS, methods=("GET",))
def record(request: Request, uuid: UUID) -> HttpResponse:
    """Show the signed record as it is printed, and what changed since."""
    signed = selectors.get_record_for(request.actor, uuid)
    cutover = signed.cutover
    school = get_school_for(request.actor, cutover.school.code, RUN_CUTOVERS)
    now = selectors.reconciliation(request.actor, cutover)
    context = {
        "record": signed,
        "paper": paper_of(signed, school, on=request.actor.today),
        "school_page": school_page(school),
        "changed": [
            {
                "name": line_name(line),
                "then": count_words(line.recorded, like=line.own),
                "now": count_words(count, like=line.own),
            }
            for line, count in changed_since(signed.content, now)
        ],
        "may_withdraw": request.actor.may(SIGN_CUTOVERS)
        and signed.withdrawn_at is None
        and cutover.state == CutoverState.SIGNED,
        "cutover": cutover,
    }
    return render_page(request, "cutover/record.html", context)


@page(RUN_CUTOVERS, methods=("GET",))
def record_file(request: Request, uuid: UUID) -> HttpResponse:
    """Take the signed record out as a spreadsheet."""
    signed = selectors.get_record_for(request.actor, uuid)
    school = get_school_for(request.actor, signed.cutover.school.code, RUN_CUTOVERS)
    content = workbook_of(signed, school, on=request.actor.today)
    actions.note_taken(actor=request.actor, record=signed, now=clock.now())
    name = file_name(_("Record of the move-over %(code)s") % {"code": school.code}, "xlsx")
    return download(content, name=name, media_type=XLSX)
