"""One form on a page of its own: asked, done, answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse

from khuevan.registry.staff.frame import Record, record_frame
from khuevan.ui.forms import Form
from khuevan.ui.page import done, form_status, render_page
from khuevan.ui.request import Request


def asked(
    request: Request,
    record: Record,
    form: Form,
    *,
    title: str,
    submit: str,
    act: Callable[[dict[str, Any]], str],
    to: str,
    current: str = "overview",
    danger: bool = False,
    note: str = "",
) -> HttpResponse:
    """Show a form in the frame of a record; when it is sent well, do it and say so."""
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            messages.success(request, act(form.cleaned_data))
            return done(request, to)
    context = {
        **record_frame(request, record, current),
        "menu": [],
        "form": form,
        "title": title,
        "submit": submit,
        "cancel_url": to,
        "danger": danger,
        "note": note,
    }
    return render_page(request, "staff/form.html", context, status=form_status(request))
