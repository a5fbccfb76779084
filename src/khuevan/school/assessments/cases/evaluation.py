"""Answering a list of cases: one answer each, in its place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from khuevan.school.assessments.cases import primary, secondary
from khuevan.school.assessments.cases.reading import Node, UnreadableCase
from khuevan.school.assessments.errors import CasesRefused

Value = TypeVar("Value")
REGULATIONS = {"TT22-2021": secondary.KINDS, "TT27-2020": primary.KINDS}
LONGEST = 18
BIGGEST = 256 * 1024 * 1024
"""A file of cases may have so many bytes."""


def read_cases(path: Path) -> list[Any]:
    """Return the cases of a file as they are written.

    :raises CasesRefused: when it is not there, too big, or no list
    """
    name = str(path)
    try:
        if path.stat().st_size > BIGGEST:
            raise CasesRefused(file=name, reason=_("it is bigger than 256 MB"))
        found = json.loads(path.read_bytes().decode("utf-8-sig"), parse_int=_whole)
    except OSError as error:
        raise CasesRefused(file=name, reason=error.strerror or str(error)) from error
    except json.JSONDecodeError as error:
        reason = _("no JSON in line %(line)d, column %(column)d")
        place = {"line": error.lineno, "column": error.colno}
        raise CasesRefused(file=name, reason=reason % place) from error
    except (RecursionError, ValueError) as error:
        raise CasesRefused(file=name, reason=_("this is no JSON in UTF-8")) from error
    if not isinstance(found, list):
        raise CasesRefused(file=name, reason=_("a list of cases is wanted"))
    return found


def evaluate(cases: Iterable[Any], *, with_why: bool = False) -> list[dict[str, Any]]:
    """Answer each case with its `result`, or with an `error`; `why` tells the steps where asked."""
    return [_answer(case, with_why=with_why) for case in cases]


def _answer(case: Any, *, with_why: bool) -> dict[str, Any]:
    name = case.get("id") if isinstance(case, Mapping) else None
    try:
        read = Node(case, "case")
        name = read["id"].text()
        answer = _named(read["kind"], _named(read["regulation"], REGULATIONS))
        given = Node(read["input"].value, "input")
        result, why = answer(given)
        given.close()
    except UnreadableCase as fault:
        return {"id": name, "error": str(fault)}
    told = {"why": [str(step) for step in why]} if with_why else {}
    return {"id": name, "result": result, **told}


def _named(node: Node, known: Mapping[str, Value]) -> Value:
    """Return what stands under the name that a case gives."""
    found = known.get(node.text())
    if found is None:
        node.fail(_("one of %(known)s is wanted") % {"known": ", ".join(known)})
    return found


def _whole(written: str) -> int | str:
    """Return a whole number; one with more digits than any case needs stays a text."""
    return int(written) if len(written) <= LONGEST else written
