"""Census days: decided, frozen, opened again; frozen figures beside what is known now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khuevan.insight.rollup import actions
from khuevan.insight.rollup.dimensions import CLASSES, MEASURES, PUPILS, STAFF
from khuevan.insight.rollup.forms import CensusForm, ReopenForm
from khuevan.insight.rollup.models import Census, CensusState, CensusVersion
from khuevan.insight.rollup.permissions import DECIDE_CENSUS, VIEW_COUNTS
from khuevan.insight.rollup.rules import sums
from khuevan.insight.rollup.selectors.census import (
    Beside,
    beside_now,
    censuses,
    corrected,
    get_census,
)
from khuevan.insight.rollup.selectors.frozen import (
    frozen_classes,
    frozen_pupils,
    frozen_staff,
    things_beside_now,
)
from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import DomainError
from khuevan.registry.schools.api import VIEW_CLASSES, EducationLevel
from khuevan.registry.staff.api import VIEW_STAFF
from khuevan.registry.students.api import COUNT_STUDENTS, VIEW_STUDENTS
from khuevan.ui.formats import day, moment, number, signed
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request
from khuevan.ui.tables import Cell, Head, Pill, ReadyTable, Row


@page(VIEW_COUNTS, methods=("GET",))
def census_list(request: Request) -> HttpResponse:
    """Show the days whose figures are kept."""
    rows = [
        Row(
            label=day(one.on),
            url=reverse("rollup:census", args=[one.uuid]),
            cells=[
                Cell(value=_level_words(one)),
                Cell(pill=_state_pill(one)),
                Cell(
                    value=str(_newest(one).number) if _newest(one) else "",
                    none=_not_yet(one),
                    named=_("Version") if _newest(one) else "",
                ),
                Cell(value=one.decision, none="" if one.decision else "–"),
            ],
        )
        for one in censuses()
    ]
    columns = [
        Head(_("Day")),
        Head(_("Level")),
        Head(_("State")),
        Head(_("Version")),
        Head(_("Decision")),
    ]
    context = {
        "table": ReadyTable(_("Census days"), columns, rows),
        "may_decide": _decides(request.actor),
    }
    return render_page(request, "rollup/censuses.html", context)


@page(DECIDE_CENSUS)
def census_new(request: Request) -> HttpResponse:
    """Decide a census day."""
    _require_province(request.actor)
    form = CensusForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            census = actions.open_census(actor=request.actor, now=clock.now(), **form.cleaned_data)
            return done(request, reverse("rollup:census", args=[census.uuid]))
    return render_page(
        request, "rollup/census_form.html", {"form": form}, status=form_status(request)
    )


@page(VIEW_COUNTS, methods=("GET",))
def census(request: Request, uuid: UUID) -> HttpResponse:
    """Show a census beside what is known of its day now: by unit, by school, by pupil."""
    found = get_census(uuid)
    version = _version_asked(request, found)
    context: dict[str, Any] = {
        "census": found,
        "version": version,
        "title": _("Census of %(day)s") % {"day": day(found.on)},
        "meta": " · ".join(filter(None, (_level_words(found), found.decision))),
        "state": _state_pill(found),
        "may_decide": _decides(request.actor),
        "can_freeze": found.state == CensusState.OPEN and found.on <= request.actor.today,
        "is_frozen": found.state == CensusState.FROZEN,
        "versions": [_version_line(found, one) for one in _versions(found)],
    }
    if version is not None:
        context |= _figures(request, found, version)
    return render_page(request, "rollup/census.html", context)


@page(DECIDE_CENSUS, methods=("POST",))
def census_freeze(request: Request, uuid: UUID) -> HttpResponse:
    """Keep the figures of the day as they are known now."""
    try:
        version = actions.freeze_census(actor=request.actor, uuid=uuid, now=clock.now())
    except DomainError as error:
        if error.status == 404:  # noqa: PLR2004 (not found)
            raise
        messages.error(request, str(error))
    else:
        messages.success(request, _("Version %(number)s is frozen.") % {"number": version.number})
    return done(request, reverse("rollup:census", args=[uuid]))


@page(DECIDE_CENSUS)
def census_reopen(request: Request, uuid: UUID) -> HttpResponse:
    """Open a census again, saying why."""
    _require_province(request.actor)
    found = get_census(uuid)
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.reopen_census(
                actor=request.actor, uuid=uuid, now=clock.now(), **form.cleaned_data
            )
            return done(request, reverse("rollup:census", args=[uuid]))
    context = {"form": form, "census": found, "day": day(found.on)}
    return render_page(request, "rollup/census_reopen.html", context, status=form_status(request))


def _figures(request: Request, found: Census, version: CensusVersion) -> dict[str, Any]:
    actor = request.actor
    of = _of_asked(request, found, version)
    every = (
        beside_now(actor=actor, census=found, version=version)
        if of == PUPILS
        else things_beside_now(actor=actor, census=found, version=version, of=of)
    )
    unit, school = request.GET.get("unit", ""), request.GET.get("school", "")
    rows = [
        one
        for one in every
        if (not unit or one.place.unit_code == unit) and (not school or one.place.code == school)
    ]
    if (unit or school) and not rows:
        raise Http404
    units = {one.place.unit_code for one in rows}
    here = reverse("rollup:census", args=[found.uuid])
    kept = f"&version={version.number}&of={of}"
    drawn = _unit_table if len(units) > 1 else _school_table
    waiting = [one for one in rows if not one.is_whole]
    one_school = rows[0].place if len(rows) == 1 else None
    return {
        "of": of,
        "what": str(MEASURES[of]).lower(),
        "tabs": _tabs(actor, found, version, of, unit=unit, school=school),
        "kept_rows": _kept_table(actor, found, version, of, one_school.id)
        if one_school and (of != PUPILS or request.GET.get("rows"))
        else None,
        "rows_url": f"{here}?school={one_school.code}{kept}&rows=1"
        if one_school and of == PUPILS and one_school.id in actor.reach(VIEW_STUDENTS, "school")
        else "",
        "frozen": number(sum(one.frozen for one in rows)),
        "now": number(sum(one.now for one in rows)),
        "change": signed(sum(one.change for one in rows)),
        "due": len(rows),
        "whole": len(rows) - len(waiting),
        "waiting": [one.place.name for one in waiting[:5]],
        "waiting_more": max(len(waiting) - 5, 0),
        "table": drawn(rows, here, kept),
        "back_url": here if unit or school else "",
        "place": one_school.name if one_school else (rows[0].place.unit if unit else ""),
        "corrected": _corrected_table(actor, found, version, one_school.id)
        if one_school and of == PUPILS
        else None,
    }


def _of_asked(request: Request, found: Census, version: CensusVersion) -> str:
    of = request.GET.get("of", "") or PUPILS
    if of not in {code for code, _label in _measures(request.actor, found, version)}:
        raise Http404
    return of


def _measures(actor: Actor, found: Census, version: CensusVersion) -> list[tuple[str, str]]:
    """Return what a version froze and the reader may count; of one level no staff is kept."""
    kept = [(PUPILS, COUNT_STUDENTS)]
    if version.keeps_things:
        kept += [(CLASSES, COUNT_STUDENTS)]
        kept += [] if found.level else [(STAFF, VIEW_STAFF)]
    return [(of, str(MEASURES[of])) for of, permission in kept if actor.may(permission)]


def _tabs(
    actor: Actor, found: Census, version: CensusVersion, of: str, *, unit: str, school: str
) -> list[dict[str, Any]]:
    here = reverse("rollup:census", args=[found.uuid])
    narrow = {"unit": unit, "school": school, "version": str(version.number)}
    kept = {name: value for name, value in narrow.items() if value}
    offered = _measures(actor, found, version)
    return [
        {
            "label": label,
            "url": f"{here}?{urlencode({**kept, 'of': code})}",
            "current": code == of,
        }
        for code, label in (offered if len(offered) > 1 else [])
    ]


def _kept_table(
    actor: Actor, found: Census, version: CensusVersion, of: str, school_id: int
) -> ReadyTable | None:
    """Return the rows behind a school's frozen number, for whoever may see them."""
    permission = {PUPILS: VIEW_STUDENTS, CLASSES: VIEW_CLASSES, STAFF: VIEW_STAFF}[of]
    if school_id not in actor.reach(permission, "school"):
        return None
    read = {PUPILS: frozen_pupils, CLASSES: frozen_classes, STAFF: frozen_staff}[of]
    kept = read(actor=actor, census=found, version=version, school_id=school_id)
    if of in (PUPILS, STAFF):
        actions.note_frozen_opened(
            actor=actor, census=found, of=of, school_id=school_id, count=len(kept), now=clock.now()
        )
    heads = [
        Head({PUPILS: _("Full name"), CLASSES: _("Class"), STAFF: _("Full name")}[of]),
        Head({PUPILS: _("Class"), CLASSES: _("Grade"), STAFF: _("Position")}[of]),
        *([Head(_("Pupils"), "num")] if of == CLASSES else []),
        Head(_("On that day now")),
    ]
    rows = [
        Row(
            label=one.name,
            cells=[
                Cell(value=one.what, none="" if one.what else "–"),
                *(
                    [Cell(value=number(one.number or 0), css="num", named=_("Pupils"))]
                    if of == CLASSES
                    else []
                ),
                Cell(pill=Pill("warn", "circle-minus", _("no longer counted")))
                if not one.is_counted
                else Cell(value=_("counted as then")),
            ],
        )
        for one in kept
    ]
    return ReadyTable(_("Behind the frozen number"), heads, rows)


