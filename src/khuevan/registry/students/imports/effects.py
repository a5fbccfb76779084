"""What a list makes of a school: how full its classes get, from which day, what can be undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force
from khuevan.platform.sheets.api import (
    Consequences,
    Effects,
    GroupSize,
    Outcome,
    PlannedRow,
    Promises,
    format_date,
)
from khuevan.registry.schools.api import class_sort_key
from khuevan.registry.students.imports.classes import promised_classes
from khuevan.registry.students.imports.norms import move_of, norms_of, rooms_of, sizes_of
from khuevan.registry.students.imports.wanted import CLASS
from khuevan.registry.students.models import Enrollment
from khuevan.registry.students.permissions import IMPORT_STUDENTS


def measure(planned: Sequence[PlannedRow]) -> dict[str, Any]:
    """Sum the rows up: who comes to which class and who leaves it, from which day."""
    coming: Counter[int] = Counter()
    leaving: Counter[int] = Counter()
    moved = 0
    for plan in planned:
        came_from, goes_to = move_of(plan)
        moved += plan.outcome == Outcome.CHANGED and goes_to is not None
        coming.update([goes_to] if goes_to is not None else [])
        leaving.update([came_from] if came_from is not None else [])
    days = sorted(
        (plan.values.get("new") or plan.values["arrival"]).starts_on.isoformat()
        for plan in planned
        if plan.outcome == Outcome.NEW
    )
    return {
        "classes": {str(pk): [coming[pk], leaving[pk]] for pk in coming | leaving},
        "new": len(days),
        "days": [days[0], days[-1]] if days else [],
        "moved": moved,
        "corrected": sum(
            plan.outcome == Outcome.CHANGED
            and bool(plan.values["correction"].changes.keys() - {CLASS})
            for plan in planned
        ),
    }


def tell(
    *, actor: Actor, unit_id: int, measured: dict[str, Any], promises: Promises, on: date
) -> Consequences:
    """Tell how full the classes get, as the records stand now."""
    promised = promised_classes(promises)
    rooms = rooms_of(actor, unit_id, promised)
    sizes = sizes_of(actor, unit_id, on)
    norms = norms_of(unit_id, rooms, on)
    groups = []
    for text, (coming, leaving) in measured["classes"].items():
        key = int(text)
        if key not in rooms:
            continue
        norm = norms.get(key)
        groups.append(
            GroupSize(
                name=rooms[key].name,
                before=sizes[key],
                after=sizes[key] + coming - leaving,
                limit=norm.limit if norm else None,
                rule=norm.regulation if norm else "",
                is_new=key in promised,
            )
        )
    roll = Enrollment.objects.visible_to(actor, IMPORT_STUDENTS)
    before = roll.filter(in_force(on), school_id=unit_id).count()
    return Consequences(
        heading=gettext_lazy("Class"),
        groups=sorted(groups, key=lambda one: class_sort_key(0, one.name)),
        total=GroupSize(_("Whole school"), before, before + measured["new"]),
        dates=_dates(measured, on),
    )


def _dates(measured: dict[str, Any], on: date) -> list[tuple[str, str]]:
    """Return what takes effect when; what does not happen is not told."""
    told = []
    if measured["days"]:
        first, last = (format_date(date.fromisoformat(day)) for day in measured["days"])
        days = (
            first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}
        )
        told.append((_("New pupils enter the school on"), days))
    if measured["moved"]:
        told.append((_("Pupils sit in their new class from"), format_date(on)))
    if measured["corrected"]:
        told.append((_("Corrected facts hold"), _("as soon as they are written")))
    return told


EFFECTS = Effects(measure=measure, tell=tell)
