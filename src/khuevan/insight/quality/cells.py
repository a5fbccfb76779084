"""One cell to fill in: what it takes, whose right it needs, and which action of the records writes.

Nothing is written here: each cell hands its value to the action that the record's own page calls,
with that action's permission, version and audit entry.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khuevan.insight.quality.errors import FilledMeanwhile
from khuevan.insight.quality.findings import Finding
from khuevan.insight.quality.rule_list import QualityRule
from khuevan.kernel.actor import Actor, Permission
from khuevan.platform.accounts.api import Sex
from khuevan.platform.codes.api import code_table
from khuevan.registry.people.api import PUPIL_AGES, STAFF_AGES
from khuevan.registry.schools.api import (
    MANAGE_CAMPUSES,
    MANAGE_CLASSES,
    ClassDetails,
    HomeroomClass,
    School,
    change_contact,
    edit_class,
    further_grades,
)
from khuevan.registry.staff.api import (
    MANAGE_STAFF,
    StaffMember,
    assign_homeroom,
    correct_identity,
    identity_of,
)
from khuevan.registry.students.api import (
    EDIT_STUDENTS,
    RECORD_GUARDIANS,
    GuardianData,
    Guardianship,
    correct_student,
)
from khuevan.ui.forms import DayField, LineField, NameField, PersonalNumberField, PhoneField

Field = Callable[[Actor, School], forms.Field]


@dataclass(frozen=True, slots=True)
class Write:
    """What is to be written: by whom, where, which value, on which version of the record."""

    actor: Actor
    school: School
    finding: Finding
    name: str
    value: Any
    version: int
    now: datetime


@dataclass(frozen=True, slots=True)
class Cell:
    """How one field is filled in from a list."""

    route: str
    """The address that takes it: it states the permission."""
    permission: Permission
    field: Field
    write: Callable[[Write], None]
    name: str


def cell_of(rule: QualityRule) -> Cell | None:
    """Return how a rule's field is filled in from the list, None where it takes a page."""
    return CELLS.get((rule.subject, rule.field)) if rule.field else None


def _write_pupil(said: Write) -> None:
    changes = {said.name: said.value}
    if said.name in ADDRESSES:
        changes = {"addresses": {ADDRESSES[said.name]: said.value}}
    correct_student(
        actor=said.actor,
        uuid=said.finding.record,
        version=said.version,
        changes=changes,
        now=said.now,
    )


def _write_guardian(said: Write) -> None:
    rows = Guardianship.objects.visible_to(said.actor, RECORD_GUARDIANS)
    row = rows.select_related("guardian").one(said.finding.uuid)
    known = GuardianData(row.relation, row.full_name, row.birth_year, row.occupation, row.phone)
    told = replace(known, **{said.name: said.value})
    correct_student(
        actor=said.actor,
        uuid=said.finding.record,
        version=said.version,
        changes={"guardians": (told,)},
        now=said.now,
    )


def _write_staff(said: Write) -> None:
    rows = StaffMember.objects.visible_to(said.actor, MANAGE_STAFF).select_related("person")
    member = rows.one(said.finding.uuid)
    correct_identity(
        actor=said.actor,
        member_uuid=member.uuid,
        version=said.version,
        told=replace(identity_of(member), **{said.name: said.value}),
        now=said.now,
    )


def _write_homeroom(said: Write) -> None:
    room = HomeroomClass.objects.visible_to(said.actor, MANAGE_STAFF).one(said.finding.uuid)
    member = StaffMember.objects.visible_to(said.actor, MANAGE_STAFF).one(said.value)
    assign_homeroom(
        actor=said.actor,
        homeroom_class=room,
        member=member,
        starts_on=said.actor.today,
        now=said.now,
    )


def _write_class(said: Write) -> None:
    rows = HomeroomClass.objects.visible_to(said.actor, MANAGE_CLASSES)
    rows = rows.select_related("campus", "room")
    room = rows.lock(rows.one(said.finding.uuid).pk)
    _require_empty(getattr(room, said.name))
    grades = further_grades([room.pk]).get(room.pk, ())
    details = ClassDetails(
        session=room.session,
        campus=room.campus.uuid if room.campus and not room.room else None,
        room=room.room.uuid if room.room else None,
        further_grades=tuple(grades),
        sessions_a_week=room.sessions_a_week,
        is_inclusive=room.is_inclusive,
        is_gifted=room.is_gifted,
        subject_combination=room.subject_combination,
    )
    edit_class(
        actor=said.actor,
        uuid=room.uuid,
        name=room.name,
        details=replace(details, **{said.name: said.value}),
        now=said.now,
    )


