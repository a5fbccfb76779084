"""Whom and what the words of a list of lessons mean: by code, by name, by what was matched."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.periods import in_force
from khuevan.kernel.vietnamese import match_key
from khuevan.platform.sheets.api import (
    Choice,
    NameKind,
    Promises,
    header_key,
    matches_of,
    words_beside,
)
from khuevan.registry.curriculum.imports.layouts import CODE
from khuevan.registry.curriculum.imports.subjects import is_the_language, languages, subject_of
from khuevan.registry.curriculum.programme import components
from khuevan.registry.schools.api import (
    AcademicYear,
    HomeroomClass,
    academic_year_on,
    class_match_name,
    class_names,
)
from khuevan.registry.staff.api import (
    MANAGE_STAFF,
    Appointment,
    StaffMember,
    subject_choices,
)

TEACHER, CLASS, SUBJECT = "teacher", "class", "subject"
UNKNOWN = {
    TEACHER: "curriculum.unknown_teacher",
    CLASS: "curriculum.unknown_class",
    SUBJECT: "curriculum.unknown_subject",
}
SEVERAL = "curriculum.several_teachers"
USUAL_LANGUAGE = components()["FOREIGN_LANGUAGE_1"].subjects[0]
"""What a class learns of which nothing is known, as in plans made from the programme."""
CODED = re.compile(r"(.+?)\s*\(\s*([^()]+?)\s*\)")


@dataclass(frozen=True, slots=True)
class Unknown:
    """A word that means nothing here, or two people: the fault, and its parameters."""

    code: str
    params: Mapping[str, str]
    who: tuple[int, ...] = ()
    """The people whom it may mean."""


@dataclass(slots=True)
class Names:
    """Everything by which the words of a list are understood."""

    members: dict[int, StaffMember]
    rooms: dict[int, HomeroomClass]
    learnt: Mapping[int, Collection[str]]
    """The languages each class learns."""
    matched: Mapping[str, Mapping[str, str]]
    """What people of the school said that words mean, by kind."""
    given: Mapping[tuple[int, str], Collection[int]]
    """Who gives a subject of a class now."""
    beside: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What other sheets of the file say that words mean."""
    _by_code: dict[str, int] = field(default_factory=dict)
    _by_name: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _by_class: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index what is known."""
        for pk, member in self.members.items():
            self._by_name[match_key(member.person.full_name)].append(pk)
            if member.moet_code:
                self._by_code[header_key(member.moet_code)] = pk
        for pk, room in self.rooms.items():
            self._by_class.setdefault(class_match_name(room.name), pk)

    def teacher(self, name: str, code: str = "") -> int | Unknown:
        """Return the member of the staff that a row means; a code in brackets may follow a name."""
        if code:
            found = self._by_code.get(header_key(code))
            return found if found is not None else self._unknown(TEACHER, code)
        if (found := self._matched_member(name)) is not None:
            return found
        inside = CODED.fullmatch(name)
        for told in (name, inside[2] if inside else ""):
            if told and (found := self._by_code.get(header_key(told))) is not None:
                return found
        same = self._by_name.get(match_key(name), [])
        if len(same) > 1:
            codes = [self.members[pk].moet_code or "–" for pk in same]
            return Unknown(SEVERAL, {"name": name, "codes": ", ".join(codes)}, tuple(same))
        return same[0] if same else self._unknown(TEACHER, name)

    def giver(self, unknown: Unknown, room_id: int, subject: str) -> int | None:
        """Return whom of several of one name a row means: the one who gives the lesson now."""
        found = set(unknown.who) & set(self.given.get((room_id, subject), ()))
        return found.pop() if len(found) == 1 else None

    def room(self, name: str) -> int | Unknown:
        """Return the class that a word means."""
        for told in (*self._said(CLASS, name), name, *self._beside(CLASS, name)):
            plain = re.sub(r"^\s*lớp\b[\s:.]*", "", told, flags=re.IGNORECASE)
            if (found := self._by_class.get(class_match_name(plain))) is not None:
                return found
        return self._unknown(CLASS, name)

    def subject(self, name: str, room_id: int | None) -> str | Unknown:
        """Return the subject that a word means in a class, or in any where it is not known."""
        level = self.rooms[room_id].grade_level.level if room_id is not None else ""
        learnt = self.learnt.get(room_id, ()) if room_id is not None else ()
        said = self._said(SUBJECT, name)
        if is_the_language(name) and len(learnt) == 1:
            said = ()
        for told in (*said, name, *self._beside(SUBJECT, name)):
            if found := subject_of(told, level=level, languages=learnt):
                return found
        if is_the_language(name) and not learnt:
            return USUAL_LANGUAGE
        return self._unknown(SUBJECT, name)

    def is_guess(self, name: str, room_id: int) -> bool:
        """Say whether a word for the foreign language was taken for the usual one."""
        said = self._said(SUBJECT, name)
        return is_the_language(name) and not (self.learnt.get(room_id) or said)

    def _matched_member(self, name: str) -> int | None:
        (said,) = self._said(TEACHER, name) or ("",)
        return next((pk for pk, one in self.members.items() if str(one.uuid) == said), None)

    def _said(self, kind: str, name: str) -> tuple[str, ...]:
        said = self.matched.get(kind, {}).get(match_key(name))
        return (said,) if said else ()

    def _beside(self, kind: str, name: str) -> tuple[str, ...]:
        said = self.beside.get(kind, {}).get(match_key(name))
        return (said,) if said else ()

    def _unknown(self, kind: str, name: str) -> Unknown:
        return Unknown(UNKNOWN[kind], {"name": name})


def staff_of(
    actor: Actor, unit_id: int, on: date, permission: Permission = MANAGE_STAFF
) -> dict[int, StaffMember]:
    """Return who works at a school on a day, by name."""
    held = Appointment.objects.visible_to(actor, permission).filter(in_force(on), unit_id=unit_id)
    rows = held.select_related("staff_member__person").order_by("person__sort_key", "pk")
    return {row.staff_member_id: row.staff_member for row in rows}


def rooms_of(
    actor: Actor,
    unit_id: int,
    year: AcademicYear,
    on: date,
    permission: Permission = MANAGE_STAFF,
) -> dict[int, HomeroomClass]:
    """Return the classes of a school in a year, in their order."""
    rows = class_names(actor=actor, year=year, on=on, permission=permission)
    found = rows.filter(school_id=unit_id).select_related("grade_level", "school", "academic_year")
    return {room.pk: room for room in found}


def names_known(
    unit_id: int,
    *,
    members: dict[int, StaffMember],
    rooms: dict[int, HomeroomClass],
    learnt: Mapping[int, Collection[str]],
    given: Mapping[tuple[int, str], Collection[int]],
    promises: Promises,
) -> Names:
    """Return what the words of a school's list mean."""
    matched = matches_of(unit_id, CODE)
    return Names(members, rooms, learnt, matched, given, words_beside(promises))