def _unit_table(rows: list[Beside], here: str, kept: str) -> ReadyTable:
    names = {one.place.unit_code: one.place.unit for one in rows}
    order = {one.place.unit_code: one.place.unit_sort for one in rows}
    frozen = sums((one.place.unit_code, one.frozen) for one in rows)
    now = sums((one.place.unit_code, one.now) for one in rows)
    return _table(
        _("Unit"),
        [
            (names[code] or _("Not recorded"), f"{here}?unit={code}{kept}", frozen[code], now[code])
            for code in sorted(names, key=lambda code: (order[code], code))
        ],
    )


def _school_table(rows: list[Beside], here: str, kept: str) -> ReadyTable:
    return _table(
        _("School"),
        [
            (one.place.name, f"{here}?school={one.place.code}{kept}", one.frozen, one.now)
            for one in rows
        ],
    )


def _table(corner: str, lines: Iterable[tuple[str, str, int, int]]) -> ReadyTable:
    heads = [
        Head(corner),
        *(Head(text, "num") for text in (_("Frozen"), _("Now"), _("Changed by"))),
    ]
    rows = [
        Row(
            label=label,
            url=url,
            cells=[
                Cell(value=number(frozen), css="num", named=_("Frozen")),
                Cell(value=number(now), css="num", named=_("Now")),
                Cell(value=signed(now - frozen), css="num", named=_("Changed by")),
            ],
        )
        for label, url, frozen, now in lines
    ]
    return ReadyTable(_("Frozen figures beside what is known now"), heads, rows)


