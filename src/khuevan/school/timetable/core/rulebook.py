"""The school's own rules TT-H01 to TT-H17 and TT-S01 to TT-S11 as constraints of the engine.

Numbers and weights are the usual ones of the sheet and may be set otherwise: no regulation fixes
them. A rule may have several parts; each becomes a constraint that carries the rule's code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from khuevan.school.timetable.core.values import HARD, Constraint, On, Parameter

T, S, R, L = On.TEACHERS, On.STUDENTS, On.ROOMS, On.LESSONS


@dataclass(frozen=True, slots=True)
class Part:
    """One constraint of a rule: its kind, whom it binds, what has to be said, what is usual."""

    kind: str
    on: On = L
    needs: tuple[str, ...] = ()
    usual: Mapping[str, Parameter] = field(default_factory=dict)
    takes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by its code, in words, with its usual weight."""

    code: str
    says: Promise | str
    weight: float
    parts: tuple[Part, ...]


ABSENCE = Part("not_available", T, ("slots",), takes=("reason",))
OF_CLASS = ("subject", "students")
BY_HOMEROOM = Part("taught_by", L, (*OF_CLASS, "by"), takes=("lessons",))

RULES: Mapping[str, Rule] = {
    rule.code: rule
    for rule in (
        Rule(
            "TT-H01",
            _("Teacher, class and room are in one place at a time"),
            HARD,
            (Part("lessons_in_time"),),
        ),
        Rule(
            "TT-H02",
            _("Each class has exactly its weekly periods of each subject"),
            HARD,
            (Part("weekly_periods", S, ("subject", "periods"), takes=("differs",)),),
        ),
        Rule(
            "TT-H03",
            _("A class learns in its main session alone"),
            HARD,
            (Part("only_in_sessions", S, ("sessions",)),),
        ),
        Rule(
            "TT-H04",
            _("A class has at most 5 periods a session, 7 a day"),
            HARD,
            (
                Part("max_hours_per_session", S, usual={"most": 5}),
                Part("max_hours_daily", S, usual={"most": 7}),
            ),
        ),
        Rule(
            "TT-H05",
            _("The flag ceremony is at its fixed time, with the homeroom teacher"),
            HARD,
            (
                Part("preferred_starts", L, (*OF_CLASS, "slots")),
                Part("one_stands", L, (*OF_CLASS, "slots", "lessons")),
                BY_HOMEROOM,
            ),
        ),
        Rule(
            "TT-H06",
            _("The class meeting ends the week, with the homeroom teacher"),
            HARD,
            (
                Part("ends_week", L, OF_CLASS, takes=("or_slots",)),
                Part("one_ends_week", L, (*OF_CLASS, "lessons"), takes=("or_slots",)),
                BY_HOMEROOM,
            ),
        ),
        Rule("TT-H07", _("A teacher is not there at some times"), HARD, (ABSENCE,)),
        Rule(
            "TT-H08",
            _("A room holds as many classes and students as it takes"),
            HARD,
            (
                Part("lessons_in_rooms"),
                Part("max_at_once", L, ("subject", "most")),
                Part("preferred_rooms", L, ("subject", "rooms")),
            ),
        ),
        Rule(
            "TT-H09",
            _("Classes of an option block have it at one time"),
            HARD,
            (
                Part("same_starting_time", L, ("lessons",)),
                Part("same_times", L, ("lessons", "first")),
            ),
        ),
        Rule(
            "TT-H10",
            _("Combined classes have one time and one teacher"),
            HARD,
            (Part("taught_together", L, ("subject", "classes")),),
        ),
        Rule(
            "TT-H11",
            _("A class has one subject at most twice a day"),
            HARD,
            (Part("max_subject_daily", S, usual={"most": 2}, takes=("subject", "but")),),
        ),
        Rule(
            "TT-H12",
            _("Physical education once a day, not in the hot hours"),
            HARD,
            (
                Part("max_subject_daily", S, ("subject",), {"most": 1}),
                Part("forbidden_hours", L, ("subject", "hours"), takes=("students",)),
            ),
        ),
        Rule(
            "TT-H13",
            _("Between two campuses there is time for the way"),
            HARD,
            (Part("time_for_the_way", T, usual={"least": 1}, takes=("far", "slow")),),
        ),
        Rule(
            "TT-H14",
            _("A teacher has at most 5 periods a session, 7 a day"),
            HARD,
            (
                Part("max_hours_per_session", T, usual={"most": 5}),
                Part("max_hours_daily", T, usual={"most": 7}),
            ),
        ),
        Rule(
            "TT-H15",
            _("Who is pregnant or has a child under one is spared first and last periods"),
            HARD,
            (ABSENCE,),
        ),
        Rule("TT-H16", _("A teacher of two schools keeps the days of the other"), HARD, (ABSENCE,)),
        Rule(
            "TT-H17",
            _("Classes learn from the first period on, without gaps"),
            HARD,
            (Part("no_holes", S),),
        ),
        Rule("TT-S01", _("Few gaps for teachers"), 10, (Part("session_gaps", T),)),
        Rule(
            "TT-S02",
            _("Double periods where a subject needs them"),
            8,
            (Part("double_periods", S, ("subject", "pairs"), takes=("across_long_break",)),),
        ),
        Rule(
            "TT-S03",
            _("A subject of few periods is spread over the week"),
            6,
            (Part("spread", S, usual={"up_to": 3}, takes=("subject", "but")),),
        ),
        Rule(
            "TT-S04",
            _("Heavy subjects are not always last, and each class has its share"),
            4,
            (
                Part("not_always_last", S, ("subjects",)),
                Part("last_hours_shared", S, ("subjects",)),
            ),
        ),
        Rule(
            "TT-S05",
            _("Free days and half-days as teachers wished"),
            7,
            (
                Part("free_days", T, ("days",)),
                Part("free_sessions", T, ("sessions",)),
                ABSENCE,
            ),
        ),
        Rule(
            "TT-S06",
            _("All members of a department are free when it meets"),
            9,
            (Part("meeting", T, ("slots",)),),
        ),
        Rule(
            "TT-S07",
            _("A teacher's days are alike, 2 to 4 periods"),
            3,
            (Part("hours_daily_between", T, usual={"least": 2, "most": 4}),),
        ),
        Rule(
            "TT-S08",
            _("Homeroom teachers see their class on Monday and on the day of its meeting"),
            4,
            (Part("teaches_on_days", T, ("students", "days")),),
        ),
        Rule(
            "TT-S09",
            _("Parallel classes of one teacher go through the plan in step"),
            3,
            (Part("in_step", T, ("subject", "classes")),),
        ),
        Rule(
            "TT-S10",
            _("As few changes as possible from the timetable before"),
            5,
            (Part("unmoved", L, ("lessons", "slots")),),
        ),
        Rule(
            "TT-S11",
            _("No five periods in a row for a teacher"),
            6,
            (Part("max_hours_in_a_row", T, usual={"most": 4}),),
        ),
    )
}
"""Every rule by its code."""


