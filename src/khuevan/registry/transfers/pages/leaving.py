"""Who is to leave: a pupil of one's own school, found by name, number or code."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from khuevan.registry.transfers import facts, selectors
from khuevan.registry.transfers.pages.frame import case_url
from khuevan.ui.page import render_page
from khuevan.ui.request import Request

MOST = 12
LONGEST = 100


def who_leaves(request: Request) -> HttpResponse:
    """Ask who is to leave and offer whom the words mean, each with the form that opens the case."""
    words = " ".join(request.GET.get("pupil", "")[:LONGEST].split())
    context = {
        "words": words,
        "longest": LONGEST,
        "found": _found(request, words) if words else [],
        "most": MOST,
        "board_url": reverse("transfers:board"),
    }
    return render_page(request, "transfers/leaving.html", context)


def _found(request: Request, words: str) -> list[dict[str, Any]]:
    actor = request.actor
    rows = selectors.pupils_to_send(actor=actor, words=words, most=MOST)
    rooms = facts.classes_of([one.pk for one in rows], on=actor.today)
    cases = selectors.cases_of(actor=actor, students=rows)
    return [
        {
            "name": one.person.full_name,
            "birth_date": one.person.birth_date,
            "room": rooms.get(one.pk, ""),
            "is_open": one.pk in cases,
            "url": case_url(cases[one.pk])
            if one.pk in cases
            else reverse("transfers:leave", args=[one.uuid]),
        }
        for one in rows
    ]
