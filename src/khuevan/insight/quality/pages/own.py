"""The page of a homeroom teacher: what the records of the own class lack."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import ngettext

from khuevan.insight.quality.own import own_faults
from khuevan.insight.quality.permissions import VIEW_OWN_CLASS
from khuevan.ui.formats import number
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request


@page(VIEW_OWN_CLASS, methods=("GET",))
def own_class(request: Request) -> HttpResponse:
    """List the pupils of the own classes whose records are at fault, with what is."""
    pupils = own_faults(actor=request.actor, on=request.actor.today)
    count = len(pupils)
    context = {
        "rows": [
            {
                "name": one.name,
                "url": reverse("students:record", args=[one.uuid]),
                "place": one.place,
                "rules": one.rules,
            }
            for one in pupils
        ],
        "told": ngettext(
            "%(count)s record to look at", "%(count)s records to look at", count
        ) % {"count": number(count)},
    }  # fmt: skip
    return render_page(request, "quality/own_class.html", context)