def of_rule(
    code: str,
    *names: str,
    weight: float | None = None,
    only: str = "",
    **given: Parameter,
) -> tuple[Constraint, ...]:
    """Return the constraints of a rule for some teachers or student sets; none means all.

    `only` names the kind of one part, where its number differs from the other's.

    :raises TypeError: when something the rule needs was not said
    """
    rule = RULES[code]
    if only:
        parts = tuple(part for part in rule.parts if part.kind == only)
        rule = replace(rule, parts=parts)
    used = {name for part in rule.parts for name in (*part.needs, *part.usual, *part.takes)}
    if unknown := set(given) - used:
        raise TypeError(f"{code} knows nothing of {', '.join(sorted(unknown))}")
    kept = rule.weight if weight is None else weight
    return tuple(_constraint(code, part, names, kept, given) for part in _parts(rule, given))


def _parts(rule: Rule, given: Mapping[str, Parameter]) -> Iterator[Part]:
    """Yield the parts of a rule that what was given speaks of, one at least."""
    ready = [part for part in rule.parts if set(part.needs) <= set(given)]
    if not ready:
        missing = set(rule.parts[0].needs) - set(given)
        raise TypeError(f"{rule.code} needs {', '.join(sorted(missing))}")
    return iter(ready)


def _constraint(
    code: str, part: Part, names: tuple[str, ...], weight: float, given: Mapping[str, Parameter]
) -> Constraint:
    known = {*part.needs, *part.usual, *part.takes}
    parameters = {**part.usual, **{name: one for name, one in given.items() if name in known}}
    bound = () if part.on is L else names
    return Constraint(part.kind, part.on, bound, weight, parameters, source=code)
