"""Teachers whom a list gives more than the law allows: written, and told with norm and limit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from khuevan.kernel.actor import Actor
from khuevan.platform.sheets.api import Fault
from khuevan.registry.curriculum.imports.groups import Group, of_member
from khuevan.registry.curriculum.imports.reading import Faults, Line
from khuevan.registry.curriculum.imports.standing import Lesson, Standing
from khuevan.registry.curriculum.load_rules import LoadFault, Taught
from khuevan.registry.curriculum.selectors.loads import loads_with
from khuevan.registry.curriculum.shown import fraction_words
from khuevan.registry.schools.api import School


def overloaded(
    lines: Sequence[Line],
    refused: Collection[int],
    groups: Mapping[Lesson, Group],
    standing: Standing,
    fault: Faults,
    *,
    actor: Actor,
    school: School,
    on: date,
) -> Iterator[tuple[int, Fault]]:
    """Yield a warning for each teacher over the limit, in the first row that names them."""
    work, levels = _work(groups, standing)
    first: dict[int, Line] = {}
    for line in lines:
        if line.row.number not in refused and line.lessons:
            first.setdefault(line.lessons[0].member, line)
    told = loads_with(
        actor=actor,
        school=school,
        on=on,
        work={member: work[member] for member in first if member in work},
        levels=levels,
        classes=len(standing.rooms),
    )
    for one in told:
        named = first.get(one.member.pk)
        if named is None or one.load is None or LoadFault.OVERTIME not in one.load.faults:
            continue
        words: dict[str, str | int] = {
            "name": one.member.person.full_name,
            "given": fraction_words(one.load.credited),
            "norm": one.load.norm.periods,
            "owed": fraction_words(one.load.required),
            "most": fraction_words(one.load.required + one.load.limit),
        }
        yield (
            named.row.number,
            fault(named.row, "teacher", "curriculum.over_the_limit", words, warns=True),
        )


def _work(
    groups: Mapping[Lesson, Group], standing: Standing
) -> tuple[dict[int, list[Taught]], dict[int, str]]:
    """Return what each would teach in the term, and at which level most of it."""
    periods: defaultdict[int, Fraction] = defaultdict(Fraction)
    at: defaultdict[int, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for member, (room_id, _subject), weeks in of_member(groups, standing):
        terms, now = standing.terms(room_id), standing.now(room_id)
        first = sum(terms[:now])
        periods[member] += Fraction(sum(weeks[first : first + terms[now]]), terms[now])
        at[member][standing.rooms[room_id].grade_level.level] += sum(weeks)
    work = {member: [Taught("", count)] for member, count in periods.items()}
    return work, {member: max(by, key=lambda one: by[one]) for member, by in at.items()}
