"""Compares a list of staff with a school's: what each row would do. Writes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force, not_over
from khuevan.kernel.vietnamese import match_key
from khuevan.platform.accounts.api import Person
from khuevan.platform.organizations.api import OrgUnit, version_of
from khuevan.platform.sheets.api import (
    Context,
    Fault,
    Outcome,
    ParsedRow,
    PlannedRow,
    Problem,
    Promises,
    Recognized,
    Severity,
    clashing,
    format_date,
    locate,
    personal_number_problems,
)
from khuevan.registry.people.api import STAFF_AGES
from khuevan.registry.schools.api import academic_year_on
from khuevan.registry.staff.actions import Identity, NewMember, Post, identity_of
from khuevan.registry.staff.checks import fillable
from khuevan.registry.staff.imports.words import AWAY, WORKING, word_lists
from khuevan.registry.staff.models import Appointment, StaffMember
from khuevan.registry.staff.permissions import MANAGE_STAFF
from khuevan.registry.staff.rules import is_same_person
from khuevan.registry.staff.selectors import on_leave

_WHY = "who a list names, by number or code, whoever employs them"
IDENTITY = ("full_name", "birth_date", "sex", "personal_number", "moet_code", "phone")
NUMBERS = ("personal_number", "moet_code")
SEXES = {"MALE": "Nam", "FEMALE": "Nữ"}


@dataclass(frozen=True, slots=True)
class Hire:
    """Somebody the school does not have, and the post they take."""

    who: NewMember
    post: Post


@dataclass(frozen=True, slots=True)
class Change:
    """What a row changes of a member of the staff: who they are, and which position."""

    member: StaffMember
    version: int
    told: Identity | None = None
    appointment: Appointment | None = None
    position: str = ""


@dataclass(slots=True)
class Comparison:
    """Everything one comparison knows besides the row at hand."""

    recognized: Recognized
    unit: OrgUnit
    names: frozenset[str]
    here: dict[int, Appointment]
    """The staff of the school, by member."""
    by_number: dict[str, Person]
    by_code: dict[str, StaffMember]
    by_name: dict[tuple[str, date | None], list[int]]
    busy: frozenset[int]
    """People with a main position somewhere else."""
    away: frozenset[int]
    """The staff on leave, by member."""
    fillable: frozenset[str]
    own_id: int | None
    starts_on: date
    on: date
    clashes: dict[str, dict[int, ParsedRow]]
    """By column, the rows whose number or code another row gives to somebody else."""
    seen: dict[tuple[object, ...], int] = field(default_factory=dict)

    def fault(
        self, of: ParsedRow, name: str, code: str, *, warns: bool = False, **params: str | int
    ) -> Fault:
        """Say that something is wrong with a field of a row, or to be looked at."""
        severity = Severity.WARNING if warns else Severity.ERROR
        problem = Problem(code, params, severity=severity)
        text = of.told(name, self.recognized)
        return locate(problem, of.number, self.recognized, name, text)


def context(actor: Actor, unit_id: int, on: date, promises: Promises) -> Context:
    """Return what cells of a list of staff may mean."""
    return Context(today=on, codes=word_lists())


def plan(
    *,
    actor: Actor,
    unit_id: int,
    rows: Sequence[ParsedRow],
    recognized: Recognized,
    promises: Promises,
    on: date,
) -> list[PlannedRow]:
    """Return what each row would do; the number of queries does not grow with the rows."""
    unit = OrgUnit.objects.get(pk=unit_id)
    held = Appointment.objects.visible_to(actor, MANAGE_STAFF).filter(in_force(on), unit_id=unit_id)
    here = {
        row.staff_member_id: row
        for row in held.select_related("staff_member", "person").order_by("is_primary", "-pk")
    }
    people = Person.objects.unscoped(because=_WHY)
    by_number = people.filter(personal_number__in=_given(rows, "personal_number"))
    coded = StaffMember.objects.unscoped(because=_WHY).select_related("person")
    by_code = {
        one.moet_code: one
        for one in coded.filter(moet_code__in=_given(rows, "moet_code"))
        if one.moet_code
    }
    numbered = {one.personal_number or "": one for one in by_number}
    asked = {one.pk for one in numbered.values()} | {one.person_id for one in by_code.values()}
    elsewhere = Appointment.objects.unscoped(because=_WHY).filter(
        not_over(on), is_primary=True, person_id__in=asked
    )
    by_name: dict[tuple[str, date | None], list[int]] = defaultdict(list)
    for pk, row in here.items():
        by_name[match_key(row.person.full_name), row.person.birth_date].append(pk)
    year = academic_year_on(on)
    version = version_of(unit_id, on=on)
    names = {unit.code, version.name, version.short_name} if version else {unit.code}
    comparison = Comparison(
        recognized=recognized,
        unit=unit,
        names=frozenset(_plain(name) for name in names),
        here=here,
        by_number=numbered,
        by_code=by_code,
        by_name=by_name,
        busy=frozenset(elsewhere.values_list("person_id", flat=True)),
        away=frozenset(on_leave(on).filter(staff_member_id__in=here)),
        fillable=frozenset(fillable(actor, unit, on=on)),
        own_id=actor.person_id,
        starts_on=min(year.starts_on, on) if year else on,
        on=on,
        clashes={name: clashing(rows, name, _is_same) for name in NUMBERS},
    )
    return [_plan_row(row, comparison) for row in rows]


def names_of(planned: PlannedRow) -> Iterator[Hashable]:
    """Yield what somebody new is known by."""
    if "hire" in planned.values:
        who: NewMember = planned.values["hire"].who
        yield from ((name, getattr(who, name)) for name in ("personal_number", "moet_code")
                    if getattr(who, name))  # fmt: skip
        yield "named", match_key(who.full_name), who.birth_date


def _given(rows: Sequence[ParsedRow], name: str) -> set[str]:
    return {row.values[name] for row in rows if row.values.get(name)}


def _plain(text: str) -> str:
    return match_key(text).removeprefix("trường ")


def _plan_row(row: ParsedRow, comparison: Comparison) -> PlannedRow:
    if standing_of(row.values) not in (WORKING, AWAY):
        return _plan_gone(row, comparison)
    faults = [*row.faults, *_row_faults(row, comparison)]
    if any(fault.is_error for fault in faults):
        return PlannedRow(row.number, Outcome.REFUSED, faults=tuple(faults))
    known, found = _find(row, comparison)
    faults += found
    if standing_of(row.values) == AWAY and (
        known is None or known.staff_member_id not in comparison.away
    ):
        faults.append(comparison.fault(row, "state", "staff.state_away", warns=True))
    if known is not None:
        planned = _plan_known(row, known, comparison)
    else:
        planned = _plan_new(row, comparison)
    faults += planned.faults
    outcome = Outcome.REFUSED if any(fault.is_error for fault in faults) else planned.outcome
    return replace(planned, outcome=outcome, faults=tuple(faults))


def standing_of(values: Mapping[str, Any]) -> str:
    """Return what a row says of somebody, without how; at work where it is blank."""
    return str(values.get("state") or WORKING).partition(":")[0]


def _plan_gone(row: ParsedRow, comparison: Comparison) -> PlannedRow:
    """Return the row of somebody who left: it writes nothing, and keeps no other row out."""
    known = None
    if row.values.get("full_name"):
        known, _doubts = _find(row, comparison)
    standing = standing_of(row.values).lower()
    code = f"staff.state_{standing}" if known else "staff.state_of_nobody_here"
    return PlannedRow(
        row.number,
        Outcome.UNCHANGED,
        faults=(comparison.fault(row, "state", code, warns=True),),
        target_id=known.staff_member_id if known else None,
        target_version=known.person.version if known else None,
    )


def _row_faults(row: ParsedRow, comparison: Comparison) -> Iterator[Fault]:
    """Yield what is wrong with a row before anybody is looked up."""
    values = row.values
    born, number = values.get("birth_date"), values.get("personal_number")
    if born and not STAFF_AGES.earliest <= born <= STAFF_AGES.latest(comparison.on):
        yield comparison.fault(row, "birth_date", "staff.age_of_nobody")
    if number:
        for problem in personal_number_problems(number, sex=values.get("sex"), birth_date=born):
            yield locate(problem, row.number, comparison.recognized, "personal_number", number)
    if (day := values.get("starts_on")) and day > comparison.on:
        yield comparison.fault(row, "starts_on", "staff.starts_in_future")
    for name in ("school_code", "school_name"):
        if values.get(name) and _plain(values[name]) not in comparison.names:
            yield comparison.fault(row, name, "staff.of_another_school")
            break
    yield from _repeated(row, comparison)


def _repeated(row: ParsedRow, comparison: Comparison) -> Iterator[Fault]:
    """Yield what other rows say against a row; of two with one number neither goes in."""
    values = row.values
    for name, others in comparison.clashes.items():
        if (other := others.get(row.number)) is not None:
            yield comparison.fault(
                row,
                name,
                "staff.number_in_two_rows",
                told=_told(row),
                row=other.number,
                other=_told(other),
            )
            return
    keys: list[tuple[str, tuple[object, ...]]] = [
        (name, (name, values[name])) for name in NUMBERS if values.get(name)
    ]
    if not keys and values.get("full_name"):
        named = match_key(values["full_name"]), values.get("birth_date")
        keys.append(("full_name", ("named", *named)))
    for name, key in keys:
        first = comparison.seen.setdefault(key, row.number)
        if first != row.number:
            yield comparison.fault(row, name, "staff.same_as_row", row=first)
            return


def _is_same(one: ParsedRow, other: ParsedRow) -> bool:
    told = [(row.values.get("full_name") or "", row.values.get("birth_date"))
            for row in (one, other)]  # fmt: skip
    return is_same_person(*told[0], *told[1])


def _told(row: ParsedRow) -> str:
    """Return whom a row names, as a person reads it."""
    born = row.values.get("birth_date")
    parts = (row.values.get("full_name"), format_date(born) if born else "")
    return ", ".join(part for part in parts if part)


def _find(row: ParsedRow, comparison: Comparison) -> tuple[Appointment | None, list[Fault]]:
    """Return whom of the school's staff a row names, with what speaks against it."""
    values = row.values
    name, born = values["full_name"], values.get("birth_date")
    person = comparison.by_number.get(values.get("personal_number") or "")
    coded = comparison.by_code.get(values.get("moet_code") or "")
    if person is not None and coded is not None and coded.person_id != person.pk:
        return None, [comparison.fault(row, "moet_code", "staff.two_people")]
    of_people = {one.person_id: one for one in comparison.here.values()}
    target = person or (coded.person if coded else None)
    if target is not None:
        column = "personal_number" if person is not None else "moet_code"
        is_same = is_same_person(target.full_name, target.birth_date, name, born)
        known = of_people.get(target.pk)
        half = match_key(target.full_name) == match_key(name) or target.birth_date == born
        if not is_same and not (known is not None and half):
            return None, [comparison.fault(row, column, "staff.of_another")]
        if known is None and target.pk in comparison.busy:
            return None, [comparison.fault(row, column, "staff.works_elsewhere")]
        return known, []
    named = comparison.by_name.get((match_key(name), born), [])
    if len(named) > 1:
        return None, [comparison.fault(row, "full_name", "staff.several_alike")]
    if not named:
        return None, []
    known = comparison.here[named[0]]
    if (values.get("personal_number") and known.person.personal_number) or (
        values.get("moet_code") and known.staff_member.moet_code
    ):
        return None, [comparison.fault(row, "full_name", "staff.perhaps_known")]
    return known, [comparison.fault(row, "full_name", "staff.found_by_name", warns=True)]


