"""Cases of Circular 27/2020: what each kind takes and gives."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from khuevan.school.assessments.cases.reading import Node
from khuevan.school.assessments.rules.derivation import Derivation
from khuevan.school.assessments.rules.marks import WrongForm
from khuevan.school.assessments.rules.primary import (
    LAST_GRADE,
    Awarded,
    Completed,
    Decision,
    Period,
    PrimaryYear,
    Reached,
    Shown,
    YearLevel,
    completes_programme,
    completion,
    read_score,
    required_tests,
    year_award,
    year_result,
)
from khuevan.school.assessments.rules.values import State

Result = dict[str, Any]
Answered = tuple[Result, Derivation]
Word = TypeVar("Word", bound=StrEnum)


def of_tests(given: Node) -> Answered:
    """Answer `required_tests`."""
    found = required_tests(_grade(given), given["period"].choice(Period))
    return {"subjects": list(found)}, ()


def of_score(given: Node) -> Answered:
    """Answer `periodic_test`."""
    score = given["score"]
    if score.is_null:
        return {"status": State.INCOMPLETE, "score": None}, ()
    try:
        read_score(score.value)
    except WrongForm:
        return {"status": State.INVALID, "score": None}, ()
    return {"status": State.OK, "score": score.value}, ()


def of_year(given: Node) -> Answered:
    """Answer `year_result`."""
    grade = _grade(given)
    found = year_result(grade, _year(grade, given, lambda one: one))
    return {"level": _level(found.level)}, found.why


def of_award(given: Node) -> Answered:
    """Answer `award`."""
    found = _award(_year_level(given["level"]), given)
    return {"award": found.award}, found.why


def of_promotion(given: Node) -> Answered:
    """Answer `promotion`."""
    grade, level = _grade(given), _year_level(given["level"])
    after, decision = given["after_support_level"], given["principal_decision"]
    found = completion(
        level,
        after.or_null(_year_level),
        decision.or_null(lambda one: one.choice(Decision)),
        is_assessed_again=not after.is_null,
    )
    return _completed(grade, found), found.why


def of_student(given: Node) -> Answered:
    """Answer `student_year`: the year's level by the values of its end alone."""
    grade, tests = _grade(given), given["tests"]
    missing = [
        f"{period}:{subject}"
        for period in Period
        for subject in required_tests(grade, period)
        if _is_missing(tests.get(period), subject)
    ]
    for name in ("subjects", "qualities", "competencies", "tests"):
        for key, _value in given[name].members():
            Node(key, given[name].place).choice(Period)
    found = year_result(grade, _year(grade, given, _at_end))
    end, awarded = completion(found.level), _award(found.level, given["recognition"])
    return {
        "missing_tests": missing,
        "level": _level(found.level),
        "award": awarded.award,
        "promotion": _completed(grade, end),
    }, (*found.why, *awarded.why, *end.why)


KINDS = {
    "required_tests": of_tests,
    "periodic_test": of_score,
    "year_result": of_year,
    "award": of_award,
    "promotion": of_promotion,
    "student_year": of_student,
}


def _grade(given: Node) -> int:
    return given["grade"].integer(least=1, most=LAST_GRADE)


def _at_end(node: Node) -> Node:
    """Return what holds for the end of the year; nothing where nobody wrote it down."""
    return node.get(Period.YEAR_END) or Node({}, f"{node.place}.{Period.YEAR_END}")


def _year(grade: int, given: Node, at: Callable[[Node], Node]) -> PrimaryYear:
    tests = at(given["tests"])
    required = required_tests(grade, Period.YEAR_END)
    found = {name: tests.get(name) for name in required}
    scores = {
        name: node.or_null(lambda one: one.written(read_score)) if node else None
        for name, node in found.items()
    }
    return PrimaryYear(
        _words(at(given["subjects"]), Reached),
        _words(at(given["qualities"]), Shown),
        _words(at(given["competencies"]), Shown),
        scores,
    )


def _words(node: Node, choices: type[Word]) -> dict[str, Word | None]:
    return {key: one.or_null(lambda node: node.choice(choices)) for key, one in node.members()}


def _is_missing(period: Node | None, subject: str) -> bool:
    found = None if period is None or period.is_null else period.get(subject)
    return found is None or found.is_null


def _completed(grade: int, found: Completed) -> Result:
    completes = completes_programme(grade, found.status)
    return {"status": found.status, "programme_completed": completes}


def _award(level: YearLevel | None, given: Node) -> Awarded:
    return year_award(
        level,
        has_outstanding_subject=given["outstanding_subject"].boolean(),
        has_clear_progress=given["clear_progress"].boolean(),
        is_recognised=given["class_recognised"].boolean(),
    )


def _year_level(node: Node) -> YearLevel | None:
    return None if node.value == State.INCOMPLETE else node.choice(YearLevel)


def _level(level: YearLevel | None) -> str:
    return State.INCOMPLETE if level is None else level
