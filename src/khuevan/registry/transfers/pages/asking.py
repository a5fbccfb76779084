"""What every page that opens a case shares: the form shown, the case asked for, where one goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.registry.transfers.desks import Desk
from khuevan.registry.transfers.models import Transfer
from khuevan.registry.transfers.pages.frame import case_url
from khuevan.ui.forms import Form
from khuevan.ui.page import done, form_status, render_page
from khuevan.ui.request import Request


def asking(
    request: Request,
    desk: Desk,
    form: Form,
    ask: Callable[[], Transfer],
    *,
    title: str,
    **context: Any,
) -> HttpResponse:
    """Show a form of asking, or open the case and go there; a refusal stands beside its field.

    `context` may say `hint`, `back_url`, `other_url`, and as `opened` where one goes with which
    words once the case is open.
    """
    opened: Callable[[Request, Transfer], HttpResponse] = context.pop("opened", _opened)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            return opened(request, ask())
    shown = {
        "hint": "",
        "back_url": reverse(desk.route("board")),
        **context,
        "form": form,
        "title": title,
    }
    return render_page(request, "transfers/ask.html", shown, status=form_status(request))


def _opened(request: Request, transfer: Transfer) -> HttpResponse:
    words = {"name": transfer.full_name}
    text = (
        _("The move of %(name)s has been requested.")
        if transfer.is_of_staff
        else _("The transfer of %(name)s has been requested.")
    )
    messages.success(request, text % words)
    return done(request, case_url(transfer))
