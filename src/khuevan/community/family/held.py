"""What the school holds about a child, as the family may see it: facts, then lists."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from khuevan.community.family.selectors import Child
from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import last_day
from khuevan.kernel.personal_number import grouped
from khuevan.platform.codes.api import code_table
from khuevan.platform.organizations.api import names_on
from khuevan.registry.people.api import VIEW_SENSITIVE, AddressKind, consents_of, purpose_name
from khuevan.registry.students.api import (
    EntryKind,
    ExitKind,
    Student,
    disability_words,
    enrollments_of,
    ethnic_groups,
    guardians_of,
    placements_of,
    policies_of,
    policy_names,
    shown_addresses,
)
from khuevan.registry.transfers.api import VIEW_TRANSFERS, State, transfers
from khuevan.ui.formats import day


@dataclass(frozen=True, slots=True)
class Part:
    """One list of the record: what it is called, its columns, its rows."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def may_see_sensitive(actor: Actor, child: Child) -> bool:
    """Return whether the actor sees a child's sensitive facts."""
    if not actor.may(VIEW_SENSITIVE):
        return False
    return Student.objects.visible_to(actor, VIEW_SENSITIVE).filter(pk=child.student.pk).exists()


def held_facts(*, actor: Actor, child: Child, on: date) -> list[tuple[str, str]]:
    """Return codes, numbers and sensitive facts of a record; empty is what nobody recorded."""
    student, person = child.student, child.student.person
    times = enrollments_of(actor=actor, student=student).filter(is_primary=True)
    number = times.values_list("registry_number", flat=True).first() or ""
    found = [(_("Ministry code"), student.moet_code or ""), (_("Registry book number"), number)]
    if not may_see_sensitive(actor, child):
        return found
    code = person.ethnicity_code
    found += [
        (_("Ethnic group"), ethnic_groups().name_of(code) if code else ""),
        (_("Policy groups"), _policies(student, on)),
        (_("Disability"), disability_words(student.disability_code, student.disability_degree)),
        (_("Phone"), person.phone),
    ]
    if person.religion_code:
        found.append((_("Religion"), code_table("religions").name_of(person.religion_code)))
    return found


def whole_record(*, actor: Actor, child: Child, on: date) -> list[Part]:
    """Return everything that a child's record holds and the actor may see."""
    return [
        _facts(actor, child, on),
        _guardians(actor, child, on),
        _schools(actor, child, on),
        _classes(actor, child),
        _consents(actor, child, on),
        _transfers(actor, child, on),
    ]


def _policies(student: Student, on: date) -> str:
    return "; ".join(policy_names([one.code]) for one in policies_of(student=student, on=on))


def _facts(actor: Actor, child: Child, on: date) -> Part:
    person = child.student.person
    addresses = shown_addresses(actor=actor, student=child.student, on=on)
    sees = may_see_sensitive(actor, child)
    number = person.personal_number or ""
    rows = [
        (_("Full name"), person.full_name),
        (_("Birth date"), _day(person.birth_date)),
        (_("Sex"), str(person.get_sex_display())),
        *([(_("Personal number"), grouped(number))] if sees else []),
        *held_facts(actor=actor, child=child, on=on),
        *((str(kind.label), addresses.get(kind, "")) for kind in AddressKind),
        (_("School"), child.school),
        (_("Entered"), _day(child.since)),
        (_("Class"), child.class_name),
        (_("Class teacher"), child.teacher),
    ]
    return Part(_("Facts"), (_("What is recorded"), _("Recorded")), tuple(rows))


def _guardians(actor: Actor, child: Child, on: date) -> Part:
    rows = guardians_of(actor=actor, student=child.student, on=on)
    return Part(
        _("Family"),
        (_("Full name"), _("Relation"), _("Phone")),
        tuple((one.full_name, str(one.get_relation_display()), one.phone) for one in rows),
    )


def _schools(actor: Actor, child: Child, on: date) -> Part:
    times = list(enrollments_of(actor=actor, student=child.student))
    names = names_on({one.school_id for one in times}, on)
    return Part(
        _("Schools attended"),
        (
            _("School"),
            _("Registry book number"),
            _("From"),
            _("Until"),
            _("How one came"),
            _("How one left"),
        ),
        tuple(
            (
                names.get(one.school_id, one.school.code),
                one.registry_number,
                _day(one.starts_on),
                _last(one.ends_on),
                _together(EntryKind(one.entry_kind).label, one.came_from, one.entry_paper),
                _together(
                    ExitKind(one.exit_kind).label if one.exit_kind else "",
                    one.exit_reason,
                    one.went_to,
                    one.exit_paper,
                ),
            )
            for one in times
        ),
    )


def _classes(actor: Actor, child: Child) -> Part:
    return Part(
        _("Classes attended"),
        (_("School year"), _("Class"), _("Grade"), _("From"), _("Until")),
        tuple(
            (
                str(one.homeroom_class.academic_year),
                one.homeroom_class.name,
                str(one.own_grade.label),
                _day(one.starts_on),
                _last(one.ends_on),
            )
            for one in placements_of(actor=actor, student=child.student)
        ),
    )


def _consents(actor: Actor, child: Child, on: date) -> Part:
    return Part(
        _("Consents"),
        (_("Purpose"), _("Answer"), _("Answered by"), _("From"), _("Taken back")),
        tuple(
            (
                purpose_name(one.purpose),
                _("Agreed") if one.is_yes else _("Not agreed"),
                one.given_by.full_name,
                _day(one.valid_from),
                _day(one.withdrawn_at.date() if one.withdrawn_at else None),
            )
            for one in consents_of(actor, child.student.person)
        ),
    )


def _transfers(actor: Actor, child: Child, on: date) -> Part:
    rows: Collection[Any] = ()
    if actor.may(VIEW_TRANSFERS):
        rows = transfers(actor=actor).filter(student=child.student).order_by("-asked_on", "-pk")
    ids = {pk for one in rows for pk in (one.from_school_id, one.to_school_id) if pk}
    names = names_on(ids, on)
    return Part(
        _("Changes of school"),
        (_("Requested on"), _("Old school"), _("New school"), _("State"), _("Reason")),
        tuple(
            (
                _day(one.asked_on),
                names.get(one.from_school_id, one.outside_school),
                names.get(one.to_school_id, one.outside_school),
                str(State(one.state).label),
                one.reason,
            )
            for one in rows
        ),
    )


def _day(value: date | None) -> str:
    return day(value) if value else ""


def _last(ends_on: date | None) -> str:
    return day(last_day(ends_on)) if ends_on else ""


def _together(*parts: object) -> str:
    return " · ".join(str(part) for part in parts if part)
