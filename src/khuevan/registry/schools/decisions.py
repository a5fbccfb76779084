"""The decisions on a school as they are kept: those that hold, from when until when, as a line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.registry.schools.models import Matter, School, SchoolDecision
from khuevan.registry.schools.permissions import DECIDE_SCHOOLS
from khuevan.registry.schools.selectors import get_known_school_for
from khuevan.ui.formats import day

_WHY = "decisions on schools are public"


def school_decisions(school_id: int, *, withdrawn: bool = False) -> list[SchoolDecision]:
    """Return the decisions on a school, newest first; those withdrawn only when asked for."""
    rows = SchoolDecision.objects.unscoped(because=_WHY).filter(school_id=school_id)
    if not withdrawn:
        rows = rows.filter(is_withdrawn=False)
    return list(rows.order_by("is_withdrawn", "-decided_on", "-pk"))


def get_decision_for(
    actor: Actor, uuid: UUID, *, code: str | None = None
) -> tuple[School, SchoolDecision]:
    """Return a decision that holds and its school, also one closed or coming, to be put right.

    :raises NotFound: when there is none on a school within reach, or it was withdrawn
    """
    rows = SchoolDecision.objects.unscoped(because="its school is looked up within reach")
    found = rows.filter(uuid=uuid, is_withdrawn=False).select_related("school").first()
    if found is None:
        raise NotFound
    school = get_known_school_for(actor, found.school.code, DECIDE_SCHOOLS)
    if code is not None and school.code != code:
        raise NotFound
    return school, found


def in_force_until(one: SchoolDecision, among: Sequence[SchoolDecision]) -> date | None:
    """Return from when another permission to operate holds instead of one: one at a time."""
    later = [
        other.counts_from
        for other in among
        if other.matter == one.matter == Matter.OPERATION
        and not (other.is_withdrawn or one.is_withdrawn)
        and other.counts_from > one.counts_from
    ]
    return min(later, default=None)


def decision_line(one: SchoolDecision) -> str:
    """Return number, day and signature of a decision as a line."""
    return _("%(number)s of %(day)s, signed by %(who)s") % {
        "number": one.number,
        "day": day(one.decided_on),
        "who": one.signature,
    }
