"""Whether the plan of a class is what the programme asks for: pure, no ORM, no clock.

A plan says for each subject how many periods each week of teaching has; the programme how many a
year must have (sheet CUR-01, CUR-02).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate

COMPULSORY, CHOSEN, CLUSTER, OPTIONAL = "COMPULSORY", "CHOSEN", "CLUSTER", "OPTIONAL"
SECOND = "SECOND"
FOLLOWING = (CHOSEN, CLUSTER)
"""What follows from combinations."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the programme asks of a grade: a component, its subjects, periods a year, the kind."""

    component: str
    subjects: tuple[str, ...]
    periods: int
    kind: str
    strands: tuple[str, ...] = ()
    """Of its subjects those that have equal parts of the year where they stand by themselves."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A subject of a class: the kind it is taught as, and its periods in each week of teaching."""

    subject: str
    kind: str
    weeks: tuple[int, ...]

    @property
    def annual(self) -> int:
        """Return its periods a year."""
        return sum(self.weeks)


@dataclass(frozen=True, slots=True)
class Asking:
    """A combination of a class: its name, and the (subject, kind) its pupils learn by it."""

    name: str
    learns: frozenset[tuple[str, str]]


class PlanFaultKind(Enum):
    """What may be wrong with a plan."""

    MISSING = "missing"
    DEFICIT = "deficit"
    EXCESS = "excess"
    NOT_IN_PROGRAMME = "not in programme"
    CHOICES = "choices"
    CLUSTERS = "clusters"
    CLUSTER_ALONE = "cluster alone"
    ASKED_SUBJECT = "asked subject"
    ASKED_CLUSTER = "asked cluster"
    UNASKED_SUBJECT = "unasked subject"
    UNASKED_CLUSTER = "unasked cluster"
    WEEKS = "weeks"
    TUTORING = "tutoring"


@dataclass(frozen=True, slots=True)
class PlanFault:
    """One thing that is wrong: of which component or subject, what there is and what is asked."""

    kind: PlanFaultKind
    what: str
    found: int
    asked: int
    within: str = ""
    """The combination that asks for it."""

    @property
    def off(self) -> int:
        """Return by how much."""
        return abs(self.found - self.asked)


