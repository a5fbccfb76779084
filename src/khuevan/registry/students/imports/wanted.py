"""What a row of the list says of a pupil, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from khuevan.kernel.vietnamese import fold, join_name, split_name
from khuevan.registry.students.code_lists import NO_DISABILITY
from khuevan.registry.students.data import GuardianData, StudentData

ADDRESS_FIELDS = {
    "BIRTHPLACE": ("birth_place",),
    "PERMANENT": ("permanent_hamlet",),
    "HOMETOWN": ("home_commune", "home_province"),
    "CURRENT": ("current_address",),
}
GUARDIAN_FIELDS = {"FATHER": "father", "MOTHER": "mother", "GUARDIAN": "guardian"}

CLASS = "homeroom_class_id"
FIRST_TO_CALL = ("MOTHER", "FATHER", "GUARDIAN")


def student_data(values: dict[str, Any]) -> StudentData:
    """Return what the row says; what it leaves blank stays empty and changes nothing."""
    return StudentData(
        full_name=full_name(values),
        sex=_sex(values),
        birth_date=values.get("birth_date"),
        personal_number=values.get("personal_number") or None,
        moet_code=values.get("moet_code") or None,
        ethnicity_code=values.get("ethnicity") or "",
        nationality_code=values.get("nationality") or "",
        phone=values.get("pupil_phone") or "",
        policy_codes=values.get("policy_groups"),
        disability_code=_disability(values),
        addresses={
            kind: text
            for kind, names in ADDRESS_FIELDS.items()
            if (text := ", ".join(values[name] for name in names if values.get(name)))
        },
        guardians=tuple(
            GuardianData(
                relation=relation,
                full_name=values[f"{prefix}_name"],
                birth_year=values.get(f"{prefix}_birth_year"),
                occupation=values.get(f"{prefix}_job") or "",
                phone=values.get(f"{prefix}_phone") or "",
            )
            for relation, prefix in GUARDIAN_FIELDS.items()
            if values.get(f"{prefix}_name")
        ),
    )


def full_name(values: dict[str, Any]) -> str:
    """Return the name from its one column, or from its two."""
    whole = values.get("full_name")
    if whole:
        return str(whole)
    return join_name(values.get("family_middle_name") or "", "", values.get("given_name") or "")


def class_id(values: dict[str, Any]) -> int | None:
    """Return the id of the class the row names."""
    text = values.get("class_name")
    return int(str(text).removeprefix("class:")) if text else None


def with_family_phone(
    data: StudentData, contact: str | None, held: Mapping[str, tuple[str, str]]
) -> StudentData:
    """Give the family's contact phone to the first guardian, when that one has no phone.

    `held` is what the records know: relation to name and phone. Without a guardian the pupil's own
    phone is the only place there is. A number that one of them has already is nobody else's.
    """
    if not contact:
        return data
    told = {one.relation: one for one in data.guardians}
    phones = {data.phone, *(one.phone for one in data.guardians)}
    phones |= {
        phone
        for kind, (name, phone) in held.items()
        if kind not in told or given_key(told[kind].full_name) == given_key(name)
    }
    if contact in phones:
        return data
    first = next((one for one in FIRST_TO_CALL if one in told or one in held), None)
    if first is None:
        return data if data.phone else replace(data, phone=contact)
    name, phone = held.get(first, ("", ""))
    person = told.get(first) or GuardianData(relation=first, full_name=name)
    is_held = given_key(person.full_name) == given_key(name)
    if person.phone or (is_held and phone):
        return data
    others = [one for one in data.guardians if one.relation != first]
    return replace(data, guardians=(*others, replace(person, phone=contact)))


def given_key(name: str) -> str:
    """Return what tells a guardian from another under the same relation: the given name."""
    return fold(split_name(name)[2])


def contact_phone(values: dict[str, Any]) -> str:
    """Return the phone of the family: its own column, or that of a parent who is not named."""
    if values.get("contact_phone"):
        return str(values["contact_phone"])
    unnamed = (p for p in GUARDIAN_FIELDS.values() if not values.get(f"{p}_name"))
    return next((str(values[f"{p}_phone"]) for p in unnamed if values.get(f"{p}_phone")), "")


def _disability(values: dict[str, Any]) -> str:
    """Return the kind of disability; a no erases none that the record knows."""
    code = values.get("disability") or ""
    return "" if code == NO_DISABILITY else str(code)


def _sex(values: dict[str, Any]) -> str:
    if values.get("sex"):
        return str(values["sex"])
    if "female_mark" in values:
        return "FEMALE" if values["female_mark"] else "MALE"
    return ""
