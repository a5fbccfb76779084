"""Reading move-overs and their reconciliation for somebody: figures, never a pupil's name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.db.models import Count as CountOf
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.platform.sheets.api import ImportState
from khuevan.registry.cutover import rules
from khuevan.registry.cutover.models import (
    ClassNameMemory,
    Cutover,
    CutoverExplanation,
    CutoverList,
    CutoverRecord,
    CutoverState,
    CutoverTotal,
    Part,
)
from khuevan.registry.cutover.permissions import RUN_CUTOVERS, SIGN_CUTOVERS, VIEW_CUTOVERS
from khuevan.registry.cutover.rules import Count, Line, Named
from khuevan.registry.schools.api import (
    HomeroomClass,
    grade_label,
    grade_levels,
)
from khuevan.registry.staff.api import Appointment, Position
from khuevan.registry.students.api import ClassPlacement, Enrollment, StudyBreak

REACHED = "of move-overs that were reached through a scope"
MAJORITY = ("", "01", "55")
"""Not of a minority: nothing recorded, Kinh, foreigners."""
UNPLACED = "-"
"""The key of the line of pupils who sit in no class."""
SAID = "…"
"""In place of a sentence that is the school's own: a line stands as explained by it."""


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A school's own totals beside the records, line by line."""

    classes: Sequence[Line] = ()
    grades: Sequence[Line] = ()
    staff: Sequence[Line] = ()
    school: Sequence[Line] = ()

    @property
    def lines(self) -> list[Line]:
        """Return what is compared: all classes, and what else the school gave a total of."""
        asked = [*self.school, *self.grades, *self.staff]
        return [*self.classes, *(line for line in asked if line.own is not None)]

    @property
    def open(self) -> list[Line]:
        """Return the lines that nobody has settled: they differ, or lack the school's total."""
        return [line for line in self.lines if not line.is_settled]

    @property
    def differing(self) -> list[Line]:
        """Return the lines that differ, explained or not."""
        return [line for line in self.lines if line.differs]


@dataclass(slots=True)
class _Counted:
    """What the records count of one school on its day."""

    classes: dict[str, Count] = field(default_factory=dict)
    grades: dict[str, Count] = field(default_factory=dict)
    staff: dict[str, Count] = field(default_factory=dict)
    whole: Count = rules.NOBODY


def cutovers(actor: Actor, permission: Permission = VIEW_CUTOVERS) -> ScopedQuerySet[Cutover]:
    """Return the move-overs in reach, newest first."""
    rows: ScopedQuerySet[Any] = Cutover.objects.visible_to(actor, permission)
    return rows.select_related("school", "academic_year").order_by("-id")


def get_cutover_for(actor: Actor, uuid: UUID, permission: Permission = VIEW_CUTOVERS) -> Cutover:
    """Return the move-over with this id or raise `NotFound`."""
    return cutovers(actor, permission).one(uuid)


def current_cutover(
    actor: Actor, school_id: int, permission: Permission = VIEW_CUTOVERS
) -> Cutover | None:
    """Return a school's move-over that goes on, else its latest that was not given up."""
    rows = cutovers(actor, permission).filter(school_id=school_id)
    rows = rows.exclude(state=CutoverState.ABANDONED)
    return rows.order_by(F("ended_at").desc(nulls_first=True), "-id").first()


def lists_of(cutover: Cutover) -> list[CutoverList]:
    """Return the lists of a move-over the caller has reached, in the order they came."""
    rows = CutoverList.objects.unscoped(because=REACHED).filter(cutover=cutover)
    return list(rows.select_related("sheet_import__owner", "sheet_import__file").order_by("id"))


def record_of(cutover: Cutover) -> CutoverRecord | None:
    """Return what was signed of a move-over the caller has reached, unless it was withdrawn."""
    rows = CutoverRecord.objects.unscoped(because=REACHED)
    return rows.filter(cutover=cutover, withdrawn_at__isnull=True).first()


def get_record_for(
    actor: Actor, uuid: UUID, permission: Permission = RUN_CUTOVERS
) -> CutoverRecord:
    """Return what was signed, withdrawn or not, or raise `NotFound`."""
    rows: ScopedQuerySet[Any] = CutoverRecord.objects.visible_to(actor, permission)
    found: CutoverRecord = rows.select_related("cutover__school", "cutover__academic_year").one(
        uuid
    )
    return found


