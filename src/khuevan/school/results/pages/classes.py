"""The results of a class: entered, settled, approved, given back; as a workbook, on paper."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.actor import Permission
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.platform.audit.api import purpose_text
from khuevan.platform.papers.api import PaperColumn, TablePaper, render_table
from khuevan.platform.sheets.api import SheetToWrite, write_workbook
from khuevan.registry.schools.api import (
    HomeroomClass,
    School,
    get_class_for,
    get_school_for,
    held_on,
    name_of,
)
from khuevan.registry.staff.api import homeroom_teachers
from khuevan.registry.students.api import export_note
from khuevan.school.results import actions
from khuevan.school.results.models import Fact, Scheme, Stage
from khuevan.school.results.permissions import APPROVE_RESULTS, DECIDE_CONDUCT, VIEW_RESULTS
from khuevan.school.results.selectors.classes import ClassYear, class_year
from khuevan.school.results.selectors.lacking import lacking, named
from khuevan.school.results.shown import conduct_choices, pupil_row
from khuevan.ui.downloads import PDF, XLSX, download, file_name
from khuevan.ui.formats import moment
from khuevan.ui.page import done, page, render_page
from khuevan.ui.request import Request

MOST_SESSIONS = 400
LONGEST_REASON = 300


@page(VIEW_RESULTS, methods=("GET",))
def class_results(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Show what each pupil of a class came to in a term or the year, and what is missing."""
    school, room = reach_class(request, code, uuid, VIEW_RESULTS)
    return render_page(request, "results/class.html", class_context(request, school, room))


