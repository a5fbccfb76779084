"""The way of one school: where it stands, beginning, its lists, giving it up."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.registry.cutover import actions, selectors, shown
from khuevan.registry.cutover.content import changed_since
from khuevan.registry.cutover.forms import BeginForm, ListForm, ReasonForm, SubmitForm
from khuevan.registry.cutover.models import Cutover, CutoverState
from khuevan.registry.cutover.pages.frame import found, render, school_page
from khuevan.registry.cutover.permissions import RUN_CUTOVERS, VIEW_CUTOVERS
from khuevan.registry.cutover.practice import practice_files
from khuevan.registry.cutover.tables import CutoverTable
from khuevan.registry.schools.api import School, get_school_for, held_on
from khuevan.ui.downloads import ZIP, download, file_name
from khuevan.ui.page import done, page, render_page
from khuevan.ui.request import Request


@page(VIEW_CUTOVERS, methods=("GET",))
def cutover_list(request: Request) -> HttpResponse:
    """List the move-overs in reach; whoever works at one school is led to its own."""
    hat = request.actor.hat
    own = request.actor.reach(RUN_CUTOVERS, "school")
    if hat and hat.unit_id in own.ids and len(own.ids) == 1:
        school = School.objects.visible_to(request.actor, RUN_CUTOVERS).get(pk=hat.unit_id)
        return redirect("cutover:school", code=school.code)
    table = CutoverTable(request.actor, request.GET)
    part = "more" if table.is_more else "list"
    return render_page(request, "cutover/list.html", {"table": table}, partial=part)


@page(VIEW_CUTOVERS, methods=("GET",))
def school(request: Request, code: str) -> HttpResponse:
    """Show how far a school is, or how to begin."""
    one = get_school_for(request.actor, code, VIEW_CUTOVERS)
    cutover = selectors.current_cutover(request.actor, one.pk)
    if cutover is None:
        return render(request, "none", one, {"steps": shown.stepper_of(None, None)})
    return render(request, "way", one, _way(request, cutover, one), cutover=cutover)


def _way(request: Request, cutover: Cutover, school: School) -> dict[str, object]:
    actor = request.actor
    may_run = held_on(actor, RUN_CUTOVERS, school) and cutover.is_live
    counted = selectors.reconciliation(actor, cutover)
    lists = selectors.lists_of(cutover)
    record = selectors.record_of(cutover)
    has_classes = any(line.is_there and line.key != selectors.UNPLACED for line in counted.classes)
    return {
        "steps": shown.stepper_of(cutover, counted, has_lists=bool(lists)),
        "list_steps": shown.list_steps(lists, may_run=may_run, has_classes=has_classes),
        "others": shown.others_of(actor, cutover, lists) if may_run else [],
        "progress": shown.progress(cutover, counted),
        "waiting": selectors.unwritten(lists),
        "record": record,
        "changed": len(changed_since(record.content, counted)) if record else 0,
        "is_live": cutover.is_live,
        "is_submitted": cutover.state == CutoverState.SUBMITTED,
        "is_signed": cutover.state == CutoverState.SIGNED,
        "practice_url": reverse("cutover:practice", args=[cutover.uuid])
        if settings.DEMO_MODE
        else "",
        "submit_form": SubmitForm(initial={"version": cutover.version}),
    }


@page(RUN_CUTOVERS)
def begin(request: Request, code: str) -> HttpResponse:
    """Begin a move-over."""
    one = get_school_for(request.actor, code, RUN_CUTOVERS)
    form = BeginForm(
        request.POST or None,
        initial={"on": request.actor.today, "responsible": request.actor.label},
    )
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.begin(
                actor=request.actor, school_id=one.pk, now=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("Begun. Lists you load from now on count in."))
            return done(request, school_page(one))
    return render(request, "begin", one, {"form": form}, title=_("Begin a move-over"))


@page(RUN_CUTOVERS, methods=("POST",))
def count_in(request: Request, uuid: UUID) -> HttpResponse:
    """Count a list in that was loaded before."""
    cutover, one = found(request.actor, uuid, RUN_CUTOVERS)
    form = ListForm(request.POST)
    if form.is_valid():
        actions.count_in(
            actor=request.actor, uuid=cutover.uuid, now=clock.now(), **form.cleaned_data
        )
        messages.success(request, _("The list counts in."))
    return done(request, school_page(one))


@page(RUN_CUTOVERS, methods=("POST",))
def leave_out(request: Request, uuid: UUID) -> HttpResponse:
    """Count a list no longer in."""
    cutover, one = found(request.actor, uuid, RUN_CUTOVERS)
    form = ListForm(request.POST)
    if form.is_valid():
        actions.leave_out(
            actor=request.actor, uuid=cutover.uuid, now=clock.now(), **form.cleaned_data
        )
        messages.success(request, _("The list no longer counts in. What it wrote stays."))
    return done(request, school_page(one))


@page(RUN_CUTOVERS)
def abandon(request: Request, uuid: UUID) -> HttpResponse:
    """Give a move-over up."""
    cutover, one = found(request.actor, uuid, RUN_CUTOVERS)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.abandon(actor=request.actor, uuid=uuid, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("Move-over given up. What its lists wrote stays."))
            return done(request, school_page(one))
    context = {
        "form": form,
        "verb": _("Give the move-over up"),
        "text": _("What the lists wrote stays in the records. Totals and explanations are closed."),
    }
    title = _("Give the move-over up")
    return render(request, "reason", one, context, title=title, cutover=cutover)


@page(RUN_CUTOVERS, methods=("GET",))
def practice(request: Request, uuid: UUID) -> HttpResponse:
    """Download files to try a move-over with; a route of the demo alone."""
    cutover, one = found(request.actor, uuid, RUN_CUTOVERS)
    content = practice_files(request.actor, cutover)
    name = file_name(_("Files of the old product %(code)s") % {"code": one.code}, "zip")
    return download(content, name=name, media_type=ZIP)
