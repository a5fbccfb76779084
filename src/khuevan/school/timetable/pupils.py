"""Who sits in the classes and groups of a timetable, as student sets down to parts never divided.

Pupils of one class who are in the same groups are one part; so a pupil is never in two lessons.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from khuevan.kernel.periods import in_force
from khuevan.registry.curriculum.api import Group, TeachingGroup, groups_of
from khuevan.registry.schools.api import HomeroomClass
from khuevan.registry.students.api import ClassPlacement
from khuevan.school.timetable.core.values import StudentSet

BECAUSE = "of a timetable that the caller reached through a scope"


@dataclass(frozen=True, slots=True)
class Pupils:
    """The student sets of a timetable, the names of its groups, and which run at one time."""

    sets: tuple[StudentSet, ...]
    group_names: Mapping[int, str]
    blocks: Mapping[int, str]
    """The block of each group that is in one."""


def pupils_of(classes: Mapping[int, HomeroomClass], group_ids: Collection[int], on: date) -> Pupils:
    """Return who sits in classes and groups on a day: a query, five where there are groups."""
    rows = ClassPlacement.objects.unscoped(because=BECAUSE).filter(
        in_force(on), homeroom_class_id__in=list(classes)
    )
    placed = list(rows.values_list("homeroom_class_id", "student_id"))
    found: list[Group] = []
    if group_ids:
        chosen = TeachingGroup.objects.unscoped(because=BECAUSE).filter(pk__in=group_ids)
        found = groups_of(list(chosen.select_related("person").order_by("name", "pk")), on=on)
    return student_sets({pk: one.name for pk, one in classes.items()}, placed, found)


def student_sets(
    classes: Mapping[int, str], placed: Sequence[tuple[int, int]], groups: Sequence[Group]
) -> Pupils:
    """Return the student sets of classes (names by number) with their pupils, and of groups.

    A group in which nobody is yet stands as a part of its own of each of its classes.
    """
    taken = set(classes.values())
    names = {one.id: _free_name(one.name, taken) for one in groups}
    parts: defaultdict[int, Counter[tuple[int, ...]]] = defaultdict(Counter)
    for class_id, student_id in placed:
        parts[class_id][tuple(one.id for one in groups if student_id in one.student_ids)] += 1
    for one in groups:
        if not one.student_ids:
            for class_id in one.class_ids:
                parts[class_id][one.id,] += 0
    sets, of_group = [], defaultdict[int, list[StudentSet]](list)
    for class_id, name in classes.items():
        found = parts[class_id]
        if not any(found):
            sets.append(StudentSet(name, found.total()))
            continue
        atoms = []
        for members, count in sorted(found.items()):
            told = ", ".join(names[one] for one in members) or _("no group")
            atom = StudentSet(f"{name} ({told})", count)
            atoms.append(atom)
            for member in members:
                of_group[member].append(atom)
        sets.append(StudentSet(name, found.total(), tuple(atoms)))
    sets += [
        StudentSet(names[one.id], sum(atom.size for atom in of_group[one.id]), tuple(atoms))
        for one in groups
        if (atoms := of_group[one.id])
    ]
    return Pupils(tuple(sets), names, {one.id: one.block for one in groups if one.block})


def _free_name(name: str, taken: set[str]) -> str:
    """Return a name that no other set bears."""
    told = name
    while told in taken:
        told = _("group %(name)s") % {"name": told}
    taken.add(told)
    return told
