"""Where the page sends comments, several at once; each has its own answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse

from khuevan.kernel import clock
from khuevan.kernel.clock import VIETNAM
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.platform.accounts.api import Person
from khuevan.school.remarks.actions import Entry, save_remarks
from khuevan.school.remarks.actions.saving import Answer, Outcome
from khuevan.school.remarks.errors import NotRead
from khuevan.school.remarks.models import LONGEST_TEXT, Source, State
from khuevan.school.remarks.pages.sheet import when
from khuevan.school.remarks.permissions import WRITE_REMARKS
from khuevan.ui.page import page
from khuevan.ui.request import Request

MOST = 100
BECAUSE = "who wrote a comment of a class that the actor writes on"


@page(WRITE_REMARKS, methods=("POST",))
def save(request: Request, uuid: UUID, period: int) -> HttpResponse:
    """Save the comments that were sent."""
    try:
        entries = _read(request.POST.get("entries", ""))
        answers = save_remarks(
            actor=request.actor, uuid=uuid, period=period, entries=entries, now=clock.now()
        )
    except NotFound:
        raise
    except DomainError as error:
        status = 400 if isinstance(error, NotRead) else 403
        return JsonResponse({"code": error.code, "message": str(error)}, status=status)
    names = _names(answers)
    return JsonResponse(
        {
            "answers": [_answer(one, names) for one in answers],
            "at": f"{clock.now().astimezone(VIETNAM):%H:%M}",
        }
    )


def _read(sent: str) -> list[Entry]:
    """Return the entries that the page sent.

    :raises NotRead:
    """
    try:
        told = json.loads(sent)
        if not isinstance(told, list) or not 0 < len(told) <= MOST:
            raise NotRead
        return [_entry(one) for one in told]
    except (KeyError, TypeError, ValueError) as error:
        raise NotRead from error


def _entry(one: dict[str, Any]) -> Entry:
    text, base = str(one["text"]), one["base"]
    if len(text) > LONGEST_TEXT or "\x00" in text:
        raise NotRead
    if isinstance(base, bool) or not isinstance(base, int) or not 0 <= base < 2**15:
        raise NotRead
    return Entry(UUID(str(one["student"])), text, State(one["state"]), Source(one["source"]), base)


def _names(answers: Sequence[Answer]) -> dict[int, str]:
    strange = {
        one.standing.by_id
        for one in answers
        if one.outcome is Outcome.CONFLICT and one.standing and one.standing.by_id
    }
    people = Person.objects.unscoped(because=BECAUSE).filter(pk__in=strange) if strange else ()
    return {one.pk: one.full_name for one in people}


def _answer(one: Answer, names: dict[int, str]) -> dict[str, Any]:
    there = one.standing
    told: dict[str, Any] = {
        "student": str(one.entry.student),
        "outcome": one.outcome,
        "version": there.version if there else 0,
        "text": there.text if there else "",
        "state": int(there.state) if there else 0,
        "words": [{"word": each.shown, "place": each.place} for each in one.words],
        "told": [each.shown for each in one.told],
        "same_as": one.same_as,
        "longest": one.longest,
    }
    if one.outcome is Outcome.CONFLICT and there:
        told |= {"by": names.get(there.by_id or 0, ""), "at": when(there.at)}
    return told
