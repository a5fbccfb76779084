"""What stands around every page of one pupil's record: who, where in the class, the tabs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.periods import holds
from khuevan.kernel.registry import Registry
from khuevan.platform.accounts.api import Sex
from khuevan.platform.audit.api import VIEW_RECORD_VIEWS
from khuevan.platform.organizations.api import versions_on
from khuevan.registry.people.api import (
    VIEW_CONSENTS,
    VIEW_SENSITIVE,
    is_family,
    photo_url,
)
from khuevan.registry.schools.api import VIEW_CLASSES, School
from khuevan.registry.staff.api import homeroom_teachers
from khuevan.registry.students.models import (
    ClassPlacement,
    Enrollment,
    ExitKind,
    Student,
    StudyBreak,
)
from khuevan.registry.students.permissions import EDIT_STUDENTS, VIEW_GUARDIANS, VIEW_STUDENTS
from khuevan.registry.students.selectors import (
    Standing,
    breaks_of,
    enrollments_of,
    place_in_class,
    placements_of,
)
from khuevan.ui.formats import day
from khuevan.ui.request import Request
from khuevan.ui.tables import Pill


@dataclass(frozen=True, slots=True)
class StudentTab:
    """A page of a pupil's record, at a route that takes the pupil's id."""

    label: str | Promise
    route: str
    permission: Permission
    order: int = 100


tabs: Registry[StudentTab] = Registry("student tab")
"""Other apps add theirs: marks, attendance, report cards."""


@dataclass(frozen=True, slots=True)
class StudentAction:
    """Something the school office does with a record, at a route that takes the pupil's id."""

    label: str | Promise
    route: str
    icon: str
    permission: Permission
    order: int = 100
    is_leaving: bool = False
    """Whether the form of leaving points to it: the pupil goes on somewhere else."""


record_actions: Registry[StudentAction] = Registry("student action")
"""Lines under the dots of a record's head; other apps add theirs."""


@dataclass(frozen=True, slots=True)
class RecordNote:
    """What is going on with a pupil just now, on every page of the record, and where it is done."""

    title: str
    text: str
    url: str
    link: str
    instead_of: str = ""
    """The route of an action that isn't offered meanwhile."""


record_notes: Registry[Callable[[Actor, Student], Sequence[RecordNote]]] = Registry("record note")
"""Other apps say here what they have under way with a pupil, as far as the actor may see it."""


@dataclass(frozen=True, slots=True)
class Record:
    """A pupil's record as one actor sees it on a day: schools and classes, newest first."""

    student: Student
    standing: Standing
    enrollments: tuple[Enrollment, ...]
    placements: tuple[ClassPlacement, ...]
    school_names: Mapping[int, str]
    on: date
    breaks: tuple[StudyBreak, ...] = ()

    @property
    def on_leave(self) -> StudyBreak | None:
        """Return the long leave of the day."""
        return next((row for row in self.breaks if holds(row, self.on)), None)

    @property
    def enrollment(self) -> Enrollment | None:
        """Return the time in the school of the day."""
        times = sorted(self.enrollments, key=lambda row: not row.is_primary)
        return next((row for row in times if holds(row, self.on)), None)

    @property
    def placement(self) -> ClassPlacement | None:
        """Return the time in the class of the day."""
        return next((row for row in self.placements if holds(row, self.on)), None)

    @property
    def school(self) -> School | None:
        """Return the school of the day."""
        return self.enrollment.school if self.enrollment else None

    @property
    def is_beside(self) -> bool:
        """Return whether the school in reach is a second one, beside a main one elsewhere."""
        return self.enrollment is not None and not self.enrollment.is_primary

    @property
    def main_name(self) -> str:
        """Return what the main school of the day is called; a second school may know it."""
        if self.is_beside:
            return self.school_names.get(self.standing.school_id or 0, "")
        return self.name_of(self.school) if self.school else ""

    def name_of(self, school: School) -> str:
        """Return what a school of this record is called."""
        return self.school_names.get(school.pk, school.code)


def read_record(actor: Actor, student: Student, standing: Standing) -> Record:
    """Return what all pages of a record need: four queries."""
    enrollments = tuple(enrollments_of(actor=actor, student=student))
    ids = {row.school_id for row in enrollments} | {standing.school_id}
    units = versions_on(actor.today).filter(unit_id__in=ids - {None})
    return Record(
        student,
        standing,
        enrollments,
        tuple(placements_of(actor=actor, student=student)),
        {one.unit_id: one.name for one in units},
        actor.today,
        tuple(breaks_of(actor=actor, student=student)),
    )


def record_frame(request: Request, record: Record, current: str) -> dict[str, Any]:
    """Return what `students/record.html` draws around the tab `current`."""
    actor: Actor = request.actor
    student, standing = record.student, record.standing
    place = (
        place_in_class(actor=actor, placement=record.placement, on=actor.today)
        if record.placement and not is_family(request)
        else None
    )
    number = student.person.personal_number or ""
    notes = _notes(actor, record)
    may_reveal = bool(number) and standing.allows(actor, VIEW_SENSITIVE)
    return {
        "student": student,
        "name": student.person.full_name,
        "initials": student.person.initials,
        "photo_url": photo_url(student.person) if standing.allows(actor, VIEW_CONSENTS) else "",
        "pill": pill_of(record),
        "about": about(record, actor),
        "number": number,
        "reveal_url": reverse("students:sensitive", args=[student.uuid]) if may_reveal else "",
        "crumbs": [] if is_family(request) else _crumbs(actor, record, place),
        "previous": _step(place.previous, current) if place else None,
        "next": _step(place.next, current) if place else None,
        "tabs": _tabs(actor, record, current),
        "may_edit": standing.allows(actor, EDIT_STUDENTS),
        "notes": notes,
        "more_actions": _more_actions(actor, record, notes),
        "school_code": record.school.code if record.school else "",
        "on_leave": record.on_leave,
    }