def languages_learnt(subjects: Sequence[tuple[int, str]]) -> dict[int, set[str]]:
    """Return the foreign languages of each class among what it learns, or is taught."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for room_id, name in subjects:
        if name in languages():
            found[room_id].add(name)
    return dict(found)


def teacher_choices(actor: Actor, unit_id: int, on: date) -> list[Choice]:
    """Return the staff of a school to choose from; who shares a name is told by the code."""
    members = staff_of(actor, unit_id, on)
    return [
        Choice(str(one.uuid), " · ".join(filter(None, (one.person.full_name, one.moet_code))))
        for one in members.values()
    ]


def class_choices(actor: Actor, unit_id: int, on: date) -> list[Choice]:
    """Return the classes of a school to choose from."""
    year = academic_year_on(on)
    rooms = rooms_of(actor, unit_id, year, on) if year else {}
    return [Choice(room.name, room.name) for room in rooms.values()]


def subjects_to_choose(actor: Actor, unit_id: int, on: date) -> list[Choice]:
    """Return the subjects to choose from."""
    return [Choice(name, label) for name, label in subject_choices()]


NAME_KINDS = (
    NameKind(TEACHER, _("Teacher"), UNKNOWN[TEACHER], teacher_choices),
    NameKind(CLASS, _("Class"), UNKNOWN[CLASS], class_choices),
    NameKind(SUBJECT, _("Subject"), UNKNOWN[SUBJECT], subjects_to_choose),
)
"""What of a list a person may match by hand."""