@page(DECIDE_CONDUCT, methods=("POST",))
def conduct(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Save conduct and absences of all pupils of a class at once."""
    _school, room = reach_class(request, code, uuid, DECIDE_CONDUCT)
    year = class_year(room, request.actor.today)
    decisions = [_decision(request, one, year) for one in year.pupils]
    try:
        count = actions.decide_pupils(
            actor=request.actor,
            uuid=uuid,
            decisions=[one for one in decisions if one is not None],
            now=clock.now(),
        )
    except DomainError as error:
        messages.error(request, str(error))
    else:
        words = ngettext("%(count)s pupil saved.", "%(count)s pupils saved.", count)
        messages.success(request, words % {"count": count})
    return _back(request, code, uuid)


@page(DECIDE_CONDUCT, methods=("POST",))
def settle(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Settle a term or the year of a class."""
    _school, room = reach_class(request, code, uuid, DECIDE_CONDUCT)
    try:
        actions.settle(actor=request.actor, uuid=uuid, stage=asked_stage(request), now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        words = _("Results of class %(class)s are settled. The principal approves them.")
        messages.success(request, words % {"class": room.name})
    return _back(request, code, uuid)


@page(APPROVE_RESULTS, methods=("POST",))
def approve(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Approve what the homeroom teacher settled."""
    _school, room = reach_class(request, code, uuid, APPROVE_RESULTS)
    try:
        actions.approve(actor=request.actor, uuid=uuid, stage=asked_stage(request), now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("Results of class %(class)s are approved.") % {"class": room.name}
        )
    return _back(request, code, uuid)


@page(APPROVE_RESULTS, methods=("POST",))
def give_back(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Give settled results back to the homeroom teacher, with a reason."""
    _school, room = reach_class(request, code, uuid, APPROVE_RESULTS)
    reason = request.POST.get("reason", "").strip()[:LONGEST_REASON]
    if not reason:
        messages.error(request, _("Say why the results are given back."))
        return _back(request, code, uuid)
    try:
        actions.give_back(
            actor=request.actor,
            uuid=uuid,
            stage=asked_stage(request),
            reason=reason,
            now=clock.now(),
        )
    except DomainError as error:
        messages.error(request, str(error))
    else:
        words = _("Results of class %(class)s are with the homeroom teacher again.")
        messages.success(request, words % {"class": room.name})
    return _back(request, code, uuid)


@page(VIEW_RESULTS, methods=("GET",))
def workbook(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Give the results of a class as a workbook."""
    school, room = reach_class(request, code, uuid, VIEW_RESULTS)
    heads, rows, title = _table(request, school, room)
    _note(request, school, room, len(rows))
    content = BytesIO()
    write_workbook(content, [SheetToWrite(room.name, heads, rows, [name_of(school), title])])
    return download(content.getvalue(), name=file_name(title, "xlsx"), media_type=XLSX)


@page(VIEW_RESULTS, methods=("GET",))
def printed(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Give the results of a class as a paper of A4."""
    school, room = reach_class(request, code, uuid, VIEW_RESULTS)
    heads, rows, title = _table(request, school, room, is_short=True)
    _note(request, school, room, len(rows))
    paper = TablePaper(
        heading=title,
        unit=name_of(school),
        notes=[_("School year %(year)s") % {"year": room.academic_year}],
        columns=[PaperColumn(head, "3fr" if at == 1 else "auto") for at, head in enumerate(heads)],
        rows=[[str(cell) for cell in row] for row in rows],
    )
    content = render_table(paper, lang=get_language() or "vi", at=localtime(clock.now()))
    return download(content, name=file_name(title, "pdf"), media_type=PDF, opens_in_browser=True)


def reach_class(
    request: Request, code: str, uuid: UUID, permission: Permission
) -> tuple[School, HomeroomClass]:
    """Return a class in reach with its school, or raise `NotFound`."""
    room = get_class_for(request.actor, uuid, permission)
    school = get_school_for(request.actor, code)
    if room.school_id != school.pk:
        raise NotFound
    return school, room


def asked_stage(request: Request) -> Stage:
    """Return the stage that an address or a form names, else the one of the day."""
    said = request.POST.get("stage") or request.GET.get("stage") or ""
    if said in {str(one) for one in Stage.values}:
        return Stage(int(said))
    month = request.actor.today.month
    return Stage.YEAR if 3 <= month <= 8 else Stage.TERM_1  # noqa: PLR2004 (March to August)


def class_context(request: Request, school: School, room: HomeroomClass) -> dict[str, Any]:
    """Return what the page of a class's results says."""
    actor, stage = request.actor, asked_stage(request)
    year = class_year(room, actor.today)
    settlement = year.settlements.get(stage)
    is_primary = year.scheme == Scheme.PRIMARY
    approved = settlement is not None and settlement.approved_at is not None
    decides = room.pk in actor.reach(DECIDE_CONDUCT, "class") or held_on(
        actor, DECIDE_CONDUCT, school
    )
    teacher = homeroom_teachers([room.pk], on=actor.today).get(room.pk, "")
    return {
        "school": school,
        "school_name": name_of(school),
        "room": room,
        "year": year,
        "teacher": teacher,
        "stage": stage,
        "stages": _stages(year, stage, code=school.code),
        "is_year": stage is not Stage.TERM_1,
        "is_primary": is_primary,
        "regulation": year.rules.regulation if year.rules else None,
        "subjects": [] if is_primary else year.subjects,
        "rows": [pupil_row(one, year, stage) for one in year.pupils],
        "choices": conduct_choices(year),
        "may_decide": decides and not approved and not year.is_stored
        and stage is not Stage.AFTER_SUMMER,
        "may_settle": decides and not approved and not year.is_stored,
        "may_approve": held_on(actor, APPROVE_RESULTS, school),
        "settlement": settlement,
        "settled": _told(settlement.settled_at, settlement.settled_by) if settlement else "",
        "approved": _told(settlement.approved_at, settlement.approved_by) if settlement else "",
        "lacks": [
            {"what": one.what, "owner": one.owner, "count": len(one.pupils),
             "names": named(one.pupils)}
            for one in lacking(year, stage, actor.today)
        ],
    }  # fmt: skip


def _stages(year: ClassYear, stage: Stage, *, code: str) -> list[dict[str, Any]]:
    offered = [Stage.YEAR] if year.scheme == Scheme.PRIMARY else [Stage.TERM_1, Stage.YEAR]
    address = reverse("results:class", args=[code, year.room.uuid])
    return [
        {"label": one.label, "url": f"{address}?stage={int(one)}", "current": one is stage}
        for one in (*offered, Stage.AFTER_SUMMER)
    ]


def _told(at: Any, by: Any) -> str:
    if at is None:
        return ""
    return _("%(name)s, %(moment)s") % {
        "name": by.full_name if by else _("the system"),
        "moment": moment(localtime(at)),
    }


def _decision(request: Request, pupil: Any, year: ClassYear) -> actions.Decision | None:
    """Return what a form says of a pupil; what it doesn't name stays as it is."""
    said, key, row = request.POST, str(pupil.uuid), pupil.row
    if f"base-{key}" not in said:
        return None
    highest = max((level for level, _name in conduct_choices(year)), default=0)

    def number(field: str, most: int) -> int | None:
        kept: int | None = getattr(row, field) if row else None
        text = said.get(f"{field}-{key}")
        if text is None:
            return kept
        return int(text) if text.isdigit() and len(text) < 4 and int(text) <= most else None  # noqa: PLR2004

    facts = row.facts if row else 0
    if f"grounds-{key}" in said:
        chosen = {int(one) for one in said.getlist(f"facts-{key}") if one in ("1", "2", "4")}
        grounds = int(Fact.RECOGNISED | Fact.OUTSTANDING_SUBJECT | Fact.CLEAR_PROGRESS)
        facts = (facts & ~grounds) | sum(chosen)
    base = said.get(f"base-{key}", "")
    return actions.Decision(
        student=pupil.uuid,
        base=int(base) if base.isdigit() and len(base) < 6 else 0,  # noqa: PLR2004
        conduct_1=number("conduct_1", highest),
        conduct_2=number("conduct_2", highest),
        absent_excused=number("absent_excused", MOST_SESSIONS),
        absent_unexcused=number("absent_unexcused", MOST_SESSIONS),
        facts=facts,
    )


def _table(
    request: Request, school: School, room: HomeroomClass, *, is_short: bool = False
) -> tuple[list[str], list[list[Any]], str]:
    """Return the results of a class as rows; the short ones leave subjects out."""
    told = class_context(request, school, room)
    stage = told["stage"]
    subjects = [] if is_short else told["subjects"]
    heads = [_("No."), _("Full name"), *(one.name for one in subjects), _("Studies"), _("Conduct")]
    if told["is_year"]:
        heads += [_("Sessions missed"), _("Title"), _("Outcome")]
    rows = []
    for number, one in enumerate(told["rows"], 1):
        cells = [] if is_short else [cell["text"] for cell in one["cells"][: len(subjects)]]
        row = [number, one["name"], *cells, str(one["study"].label), one["conduct"]]
        if told["is_year"]:
            row += [
                "" if one["absences"] is None else one["absences"],
                one["title"],
                str(one["outcome"].label) if one["outcome"] else "",
            ]
        rows.append(row)
    words = {"class": room.name, "stage": stage.label, "year": room.academic_year}
    return heads, rows, _("Results of class %(class)s, %(stage)s %(year)s") % words


def _note(request: Request, school: School, room: HomeroomClass, count: int) -> None:
    """Note that the results of a class are taken out."""
    export_note(
        actor=request.actor,
        unit_id=school.pk,
        count=count,
        what=room.name,
        purpose=purpose_text("SCHOOL_WORK", _("results")),
        now=clock.now(),
    )


def _back(request: Request, code: str, uuid: UUID) -> HttpResponse:
    to = reverse("results:class", args=[code, uuid])
    return done(request, f"{to}?stage={int(asked_stage(request))}")
