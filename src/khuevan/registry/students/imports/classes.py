"""The classes that a list names and the school does not have yet: promised, opened in writing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.vietnamese import fold, normalize
from khuevan.platform.sheets.api import Fault, Offer, Promises, Remedy
from khuevan.registry.schools.api import (
    MANAGE_CLASSES,
    ClassDetails,
    EducationLevel,
    GradeLevel,
    HomeroomClass,
    NewRoom,
    School,
    Session,
    academic_year_on,
    class_match_name,
    class_sort_key,
    grade_levels,
    open_classes,
    with_facts,
)

CODE = "classes"
FEWEST = 3
"""A class that looks like one the school has is taken for a slip when fewer pupils name it."""
MOST_NAMED = 8
LONGEST_NAME = 30
WORD = re.compile(r"^\s*lớp\b[\s:.]*", re.IGNORECASE)
NUMBER = re.compile(r"\d+")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CONTINUING = re.compile(r"tx\b", re.IGNORECASE)
AGE_GROUPS: tuple[tuple[re.Pattern[str], int | None], ...] = (
    (re.compile(r"\b(?:[3-9]|1[0-2])\s*tháng\b"), 0),
    (re.compile(r"\b(?:1[3-9]|2[0-4])\s*tháng\b"), 1),
    (re.compile(r"\btháng\b|nhà trẻ|nhóm trẻ"), 2),
    (re.compile(r"\b([2-5])\s*(?:[-–]\s*[3-6]\s*)?tuổi"), None),
    (re.compile(r"mẫu giáo bé|\bmầm\b|^bé\b"), 3),
    (re.compile(r"mẫu giáo nhỡ|\bchồi\b|^nhỡ\b"), 4),
    (re.compile(r"mẫu giáo lớn|\blá\b|^lớn\b"), 5),
)
"""How preschools call their age groups; without an age the first number in it is the age."""


@dataclass(frozen=True, slots=True)
class MissingClass:
    """A class to be opened: as most rows write it, and its grade."""

    name: str
    grade: GradeLevel


def find_missing(
    *,
    actor: Actor,
    unit_id: int,
    rows: Sequence[tuple[dict[str, str], Sequence[Fault]]],
    on: date,
) -> Offer | None:
    """Return the classes that the rows name and the school could open, with their grades."""
    known = with_facts(School.objects.visible_to(actor, MANAGE_CLASSES), on=on)
    school = known.filter(pk=unit_id).first()
    if school is None or academic_year_on(on) is None:
        return None
    grades = grade_levels(school.levels)
    spelled: dict[str, Counter[tuple[str, str]]] = {}
    slips: Counter[str] = Counter()
    for cells, faults in rows:
        name = normalize(WORD.sub("", cells.get("class_name", "")))
        key = class_match_name(name)
        if not key or len(name) > LONGEST_NAME:
            continue
        spelled.setdefault(key, Counter())[name, cells.get("grade_level", "")] += 1
        slips[key] += any(f.field_name == "class_name" and f.suggestion for f in faults)
    missing = [
        MissingClass(name, grade)
        for key, spellings in spelled.items()
        for (name, grade_text), _times in spellings.most_common(1)
        if (grade := _grade(name, grade_text, grades)) is not None
        and (not slips[key] or spellings.total() >= FEWEST)
    ]
    return _offer(sorted(missing, key=lambda m: class_sort_key(m.grade.position, m.name)))


def promised_classes(promises: Promises) -> dict[int, MissingClass]:
    """Return the classes that are opened with the list, by ids that no real class has."""
    items = promises.get(CODE, ())
    grades = {grade.code: grade for grade in grade_levels()} if items else {}
    return {
        -place: MissingClass(item["name"], grades[item["grade"]])
        for place, item in enumerate(items, start=1)
    }


def open_promised(
    *, actor: Actor, unit_id: int, promised: Mapping[int, MissingClass], on: date, now: datetime
) -> dict[int, int]:
    """Open classes in this school year, with lessons when most others have them; return their ids.

    :raises NotFound: when no school year holds the day
    """
    if not promised:
        return {}
    year = academic_year_on(on)
    if year is None:
        raise NotFound
    usual = (
        HomeroomClass.objects.unscoped(because="when lessons are, of the school that opens them")
        .filter(school_id=unit_id, academic_year=year)
        .values_list("session")
        .annotate(times=Count("pk"))
        .order_by("-times", "session")
        .first()
    )
    details = ClassDetails(session=usual[0] if usual else Session.MORNING)
    opened = open_classes(
        actor=actor,
        school_id=unit_id,
        academic_year=year,
        new=[NewRoom(missing.grade, missing.name, details) for missing in promised.values()],
        now=now,
    )
    return {key: room.pk for key, room in zip(promised, opened, strict=True)}


def tell_promise(items: Sequence[Mapping[str, str]]) -> str:
    """Say which classes will be opened."""
    names = _names([item["name"] for item in items])
    return ngettext(
        "Class %(names)s will be opened when the list is written.",
        "Classes %(names)s will be opened when the list is written.",
        len(items),
    ) % {"names": names}


OPEN_CLASSES = Remedy(
    code=CODE,
    permission=MANAGE_CLASSES,
    fault="students.unknown_class",
    find=find_missing,
    tell=tell_promise,
    withdraw=gettext_lazy("Do not open"),
)


def _grade(name: str, grade_text: str, grades: Sequence[GradeLevel]) -> GradeLevel | None:
    """Return the grade of a class: by its age group, by the number it begins with, or by the grade
    column.
    """
    preschool = [grade for grade in grades if grade.level == EducationLevel.PRESCHOOL]
    for text in (name, grade_text) if preschool else ():
        age = _age_group(text)
        if age is not None:
            fitting = [grade for grade in preschool if grade.usual_age <= age]
            return max(fitting or preschool[:1], key=lambda grade: grade.usual_age)
    begins = NUMBER.match(name)
    if begins:
        return _numbered(begins.group(), f"{name} {grade_text}", grades)
    number = NUMBER.search(grade_text)
    found = _numbered(number.group(), grade_text, grades) if number else None
    words = fold(grade_text)
    return found or next((one for one in grades if words and fold(one.name) == words), None)


def _age_group(text: str) -> int | None:
    """Return the age that a preschool class is for, by the first pattern of the table."""
    words = normalize(text).lower()
    for pattern, age in AGE_GROUPS:
        found = pattern.search(words)
        if found:
            return int(found.group(1)) if age is None else age
    return None


def _numbered(number: str, text: str, grades: Sequence[GradeLevel]) -> GradeLevel | None:
    """Return the grade of a number; in continuing education its code has letters before it."""
    same = [grade for grade in grades if grade.code.lstrip(LETTERS) == number]
    continuing = [grade for grade in same if grade.level == EducationLevel.CONTINUING]
    plain = [grade for grade in same if grade not in continuing]
    wanted = continuing if CONTINUING.search(text) or not plain else plain
    return next(iter(wanted or plain), None)


def _offer(missing: Sequence[MissingClass]) -> Offer | None:
    if not missing:
        return None
    count = len(missing)
    names = _names([one.name for one in missing])
    return Offer(
        sentence=_("The school has no class %(names)s yet.") % {"names": names},
        button=ngettext(
            "Open this class when writing", "Open these %(count)s classes when writing", count
        )
        % {"count": count},
        items=tuple({"name": one.name, "grade": one.grade.code} for one in missing),
    )


def _names(names: Sequence[str]) -> str:
    return ", ".join([*names[:MOST_NAMED], *(["…"] if len(names) > MOST_NAMED else [])])
