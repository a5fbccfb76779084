"""What is frozen when a reconciliation is signed, as plain values."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from khuevan.kernel.actor import Actor
from khuevan.platform.access.api import signs_as
from khuevan.platform.sheets.api import Outcome
from khuevan.registry.cutover.models import Cutover, CutoverList
from khuevan.registry.cutover.rules import Count, Line
from khuevan.registry.cutover.selectors import Reconciliation

FORM = 2
"""Which keys a content has; a reader of old records asks it. 2: `signed_as`, where for the head."""


def content_of(
    cutover: Cutover,
    found: Reconciliation,
    lists: Iterable[CutoverList],
    *,
    signer: Actor,
    at: datetime,
) -> dict[str, Any]:
    """Return the lines, the files and the names of this moment."""
    return {
        "form": FORM,
        "product": cutover.product,
        "on": cutover.on.isoformat(),
        "year": str(cutover.academic_year),
        "responsible": cutover.responsible,
        "submitted_by": cutover.submitted_by,
        "submitted_at": _moment(cutover.submitted_at),
        "signed_by": signer.label,
        "signed_as": signs_as(signer),
        "signed_at": _moment(at),
        "lines": [_line(line) for line in found.lines],
        "lists": [_list(one) for one in lists],
    }


def fingerprint(what: Mapping[str, Any]) -> str:
    """Return the SHA-256 of plain values."""
    text = json.dumps(what, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def looked_at(found: Reconciliation, lists: Iterable[CutoverList]) -> str:
    """Return the fingerprint of what a signer sees: figures, sentences, lists."""
    lines = sorted(found.lines, key=lambda one: (one.part, one.key))
    return fingerprint(
        {"lines": [_line(line) for line in lines], "lists": [_list(one) for one in lists]}
    )


def lines_in(content: Mapping[str, Any]) -> list[Line]:
    """Return the lines of a content that was kept, as they stood."""
    return [
        Line(
            part=one["part"],
            key=one["key"],
            name=one["name"],
            own=Count(*one["own"]) if one["own"] is not None else None,
            recorded=Count(*one["recorded"]),
            order=one["order"],
            explained=one["explained"],
        )
        for one in content["lines"]
    ]


def changed_since(content: Mapping[str, Any], found: Reconciliation) -> list[tuple[Line, Count]]:
    """Return the lines whose figures in the records differ now, with today's."""
    now = {(line.part, line.key): line.recorded for line in found.lines}
    return [
        (line, now.get((line.part, line.key), Count(0, 0, 0)))
        for line in lines_in(content)
        if now.get((line.part, line.key), Count(0, 0, 0)) != line.recorded
    ]


def _line(line: Line) -> dict[str, Any]:
    return {
        "part": line.part,
        "key": line.key,
        "name": line.name,
        "order": line.order,
        "own": list(line.own.figures) if line.own is not None else None,
        "recorded": list(line.recorded.figures),
        "explained": line.explained,
    }


def _list(one: CutoverList) -> dict[str, Any]:
    found = one.sheet_import
    counts = found.counts if found else {}
    return {
        "kind": one.kind,
        "file": one.file_name,
        "sheet": found.sheet_name if found else "",
        "sha256": one.sha256,
        "state": found.state if found else "",
        "rows": counts.get("ALL", 0),
        **{name.lower(): counts.get(name, 0) for name in Outcome.values},
        "by": str(found.owner or "") if found else "",
        "uploaded_at": _moment(found.created_at) if found else "",
        "written_at": _moment(found.ended_at) if found else "",
    }


def _moment(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""
