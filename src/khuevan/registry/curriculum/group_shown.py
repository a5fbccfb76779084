"""Groups in words: what stands in their list, what is wrong with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from khuevan.registry.curriculum.group_rules import GroupFault, GroupFaultKind, group_faults
from khuevan.registry.curriculum.models import PlanKind
from khuevan.registry.curriculum.plan_rules import weekly
from khuevan.registry.curriculum.selectors.groups import Group
from khuevan.registry.curriculum.shown import periods_words


def fault_lines(groups: Sequence[Group]) -> dict[int, list[str]]:
    """Return what is wrong with each group, in sentences, by group."""
    names = {one.id: one.name for one in groups}
    found: defaultdict[int, list[str]] = defaultdict(list)
    for fault in group_faults([one.facts for one in groups]):
        found[fault.group].append(_words(fault, names))
    return found


def group_line(one: Group, terms: tuple[int, int], faults: Sequence[str]) -> dict[str, Any]:
    """Return what the list of groups shows of one."""
    return {
        "uuid": one.uuid,
        "name": one.name,
        "subject": one.subject_label,
        "kind": "" if one.kind == PlanKind.COMPULSORY else PlanKind(one.kind).label,
        "classes": ", ".join(one.class_names),
        "pupils": len(one.student_ids),
        "teacher": one.teacher_name,
        "block": one.block,
        "weekly": periods_words(weekly(one.weeks, terms)) if any(one.weeks) else "",
        "faults": faults,
    }


def _words(fault: GroupFault, names: Mapping[int, str]) -> str:
    words = {"count": fault.count, "group": names.get(fault.other or 0, "")}
    return _FAULTS[fault.kind]() % words


_FAULTS = {
    GroupFaultKind.EMPTY: lambda: _("No pupil yet"),
    GroupFaultKind.NO_TEACHER: lambda: _("No teacher yet"),
    GroupFaultKind.UNPLANNED: lambda: _("Not in the plans of its classes"),
    GroupFaultKind.PUPILS_TWICE: lambda: _("%(count)s pupils are in %(group)s too"),
    GroupFaultKind.TEACHER_TWICE: lambda: _("Its teacher has %(group)s at the same time"),
    GroupFaultKind.UNEVEN_BLOCK: lambda: _("Not as many periods as %(group)s of the same block"),
}
