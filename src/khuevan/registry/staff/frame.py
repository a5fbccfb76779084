"""What stands around every page of one staff member's record: who, where, the tabs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.periods import holds, last_day
from khuevan.kernel.registry import Registry
from khuevan.platform.audit.api import VIEW_RECORD_VIEWS
from khuevan.platform.organizations.api import versions_on
from khuevan.registry.staff.checks import changeable, fillable
from khuevan.registry.staff.models import Appointment, Position, StaffLeave, StaffMember
from khuevan.registry.staff.permissions import MANAGE_STAFF, MOVE_STAFF, VIEW_RECORDS
from khuevan.registry.staff.rules import LEADING
from khuevan.registry.staff.selectors import appointments_of, leaves_of
from khuevan.ui.formats import day
from khuevan.ui.request import Request
from khuevan.ui.tables import Pill


@dataclass(frozen=True, slots=True)
class StaffTab:
    """A page of a staff member's record, at a route that takes the member's id."""

    label: str | Promise
    route: str
    permission: Permission
    order: int = 100


tabs: Registry[StaffTab] = Registry("staff tab")
"""Other apps add theirs: evaluations, training."""


@dataclass(frozen=True, slots=True)
class MemberAction:
    """Something else recorded of a member at work, at a route that takes the member's id."""

    label: str | Promise
    route: str
    icon: str
    permission: Permission
    of_leaders: bool = True
    """Whether it is offered for who leads a school too."""


member_actions: Registry[MemberAction] = Registry("staff action")
"""Lines of a record's menu that other apps add."""


@dataclass(frozen=True, slots=True)
class Record:
    """A staff member's record as one actor sees it on a day: appointments, newest first."""

    member: StaffMember
    appointments: tuple[Appointment, ...]
    leaves: tuple[StaffLeave, ...]
    unit_names: Mapping[int, str]
    on: date

    @property
    def current(self) -> list[Appointment]:
        """Return the appointments of the day, the main one first."""
        rows = [row for row in self.appointments if holds(row, self.on)]
        return sorted(rows, key=lambda row: (not row.is_primary, row.starts_on, row.pk))

    @property
    def main(self) -> Appointment | None:
        """Return the main appointment of the day, else the next one to begin."""
        coming = sorted(
            (row for row in self.appointments if row.starts_on > self.on),
            key=lambda row: row.starts_on,
        )
        rows = [row for row in (*self.current, *coming) if row.is_primary]
        return next(iter(rows), None)

    @property
    def leave(self) -> StaffLeave | None:
        """Return the leave of the day."""
        return next((row for row in self.leaves if holds(row, self.on)), None)

    @property
    def unit_ids(self) -> set[int]:
        """Return where somebody works on the day or later."""
        return {
            row.unit_id for row in self.appointments if row.ends_on is None or row.ends_on > self.on
        }

    def unit_name(self, unit_id: int) -> str:
        """Return what a unit of this record is called."""
        return self.unit_names.get(unit_id, "–")


def read_record(actor: Actor, member: StaffMember) -> Record:
    """Return what all pages of a record need: three queries."""
    appointments = tuple(appointments_of(member))
    units = versions_on(actor.today).filter(unit_id__in={row.unit_id for row in appointments})
    return Record(
        member,
        appointments,
        tuple(leaves_of(member)),
        {one.unit_id: one.name for one in units},
        actor.today,
    )


def allows(actor: Actor, record: Record, permission: Permission) -> bool:
    """Return whether the actor holds a permission where the member works."""
    reach = actor.reach(permission, "school")
    return reach.everything or not record.unit_ids.isdisjoint(reach.ids)


def record_frame(request: Request, record: Record, current: str) -> dict[str, Any]:
    """Return what `staff/record.html` draws around the tab `current`."""
    actor: Actor = request.actor
    member, person = record.member, record.member.person
    number = person.personal_number or ""
    may_manage = allows(actor, record, MANAGE_STAFF)
    return {
        "member": member,
        "record": record,
        "name": person.full_name,
        "initials": person.initials,
        "pill": pill_of(record),
        "about": about(record),
        "number": number,
        "reveal_url": reverse("staff:number", args=[member.uuid]) if number and may_manage else "",
        "crumbs": _crumbs(record),
        "tabs": _tabs(actor, record, current),
        "may_manage": may_manage,
        "menu": menu_of(actor, record),
    }