def _corrected_table(
    actor: Actor, found: Census, version: CensusVersion, school_id: int
) -> ReadyTable | None:
    """Return who makes the difference, for whoever may see the records of the school."""
    if school_id not in actor.reach(VIEW_STUDENTS, "school"):
        return None
    changes = corrected(actor=actor, census=found, version=version, school_id=school_id)
    rows = [
        Row(
            label=one.name,
            cells=[
                Cell(
                    pill=Pill("ok", "plus", _("counted since"))
                    if one.is_added
                    else Pill("warn", "circle-minus", _("no longer counted"))
                ),
                Cell(value=one.entry_kind),
                Cell(value=day(one.starts_on)),
                Cell(value=one.exit_kind, none="" if one.exit_kind else "–"),
                Cell(value=day(one.ends_on)),
            ],
        )
        for one in changes
    ]
    heads = [
        Head(text)
        for text in (_("Full name"), _("What differs"), _("Came"), _("From"), _("Left"), _("Until"))
    ]
    return ReadyTable(_("Who makes the difference"), heads, rows)


def _version_asked(request: Request, found: Census) -> CensusVersion | None:
    asked = request.GET.get("version", "")
    versions = _versions(found)
    if asked:
        named = next((one for one in versions if str(one.number) == asked), None)
        if named is None:
            raise Http404
        return named
    return versions[0] if versions else None


def _version_line(found: Census, one: CensusVersion) -> dict[str, Any]:
    return {
        "number": one.number,
        "when": moment(one.frozen_at),
        "by": one.by,
        "reason": one.reason,
        "url": f"{reverse('rollup:census', args=[found.uuid])}?version={one.number}",
    }


def _versions(found: Census) -> list[CensusVersion]:
    return list(found.newest_first)


def _newest(found: Census) -> Any:
    return next(iter(_versions(found)), None)


def _not_yet(found: Census) -> str:
    return "" if _versions(found) else _("none yet")


def _decides(actor: Actor) -> bool:
    return actor.reach(DECIDE_CENSUS, "school").everything


def _require_province(actor: Actor) -> None:
    """Answer as if nothing were there to who decides for less than the province."""
    if not _decides(actor):
        raise Http404


def _level_words(found: Census) -> str:
    return str(EducationLevel(found.level).label) if found.level else _("All levels")


def _state_pill(found: Census) -> Pill:
    if found.state == CensusState.FROZEN:
        return Pill("ok", "lock", _("Frozen"))
    return Pill("info", "lock-open", pgettext("census", "Open"))
