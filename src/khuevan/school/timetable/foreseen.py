"""What can be known of a timetable before anybody places a lesson: what cannot come out well."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from khuevan.registry.staff.api import subject_label
from khuevan.school.timetable.asked.of_classes import scarce_rooms
from khuevan.school.timetable.core.checking import check
from khuevan.school.timetable.core.engine import Violation
from khuevan.school.timetable.core.feasibility import shortages
from khuevan.school.timetable.core.values import On
from khuevan.school.timetable.problems import Setting
from khuevan.school.timetable.shown import told

FIXED = (
    "lessons_in_time",
    "not_available",
    "meeting",
    "only_in_sessions",
    "forbidden_hours",
    "max_at_once",
    "one_stands",
    "max_subject_daily",
)
"""Kinds that pinned lessons may break among themselves, whatever is placed beside them."""


def foreseen(setting: Setting, names: Mapping[int, str]) -> list[str]:
    """Return what cannot come out well, in words: no time or rooms, pins against wishes."""
    return [
        *(one.message for one in shortages(setting.problem)),
        *_rooms_for_some(setting),
        *_nobody_gives(setting),
        *_no_days_left(setting),
        *dict.fromkeys(told(one, names) for one in _pins_against_rules(setting)),
    ]


def _pins_against_rules(setting: Setting) -> Iterator[Violation]:
    """Yield what lessons that are pinned break by themselves."""
    pinned = {pk: row for pk, row in setting.rows.items() if row.is_locked}
    lessons = tuple(one for one in setting.problem.lessons if one.id in pinned)
    if not lessons:
        return
    alone = replace(
        setting.problem,
        lessons=lessons,
        constraints=tuple(one for one in setting.problem.constraints if one.kind in FIXED),
    )
    places = [one for one in setting.placements if one.lesson in pinned]
    for one in check(alone, places).violations:
        if one.is_hard or one.constraint.kind in ("meeting", "not_available"):
            yield one


def _rooms_for_some(setting: Setting) -> Iterator[str]:
    """Yield the subjects whose special rooms hold only part of their lessons."""
    for one in scarce_rooms(setting.facts, setting.book):
        words = {"subject": subject_label(one.subject), "needed": one.periods, "held": one.held}
        yield (
            _(
                "The special rooms of %(subject)s hold %(held)s of its %(needed)s periods a week: "
                "its lessons are in the classes' own rooms. Please choose the room of those that "
                "need it."
            )
            % words
        )


def _nobody_gives(setting: Setting) -> Iterator[str]:
    """Yield the subjects of each class's plan that have no lesson here: nobody gives them."""
    facts = setting.facts
    for room in facts.classes:
        taught = facts.of_class.get(room.pk, {})
        missing = [
            f"{subject_label(subject)} ({count})"
            for (pk, subject), count in facts.planned.items()
            if pk == room.pk and subject not in taught
        ]
        if missing:
            words = {"room": room.name, "subjects": ", ".join(missing)}
            yield _("%(room)s: no lessons here of %(subjects)s periods a week by its plan") % words


def _no_days_left(setting: Setting) -> Iterator[str]:
    """Yield who asked for more free days than the periods leave."""
    needed: defaultdict[str, int] = defaultdict(int)
    for lesson in setting.problem.active.values():
        for name in dict.fromkeys(lesson.teachers):
            needed[name] += lesson.duration
    days = setting.week.days
    most = _most_a_day(setting)
    for name, wanted in _free_days(setting):
        least = math.ceil(needed[name] / most)
        if least > days - wanted:
            words = {"who": name, "wanted": wanted, "needed": needed[name], "days": least}
            yield (
                _(
                    "%(who)s asks for %(wanted)s free days, but %(needed)s periods take "
                    "%(days)s days at least"
                )
                % words
            )


def _free_days(setting: Setting) -> Iterable[tuple[str, int]]:
    for one in setting.problem.constraints:
        if one.kind == "free_days":
            for name in one.names:
                yield name, one.number("days")


def _most_a_day(setting: Setting) -> int:
    limits = [
        one.number("most")
        for one in setting.problem.constraints
        if one.kind == "max_hours_daily" and one.on is On.TEACHERS and one.is_hard
    ]
    return max(1, min([*limits, len(setting.week.bells)]))