def spread(annual: int, terms: Sequence[int]) -> tuple[int, ...]:
    """Return periods for each week of a year, as even as whole periods allow.

    52 over terms of 18 and 17 weeks is one a week, then two: a rest that is the weeks of one term
    goes there (CUR-02), any other is spread over the year's weeks.
    """
    weeks = sum(terms)
    each, rest = divmod(annual, weeks)
    if not rest:
        return (each,) * weeks
    ends = list(accumulate(terms))
    for number in reversed(range(len(terms))):
        if terms[number] == rest:
            first = ends[number] - rest
            return tuple(each + (first <= week < ends[number]) for week in range(weeks))
    return tuple(
        each + ((week + 1) * rest // weeks - week * rest // weeks) for week in range(weeks)
    )


def weekly(weeks: Sequence[int], terms: Sequence[int]) -> tuple[int | None, ...]:
    """Return the periods a week of each term; None where they differ from week to week."""
    told: list[int | None] = []
    first = 0
    for length in terms:
        part = set(weeks[first : first + length])
        told.append(part.pop() if len(part) == 1 else None)
        first += length
    return tuple(told)


def of_terms(periods: Sequence[int], terms: Sequence[int]) -> tuple[int, ...]:
    """Return the periods of each week from those a week of each term."""
    return tuple(count for count, length in zip(periods, terms, strict=True) for _ in range(length))


def runs(weeks: Sequence[int]) -> list[tuple[int, int, int]]:
    """Return the weeks as first, last and periods of each run of equal ones; weeks count from 1."""
    found: list[tuple[int, int, int]] = []
    for week, count in enumerate(weeks, start=1):
        if found and found[-1][2] == count:
            found[-1] = (found[-1][0], week, count)
        else:
            found.append((week, week, count))
    return found


def from_week_on(before: Sequence[int], after: Sequence[int], week: int) -> tuple[int, ...]:
    """Return the weeks as they were before a week, and as they shall be from it on."""
    return (*before[: week - 1], *after[week - 1 :])


def first_changed(before: Sequence[int], after: Sequence[int]) -> int:
    """Return the first week that is otherwise, from 1; 0 where none is."""
    longest = max(len(before), len(after))
    for week in range(longest):
        if before[week : week + 1] != after[week : week + 1]:
            return week + 1
    return 0


def plan_faults(
    asked: Iterable[Asked],
    planned: Iterable[Planned],
    *,
    weeks: int,
    chosen: int = 0,
    clusters: int = 0,
    tutoring: int = 0,
    combinations: Sequence[Asking] = (),
) -> list[PlanFault]:
    """Return what is wrong with a class's plan, in the programme's order.

    Where the class carries combinations, each has what it asks for in the plan, and nothing else
    is chosen: how many subjects that makes in all is no fault.
    `tutoring` is how many periods a week a subject of the programme may have in the second session,
    where that is bounded (CUR-03).
    """
    wanted, plan = list(asked), list(planned)
    faults = [
        PlanFault(PlanFaultKind.WEEKS, one.subject, len(one.weeks), weeks)
        for one in plan
        if len(one.weeks) != weeks
    ]
    for part in wanted:
        faults.extend(_fault_of(part, plan))
    faults.extend(_strangers(wanted, plan))
    faults.extend(
        _by_combination(plan, combinations) if combinations else _choices(plan, chosen, clusters)
    )
    faults.extend(_tutoring(wanted, plan, tutoring))
    return faults


def _fault_of(part: Asked, plan: Sequence[Planned]) -> list[PlanFault]:
    found = [one for one in plan if one.kind == part.kind and one.subject in part.subjects]
    total = sum(one.annual for one in found)
    if not found:
        if part.kind == COMPULSORY:
            return [PlanFault(PlanFaultKind.MISSING, part.component, 0, part.periods)]
        return []
    if {one.subject for one in found} <= set(part.strands):
        each = part.periods // len(part.strands)
        return [fault for name in part.strands for fault in _of_strand(name, each, found)]
    return _off(part.component, total, part.periods)


def _of_strand(name: str, asked: int, found: Sequence[Planned]) -> list[PlanFault]:
    total = sum(one.annual for one in found if one.subject == name)
    return _off(name, total, asked) if total else [PlanFault(PlanFaultKind.MISSING, name, 0, asked)]


def _off(what: str, found: int, asked: int) -> list[PlanFault]:
    if found == asked:
        return []
    kind = PlanFaultKind.DEFICIT if found < asked else PlanFaultKind.EXCESS
    return [PlanFault(kind, what, found, asked)]


def _strangers(wanted: Sequence[Asked], plan: Sequence[Planned]) -> list[PlanFault]:
    known = {(part.kind, name) for part in wanted for name in part.subjects}
    kinds = {part.kind for part in wanted}
    return [
        PlanFault(PlanFaultKind.NOT_IN_PROGRAMME, one.subject, one.annual, 0)
        for one in plan
        if one.kind in kinds and (one.kind, one.subject) not in known
    ]


_ASKED = {CHOSEN: PlanFaultKind.ASKED_SUBJECT, CLUSTER: PlanFaultKind.ASKED_CLUSTER}
_UNASKED = {CHOSEN: PlanFaultKind.UNASKED_SUBJECT, CLUSTER: PlanFaultKind.UNASKED_CLUSTER}


def _by_combination(plan: Sequence[Planned], combinations: Sequence[Asking]) -> list[PlanFault]:
    """Return what a combination asks for and the plan lacks, then what none of them asks for."""
    there = {(one.subject, one.kind): one.annual for one in plan if one.kind in _ASKED}
    faults = [
        PlanFault(_ASKED[kind], subject, 0, 1, one.name)
        for one in combinations
        for subject, kind in sorted(one.learns - set(there))
    ]
    wanted = {learnt for one in combinations for learnt in one.learns}
    faults += [
        PlanFault(_UNASKED[kind], subject, annual, 0)
        for (subject, kind), annual in there.items()
        if (subject, kind) not in wanted
    ]
    return faults


def _choices(plan: Sequence[Planned], chosen: int, clusters: int) -> list[PlanFault]:
    count = Counter(one.kind for one in plan)
    faults = []
    if count[CHOSEN] != chosen:
        faults.append(PlanFault(PlanFaultKind.CHOICES, "", count[CHOSEN], chosen))
    if count[CLUSTER] != clusters:
        faults.append(PlanFault(PlanFaultKind.CLUSTERS, "", count[CLUSTER], clusters))
    taught = {one.subject for one in plan if one.kind in {COMPULSORY, CHOSEN}}
    faults.extend(
        PlanFault(PlanFaultKind.CLUSTER_ALONE, one.subject, one.annual, 0)
        for one in plan
        if one.kind == CLUSTER and one.subject not in taught
    )
    return faults


def _tutoring(wanted: Sequence[Asked], plan: Sequence[Planned], limit: int) -> list[PlanFault]:
    known = {name for part in wanted for name in part.subjects}
    most = {
        one.subject: max(one.weeks, default=0)
        for one in plan
        if one.kind == SECOND and one.subject in known
    }
    return [
        PlanFault(PlanFaultKind.TUTORING, name, found, limit)
        for name, found in most.items()
        if limit and found > limit
    ]


class SessionFaultKind(Enum):
    """What may be wrong with the sessions of a week (CUR-03)."""

    DAY = "day"
    SESSION = "session"
    TOO_MANY = "too many"
    TOO_FEW = "too few"
    FEW_DAYS = "few days"
    FEW_PERIODS = "few periods"


def session_faults(
    days: Sequence[tuple[int, int]],
    *,
    day_limit: int,
    session_limit: int,
    most: int = 0,
    least: int = 0,
    least_days: int = 0,
    least_periods: int = 0,
) -> list[tuple[SessionFaultKind, int, int]]:
    """Return what is wrong with a week of (morning, afternoon) periods: what, how many, the limit.

    `most` and `least` bound the sessions of a week, `least_days` its days and `least_periods` its
    periods, where they are not 0: what two sessions a day ask.
    """
    faults = []
    for morning, afternoon in days:
        if morning and afternoon and morning + afternoon > day_limit:
            faults.append((SessionFaultKind.DAY, morning + afternoon, day_limit))
        faults.extend(
            (SessionFaultKind.SESSION, count, session_limit)
            for count in (morning, afternoon)
            if count > session_limit
        )
    sessions = sum(bool(count) for day in days for count in day)
    if most and sessions > most:
        faults.append((SessionFaultKind.TOO_MANY, sessions, most))
    if least and sessions < least:
        faults.append((SessionFaultKind.TOO_FEW, sessions, least))
    taught, periods = sum(any(day) for day in days), sum(map(sum, days))
    if taught < least_days:
        faults.append((SessionFaultKind.FEW_DAYS, taught, least_days))
    if periods < least_periods:
        faults.append((SessionFaultKind.FEW_PERIODS, periods, least_periods))
    return faults
