"""What a row would change of a known pupil. Blank cells and spelling variants change nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from khuevan.kernel.vietnamese import match_key
from khuevan.platform.sheets.api import format_date
from khuevan.registry.students.code_lists import disabilities, policy_groups
from khuevan.registry.students.data import GuardianData, StudentData
from khuevan.registry.students.imports.known import GuardianFacts, Known
from khuevan.registry.students.imports.wanted import ADDRESS_FIELDS, GUARDIAN_FIELDS
from khuevan.registry.students.student_layout import ethnic_groups, nationalities

WORDS = re.compile(r"\w+")
SEX_NAMES = {"MALE": "Nam", "FEMALE": "Nữ"}


@dataclass(slots=True)
class Differences:
    """Changes for the action, and the same as people read them by the list's own fields."""

    changes: dict[str, Any] = field(default_factory=dict)
    shown: dict[str, tuple[str, str]] = field(default_factory=dict)

    def add(self, name: str, shown_as: str, old: str, new: str, value: Any) -> None:
        """Note one change."""
        self.changes[name] = value
        self.shown[shown_as] = (old, new)


def differences(
    known: Known,
    wanted: StudentData,
    *,
    class_id: int | None,
    class_name: str,
    registry_number: str = "",
) -> Differences:
    """Return what the row would change."""
    found = Differences()
    if registry_number and registry_number != known.registry_number:
        pair = known.registry_number, registry_number
        found.add("registry_number", "registry_number", *pair, registry_number)
    _compare_person(found, known, wanted)
    _compare_welfare(found, known, wanted)
    _compare_addresses(found, known, wanted)
    _compare_guardians(found, known, wanted)
    if class_id is not None and class_id != known.class_id:
        found.add("homeroom_class_id", "class_name", known.class_name, class_name, class_id)
    return found


def _compare_person(found: Differences, known: Known, wanted: StudentData) -> None:
    person = known.person
    if not _same(wanted.full_name, person.full_name):
        found.add("full_name", "full_name", person.full_name, wanted.full_name, wanted.full_name)
    if wanted.sex and wanted.sex != person.sex:
        found.add("sex", "sex", SEX_NAMES.get(person.sex, ""), SEX_NAMES[wanted.sex], wanted.sex)
    if wanted.birth_date and wanted.birth_date != person.birth_date:
        days = _day(person.birth_date), _day(wanted.birth_date)
        found.add("birth_date", "birth_date", *days, wanted.birth_date)
    for name, shown_as, old, new in (
        (
            "personal_number",
            "personal_number",
            person.personal_number or "",
            wanted.personal_number,
        ),
        ("phone", "pupil_phone", person.phone, wanted.phone),
        ("moet_code", "moet_code", known.student.moet_code or "", wanted.moet_code),
    ):
        if new and new != old:
            found.add(name, shown_as, old, new, new)
    for name, shown_as, names in (
        ("ethnicity_code", "ethnicity", ethnic_groups()),
        ("nationality_code", "nationality", nationalities()),
    ):
        code, before = getattr(wanted, name), getattr(person, name)
        if code and code != before:
            told = names.name_of(before) if before else ""
            found.add(name, shown_as, told, names.name_of(code), code)


def _compare_welfare(found: Differences, known: Known, wanted: StudentData) -> None:
    codes = wanted.policy_codes
    if codes is not None and set(codes) != set(known.policy_codes):
        pair = _group_names(known.policy_codes), _group_names(codes)
        found.add("policy_codes", "policy_groups", *pair, codes)
    code, before = wanted.disability_code, known.student.disability_code
    if code and code != before:
        names = disabilities()
        old = names.name_of(before) if before else ""
        found.add("disability_code", "disability", old, names.name_of(code), code)


def _group_names(codes: Iterable[str]) -> str:
    return "; ".join(policy_groups().name_of(code) for code in sorted(codes))


def _compare_addresses(found: Differences, known: Known, wanted: StudentData) -> None:
    changed = {
        kind: text
        for kind, text in wanted.addresses.items()
        if not says_no_more(text, known.addresses.get(kind, ""))
    }
    for kind, text in changed.items():
        found.shown[ADDRESS_FIELDS[kind][0]] = (known.addresses.get(kind, ""), text)
    if changed:
        found.changes["addresses"] = changed


def says_no_more(new: str, old: str) -> bool:
    """Return whether an address holds nothing that the old one does not: a part erases nothing."""
    if new == old:
        return True
    words, kept = (WORDS.findall(match_key(text)) for text in (new, old))
    return any(kept[at : at + len(words)] == words for at in range(len(kept) - len(words) + 1))


def _compare_guardians(found: Differences, known: Known, wanted: StudentData) -> None:
    changed = []
    for data in wanted.guardians:
        row = known.guardians.get(data.relation)
        shown = _guardian_shown(data, row)
        if shown:
            changed.append(data)
            found.shown.update(shown)
    if changed:
        found.changes["guardians"] = tuple(changed)


def _guardian_shown(data: GuardianData, row: GuardianFacts | None) -> dict[str, tuple[str, str]]:
    prefix = GUARDIAN_FIELDS[data.relation]
    old_name = row.full_name if row else ""
    old_year = str(row.birth_year or "") if row else ""
    pairs = {
        f"{prefix}_name": (old_name, data.full_name),
        f"{prefix}_birth_year": (old_year, str(data.birth_year or "")),
        f"{prefix}_job": (row.occupation if row else "", data.occupation),
        f"{prefix}_phone": (row.phone if row else "", data.phone),
    }
    return {name: pair for name, pair in pairs.items() if pair[1] and not _same(*pair)}


def _same(one: str, other: str) -> bool:
    return one == other or match_key(one) == match_key(other)


def _day(value: date | None) -> str:
    return format_date(value) if value else ""
