"""The page that ends something of a teacher: its last day, then back to where it stood."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from khuevan.registry.curriculum.forms import EndWorkForm
from khuevan.registry.schools.api import School, school_frame
from khuevan.ui.page import done, form_status, render_page
from khuevan.ui.request import Request

ONE_DAY = timedelta(days=1)


def end_page(
    request: Request,
    school: School,
    *,
    what: str,
    name: str,
    end: Callable[[date], object],
    said: str,
    to: str,
) -> HttpResponse:
    """Ask for the last day of something that somebody does, and end it on the day after."""
    form = EndWorkForm(request.POST or None, initial={"last_day": request.actor.today})
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            end(form.cleaned_data["last_day"] + ONE_DAY)
            messages.success(request, said)
            return done(request, to)
    context = {
        **school_frame(request, school, "loads"),
        "form": form,
        "form_title": _("%(work)s, %(name)s: ends") % {"work": what, "name": name},
        "submit": _("Save"),
        "cancel_url": to,
    }
    return render_page(request, "schools/form.html", context, status=form_status(request))
