"""A staff member's record, tab by tab. Every opening leaves a trace."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.periods import holds, last_day
from khuevan.kernel.personal_number import grouped
from khuevan.platform.accounts.api import Sex
from khuevan.platform.audit.api import VIEW_RECORD_VIEWS, view_lines
from khuevan.registry.schools.api import academic_year_on
from khuevan.registry.staff import actions
from khuevan.registry.staff.code_lists import title_label
from khuevan.registry.staff.frame import Record, read_record, record_frame
from khuevan.registry.staff.models import (
    Appointment,
    DegreeLevel,
    EmploymentForm,
    EndKind,
    Position,
    QualificationKind,
    SubjectTie,
)
from khuevan.registry.staff.permissions import MANAGE_STAFF, VIEW_RECORDS
from khuevan.registry.staff.selectors import (
    get_member_for,
    homerooms_of,
    lessons_of,
    qualifications_of,
    standing_in_of,
    subjects_kept,
    titles_of,
)
from khuevan.registry.staff.story import timeline
from khuevan.ui.formats import day
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request

SHORT_TIMELINE = 6


@page(VIEW_RECORDS, methods=("GET",))
def overview(request: Request, uuid: UUID) -> HttpResponse:
    """Show who somebody is, in which positions, trained for what, what happened last."""
    record = _open(request, uuid, "overview")
    subjects = subjects_kept(record.member)
    titles = titles_of(record.member)
    qualifications = qualifications_of(record.member)
    context = {
        **record_frame(request, record, "overview"),
        "facts": _facts(record, titles),
        "positions": [_position_row(record, row) for row in record.current],
        "taught": [
            row for row in subjects if row.tie == SubjectTie.TEACHES and holds(row, record.on)
        ],
        "trained": [
            row for row in subjects if row.tie == SubjectTie.TRAINED and holds(row, record.on)
        ],
        "qualifications": [_qualification(row) for row in qualifications],
        "missing": _missing(record, subjects, titles, qualifications),
        "events": timeline(record)[:SHORT_TIMELINE],
    }
    return render_page(request, "staff/overview.html", context)


@page(MANAGE_STAFF, methods=("POST",))
def number(request: Request, uuid: UUID) -> HttpResponse:
    """Show the whole personal number, after noting who asked."""
    member = actions.unmask(actor=request.actor, uuid=uuid, now=clock.now())
    context: dict[str, Any] = {"full": grouped(member.person.personal_number or "")}
    if not request.htmx:
        context |= record_frame(request, read_record(request.actor, member), "overview")
    return render_page(request, "staff/number.html", context, partial="number")


@page(VIEW_RECORDS, methods=("GET",))
def duties(request: Request, uuid: UUID) -> HttpResponse:
    """Show the classes and lessons of this year, second schools, leaves, standing in."""
    record = _open(request, uuid, "duties")
    year = academic_year_on(record.on)
    member = record.member
    homerooms = [row for row in homerooms_of(member) if row.homeroom_class.academic_year == year]
    lessons = [row for row in lessons_of(member) if row.homeroom_class.academic_year == year]
    context = {
        **record_frame(request, record, "duties"),
        "year": year,
        "homerooms": homerooms,
        "lessons": lessons,
        "standing_in": standing_in_of(member),
        "leaves": [
            {"row": row, "until": last_day(row.ends_on), "now": holds(row, record.on)}
            for row in record.leaves
        ],
        "seconds": [_position_row(record, row) for row in record.current if not row.is_primary],
        "on": record.on,
    }
    return render_page(request, "staff/duties.html", context)


@page(VIEW_RECORDS, methods=("GET",))
def history(request: Request, uuid: UUID) -> HttpResponse:
    """Show all appointments, titles, subjects and qualifications with their periods."""
    record = _open(request, uuid, "history")
    member = record.member
    context = {
        **record_frame(request, record, "history"),
        "positions": [_position_row(record, row) for row in record.appointments],
        "titles": [{"row": row, "label": title_label(row.code)} for row in titles_of(member)],
        "subjects": subjects_kept(member),
        "qualifications": [_qualification(row) for row in qualifications_of(member)],
    }
    return render_page(request, "staff/history.html", context)


@page(VIEW_RECORDS, methods=("GET",))
def events(request: Request, uuid: UUID) -> HttpResponse:
    """Show everything known to have happened to the record."""
    record = _open(request, uuid, "history")
    context = {**record_frame(request, record, "events"), "events": timeline(record)}
    return render_page(request, "staff/events.html", context)


@page(VIEW_RECORD_VIEWS, methods=("GET",))
def views(request: Request, uuid: UUID) -> HttpResponse:
    """Show who looked at the record."""
    get_member_for(request.actor, uuid, VIEW_RECORD_VIEWS)
    record = _open(request, uuid, "views")
    lines = view_lines(actor=request.actor, person_id=record.member.person_id)
    context = {**record_frame(request, record, "views"), "views": lines}
    return render_page(request, "staff/views.html", context)


def _open(request: Request, uuid: UUID, what: str) -> Record:
    member = actions.open_record(actor=request.actor, uuid=uuid, what=what, now=clock.now())
    return read_record(request.actor, member)


def _facts(record: Record, titles: list[Any]) -> list[dict[str, Any]]:
    person, main = record.member.person, record.main
    held = next((row for row in titles if holds(row, record.on)), None)
    return [
        {"label": _("Full name"), "value": person.full_name},
        {"label": _("Date of birth"), "value": day(person.birth_date)},
        {"label": _("Sex"), "value": Sex(person.sex).label if person.sex else ""},
        {"label": _("Ministry code"), "value": record.member.moet_code or ""},
        {"label": _("Phone"), "value": person.phone},
        {
            "label": _("Employment"),
            "value": EmploymentForm(main.employment).label if main and main.employment else "",
        },
        {"label": _("Professional title"), "value": title_label(held.code) if held else ""},
        {"label": _("Decision"), "value": main.decision if main else ""},
    ]


def _position_row(record: Record, row: Appointment) -> dict[str, Any]:
    return {
        "row": row,
        "position": Position(row.position).label,
        "unit": record.unit_name(row.unit_id),
        "campus": row.campus.name if row.campus else "",
        "periods": row.weekly_periods,
        "until": last_day(row.ends_on) if row.ends_on else None,
        "how": EndKind(row.end_kind).label if row.end_kind else "",
        "is_main": row.is_primary,
    }


def _qualification(row: Any) -> dict[str, Any]:
    parts = (
        DegreeLevel(row.level).label if row.level else "",
        row.field,
        row.issuer,
        str(row.issued_year or ""),
    )
    return {
        "row": row,
        "kind": QualificationKind(row.kind).label,
        "text": " · ".join(str(part) for part in parts if part),
    }


def _missing(
    record: Record, subjects: list[Any], titles: list[Any], qualifications: list[Any]
) -> list[str]:
    """Return what the file of somebody who teaches lacks (records sheet REC-08)."""
    main, person = record.main, record.member.person
    teaches = main is not None and main.position in {
        Position.TEACHER, Position.PRINCIPAL, Position.VICE_PRINCIPAL,
    }  # fmt: skip
    found = {
        _("personal number"): not person.personal_number,
        _("date of birth"): person.birth_date is None,
        _("kind of employment"): main is not None and not main.employment,
        _("professional title"): teaches and not titles,
        _("subjects"): teaches and not subjects,
        _("qualifications"): not qualifications,
    }
    return [fact for fact, is_missing in found.items() if is_missing]


def record_url(uuid: Any) -> str:
    """Return the address of a record."""
    return reverse("staff:record", args=[uuid])