def pill_of(record: Record) -> Pill:
    """Return how it stands with the staff member."""
    main, leave = record.main, record.leave
    if main is None:
        if record.current:
            return Pill("ok", "circle-check", _("Second school only"))
        return Pill("neutral", "log-out", _("No longer working"))
    if main.starts_on > record.on:
        return Pill(
            "neutral", "calendar-clock", _("Begins on %(day)s") % {"day": day(main.starts_on)}
        )
    if leave is not None:
        words = {"kind": leave.get_kind_display(), "day": day(last_day(leave.ends_on))}
        return Pill("warn", "calendar-x", _("%(kind)s until %(day)s") % words)
    if main.ends_on is not None:
        return Pill("warn", "clock", _("Until %(day)s") % {"day": day(last_day(main.ends_on))})
    return Pill("ok", "circle-check", _("At work"))


def about(record: Record) -> str:
    """Return the line under the name: position and unit, since when."""
    main = record.main or next(iter(record.current), None)
    if main is None:
        return ""
    since = _("since %(day)s") % {"day": day(main.starts_on)}
    parts = (str(Position(main.position).label), record.unit_name(main.unit_id), since)
    return " · ".join(part for part in parts if part)


def menu_of(actor: Actor, record: Record) -> list[dict[str, Any]]:
    """Return what may be recorded of the member: the first is the button, the others a menu."""
    member, found = record.member, []
    main = record.main
    manages = allows(actor, record, MANAGE_STAFF)
    if main is not None and changeable(actor, main.unit, main.position, on=actor.today):
        found.append(_item(_("Change position"), "pencil", "staff:change", main.uuid))
    if main is not None and main.position in fillable(actor, main.unit, on=actor.today):
        found.append(_item(_("End the work here"), "log-out", "staff:end", main.uuid))
    if manages:
        found[:0] = [
            _item(_("Record a leave"), "calendar-x", "staff:leave", member.uuid),
            _item(_("Correct the record"), "pencil", "staff:identity", member.uuid),
            _item(_("Add a subject"), "book-open", "staff:subject", member.uuid),
            _item(_("Set the professional title"), "award", "staff:title", member.uuid),
            _item(_("Add a qualification"), "graduation-cap", "staff:qualification", member.uuid),
        ]
    if allows(actor, record, MOVE_STAFF) and main is not None:
        found.append(_item(_("Second school"), "school", "staff:second", member.uuid))
    if main is not None:
        found += [
            _item(one.label, one.icon, one.route, member.uuid)
            for one in member_actions
            if allows(actor, record, one.permission)
            and (one.of_leaders or main.position not in LEADING)
        ]
    return found


def _item(label: str | Promise, icon: str, route: str, uuid: Any) -> dict[str, Any]:
    return {"label": label, "icon": icon, "url": reverse(route, args=[uuid])}


def _crumbs(record: Record) -> list[dict[str, str]]:
    crumbs = [{"label": _("Staff"), "url": reverse("staff:list")}]
    main = record.main
    if main is not None:
        crumbs.append({"label": record.unit_name(main.unit_id), "url": ""})
    return [*crumbs, {"label": record.member.person.full_name, "url": ""}]


def _tabs(actor: Actor, record: Record, current: str) -> list[dict[str, Any]]:
    allowed = [(key, tab) for key, tab in tabs.items() if allows(actor, record, tab.permission)]
    return [
        {
            "label": tab.label,
            "url": reverse(tab.route, args=[record.member.uuid]),
            "current": key == current,
        }
        for key, tab in sorted(allowed, key=lambda pair: pair[1].order)
    ]


def register_tabs() -> None:
    """Register the tabs of this app."""
    own = {
        "overview": (gettext_lazy("Overview"), "staff:record", VIEW_RECORDS),
        "duties": (gettext_lazy("Duties this year"), "staff:duties", VIEW_RECORDS),
        "history": (gettext_lazy("Work and training"), "staff:history", VIEW_RECORDS),
        "events": (gettext_lazy("Course of events"), "staff:events", VIEW_RECORDS),
        "views": (gettext_lazy("Who has looked"), "staff:views", VIEW_RECORD_VIEWS),
    }
    for place, (key, (label, route, permission)) in enumerate(own.items(), start=1):
        tabs.register(key, StaffTab(label, route, permission, place * 10))