def _require_empty(value: object) -> None:
    """Refuse where the locked row, which has no version, is not as it was listed: empty."""
    if value not in (None, ""):
        raise FilledMeanwhile


def _write_school(said: Write) -> None:
    school = School.objects.visible_to(said.actor, MANAGE_CAMPUSES).lock(said.school.pk)
    told = {"phone": school.phone, "website": school.website, "address": school.address}
    name = said.name.removeprefix("school_")
    _require_empty(told[name])
    told[name] = said.value
    change_contact(actor=said.actor, school_id=school.pk, now=said.now, **told)


def _teachers(actor: Actor, school: School) -> forms.Field:
    rows = StaffMember.objects.visible_to(actor, MANAGE_STAFF).select_related("person")
    rows = rows.filter(
        appointments__unit_id=school.pk,
        appointments__position="TEACHER",
        appointments__ends_on__isnull=True,
    )
    found = rows.order_by("person__sort_key", "pk").distinct()
    return _choice([(str(one.uuid), one.person.full_name) for one in found])


def _choice(choices: list[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(choices=[("", _("Choose")), *choices])


def _peoples(actor: Actor, _of: School) -> forms.Field:
    return _choice(code_table("peoples").choices(actor.today))


def _day(earliest: date) -> Field:
    return lambda actor, _of: DayField(earliest=earliest, latest=actor.today)


def _plain(kind: Callable[..., forms.Field], **more: Any) -> Field:
    return lambda _actor, _of: kind(**more)


def _year(actor: Actor, _of: School) -> forms.Field:
    return forms.IntegerField(
        min_value=1900,
        max_value=actor.today.year,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


ADDRESSES = {"home": "CURRENT", "birthplace": "BIRTHPLACE"}
_NUMBER = _plain(PersonalNumberField)
_CODE = _plain(LineField, max_length=20)
_LINE = _plain(LineField, max_length=250)
_SEX = _plain(_choice, choices=list(Sex.choices))
_WEEK = _plain(
    forms.IntegerField,
    min_value=1,
    max_value=12,
    widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
)

_FIELDS: dict[str, dict[str, Field]] = {
    "PUPIL": {
        "personal_number": _NUMBER,
        "birth_date": _day(PUPIL_AGES.earliest),
        "sex": _SEX,
        "ethnicity_code": _peoples,
        "full_name": _plain(NameField, max_length=180),
        "moet_code": _CODE,
        "registry_number": _CODE,
        "home": _LINE,
        "birthplace": _LINE,
    },
    "FAMILY": {"phone": _plain(PhoneField), "birth_year": _year},
    "STAFF": {
        "personal_number": _NUMBER,
        "birth_date": _day(STAFF_AGES.earliest),
        "moet_code": _CODE,
    },
    "SCHOOL": {"school_phone": _plain(PhoneField), "school_address": _LINE},
}
_WRITERS: dict[str, tuple[str, Permission, Callable[[Write], None]]] = {
    "PUPIL": ("quality:fix_pupil", EDIT_STUDENTS, _write_pupil),
    "FAMILY": ("quality:fix_pupil", EDIT_STUDENTS, _write_guardian),
    "STAFF": ("quality:fix_staff", MANAGE_STAFF, _write_staff),
    "SCHOOL": ("quality:fix_school", MANAGE_CAMPUSES, _write_school),
}
CELLS: dict[tuple[str, str], Cell] = {
    (subject, name): Cell(route, permission, field, write, name)
    for subject, (route, permission, write) in _WRITERS.items()
    for name, field in _FIELDS[subject].items()
} | {
    ("CLASS", "teacher"): Cell(
        "quality:fix_homeroom", MANAGE_STAFF, _teachers, _write_homeroom, "teacher"
    ),
    ("CLASS", "sessions_a_week"): Cell(
        "quality:fix_class", MANAGE_CLASSES, _WEEK, _write_class, "sessions_a_week"
    ),
}
