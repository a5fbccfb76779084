"""Findings as a program reads them: the contract of `khuevan timetable check --json`."""

from __future__ import annotations

from collections import Counter
from typing import Any

from khuevan.school.timetable.core.checking import Findings
from khuevan.school.timetable.core.engine import Violation
from khuevan.school.timetable.core.kinds.presence import NOT_PLACED

PER_CENT = 100


def as_data(findings: Findings) -> dict[str, Any]:
    """Return findings as plain data; kinds go by the name they have in the problem's file."""
    figures = findings.quality
    return {
        "hard_violations": len(findings.hard),
        "hard_by_kind": dict(Counter(_sort(one) for one in findings.hard)),
        "hard": [_as_hard(one) for one in findings.hard],
        "soft_score": round(findings.penalty / PER_CENT, 4),
        "soft": [{**_as_hard(one), "weight": one.weight} for one in findings.soft],
        "gaps": {"teachers": figures.teacher_gaps, "students": figures.student_gaps},
        "not_checked": dict(findings.unchecked),
        "quality": {
            "activities": figures.lessons,
            "placed": figures.placed,
            "teacher_gaps": figures.teacher_gaps,
            "student_gaps": figures.student_gaps,
            "teacher_days": figures.teacher_days,
        },
    }


def kind_of(violation: Violation) -> str:
    """Return what a violation's kind is called where its problem came from."""
    return violation.constraint.source or violation.constraint.kind


def _sort(violation: Violation) -> str:
    """Return its kind; what is not placed is counted apart from who is in two places."""
    kind = kind_of(violation)
    return f"{kind} (not placed)" if violation.sentence is NOT_PLACED else kind


def _as_hard(violation: Violation) -> dict[str, Any]:
    return {
        "kind": kind_of(violation),
        "message": violation.message,
        "count": violation.count,
        "activities": list(violation.lessons),
    }
