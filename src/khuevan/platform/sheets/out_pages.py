"""Taking a unit's list out as a file in the columns in which it is loaded."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.platform.audit.api import ExportForm, purpose_words
from khuevan.platform.organizations.api import version_of
from khuevan.platform.sheets import actions
from khuevan.platform.sheets.actions.outgoing import XLSX
from khuevan.platform.sheets.importers import Importer
from khuevan.platform.sheets.permissions import USE_IMPORTS
from khuevan.platform.sheets.selectors import outgoing_for
from khuevan.ui.downloads import download
from khuevan.ui.page import form_status, page, render_page
from khuevan.ui.request import Request
from khuevan.ui.tables import FILE_TYPES


@page(USE_IMPORTS)
def take_out(request: Request, kind: str) -> HttpResponse:
    """Ask what the list is for, then give it."""
    importer, unit = outgoing_for(request.actor, kind)
    form = _form(request, importer)
    if request.method == "POST" and form.is_valid():
        layout = form.cleaned_data.get("layout", "")
        chosen = XLSX if layout else form.cleaned_data["kind"]
        taken = actions.take_out(
            actor=request.actor,
            importer=importer,
            unit_id=unit.pk,
            kind=chosen,
            purpose=purpose_words(form.stated),
            layout=layout,
            now=clock.now(),
        )
        name = f"{unit.code}-{importer.word}.{chosen}"
        return download(taken.content, name=name, media_type=FILE_TYPES[chosen])
    version = version_of(unit.pk, on=request.actor.today)
    context = {
        "form": form,
        "title": importer.layouts[0].label,
        "unit_name": version.name if version else "",
    }
    return render_page(request, "sheets/out.html", context, status=form_status(request))


def _form(request: Request, importer: Importer) -> ExportForm:
    """Return the form; where other programs take the list too, it asks in whose layout."""
    form = ExportForm(request.POST or None)
    if importer.outgoing and importer.outgoing.also:
        form.fields["layout"] = forms.ChoiceField(
            label=_("Layout"),
            required=False,
            choices=[
                ("", str(importer.layouts[0].label)),
                *((one.word, importer.layout(one.layout).label) for one in importer.outgoing.also),
            ],
            help_text=_("Another program's workbook is always an Excel file."),
        )
    return form
