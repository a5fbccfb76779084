"""The comments of a class in a period, with what the marks suggest for each pupil."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from khuevan.kernel.actor import Actor
from khuevan.registry.students.api import ClassPlacement, class_roll
from khuevan.school.assessments.api import (
    Form,
    SecondaryRules,
    SubjectResult,
    Verdict,
    assessment_rules,
    study_result,
)
from khuevan.school.gradebooks.api import BookForm, Gradebook, Mark, Shut, Slot
from khuevan.school.gradebooks.api import SubjectResult as Averages
from khuevan.school.remarks.bank import lines_for, subjects_of
from khuevan.school.remarks.facts import (
    Facts,
    Situation,
    facts_of,
    facts_of_level,
    given_columns,
)
from khuevan.school.remarks.limits import Limits, limits_of
from khuevan.school.remarks.models import Remark, State
from khuevan.school.remarks.permissions import VIEW_REMARKS
from khuevan.school.remarks.selectors.phrases import banks_of
from khuevan.school.remarks.selectors.targets import (
    Target,
    sheet_of,
    shut_because,
    writes,
)
from khuevan.school.remarks.suggesting import Asked, fill, suggest, templates_for, wordings

BECAUSE = "of a class that the actor reached"
SPARE, MORE = 12, 2
"""How many texts of a situation a page receives: so many for each pupil in it, and a few more."""
A_PERIOD = 7
"""How much further on the texts of the next period begin."""


@dataclass(frozen=True, slots=True)
class Row:
    """A pupil with what the marks say, what was written, and what is suggested otherwise."""

    uuid: UUID
    full_name: str
    given: str
    facts: Facts
    remark: Remark | None
    template: str | None

    @property
    def is_approved(self) -> bool:
        """Return whether a comment stands that was approved."""
        return self.remark is not None and self.remark.state == State.APPROVED

    @property
    def text(self) -> str:
        """Return what was written, approved or not."""
        return self.remark.text if self.remark else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The comments of a class in a period."""

    target: Target
    period: int
    rows: list[Row]
    pools: Mapping[Situation, Sequence[str]]
    limits: Limits
    shut: Shut | None
    is_writer: bool

    @property
    def approved(self) -> int:
        """Return how many comments are approved."""
        return sum(one.is_approved for one in self.rows)

    @property
    def may_write(self) -> bool:
        """Return whether the reader writes here now."""
        return self.is_writer and self.shut is None


def sheet_for(*, actor: Actor, target: Target, period: int, suggests: bool = True) -> Sheet:
    """Return the comments of a class the actor reached: some ten queries, however many pupils."""
    places = list(
        class_roll(
            actor=actor,
            homeroom_class=target.room,
            on=min(actor.today, target.last_day),
            permission=VIEW_REMARKS,
        )
    )
    limits = limits_of(target, actor.today)
    written = _written(target)
    facts = _facts(target, period, places)
    pools: dict[Situation, list[str]] = {}
    templates: Mapping[object, str | None] = {}
    if suggests and writes(actor, target):
        pools, templates = _suggested(actor, target, period, places, facts, written, limits)
    rows = [
        Row(
            uuid=one.student.uuid,
            full_name=one.person.full_name,
            given=one.person.given_name,
            facts=facts[one.student_id],
            remark=written.get((one.student_id, period)),
            template=templates.get(one.student_id),
        )
        for one in places
    ]
    return Sheet(
        target=target,
        period=period,
        rows=rows,
        pools=pools,
        limits=limits,
        shut=shut_because(target, period, actor),
        is_writer=writes(actor, target),
    )


def _written(target: Target) -> dict[tuple[int, int], Remark]:
    """Return the comments of all periods of the year, by pupil and period."""
    sheet = sheet_of(target)
    if sheet is None:
        return {}
    rows = Remark.objects.unscoped(because=BECAUSE).filter(sheet=sheet, year=sheet.year)
    return {(one.student_id, one.period): one for one in rows}