def remembered_names(school_id: int) -> dict[str, str]:
    """Return how a school writes its classes, as confirmed; the caller has reached the school."""
    rows = ClassNameMemory.objects.unscoped(because=REACHED).filter(school_id=school_id)
    return dict(rows.values_list("matches", flat=True).first() or {})


def reconciliation(actor: Actor, cutover: Cutover) -> Reconciliation:
    """Return a move-over's reconciliation on its day, as the records stand now."""
    return reconciliations(actor, [cutover])[cutover.pk]


def reconciliations(actor: Actor, rows: Collection[Cutover]) -> dict[int, Reconciliation]:
    """Return the reconciliations of move-overs in reach by their keys, in a few queries for all."""
    chosen = {one.pk: one for one in rows}
    known = _known_classes(chosen)
    counted = _counted(actor, list(chosen))
    own: defaultdict[tuple[int, str], dict[str, tuple[str, Count]]] = defaultdict(dict)
    totals = CutoverTotal.objects.unscoped(because=REACHED).filter(cutover__in=chosen)
    for row in totals.order_by("pk"):
        figures = Count(row.total, row.female, row.minority)
        own[row.cutover_id, row.part][row.key] = (row.name, figures)
    said: defaultdict[tuple[int, str], dict[str, rules.Said]] = defaultdict(dict)
    explained = CutoverExplanation.objects.unscoped(because=REACHED).filter(cutover__in=chosen)
    for one in explained.order_by("pk"):
        told = rules.Said(one.sentence, tuple(one.difference))
        said[one.cutover_id, one.part][one.key] = told
    within = [actor.reach(right, "school") for right in (RUN_CUTOVERS, SIGN_CUTOVERS)]
    found = {
        pk: _reconciled(
            counted[pk],
            known[pk],
            {part: own[pk, part] for part in Part.values},
            {part: said[pk, part] for part in Part.values},
        )
        for pk in chosen
    }
    return {
        pk: one if any(chosen[pk].school_id in each for each in within) else _for_offices(one)
        for pk, one in found.items()
    }


def _for_offices(found: Reconciliation) -> Reconciliation:
    """Return it without words the school typed: what its records lack may bear a child's name."""

    def shown(lines: Sequence[Line]) -> list[Line]:
        plain = [replace(one, explained=one.explained and SAID, said_before="") for one in lines]
        return [
            line if line.is_there else replace(line, key=f"~{place}", name="")
            for place, line in enumerate(plain)
        ]

    return Reconciliation(*map(shown, (found.classes, found.grades, found.staff, found.school)))


def _reconciled(
    counted: _Counted,
    known: Mapping[str, Named],
    own: Mapping[str, Mapping[str, tuple[str, Count]]],
    said: Mapping[str, Mapping[str, rules.Said]],
) -> Reconciliation:
    def lines(part: str, named: Mapping[str, Named], counts: Mapping[str, Count]) -> list[Line]:
        return rules.reconcile(part, known=named, recorded=counts, own=own[part], said=said[part])

    rooms = dict(known)
    if counted.classes.get(UNPLACED, rules.NOBODY).total:
        rooms[UNPLACED] = Named(UNPLACED, "", order="~~")
    grades = {
        one.code: Named(one.code, grade_label(one.code, one.name), f"{one.position:02d}")
        for one in grade_levels()
        if one.code in counted.grades or one.code in own[Part.GRADE]
    }
    positions = {
        code: Named(code, str(label), f"{place:02d}")
        for place, (code, label) in enumerate(Position.choices)
        if code in counted.staff or code in own[Part.STAFF]
    }
    return Reconciliation(
        classes=lines(Part.CLASS, rooms, counted.classes),
        grades=lines(Part.GRADE, grades, counted.grades),
        staff=lines(Part.STAFF, positions, counted.staff),
        school=lines(Part.SCHOOL, {"": Named("", "")}, {"": counted.whole}),
    )


