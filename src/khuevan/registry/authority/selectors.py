"""Who decides a matter for a school on a day: rules, facts and the tree of units put together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from khuevan.kernel.errors import DomainError, NotFound
from khuevan.kernel.periods import holds
from khuevan.platform.organizations.api import Around, OrgUnitVersion, UnitKind, versions_of
from khuevan.platform.regulations.api import (
    UNNAMED,
    AuthorityRule,
    Circumstance,
    Level,
    Office,
    Segment,
    Subject,
    highest_level,
    how_far_known,
    is_first_day_sure,
    known_powers,
    order_of,
    power_label,
    power_named,
    power_rules,
    segment_on,
    timeline,
    told_note,
    unnamed,
)
from khuevan.registry.authority.answers import Answer, History, Holder, Ruling, Source, UnitOfDay
from khuevan.registry.authority.errors import (
    ContinuingNotRecorded,
    LevelNotTaught,
    PowerUnknown,
    SchoolNotThere,
)
from khuevan.registry.schools.api import SchoolFacts, school_facts
from khuevan.ui.formats import day as written

SEATS = {
    Office.PROVINCIAL_COUNCIL: UnitKind.PROVINCE,
    Office.PROVINCE_CHAIR: UnitKind.PROVINCE,
    Office.DEPARTMENT: UnitKind.DEPARTMENT,
    Office.DEPARTMENT_DIRECTOR: UnitKind.DEPARTMENT,
    Office.DISTRICT_COMMITTEE: UnitKind.DISTRICT,
    Office.DISTRICT_CHAIR: UnitKind.DISTRICT,
    Office.DISTRICT_OFFICE: UnitKind.DISTRICT_OFFICE,
    Office.DISTRICT_OFFICE_HEAD: UnitKind.DISTRICT_OFFICE,
    Office.COMMUNE_COMMITTEE: UnitKind.COMMUNE,
    Office.COMMUNE_CHAIR: UnitKind.COMMUNE,
    Office.PRINCIPAL: UnitKind.SCHOOL,
}
"""In which kind of unit an office stands."""

GENERAL_PROGRAMS = {Level.LOWER_SECONDARY, Level.UPPER_SECONDARY}
"""Levels whose programs continuing education teaches too."""
Segments = Sequence[Segment[AuthorityRule]]


def authority(
    power: str, *, school_id: int, on: date, level: str = "", circumstance: str = ""
) -> Answer:
    """Return who decides a matter for a school on a day, for each level it is decided for.

    :raises PowerUnknown: when nothing is recorded under that name
    :raises SchoolNotThere: when the school did not exist on that day
    :raises LevelNotTaught: when the matter is about a level that the school does not teach
    :raises ContinuingNotRecorded: when it is about general schools, asked of a continuing one
    :raises DeciderNotRecorded: when nobody can be named for any of its levels, with the reason
    """
    asked = Question(school_id, on)
    name = power_named(power)
    rules = power_rules(name)
    if not rules:
        raise PowerUnknown(power=power, known=", ".join(sorted(known_powers())))
    answer = asked.answer(name, rules, level=level, circumstance=circumstance)
    if all(one.holder is None for one in answer.rulings):
        raise asked.refusal(rules, answer.rulings[0])
    return answer


def all_authorities(*, school_id: int, on: date) -> list[Answer]:
    """Return who decides every matter that concerns a school on a day, in the order of the names.

    :raises SchoolNotThere: when the school did not exist on that day
    """
    asked = Question(school_id, on)
    rules: dict[str, list[AuthorityRule]] = {}
    for rule in power_rules():
        rules.setdefault(rule.power, []).append(rule)
    return [
        asked.answer(power, rules[power], with_changes=False)
        for power in sorted(rules, key=order_of)
        if asked.concerns(rules[power])
    ]


def histories(power: str, *, school_id: int, on: date) -> list[History]:
    """Return who ever decided a matter for a school, for each level, newest first.

    What the school is is taken of the day; units as they were at the end of each period.

    :raises PowerUnknown: when nothing is recorded under that name
    :raises LevelNotTaught: when the matter is about a level that the school does not teach
    """
    asked = Question(school_id, on)
    name = power_named(power)
    rules = power_rules(name)
    if not rules:
        raise PowerUnknown(power=power, known=", ".join(sorted(known_powers())))
    answer = asked.answer(name, rules, with_changes=False)
    return [asked.history(rules, ruling) for ruling in answer.rulings]


def case_of_move(*, from_school_id: int, to_school_id: int, on: date) -> str:
    """Return whether a move stays among one commune's, or one district's, schools on a day.

    A district's are those its education office managed, until 1/7/2025.
    """
    ends = [Around(school_id, on=on) for school_id in (from_school_id, to_school_id)]
    for kind, case in (
        (UnitKind.COMMUNE, Circumstance.INSIDE_COMMUNE),
        (UnitKind.DISTRICT_OFFICE, Circumstance.INSIDE_DISTRICT),
    ):
        managers = [around.of_kind(kind) for around in ends]
        over = {one.version.unit_id for one in managers if one and not one.by_place}
        if len(over) == 1 and all(one and not one.by_place for one in managers):
            return case
    return Circumstance.ACROSS_COMMUNES


class Question:
    """A school on a day: what it was, where it stood, asked about one power or all."""

    def __init__(self, school_id: int, on: date) -> None:
        self._school_id = school_id
        self._on = on
        self._days: dict[date, Around] = {}
        line = self._around(on).line
        if not line:
            raise _not_there(school_id, on)
        self._school: OrgUnitVersion = line[0]
        self._facts: SchoolFacts = school_facts(school_id, on=on)

    def concerns(self, rules: Sequence[AuthorityRule]) -> bool:
        """Return whether a power is about a school of this kind at all.

        A rule for all schools says nothing of a center that teaches no level.
        """
        if not self._facts.levels:
            rules = [one for one in rules if one.school_type == self._facts.school_type]
        return any(
            timeline(rules, self._subject(level, circumstance))
            for level in self._levels(rules)
            for circumstance in _circumstances(rules, self._on)
        )

    def answer(
        self,
        power: str,
        rules: Sequence[AuthorityRule],
        *,
        level: str = "",
        circumstance: str = "",
        with_changes: bool = True,
    ) -> Answer:
        """Return who decides, with a ruling for each level and circumstance."""
        taught = self._levels(rules)
        levels = [level] if level and taught != [""] else taught
        if not levels or not set(levels) <= {"", *self._facts.levels}:
            raise self._not_taught(power, rules, level)
        cases = [circumstance] if circumstance else _circumstances(rules, self._on)
        rulings = [self._ruling(rules, one, case, with_changes) for one in levels for case in cases]
        return Answer(power, self._school.unit.code, self._school.name, self._on, tuple(rulings))

    def refusal(self, rules: Sequence[AuthorityRule], ruling: Ruling) -> NotFound:
        """Return the refusal that says why nobody can be named."""
        segments = timeline(rules, self._subject(ruling.level, ruling.circumstance))
        place = segment_on(segments, self._on)
        return unnamed(None if place is None else segments[place].rule, segments, self._on)

    def history(self, rules: Sequence[AuthorityRule], ruling: Ruling) -> History:
        """Return who decided through all that is recorded, newest first."""
        segments = timeline(rules, self._subject(ruling.level, ruling.circumstance))
        holders = [self._holder(one, self._within(one)) for one in segments]
        place = segment_on(segments, self._on)
        current = None if place is None else len(segments) - 1 - place
        return History(ruling, tuple(reversed(holders)), current)

    def _ruling(
        self,
        rules: Sequence[AuthorityRule],
        level: str,
        circumstance: str,
        with_changes: bool,  # noqa: FBT001
    ) -> Ruling:
        segments = timeline(rules, self._subject(level, circumstance))
        place = segment_on(segments, self._on)
        if place is None:
            return Ruling(level, circumstance, None, how_far_known(segments, self._on))
        rule = segments[place].rule
        before, after = self._changes(segments, place) if with_changes else (None, None)
        if rule.decider == Office.NOT_RECORDED:
            return Ruling(level, circumstance, None, told_note(rule.note), before, after)
        holder = self._holder(segments[place], self._on)
        return Ruling(level, circumstance, holder, "", before, after)

    def _changes(self, segments: Segments, place: int) -> tuple[Holder | None, Holder | None]:
        """Return who decided just before the period of a day, and who does just after."""
        own = segments[place]
        before = segments[place - 1] if place else None
        after = segments[place + 1] if place + 1 < len(segments) else None
        return (
            self._holder(before, own.starts_on - timedelta(days=1)) if before else None,
            self._holder(after, after.starts_on) if after else None,
        )

    def _holder(self, segment: Segment[AuthorityRule], day: date) -> Holder:
        rule = segment.rule
        text = rule.regulation
        source = (
            Source(text.code, text.number, rule.article, rule.confidence, is_first_day_sure(rule))
            if text
            else None
        )
        unit = None if rule.decider in UNNAMED else self._unit(Office(rule.decider), day)
        return Holder(
            rule.decider, unit, source, segment.starts_on, segment.ends_on, told_note(rule.note)
        )

    def _unit(self, office: Office, day: date) -> UnitOfDay | None:
        """Return the unit in which an office stood for the school on a day."""
        around = self._around(day)
        found = around.of_kind(SEATS[office])
        if found is None:
            return None
        version = found.version
        return UnitOfDay(
            version.unit_id,
            version.unit.uuid,
            version.unit.code,
            version.name,
            found.by_place,
            _unlisted(around, day) if found.by_place else None,
        )

    def _within(self, segment: Segment[AuthorityRule]) -> date:
        """Return the day of a period on which units are looked up: its last one, or the asked."""
        if segment.ends_on is None or segment.ends_on > self._on:
            return max(self._on, segment.starts_on)
        return segment.ends_on - timedelta(days=1)

    def _levels(self, rules: Sequence[AuthorityRule]) -> list[str]:
        """Return the levels a power is decided for in this school; [""] is the school as one."""
        said = {rule.level for rule in rules}
        return [""] if said == {""} else [one for one in self._facts.levels if one in said]

    def _subject(self, level: str, circumstance: str) -> Subject:
        facts = self._facts
        return Subject(
            level,
            highest_level(facts.levels),
            facts.school_type,
            facts.ownership,
            circumstance,
        )

    def _not_taught(self, power: str, rules: Sequence[AuthorityRule], level: str) -> DomainError:
        needed = [level] if level else sorted({rule.level for rule in rules} - {""})
        if set(self._facts.levels) == {Level.CONTINUING} and set(needed) <= GENERAL_PROGRAMS:
            return ContinuingNotRecorded(power=power_label(power), needed=_level_names(needed))
        return LevelNotTaught(
            power=power_label(power),
            needed=_level_names(needed),
            taught=_level_names(self._facts.levels) or _("no level"),
            on=written(self._on),
        )

    def _around(self, day: date) -> Around:
        if day not in self._days:
            self._days[day] = Around(self._school_id, on=day)
        return self._days[day]


def _unlisted(around: Around, day: date) -> date | None:
    """Return since when a list tells the area the school stood in, if the day is earlier."""
    area = around.line[0].area if around.line else None
    since = area.listed_since if area else None
    return since if since and day < since else None


def _circumstances(rules: Sequence[AuthorityRule], on: date) -> list[str]:
    """Return the circumstances that a power depends on, on a day: districts have ended."""
    said = {rule.circumstance for rule in rules if holds(rule, on)} - {""}
    said = said or {rule.circumstance for rule in rules} - {""}
    return sorted(said, reverse=True) or [""]


def _level_names(levels: Sequence[str]) -> str:
    return ", ".join(_inside(str(Level(one).label)) if one in Level else one for one in levels)


def _inside(label: str) -> str:
    """Return a label as it stands inside a sentence; an abbreviation keeps its capitals."""
    return label if label.isupper() else label.lower()


def _not_there(school_id: int, on: date) -> SchoolNotThere:
    """Return the refusal that says since or until when the school was there."""
    rows = list(versions_of(school_id))
    if not rows:
        raise NotFound
    first, last = rows[0], rows[-1]
    if on < first.starts_on:
        reason = _("It is recorded from %(day)s on.") % {"day": written(first.starts_on)}
    else:
        reason = _("It ended on %(day)s.") % {"day": written(last.ends_on)}
    return SchoolNotThere(school=last.name, on=written(on), reason=reason)
