"""A pupil's term in words, for the record of the school and for the family."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from khuevan.school.assessments.api import Points, Raising
from khuevan.school.results.levels import conduct_name, level_pill, study_name
from khuevan.school.results.models import Stage
from khuevan.school.results.selectors.pupils import BookLine, PupilTerm
from khuevan.school.results.shown import outcome_pill, sentences, title_words

PERIODS = ("annual", "term_1", "term_2")


def term_context(told: PupilTerm) -> dict[str, Any]:
    """Return what the page of a pupil's term says; no comparison with anybody."""
    pupil, row, scheme = told.pupil, told.pupil.row, told.year.scheme
    study = pupil.study.get(PERIODS[told.term])
    stored = {0: "study_annual", 1: "study_1", 2: "study_2"}[told.term]
    level = study.level if study else (getattr(row, stored) if row else None)
    return {
        "term": told.term,
        "room": told.year.room,
        "is_stored": told.year.is_stored,
        "is_primary": bool(told.lines) and not any(_is_secondary(one) for one in told.lines),
        "scored": [_line(one, told) for one in told.lines if one.is_scored],
        "commented": [_line(one, told) for one in told.lines if not one.is_scored],
        "widest": range(told.widest),
        "is_complete": sum(1 for one in told.lines if one.is_scored and one.term is not None),
        "of": sum(1 for one in told.lines if one.is_scored),
        "study": level_pill(study_name(scheme, level), level),
        "study_why": sentences(study.why) if study else [],
        "raising": [_raising(one) for one in told.raising],
        "conduct": _conduct(told),
        "conduct_why": sentences(pupil.conduct.why) if told.term == 0 else [],
        "excused": row.absent_excused if row else None,
        "unexcused": row.absent_unexcused if row else None,
        "outcome": outcome_pill(row.becomes) if row and told.term == 0 else None,
        "outcome_why": sentences(pupil.promotion.why) if pupil.promotion and not told.term else [],
        "title": title_words(row.title) if row and told.term == 0 else "",
        "title_why": sentences(pupil.titled.why) if pupil.titled and not told.term else [],
        "settled": _is_settled(told),
        "regulation": told.year.rules.regulation if told.year.rules else None,
    }


def _is_secondary(line: BookLine) -> bool:
    return line.is_scored or bool(line.regular) or any(one is not None for one in line.terms)


def _is_settled(told: PupilTerm) -> bool:
    stage = Stage.TERM_1 if told.term == 1 else Stage.YEAR
    found = told.year.settlements.get(stage)
    return found is not None and found.approved_at is not None


def _conduct(told: PupilTerm) -> str:
    row = told.pupil.row
    if row is None:
        return ""
    at = {0: row.conduct_annual, 1: row.conduct_1, 2: row.conduct_2}[told.term]
    return conduct_name(told.year.scheme, at)


def _line(one: BookLine, told: PupilTerm) -> dict[str, Any]:
    blank = [""] * (told.widest - len(one.regular))
    return {
        "name": one.name,
        "regular": [*one.regular, *blank],
        "midterm": one.midterm,
        "final": one.final,
        "first": value_words(one.terms[0], is_scored=one.is_scored),
        "second": value_words(one.terms[1], is_scored=one.is_scored),
        "result": value_words(one.term, is_scored=one.is_scored),
        "why": sentences(one.why),
        "level": one.level,
        "test": one.test,
    }


def value_words(value: int | None, *, is_scored: bool) -> str:
    """Return a stored result as people write it; nothing while it is incomplete."""
    if value is None:
        return ""
    if is_scored:
        return str(Points(value))
    return "Đạt" if value else "Chưa đạt"


def _raising(one: Raising) -> str:
    level = study_name(1, int(one.level))
    if one.average is None:
        return _("%(subject)s Đạt: the level becomes %(level)s") % {
            "subject": one.subject,
            "level": level,
        }
    return _("%(subject)s from %(average)s: the level becomes %(level)s") % {
        "subject": one.subject,
        "average": Points(one.average),
        "level": level,
    }
