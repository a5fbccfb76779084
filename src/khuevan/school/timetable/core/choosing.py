"""Whom and which lessons a constraint speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from khuevan.school.timetable.core.values import Constraint, Lesson, On, Problem


def bound_names(problem: Problem, constraint: Constraint) -> Iterable[str]:
    """Return the teachers, smallest student sets or rooms that a constraint binds."""
    if constraint.on is On.STUDENTS:
        return sorted(problem.atoms_of(constraint.names)) if constraint.names else problem.all_atoms
    if constraint.names:
        return constraint.names
    if constraint.on is On.ROOMS:
        return [room.name for room in problem.rooms]
    return [teacher.name for teacher in problem.teachers]


def chosen_lessons(problem: Problem, constraint: Constraint) -> Iterator[Lesson]:
    """Yield the active lessons a constraint speaks of: by id, or by who, what and how long."""
    if "lessons" in constraint.parameters:
        for number in constraint.numbers("lessons"):
            if number in problem.active:
                yield problem.active[number]
        return
    students = constraint.text("students")
    wanted = problem.atoms_of((students,)) if students else None
    for lesson in _candidates(problem, constraint):
        if _is_like(lesson, constraint) and (
            wanted is None or not wanted.isdisjoint(problem.lesson_atoms[lesson.id])
        ):
            yield lesson


def _candidates(problem: Problem, constraint: Constraint) -> Iterable[Lesson]:
    """Return the lessons of the subject that is named, so that not every one is asked."""
    if "subject" in constraint.parameters:
        return problem.by_subject.get(constraint.text("subject"), ())
    return problem.active.values()


def _is_like(lesson: Lesson, constraint: Constraint) -> bool:
    """Tell whether a lesson is what a constraint describes; what it leaves out may be anything."""
    given = constraint.parameters
    return (
        ("teacher" not in given or given["teacher"] in lesson.teachers)
        and ("subject" not in given or given["subject"] == lesson.subject)
        and ("tag" not in given or given["tag"] in lesson.tags)
        and ("duration" not in given or given["duration"] == lesson.duration)
        and ("component" not in given or given["component"] == _component(lesson))
    )


def _component(lesson: Lesson) -> int:
    """Return which of the weekly lessons it was split from this is, as FET counts."""
    return lesson.id - lesson.split_of + 1 if lesson.split_of else 1
