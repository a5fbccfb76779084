"""Where the sheet sends marks, several cells at once, and asks nothing else.

Every cell has its own answer; a request that is refused as a whole says why in a sentence, and
the page keeps what was typed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.clock import VIETNAM
from khuevan.kernel.errors import DomainError
from khuevan.platform.accounts.api import Person
from khuevan.school.gradebooks.actions import enter_marks
from khuevan.school.gradebooks.actions.entering import Answer, Entered, Entry, Outcome
from khuevan.school.gradebooks.averages import Results
from khuevan.school.gradebooks.cells import read_cell, write_cell
from khuevan.school.gradebooks.models import Gradebook
from khuevan.school.gradebooks.permissions import ENTER_MARKS
from khuevan.school.gradebooks.selectors.books import get_book_for
from khuevan.school.gradebooks.slots import How, content_of
from khuevan.ui.page import page
from khuevan.ui.request import Request

MOST_CELLS = 400
HOWS = {"typed": How.TYPED, "pasted": How.PASTED, "undone": How.UNDONE}
BECAUSE = "who changed a mark of a gradebook that the actor reached"


class Unreadable(Exception):
    """What was sent is not what the page sends."""


@page(ENTER_MARKS, methods=("POST",))
def save(request: Request, uuid: UUID) -> HttpResponse:
    """Write the cells that were sent; answer each, with the averages that follow."""
    try:
        how, sent = _read(request.body)
    except Unreadable:
        return _refused("unreadable", _("What was sent can't be read."), 400)
    book = get_book_for(request.actor, uuid, ENTER_MARKS)
    try:
        entries, wrong = _entries(book, sent)
        entered = enter_marks(
            actor=request.actor, uuid=uuid, entries=list(entries.values()), how=how, now=clock.now()
        )
    except Unreadable:
        return _refused("unreadable", _("What was sent can't be read."), 400)
    except DomainError as error:
        return _refused(error.code, str(error), 403)
    return JsonResponse(
        {
            "cells": [*_answers(book, list(entries), entered), *wrong],
            "averages": {str(student): _shown(found) for student, found in entered.results.items()},
            "at": f"{clock.now().astimezone(VIETNAM):%H:%M}",
        }
    )


def _refused(code: str, message: str, status: int) -> HttpResponse:
    return JsonResponse({"code": code, "message": message}, status=status)


def _read(body: bytes) -> tuple[How, list[dict[str, Any]]]:
    """Return how cells were filled, and the cells, from the body of a request.

    :raises Unreadable:
    """
    try:
        told = json.loads(body)
    except ValueError as error:
        raise Unreadable from error
    cells = told.get("cells") if isinstance(told, dict) else None
    if not isinstance(cells, list) or not 0 < len(cells) <= MOST_CELLS:
        raise Unreadable
    if not all(isinstance(one, dict) for one in cells):
        raise Unreadable
    return HOWS.get(str(told.get("how")), How.TYPED), cells


def _entries(
    book: Gradebook, sent: Iterable[dict[str, Any]]
) -> tuple[dict[str, Entry], list[dict[str, Any]]]:
    """Return the entries by the operation's name, and the answers to those that are no mark.

    :raises Unreadable:
    """
    entries: dict[str, Entry] = {}
    wrong: list[dict[str, Any]] = []
    for one in sent:
        try:
            op, student = str(one["op"])[:40], UUID(str(one["student"]))
            slot, base = _number(one["slot"]), _number(one["base"])
        except (KeyError, ValueError) as error:
            raise Unreadable from error
        try:
            value = read_cell(content_of(book.form, slot), str(one.get("typed", ""))[:20])
        except DomainError as error:
            wrong.append({"op": op, "state": Outcome.INVALID, "message": str(error)})
            continue
        entries[op] = Entry(student, slot, value, base)
    return entries, wrong


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**15:
        raise ValueError(value)
    return value


def _answers(book: Gradebook, ops: list[str], entered: Entered) -> list[dict[str, Any]]:
    strange = {
        one.by_id for one in entered.answers if one.outcome is Outcome.CONFLICT and one.by_id
    }
    people = Person.objects.unscoped(because=BECAUSE).filter(pk__in=strange) if strange else ()
    names = {one.pk: one.full_name for one in people}
    return [_answer(book, op, one, names) for op, one in zip(ops, entered.answers, strict=True)]


def _answer(book: Gradebook, op: str, one: Answer, names: dict[int, str]) -> dict[str, Any]:
    told: dict[str, Any] = {"op": op, "state": one.outcome, "version": one.version}
    if one.value is not None:
        told["value"] = one.value
        told["text"] = write_cell(content_of(book.form, one.entry.slot), one.value)
    if one.outcome is Outcome.CONFLICT:
        told["by"] = names.get(one.by_id or 0, "")
        told["at"] = f"{one.at.astimezone(VIETNAM):%H:%M %d/%m}" if one.at else ""
    return told


def _shown(found: Results) -> list[int | None]:
    return list(found.values)
