"""Who goes up, who sits again, who trains (ASM-10, ASM-11; Circular 22/2021, art. 11 to 14)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from khuevan.school.assessments.rules.derivation import Derivation, Step, Words
from khuevan.school.assessments.rules.study import NAMES, Study, study_result
from khuevan.school.assessments.rules.values import (
    Level,
    Outcome,
    SecondaryRules,
    Stage,
    SubjectResult,
    Tenths,
    Verdict,
)

PROMOTION, PLAN, RETEST, TRAINING = "Điều 12", "Điều 11", "Điều 14", "Điều 13"

_PLAN = _("An individual plan: the principal decides")
_UNDECIDED = _("Conduct, study or the count of absences is still missing")
_ABSENT = _("%(absences)s sessions missed, more than %(allowed)s: no retest can cure it")
_PROMOTED = _("Conduct %(conduct)s, study %(study)s, %(absences)s of %(allowed)s sessions missed")
_STAYS = _("After the summer conduct is %(conduct)s and study %(study)s")
_RETEST = _("Study %(study)s with conduct %(conduct)s: subjects are sat again in summer")
_TRAIN = _("Conduct %(conduct)s: training in summer")
_NOT_ELIGIBLE = _("No retest: study %(study)s, conduct %(conduct)s, %(absences)s sessions missed")
_SAT = _("Results of the retest stand in place of the year's in: %(subjects)s")


@dataclass(frozen=True, slots=True)
class Promotion:
    """What becomes of a pupil, and what is to be done in summer."""

    outcome: Outcome
    actions: tuple[Outcome, ...] = ()
    why: Derivation = ()


@dataclass(frozen=True, slots=True)
class Retest:
    """Who may sit again in what, and what it changes."""

    is_eligible: bool
    subjects: tuple[str, ...]
    before: Study
    after: Study
    promotion: Promotion
    why: Derivation = ()


def promotion(
    conduct: Level | None,
    study: Level | None,
    absences: int | None,
    *,
    stage: Stage = Stage.YEAR_END,
    has_individual_plan: bool = False,
    rules: SecondaryRules,
) -> Promotion:
    """Return the first that applies, in the order of ASM-10.

    `absences` are sessions by the plan of one session a day, with and without leave.
    """
    if has_individual_plan:
        return _told(Outcome.NEEDS_DECISION, PLAN, _PLAN)
    if conduct is None or study is None or absences is None:
        return _told(Outcome.UNDECIDED, PROMOTION, _UNDECIDED)
    facts = {
        "conduct": NAMES[conduct],
        "study": NAMES[study],
        "absences": absences,
        "allowed": rules.absences_allowed,
    }
    if absences > rules.absences_allowed:
        return _told(Outcome.RETAINED, PROMOTION, _ABSENT, facts)
    if min(conduct, study) >= Level.PASS:
        return _told(Outcome.PROMOTED, PROMOTION, _PROMOTED, facts)
    if stage is Stage.AFTER_SUMMER:
        return _told(Outcome.RETAINED, PROMOTION, _STAYS, facts)
    if conduct >= Level.PASS:
        return _told(Outcome.SUMMER_RETEST, RETEST, _RETEST, facts, (Outcome.SUMMER_RETEST,))
    both = study is Level.FAIL and rules.allow_parallel
    actions = (Outcome.SUMMER_TRAINING, *((Outcome.SUMMER_RETEST,) if both else ()))
    return _told(Outcome.SUMMER_TRAINING, TRAINING, _TRAIN, facts, actions)


def retest_subjects(subjects: Sequence[SubjectResult], rules: SecondaryRules) -> tuple[str, ...]:
    """Return the subjects that may be sat again: Chưa đạt, or an average below 5.0 (ASM-11)."""
    return tuple(one.id for one in subjects if one.counts and _is_low(one, rules))


def summer_retest(
    conduct: Level,
    absences: int,
    subjects: Sequence[SubjectResult],
    sat: Mapping[str, Tenths | Verdict | None],
    rules: SecondaryRules,
) -> Retest:
    """Return what a retest changes: its result replaces the year's, also where it is lower.

    `sat` names results by subject; those of subjects that may not be sat again count for nothing.
    """
    before = study_result(subjects, rules)
    eligible = (
        before.level is Level.FAIL and conduct >= Level.PASS and absences <= rules.absences_allowed
    )
    if not eligible:
        alone = replace(rules, allow_parallel=False)
        end = promotion(conduct, before.level, absences, rules=alone)
        study = NAMES[before.level] if before.level is not None else "–"
        facts = {"study": study, "conduct": NAMES[conduct], "absences": absences}
        told = (Step("ASM-11", RETEST, _NOT_ELIGIBLE, facts),)
        return Retest(
            is_eligible=False, subjects=(), before=before, after=before, promotion=end, why=told
        )
    may = retest_subjects(subjects, rules)
    taken = {one: sat[one] for one in may if sat.get(one) is not None}
    after = study_result([_replaced(one, taken.get(one.id)) for one in subjects], rules)
    end = promotion(conduct, after.level, absences, stage=Stage.AFTER_SUMMER, rules=rules)
    why = (Step("ASM-11", RETEST, _SAT, {"subjects": Words(taken or ("–",))}), *after.why)
    return Retest(
        is_eligible=True, subjects=may, before=before, after=after, promotion=end, why=why
    )


def _is_low(subject: SubjectResult, rules: SecondaryRules) -> bool:
    if subject.is_scored:
        return subject.average is not None and subject.average < rules.retest_below
    return subject.verdict is Verdict.FAIL


def _replaced(subject: SubjectResult, result: Tenths | Verdict | None) -> SubjectResult:
    if isinstance(result, Verdict):
        return replace(subject, verdict=result)
    return subject if result is None else replace(subject, average=result)


def _told(
    outcome: Outcome,
    article: str,
    sentence: str | Promise,
    facts: Mapping[str, object] | None = None,
    actions: tuple[Outcome, ...] = (),
) -> Promotion:
    return Promotion(outcome, actions, (Step("ASM-10", article, sentence, facts or {}),))
