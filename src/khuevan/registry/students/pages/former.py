"""Former pupils of a school: their list, and each record as it was on the last day."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.personal_number import grouped
from khuevan.platform.accounts.api import Sex
from khuevan.registry.people.api import VIEW_SENSITIVE, AddressKind
from khuevan.registry.schools.api import get_school_for, held_on, school_frame
from khuevan.registry.students import actions
from khuevan.registry.students.book_tables import FormerTable, came, left
from khuevan.registry.students.code_lists import disability_words, policy_names
from khuevan.registry.students.lastview import Frozen
from khuevan.registry.students.models import Enrollment, ExitKind, Relation
from khuevan.registry.students.permissions import EDIT_STUDENTS, VIEW_REGISTRY
from khuevan.registry.students.selectors import former_of, get_former_for
from khuevan.registry.students.student_layout import ethnic_groups
from khuevan.ui.formats import day, masked
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request


@page(VIEW_REGISTRY, methods=("GET",))
def former_list(request: Request, code: str) -> HttpResponse:
    """Show who was a pupil of a school, the latest first."""
    school = get_school_for(request.actor, code, VIEW_REGISTRY)
    rows = former_of(actor=request.actor, school_id=school.pk, on=request.actor.today)
    path = reverse("students:former_list", args=[school.code])
    table = FormerTable(rows, request.GET, path=path)
    context = {**school_frame(request, school, "registry"), "table": table, "school": school}
    part = "more" if table.is_more else "list"
    return render_page(request, "students/former_list.html", context, partial=part)


@page(VIEW_REGISTRY, methods=("GET",))
def former(request: Request, uuid: UUID) -> HttpResponse:
    """Show a record as a school saw it on the last day; that it was opened is kept."""
    row, frozen = actions.open_last_view(actor=request.actor, uuid=uuid, now=clock.now())
    return _show(request, row, frozen)


@page(VIEW_SENSITIVE, methods=("POST",))
def former_sensitive(request: Request, uuid: UUID) -> HttpResponse:
    """Show what is masked in it, after noting who asked."""
    get_former_for(request.actor, uuid)
    row, frozen = actions.unmask_last_view(actor=request.actor, uuid=uuid, now=clock.now())
    return _show(request, row, frozen, is_revealed=True)


def _show(
    request: Request, row: Enrollment, frozen: Frozen, *, is_revealed: bool = False
) -> HttpResponse:
    school = get_school_for(request.actor, row.school.code, VIEW_REGISTRY)
    is_open = row.exit_kind != ExitKind.DECEASED and held_on(request.actor, EDIT_STUDENTS, school)
    context = {
        **school_frame(request, school, "registry"),
        "actions": (),
        "row": row,
        "frozen": frozen,
        "facts": _facts(row, frozen),
        "secrets": _secrets(frozen),
        "revealed": is_revealed,
        "may_reveal": held_on(request.actor, VIEW_SENSITIVE, school),
        "guardians": [
            {
                "name": one.full_name,
                "letter": one.full_name.split()[-1][:1],
                "role": str(Relation(one.relation).label).lower(),
                "text": _phone(one.phone, is_revealed=is_revealed),
            }
            for one in frozen.guardians
        ],
        "addresses": [
            {"label": kind.label, "value": frozen.addresses.get(kind, "")} for kind in AddressKind
        ],
        "is_deceased": row.exit_kind == ExitKind.DECEASED,
        "undo_url": reverse("students:undo_leave", args=[row.uuid]) if is_open else "",
        "new_url": reverse("students:new", args=[school.code]) if is_open else "",
    }
    return render_page(request, "students/former.html", context)


def _phone(phone: str, *, is_revealed: bool) -> str:
    if not phone:
        return _("no phone yet")
    return phone if is_revealed else masked(phone, head=2, tail=3)


def _facts(row: Enrollment, frozen: Frozen) -> list[dict[str, Any]]:
    return [
        {"label": _("Full name"), "value": frozen.full_name},
        {"label": _("Date of birth"), "value": day(frozen.birth_date) if frozen.birth_date else ""},
        {"label": _("Sex"), "value": Sex(frozen.sex).label if frozen.sex else ""},
        {"label": _("Ministry code"), "value": frozen.moet_code},
        {"label": _("Number in the registry book"), "value": frozen.registry_number},
        {"label": _("Came"), "value": came(row)},
        {"label": _("Left"), "value": left(row)},
    ]


def _secrets(frozen: Frozen) -> list[dict[str, Any]]:
    code = frozen.ethnicity_code
    return [
        {"label": _("Personal number"), "value": grouped(frozen.personal_number)},
        {"label": _("Ethnic group"), "value": ethnic_groups().name_of(code) if code else ""},
        {"label": _("Policy groups"), "value": policy_names(list(frozen.policy_codes))},
        {
            "label": _("Disability"),
            "value": disability_words(frozen.disability_code, frozen.disability_degree),
        },
        {"label": _("Pupil's phone"), "value": frozen.phone},
    ]
