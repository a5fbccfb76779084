"""The /design pages: the component board and whole specimens, open to anyone: no data."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from khuevan.kernel.actor import PUBLIC
from khuevan.ui.design import SPECIMENS
from khuevan.ui.design.board import context
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request


@page(PUBLIC, methods=("GET",))
def design(request: Request) -> HttpResponse:
    """Show every component in every state."""
    return render_page(request, "ui/design/board.html", {**context(), "specimens": list(SPECIMENS)})


@page(PUBLIC, methods=("GET",))
def specimen(request: Request, name: str) -> HttpResponse:
    """Show one whole page as it should look, in a sample shell of its own."""
    if name not in SPECIMENS:
        raise Http404
    template, data = SPECIMENS[name]
    return render(request, template, data())
