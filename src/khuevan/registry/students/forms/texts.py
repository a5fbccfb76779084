"""A pupil's record as the form that corrects it writes it, text by text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from khuevan.registry.people.api import AddressKind
from khuevan.registry.students.models import Guardianship, Relation, Student
from khuevan.ui.formats import day

ADDRESSES = {
    "birthplace": AddressKind.BIRTHPLACE,
    "hometown": AddressKind.HOMETOWN,
    "permanent": AddressKind.PERMANENT,
    "current": AddressKind.CURRENT,
}
GUARDIANS = {"mother": Relation.MOTHER, "father": Relation.FATHER, "guardian": Relation.GUARDIAN}
OF_A_GUARDIAN = ("full_name", "birth_year", "phone", "occupation")
OWN = (
    "full_name", "birth_date", "sex", "personal_number", "moet_code", "ethnicity_code", "phone",
    "disability_code", "disability_degree", "policy_codes",
)  # fmt: skip


def as_text(value: Any) -> str:
    """Return a value as a form writes it."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(value)
    return day(value) if isinstance(value, date) else str(value)


def texts_of(
    student: Student,
    addresses: Mapping[str, str],
    guardians: Iterable[Guardianship],
    policy_codes: tuple[str, ...],
) -> dict[str, str]:
    """Return a record as a form shows it."""
    person = student.person
    texts = {name: as_text(getattr(person, name, None)) for name in OWN}
    texts |= {"full_name": person.full_name, "moet_code": student.moet_code or ""}
    texts |= {"disability_code": student.disability_code, "policy_codes": as_text(policy_codes)}
    texts |= {"disability_degree": student.disability_degree}
    texts |= {name: addresses.get(kind, "") for name, kind in ADDRESSES.items()}
    by_relation = {row.relation: row for row in reversed(list(guardians))}
    for prefix, relation in GUARDIANS.items():
        row = by_relation.get(relation)
        values = (
            (row.full_name, row.birth_year, row.phone, row.occupation)
            if row
            else ("", None, "", "")
        )
        names = (f"{prefix}_{part}" for part in OF_A_GUARDIAN)
        texts |= dict(zip(names, map(as_text, values), strict=True))
    return texts
