"""What a constraint asks for, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from khuevan.school.timetable.core.engine import kinds
from khuevan.school.timetable.core.values import Constraint, On

EVERYBODY = {
    On.TEACHERS: _("every teacher"),
    On.STUDENTS: _("every class"),
    On.ROOMS: _("every room"),
    On.LESSONS: _("every lesson"),
}


def describe(constraint: Constraint) -> str:
    """Return what a constraint asks for, as a sentence in the reader's language."""
    if constraint.kind not in kinds:
        return constraint.source or constraint.kind
    facts: dict[str, Any] = _Facts(constraint.parameters)
    lessons = constraint.numbers("lessons")
    facts["who"] = ", ".join(constraint.names) or str(EVERYBODY[constraint.on])
    facts["lessons"] = ", ".join(map(str, lessons))
    facts["rooms"] = ", ".join(constraint.texts("rooms"))
    facts.update(zip(("first", "second"), lessons, strict=False))
    sentence = str(kinds.get(constraint.kind).says) % facts
    return sentence[:1].upper() + sentence[1:]


class _Facts(dict[str, Any]):
    """Facts of which a missing one is told by a dash."""

    def __missing__(self, _key: str) -> str:
        return "–"
