"""The page on which the unknown names of a list are matched, each once."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext

from khuevan.kernel import clock
from khuevan.kernel.errors import NotFound
from khuevan.platform.sheets import actions
from khuevan.platform.sheets.checking import faults_of
from khuevan.platform.sheets.errands import errand_of
from khuevan.platform.sheets.frames import steps_of
from khuevan.platform.sheets.importers import importers
from khuevan.platform.sheets.models import ImportState, NameMatch
from khuevan.platform.sheets.name_forms import NamesForm
from khuevan.platform.sheets.names import WHY, UnknownName, unknown_names
from khuevan.platform.sheets.permissions import USE_IMPORTS
from khuevan.platform.sheets.selectors import get_import_for, refused_rows
from khuevan.ui.page import form_status, page, render_page
from khuevan.ui.request import Request


@page(USE_IMPORTS)
def names(request: Request, uuid: UUID) -> HttpResponse:
    """Say what each name means that nobody and nothing of the unit is called by."""
    sheet_import = get_import_for(request.actor, uuid)
    importer = importers.get(sheet_import.kind)
    if not importer.name_kinds:
        raise NotFound
    if not sheet_import.is_open or sheet_import.state == ImportState.MATCHING:
        return redirect("sheets:import", uuid=uuid)
    faults = faults_of(refused_rows(sheet_import))
    day = sheet_import.on or request.actor.today
    choices = {
        kind.code: kind.choices(request.actor, sheet_import.unit_id, day)
        for kind in importer.name_kinds
    }
    found: list[UnknownName] = []
    for kind in importer.name_kinds:
        found += unknown_names(kind, faults, choices[kind.code])
    is_sent = request.method == "POST"
    form = NamesForm(request.POST if is_sent else None, names=found, choices=choices)
    if is_sent and form.is_valid():
        with form.domain_errors():
            chosen = form.chosen()
            actions.match_names(actor=request.actor, uuid=uuid, chosen=chosen, now=clock.now())
            count = len(chosen)
            told = ngettext("%(count)s name matched.", "%(count)s names matched.", count)
            messages.success(request, told % {"count": count})
            return redirect("sheets:import", uuid=uuid)
    groups = [
        {"kind": kind, "asked": asked, "choices": choices[kind.code]}
        for kind in importer.name_kinds
        if (asked := list(form.asked(kind)))
    ]
    labels = {(code, one.value): one.label for code, told in choices.items() for one in told}
    kept = NameMatch.objects.unscoped(because=WHY).filter(
        unit_id=sheet_import.unit_id, importer=importer.words_of
    )
    context = {
        "sheet_import": sheet_import,
        "title": importer.label,
        "form": form,
        "groups": groups,
        "kept": [
            {"id": one.pk, "text": one.text, "meaning": labels.get((one.kind, one.meaning), "–")}
            for one in kept.order_by("kind", "text")
        ],
        "steps": steps_of(sheet_import, 1),
        "errand": errand_of(request.actor, sheet_import),
    }
    return render_page(request, "sheets/names.html", context, status=form_status(request))


@page(USE_IMPORTS, methods=("POST",))
def forget(request: Request, uuid: UUID, match_id: int) -> HttpResponse:
    """Forget what a name was matched with."""
    actions.forget_name(actor=request.actor, uuid=uuid, match_id=match_id, now=clock.now())
    return redirect("sheets:names", uuid=uuid)
