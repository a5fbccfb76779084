"""The lessons of a list by class and subject, against what the plan has and who gives it now."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from khuevan.registry.curriculum.actions import Wanted
from khuevan.registry.curriculum.giving_rules import (
    Told,
    Weeks,
    added_up,
    meant,
    over_and_short,
)
from khuevan.registry.curriculum.imports.reading import Line
from khuevan.registry.curriculum.imports.standing import Lesson, Standing
from khuevan.registry.curriculum.models import MOST_A_WEEK


@dataclass(slots=True)
class Group:
    """A subject of a class: who is to give it by the list, and who does now."""

    lesson: Lesson
    told: dict[int, Told] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    """The rows that name it, in order."""
    is_whole: bool = True
    """False where a row that names it is refused: then nobody's lessons end by it."""
    given: dict[int, Weeks] = field(default_factory=dict)
    """What each is to give."""
    ended: tuple[int, ...] = ()
    planned: Weeks = ()
    replans: bool = False
    silent: tuple[int, ...] = ()
    """Of whom neither list nor plan says how much."""
    days: set[date] = field(default_factory=set)
    """The days from which the rows say they hold: one at most."""
    answers: set[int] = field(default_factory=set)
    """Who is said to answer for the marks: one at most."""

    @property
    def total(self) -> Weeks:
        """Return all its periods of each week."""
        return added_up(list(self.given.values()))

    @property
    def over(self) -> int:
        """Return by how many periods of a week it is over the plan."""
        return (
            over_and_short(self.planned, self.total)[0]
            if self.planned
            else max(self.total, default=0)
        )

    @property
    def short(self) -> int:
        """Return how many periods of a week nobody would give."""
        if self.replans or not self.planned:
            return 0
        return over_and_short(self.planned, self.total)[1]

    @property
    def is_too_much(self) -> bool:
        """Say whether a week would have more periods than one subject may."""
        return max(self.total, default=0) > MOST_A_WEEK

    @property
    def wanted(self) -> Wanted:
        """Return what is to be written."""
        answers = next(iter(self.answers), None) if len(self.given) > 1 else None
        return Wanted(*self.lesson, self.given, self.replans, answers)

    @property
    def on(self) -> date | None:
        """Return the day from which it holds, where the list says so."""
        return next(iter(self.days), None)


def groups_of(
    lines: Sequence[Line],
    refused: Collection[int],
    standing: Standing,
    promised: Collection[Lesson],
) -> dict[Lesson, Group]:
    """Return what the rows that go in ask of each class and subject."""
    groups: dict[Lesson, Group] = {}
    for line in lines:
        for said in line.lessons:
            group = groups.setdefault(
                (said.room_id, said.subject), Group((said.room_id, said.subject))
            )
            if line.row.number in refused:
                group.is_whole = False
                continue
            before = group.told.get(said.member)
            group.told[said.member] = before + said.told if before else said.told
            if said.on is not None:
                group.days.add(said.on)
            if said.answers:
                group.answers.add(said.member)
            if line.row.number not in group.rows:
                group.rows.append(line.row.number)
    planned_rooms = standing.planned_rooms
    for group in groups.values():
        if group.told:
            _weigh(group, standing, has_plan=group.lesson[0] in planned_rooms, promised=promised)
    return {lesson: group for lesson, group in groups.items() if group.told}


def _weigh(
    group: Group, standing: Standing, *, has_plan: bool, promised: Collection[Lesson]
) -> None:
    """Work out how much each is to give, and who ends."""
    room_id, _subject = group.lesson
    held = standing.given.get(group.lesson, {})
    group.planned = standing.planned(group.lesson)
    if group.is_whole:
        group.ended = tuple(member for member in held if member not in group.told)
    else:
        nothing = (0,) * sum(standing.terms(room_id))
        group.given |= {member: weeks or nothing for member, weeks in held.items()}
    silent = []
    for member, told in group.told.items():
        weeks = meant(
            told,
            terms=standing.terms(room_id),
            now=standing.now(room_id),
            given=held.get(member) or None,
            planned=group.planned or None,
        )
        if weeks is None:
            silent.append(member)
        else:
            group.given[member] = weeks
    _give_rest(group, silent, held)
    if not group.planned and not any(group.given.values()) and not group.silent:
        return  # nobody says how much, and it stands so
    asks_more = not group.planned or bool(group.over)
    group.replans = not has_plan or (group.lesson in promised and asks_more)


def _give_rest(group: Group, silent: Sequence[int], held: Mapping[int, Weeks]) -> None:
    """Give who is named without a number what they give now, else what the plan leaves."""
    if not group.planned and held and held.keys() == set(silent) == group.told.keys():
        group.given = {member: held[member] for member in silent}
        return
    new = [member for member in silent if not held.get(member)]
    group.given |= {member: held[member] for member in silent if member not in new}
    if not group.planned:
        group.silent = tuple(new)
        return
    for member in new:
        given = group.total or (0,) * len(group.planned)
        group.given[member] = tuple(
            max(0, plan - count) for plan, count in zip(group.planned, given, strict=True)
        )


def promised_lessons(items: Sequence[Mapping[str, str | int]]) -> set[Lesson]:
    """Return the lessons whose plan a person ordered to follow the list."""
    return {(int(item["class"]), str(item["subject"])) for item in items}


def of_member(
    groups: Mapping[Lesson, Group], standing: Standing
) -> Iterator[tuple[int, Lesson, Weeks]]:
    """Yield who would give what in the whole school with the list: member, lesson, weeks."""
    for lesson, group in groups.items():
        for member, weeks in group.given.items():
            yield member, lesson, weeks
    for lesson, held in standing.given.items():
        if lesson not in groups:
            for member, weeks in held.items():
                yield member, lesson, weeks
