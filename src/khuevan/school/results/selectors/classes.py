"""Reading a class's year: each pupil's subjects, levels with their reasons, what people decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import in_force
from khuevan.registry.schools.api import HomeroomClass
from khuevan.registry.students.api import ClassPlacement
from khuevan.school.assessments.api import (
    AssessmentRules,
    Book,
    Conduct,
    Level,
    Promotion,
    Study,
    SubjectResult,
    assessment_rules,
    conduct_year,
    promotion,
    study_result,
    year_title,
)
from khuevan.school.assessments.api import Awarded as Titled
from khuevan.school.assessments.api import Stage as Asked
from khuevan.school.gradebooks.api import Arrangement, ArrangementKind, Gradebook
from khuevan.school.gradebooks.api import SubjectResult as Kept
from khuevan.school.results.models import Origin, Scheme, Settlement, Stage, YearResult
from khuevan.school.results.subjects import Subject, subjects_of

BECAUSE = "of a class that the actor reached"
ONE_DAY = timedelta(days=1)
PERIODS = ("term_1", "term_2", "annual", "final")


@dataclass(slots=True)
class PupilYear:
    """A pupil of a class: results by period, levels with reasons, what was decided."""

    student_id: int
    uuid: UUID
    name: str
    grade: str
    results: Mapping[str, list[SubjectResult]]
    row: YearResult | None = None
    has_plan: bool = False
    study: Mapping[str, Study] = field(default_factory=dict)
    conduct: Conduct = Conduct(None, None)
    promotion: Promotion | None = None
    titled: Titled | None = None

    @property
    def absences(self) -> int | None:
        """Return the sessions missed, with and without leave."""
        row = self.row
        if row is None or row.absent_excused is None or row.absent_unexcused is None:
            return None
        return row.absent_excused + row.absent_unexcused

    def missing(self, period: str) -> list[str]:
        """Return the subjects without a result."""
        return [one.id for one in self.results[period] if one.counts and one.is_missing]


@dataclass(slots=True)
class ClassYear:
    """A class's year as it stands: subjects, pupils, by which rules, what is settled."""

    room: HomeroomClass
    scheme: Scheme
    rules: AssessmentRules | None
    subjects: Sequence[Subject]
    pupils: list[PupilYear]
    settlements: Mapping[int, Settlement]
    is_stored: bool = False
    """Whether the year is shown as it was stored, and not reckoned."""


def rules_for(room: HomeroomClass) -> AssessmentRules | None:
    """Return by which circular a class is assessed; None for a nursery or where none is known."""
    code = room.grade_level.code
    if not code.isdigit():
        return None
    try:
        return assessment_rules(room.grade_level.level, int(code), room.academic_year)
    except NotFound:
        return None


def scheme_of(rules: AssessmentRules | None) -> Scheme:
    """Return what levels of these rules mean."""
    if rules is None:
        return Scheme.SECONDARY
    return {Book.PRIMARY: Scheme.PRIMARY, Book.EARLIER: Scheme.EARLIER}.get(
        rules.rules.book, Scheme.SECONDARY
    )


def day_in_year(room: HomeroomClass, on: date) -> date:
    """Return a day, or the last or first of the class's year where it lies outside."""
    year = room.academic_year
    return min(max(on, year.starts_on), year.ends_on - ONE_DAY)


def class_year(room: HomeroomClass, on: date, *, student_id: int | None = None) -> ClassYear:
    """Return the year of a class that the caller reached, of one pupil or of all: eight queries."""
    rules = rules_for(room)
    books = list(
        Gradebook.objects.unscoped(because=BECAUSE).filter(homeroom_class=room).order_by("pk")
    )
    subjects = subjects_of(books)
    places = _places(room, on, student_id)
    rows = YearResult.objects.unscoped(because=BECAUSE).filter(homeroom_class=room)
    kept = {one.student_id: one for one in rows}
    values = _values(room, books, [one.student_id for one in places])
    exempt, planned = _arrangements(room, [one.student_id for one in places])
    settlements = Settlement.objects.unscoped(because=BECAUSE).filter(homeroom_class=room)
    found = ClassYear(
        room=room,
        scheme=scheme_of(rules),
        rules=rules,
        subjects=subjects,
        pupils=[],
        settlements={
            one.stage: one for one in settlements.select_related("settled_by", "approved_by")
        },
        is_stored=rules is not None
        and not rules.rules.is_computed
        or any(one.origin == Origin.STORED for one in kept.values()),
    )
    for place in places:
        mine = values[place.student_id]
        results = {
            period: [one.result(mine[period], exempt[place.student_id]) for one in subjects]
            for period in PERIODS
        }
        pupil = PupilYear(
            student_id=place.student_id,
            uuid=place.student.uuid,
            name=place.person.full_name,
            grade=place.own_grade.label,
            results=results,
            row=kept.get(place.student_id),
            has_plan=place.student_id in planned,
        )
        reckon(pupil, found)
        found.pupils.append(pupil)
    return found


