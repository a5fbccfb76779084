"""A class's year in words: what stands in the table, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from khuevan.school.assessments.api import Derivation, Points, SubjectResult, Title, Verdict
from khuevan.school.results.levels import CONDUCT, conduct_name, level_pill, study_name
from khuevan.school.results.models import Becomes, Fact, Honour, Scheme, Stage
from khuevan.school.results.selectors.classes import ClassYear, PupilYear
from khuevan.school.results.selectors.lacking import PERIOD_OF
from khuevan.ui.tables import Pill

TITLES = {Title.EXCELLENT: Honour.EXCELLENT, Title.GOOD_STUDENT: Honour.GOOD_STUDENT}
OUTCOME_TONES = {
    Becomes.PROMOTED: ("ok", "circle-check"),
    Becomes.RETAINED: ("bad", "circle-minus"),
    Becomes.NEEDS_DECISION: ("info", "circle-alert"),
    Becomes.SUMMER_RETEST: ("warn", "clock"),
    Becomes.SUMMER_TRAINING: ("warn", "clock"),
    Becomes.NEEDS_SUPPORT: ("warn", "clock"),
}
GROUNDS = (Fact.RECOGNISED, Fact.OUTSTANDING_SUBJECT, Fact.CLEAR_PROGRESS)


def result_words(result: SubjectResult) -> str:
    """Return a subject's result as people write it."""
    if result.is_exempt:
        return _("exempt")
    if result.is_missing:
        return ""
    if result.is_scored:
        return str(Points(result.average or 0))
    return "Đạt" if result.verdict is Verdict.PASS else "Chưa đạt"


def is_low(result: SubjectResult) -> bool:
    """Return whether a result is one that is looked at: below 5, or Chưa đạt."""
    if result.is_scored:
        return result.average is not None and result.average < 50  # noqa: PLR2004
    return result.verdict is Verdict.FAIL


def sentences(why: Derivation) -> list[str]:
    """Return reasons as sentences with their articles."""
    return [str(step) for step in why]


def outcome_pill(becomes: int | None) -> Pill | None:
    """Return what becomes of a pupil."""
    if becomes is None:
        return None
    tone, icon = OUTCOME_TONES[Becomes(becomes)]
    return Pill(tone, icon, str(Becomes(becomes).label))


def title_words(title: int | None) -> str:
    """Return a title or award; nothing where there is none."""
    return str(Honour(title).label) if title else ""


def pupil_row(pupil: PupilYear, year: ClassYear, stage: Stage) -> dict[str, Any]:
    """Return a pupil's line of the class's table."""
    row, period = pupil.row, PERIOD_OF[stage]
    study = pupil.study.get(period)
    reached = study.level if study else _stored_level(pupil, stage)
    lived = _conduct(pupil, stage)
    why = [*(study.why if study else ())]
    if stage is not Stage.TERM_1:
        why += [*pupil.conduct.why, *(pupil.promotion.why if pupil.promotion else ())]
        why += pupil.titled.why if pupil.titled else ()
    return {
        "uuid": pupil.uuid,
        "name": pupil.name,
        "base": row.version if row else 0,
        "cells": [
            {"text": result_words(one), "low": is_low(one), "name": one.id}
            for one in pupil.results[period]
        ],
        "study": level_pill(study_name(year.scheme, reached), reached),
        "is_complete": reached is not None,
        "why": sentences(tuple(why)),
        "conduct": conduct_name(year.scheme, lived),
        "conduct_1": row.conduct_1 if row else None,
        "conduct_2": row.conduct_2 if row else None,
        "conduct_1_name": conduct_name(year.scheme, row.conduct_1 if row else None),
        "conduct_2_name": conduct_name(year.scheme, row.conduct_2 if row else None),
        "excused": row.absent_excused if row else None,
        "unexcused": row.absent_unexcused if row else None,
        "absences": pupil.absences,
        "facts": [
            {"bit": int(one), "label": one.label, "on": bool(row and row.facts & one)}
            for one in GROUNDS
        ],
        "title": title_words(row.title if row else None),
        "outcome": outcome_pill(row.becomes if row else None),
        "has_plan": pupil.has_plan,
    }


def _stored_level(pupil: PupilYear, stage: Stage) -> int | None:
    row = pupil.row
    if row is None:
        return None
    stored = {
        Stage.TERM_1: row.study_1,
        Stage.YEAR: row.study_annual,
        Stage.AFTER_SUMMER: row.study_final,
    }
    return stored[stage]


def _conduct(pupil: PupilYear, stage: Stage) -> int | None:
    if pupil.row is None:
        return None
    if stage is Stage.TERM_1:
        return pupil.row.conduct_1
    if stage is Stage.AFTER_SUMMER and pupil.conduct.final is not None:
        return int(pupil.conduct.final)
    return pupil.row.conduct_annual


def conduct_choices(year: ClassYear) -> Sequence[tuple[int, str]]:
    """Return the levels of conduct, the best first."""
    return list(reversed(list(enumerate(CONDUCT[Scheme(year.scheme)]))))