def pill_of(record: Record) -> Pill:
    """Return how it stands with the pupil."""
    enrollment = record.enrollment
    if record.student.died_on is not None:
        return Pill("neutral", "circle-minus", _("Deceased"))
    if enrollment is None:
        return Pill("neutral", "log-out", _("Not at a school"))
    if record.is_beside:
        return Pill("info", "school", _("Second school"))
    if enrollment.ends_on is not None:
        words = {"how": ExitKind(enrollment.exit_kind).label, "day": day(enrollment.ends_on)}
        return Pill("warn", "log-out", _("%(how)s on %(day)s") % words)
    if record.on_leave is not None:
        return Pill("info", "clock-alert", _("On long leave"))
    if record.placement is None:
        return Pill("warn", "circle-alert", _("No class yet"))
    return Pill("ok", "circle-check", _("Studying"))


def about(record: Record, actor: Actor) -> dict[str, str]:
    """Return the line under the name, part by part."""
    person, placement = record.student.person, record.placement
    parts = {
        "sex": str(Sex(person.sex).label) if person.sex else "",
        "born": _("born %(day)s") % {"day": day(person.birth_date)} if person.birth_date else "",
        "class": "",
        "class_url": "",
        "teacher": "",
    }
    if placement is not None:
        homeroom = placement.homeroom_class
        names = homeroom_teachers([homeroom.pk], on=actor.today)
        parts["class"] = homeroom.name
        parts["teacher"] = names.get(homeroom.pk, "")
        if record.standing.allows(actor, VIEW_CLASSES):
            parts["class_url"] = class_url(placement)
    return parts


def class_url(placement: ClassPlacement) -> str:
    """Return the page of the class a pupil sits in."""
    return reverse("students:class", args=[placement.school.code, placement.homeroom_class.uuid])


def _crumbs(actor: Actor, record: Record, place: Any) -> list[dict[str, str]]:
    crumbs = [{"label": _("Pupils"), "url": reverse("students:list")}]
    if record.placement is not None:
        name = record.placement.homeroom_class.name
        may = record.standing.allows(actor, VIEW_CLASSES)
        crumbs.append(
            {
                "label": _("Class %(name)s") % {"name": name},
                "url": class_url(record.placement) if may else "",
            }
        )
    if place is not None:
        words = {"number": place.number, "size": place.size}
        crumbs.append({"label": _("%(number)s of %(size)s") % words, "url": ""})
    return crumbs


def _step(neighbor: Any, current: str) -> dict[str, str] | None:
    if neighbor is None:
        return None
    tab = tabs.get(current) if current in tabs else tabs.get("overview")
    return {"label": neighbor.name, "url": reverse(tab.route, args=[neighbor.uuid])}


def _tabs(actor: Actor, record: Record, current: str) -> list[dict[str, Any]]:
    allowed = [
        (key, tab) for key, tab in tabs.items() if record.standing.allows(actor, tab.permission)
    ]
    return [
        {
            "label": tab.label,
            "url": reverse(tab.route, args=[record.student.uuid]),
            "current": key == current,
        }
        for key, tab in sorted(allowed, key=lambda pair: pair[1].order)
    ]


def ways_on(actor: Actor, record: Record) -> list[dict[str, Any]]:
    """Return the ways to another school, for the form of leaving."""
    names = {one.label for one in record_actions if one.is_leaving}
    offered = _more_actions(actor, record, _notes(actor, record))
    return [one for one in offered if one["label"] in names]


def _notes(actor: Actor, record: Record) -> list[RecordNote]:
    return [note for told in record_notes for note in told(actor, record.student)]


def _more_actions(
    actor: Actor, record: Record, notes: Sequence[RecordNote]
) -> list[dict[str, Any]]:
    replaced = {note.instead_of for note in notes}
    allowed = [
        one
        for one in record_actions
        if one.route not in replaced and record.standing.allows(actor, one.permission)
    ]
    return [
        {
            "label": one.label,
            "icon": one.icon,
            "url": reverse(one.route, args=[record.student.uuid]),
        }
        for one in sorted(allowed, key=lambda one: one.order)
    ]


def register_tabs() -> None:
    """Register the tabs of this app."""
    own = {
        "overview": (gettext_lazy("Overview"), "students:record", VIEW_STUDENTS),
        "family": (gettext_lazy("Family"), "students:family", VIEW_GUARDIANS),
        "schooling": (gettext_lazy("Schooling"), "students:schooling", VIEW_STUDENTS),
        "history": (gettext_lazy("History"), "students:history", VIEW_STUDENTS),
        "views": (gettext_lazy("Who has looked"), "students:views", VIEW_RECORD_VIEWS),
    }
    for place, (key, (label, route, permission)) in enumerate(own.items(), start=1):
        order = place * 10 if place < 3 else 60 + place * 10
        tabs.register(key, StudentTab(label, route, permission, order))