def _suggested(
    actor: Actor,
    target: Target,
    period: int,
    places: Sequence[ClassPlacement],
    facts: Mapping[int, Facts],
    written: Mapping[tuple[int, int], Remark],
    limits: Limits,
) -> tuple[dict[Situation, list[str]], Mapping[object, str | None]]:
    banks = banks_of(person_id=actor.person_id, school_id=target.room.school_id)
    lines = lines_for(subjects_of(target.form, target.subject_name), banks)
    counted = Counter(one.situation for one in facts.values() if one.situation)
    texts = {
        situation: templates_for(lines, situation, longest=limits.longest, allows=limits.allows)
        for situation in counted
    }
    given = {one.student_id: one.person.given_name for one in places}
    taken: set[str] = set()
    before: defaultdict[int, frozenset[str]] = defaultdict(frozenset)
    for (student, of), remark in written.items():
        if student in given and remark.text:
            said = wordings(remark.text, given[student])
            if of == period:
                taken |= said
            else:
                before[student] |= said
    asked = [
        Asked(pk, given[pk], facts[pk].situation, before[pk])
        for pk in given
        if (pk, period) not in written or not written[pk, period].text
    ]
    found = suggest(asked, texts, taken=taken, skip=(period - 1) * A_PERIOD).templates
    pools = {
        situation: _pool(texts[situation], found.values(), count * MORE + SPARE)
        for situation, count in counted.items()
    }
    return pools, found


def _pool(texts: Sequence[str], used: object, most: int) -> list[str]:
    """Return the texts to choose from on the page: those suggested first, each once."""
    kept = [one for one in texts if one in set(used)]  # type: ignore[call-overload]
    return list(dict.fromkeys([*kept, *texts]))[: max(most, len(kept))]


def _facts(target: Target, period: int, places: Sequence[ClassPlacement]) -> dict[int, Facts]:
    pupils = [one.student_id for one in places]
    if target.book is None:
        return _overall(target, period, pupils)
    return _of_book(target.book, period, pupils)


def _of_book(book: Gradebook, period: int, pupils: Sequence[int]) -> dict[int, Facts]:
    cells: defaultdict[int, dict[Slot, int]] = defaultdict(dict)
    rows = Mark.objects.unscoped(because=BECAUSE).filter(gradebook=book, year=book.year)
    for student, slot, value in rows.values_list("student_id", "slot", "value"):
        cells[student][slot] = value
    averages = Averages.objects.unscoped(because=BECAUSE).filter(gradebook=book, year=book.year)
    name = "term_1" if period == 1 else "term_2"
    results = dict(averages.values_list("student_id", name))
    given = given_columns(book.slots, period, [cells[one] for one in pupils])
    has_terms = book.form in {BookForm.SCORE, BookForm.COMMENT}
    return {
        one: facts_of(
            book.form,
            book.slots,
            cells[one],
            period=period,
            result=results.get(one) if has_terms else None,
            given=given,
        )
        for one in pupils
    }


def _overall(target: Target, period: int, pupils: Sequence[int]) -> dict[int, Facts]:
    """Return the level of study so far, from the averages that are complete."""
    name = "term_1" if period == 1 else "term_2"
    rows = Averages.objects.unscoped(because=BECAUSE).filter(
        gradebook__homeroom_class=target.room, year=target.year, **{f"{name}__isnull": False}
    )
    found: defaultdict[int, list[SubjectResult]] = defaultdict(list)
    values = ("student_id", "gradebook__subject_name", "gradebook__form", name)
    counted = rows.filter(gradebook__counts_in_overall=True).values_list(*values)
    for student, subject, form, value in counted:
        found[student].append(_result(subject, form, value))
    grade = target.room.grade_level
    rules = assessment_rules(grade.level, int(grade.code), target.academic_year).rules.secondary
    scored = Gradebook.objects.unscoped(because=BECAUSE).filter(
        homeroom_class=target.room, form=BookForm.SCORE, counts_in_overall=True
    )
    return _levels(found, pupils, rules, scored.count())


def _levels(
    found: Mapping[int, list[SubjectResult]],
    pupils: Sequence[int],
    rules: SecondaryRules,
    scored: int,
) -> dict[int, Facts]:
    """Return what the results so far say of each pupil.

    Where few subjects have results, as many fewer of them have to be at a level.
    """
    told: dict[int, Facts] = {}
    for one in pupils:
        results = found.get(one, [])
        have = sum(each.is_scored for each in results)
        needed = -(-rules.min_subjects_at_level * have // max(scored, 1))
        so_far = replace(rules, min_subjects_at_level=min(needed, rules.min_subjects_at_level))
        level = study_result(results, so_far).level if have else None
        told[one] = facts_of_level(level, len(results))
    return told


def _result(subject: str, form: str, value: int) -> SubjectResult:
    if form == BookForm.SCORE:
        return SubjectResult(id=subject, form=Form.COMMENT_AND_SCORE, average=value)
    verdict = Verdict.PASS if value else Verdict.FAIL
    return SubjectResult(id=subject, form=Form.COMMENT, verdict=verdict)


def filled_text(row: Row) -> str:
    """Return what a pupil's line shows: what was written, else what is suggested."""
    return row.text or (fill(row.template, row.given) if row.template else "")