def _plan_new(row: ParsedRow, comparison: Comparison) -> PlannedRow:
    values, faults = row.values, []
    position = values["position"]
    if position not in comparison.fillable:
        faults.append(comparison.fault(row, "position", "staff.filled_above"))
    if not values.get("birth_date"):
        faults.append(comparison.fault(row, "birth_date", "staff.blank_birth_date"))
        return PlannedRow(row.number, Outcome.REFUSED, faults=tuple(faults))
    if not values.get("sex"):
        faults.append(comparison.fault(row, "sex", "staff.blank_sex"))
    who = NewMember(
        full_name=values["full_name"],
        birth_date=values["birth_date"],
        sex=values.get("sex") or "",
        personal_number=values.get("personal_number") or "",
        moet_code=values.get("moet_code") or "",
        phone=values.get("phone") or "",
        ethnicity_code=values.get("ethnicity") or "",
    )
    post = Post(
        position=position,
        starts_on=values.get("starts_on") or comparison.starts_on,
        employment=values.get("employment") or "",
    )
    return PlannedRow(row.number, Outcome.NEW, {"hire": Hire(who, post)}, tuple(faults))


def _plan_known(row: ParsedRow, known: Appointment, comparison: Comparison) -> PlannedRow:
    held = identity_of(known.staff_member)
    told = {name: row.values[name] for name in IDENTITY if row.values.get(name)}
    changed = {name: value for name, value in told.items() if not _is_as_held(held, name, value)}
    changes = {
        name: (_shown(name, getattr(held, name)), _shown(name, value))
        for name, value in changed.items()
    }
    faults = []
    change = Change(known.staff_member, known.person.version)
    if changed:
        change = replace(change, told=replace(held, **changed))
    if known.person_id == comparison.own_id and changed:
        column = next(iter(changed))
        faults.append(comparison.fault(row, column, "staff.not_oneself"))
    if not known.is_primary and changed:
        faults.append(comparison.fault(row, next(iter(changed)), "staff.kept_elsewhere"))
    position = row.values["position"]
    if position != known.position:
        names = word_lists()["positions"]
        changes["position"] = (names.name_of(known.position), names.name_of(position))
        change = replace(change, appointment=known, position=position)
        if not {position, known.position} <= comparison.fillable:
            faults.append(comparison.fault(row, "position", "staff.filled_above"))
        elif known.starts_on >= comparison.on:
            faults.append(comparison.fault(row, "position", "staff.position_of_today"))
    for name in ("employment", "starts_on"):
        value = row.values.get(name)
        if value and getattr(known, name) and value != getattr(known, name):
            faults.append(comparison.fault(row, name, "staff.stays_as_recorded", warns=True))
    return PlannedRow(
        row.number,
        Outcome.CHANGED if changes else Outcome.UNCHANGED,
        values={"change": change},
        faults=tuple(faults),
        changes=changes,
        target_id=known.staff_member_id,
        target_version=known.person.version,
    )


def _is_as_held(held: Identity, name: str, value: Any) -> bool:
    old = getattr(held, name)
    if name == "full_name":
        return match_key(old) == match_key(value)
    return bool(old == value)


def _shown(name: str, value: Any) -> str:
    """Return a fact as the list writes it."""
    if name == "sex":
        return SEXES.get(value, "")
    return format_date(value) if isinstance(value, date) else str(value or "")