def reckon(pupil: PupilYear, year: ClassYear) -> None:
    """Fill in what follows by the pure rules, with its reasons; not of a stored year."""
    if year.rules is None or year.is_stored or year.scheme != Scheme.SECONDARY:
        return
    rules, row = year.rules.rules.secondary, pupil.row
    pupil.study = {
        period: study_result(results, rules)
        for period, results in pupil.results.items()
        if any(one.counts for one in results)
    }
    if not pupil.study:
        return
    first, second, again = (
        (level(row.conduct_1), level(row.conduct_2), level(row.conduct_again))
        if row
        else (None, None, None)
    )
    pupil.conduct = conduct_year(first, second, again)
    settled = year.settlements.get(Stage.AFTER_SUMMER)
    is_over = settled is not None and settled.settled_at is not None
    pupil.promotion = promotion(
        pupil.conduct.final,
        pupil.study["final"].level,
        pupil.absences,
        stage=Asked.AFTER_SUMMER if is_over else Asked.YEAR_END,
        has_individual_plan=pupil.has_plan,
        rules=rules,
    )
    pupil.titled = year_title(
        pupil.conduct.year, pupil.study["annual"].level, pupil.results["annual"], rules
    )


def level(stored: int | None) -> Level | None:
    """Return a stored level as the rules know it."""
    return None if stored is None else Level(stored)


def _places(room: HomeroomClass, on: date, student_id: int | None) -> list[ClassPlacement]:
    rows = ClassPlacement.objects.unscoped(because=BECAUSE).filter(homeroom_class=room)
    if student_id is None:
        rows = rows.filter(in_force(day_in_year(room, on)))
    else:
        rows = rows.filter(student_id=student_id).order_by("-starts_on")[:1]
    rows = rows.select_related("person", "student", "homeroom_class__grade_level", "grade_level")
    return list(rows if student_id is not None else rows.order_by("sort_key", "pk"))


def _values(
    room: HomeroomClass, books: Sequence[Gradebook], students: Sequence[int]
) -> defaultdict[int, dict[str, dict[int, int | None]]]:
    """Return the results of pupils by period and gradebook."""
    found: defaultdict[int, dict[str, dict[int, int | None]]] = defaultdict(
        lambda: {period: {} for period in PERIODS}
    )
    rows = Kept.objects.unscoped(because=BECAUSE).filter(
        gradebook_id__in=[one.pk for one in books],
        student_id__in=students,
        year=room.academic_year.starts_on.year,
    )
    for one in rows:
        mine = found[one.student_id]
        mine["term_1"][one.gradebook_id] = one.term_1
        mine["term_2"][one.gradebook_id] = one.term_2
        mine["annual"][one.gradebook_id] = one.annual
        mine["final"][one.gradebook_id] = one.annual if one.retest is None else one.retest
    return found


def _arrangements(
    room: HomeroomClass, students: Sequence[int]
) -> tuple[defaultdict[int, set[str]], set[int]]:
    """Return from which subjects pupils are exempt, and who has an individual plan."""
    exempt: defaultdict[int, set[str]] = defaultdict(set)
    planned = set()
    rows = Arrangement.objects.unscoped(because=BECAUSE).filter(
        academic_year_id=room.academic_year_id, student_id__in=students
    )
    for one in rows:
        if one.kind == ArrangementKind.EXEMPT:
            exempt[one.student_id].add(one.subject_name)
        elif one.kind == ArrangementKind.INDIVIDUAL:
            planned.add(one.student_id)
    return exempt, planned