def _known_classes(chosen: Mapping[int, Cutover]) -> dict[int, dict[str, Named]]:
    """Return the classes each school had on its day, by match name."""
    rows = HomeroomClass.objects.unscoped(because=REACHED).filter(
        school__cutovers__in=chosen,
        academic_year=F("school__cutovers__academic_year"),
    )
    wanted = rows.annotate(of=F("school__cutovers"), on=F("school__cutovers__on"))
    found: defaultdict[int, dict[str, Named]] = defaultdict(dict)
    for one in wanted.order_by("sort_key", "pk"):
        if one.of in chosen and (one.closed_on is None or one.closed_on > one.on):
            found[one.of][one.match_name] = Named(one.match_name, one.name, one.sort_key)
    return found


def _held(path: str) -> Q:
    """Return the condition that a period holds on the day of its school's move-over."""
    day = F(f"{path}cutovers__on")
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))


def _figures(person: str = "person") -> dict[str, Any]:
    """Return how people are counted: all, girls, those of ethnic minorities."""
    minority = ~Q(**{f"{person}__ethnicity_code__in": MAJORITY})
    return {
        "total": CountOf("pk"),
        "female": CountOf("pk", filter=Q(**{f"{person}__sex": "FEMALE"})),
        "minority": CountOf("pk", filter=minority),
    }


def _counted(actor: Actor, chosen: Sequence[int]) -> dict[int, _Counted]:
    """Count pupils by class and grade, and staff by position, each school on its own day."""
    found: defaultdict[int, _Counted] = defaultdict(_Counted)
    seats = ClassPlacement.objects.visible_to(actor, VIEW_CUTOVERS).filter(
        _held("school__"), school__cutovers__in=chosen
    )
    grade = Coalesce("grade_level__code", "homeroom_class__grade_level__code")
    groups = seats.values_list("school__cutovers", "homeroom_class__match_name", grade)
    for pk, name, code, *figures in groups.annotate(**_figures()).order_by():
        count, one = Count(*figures), found[pk]
        one.classes[name] = one.classes.get(name, rules.NOBODY) + count
        one.grades[code] = one.grades.get(code, rules.NOBODY) + count
    for pk, count in _pupils(actor, chosen).items():
        one = found[pk]
        one.whole = count
        seated = sum(one.classes.values(), rules.NOBODY)
        left = rules.difference(seated, count)
        if left[0]:
            one.classes[UNPLACED] = Count(*left)
    people = Appointment.objects.visible_to(actor, VIEW_CUTOVERS).filter(
        _held("unit__school__"), unit__school__cutovers__in=chosen, is_primary=True
    )
    posts = people.values_list("unit__school__cutovers", "position")
    for pk, position, *figures in posts.annotate(**_figures()).order_by():
        found[pk].staff[position] = Count(*figures)
    return found


def _pupils(actor: Actor, chosen: Sequence[int]) -> dict[int, Count]:
    """Count each school's studying pupils on its day: on the roll, and not on leave."""
    roll = Enrollment.objects.visible_to(actor, VIEW_CUTOVERS).filter(
        _held("school__"), school__cutovers__in=chosen, is_primary=True
    )
    away = StudyBreak.objects.unscoped(because="narrows enrollments in scope").filter(
        Q(starts_on__lte=F("enrollment__school__cutovers__on"))
        & (Q(ends_on__isnull=True) | Q(ends_on__gt=F("enrollment__school__cutovers__on"))),
        enrollment__school__cutovers__in=chosen,
    )
    studying = roll.exclude(pk__in=away.values("enrollment"))
    groups = studying.values_list("school__cutovers").annotate(**_figures()).order_by()
    return {pk: Count(*figures) for pk, *figures in groups}


def unwritten(lists: Iterable[CutoverList]) -> list[str]:
    """Return the files of lists that still wait to be written."""
    waiting = {ImportState.MATCHING, ImportState.CHECKED, ImportState.APPLYING, ImportState.FAILED}
    return _files_in(lists, waiting)


def undoing(lists: Iterable[CutoverList]) -> list[str]:
    """Return the files of lists that are being taken back."""
    return _files_in(lists, {ImportState.UNDOING})


def _files_in(lists: Iterable[CutoverList], states: Collection[str]) -> list[str]:
    return [
        one.file_name
        for one in lists
        if one.sheet_import is not None and one.sheet_import.state in states
    ]
