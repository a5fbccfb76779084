"""Entering wishes for families: one pupil, a pasted list; and the list of a round as a file."""

from __future__ import annotations

import io
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.kernel import clock
from khuevan.kernel.actor import Permission
from khuevan.kernel.errors import NotFound
from khuevan.platform.sheets.api import SheetToWrite, write_workbook
from khuevan.registry.choices import actions
from khuevan.registry.choices.actions import Said
from khuevan.registry.choices.allotment_rules import lot_of
from khuevan.registry.choices.errors import ListUnclear
from khuevan.registry.choices.forms import ListForm, WishesForm
from khuevan.registry.choices.list_rules import (
    Known,
    Line,
    LineFault,
    LineFaultKind,
    read_list,
)
from khuevan.registry.choices.permissions import MANAGE_CHOICES, VIEW_CHOICES
from khuevan.registry.choices.selectors.rounds import (
    Standing,
    get_round_for,
    standing_of,
)
from khuevan.registry.choices.shown import result_words, subjects_words
from khuevan.registry.schools.api import School, get_school_for, school_frame
from khuevan.ui.downloads import XLSX, download, file_name
from khuevan.ui.formats import day, number
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request

MOST_FAULTS = 10


@page(MANAGE_CHOICES)
def wishes(request: Request, code: str, uuid: UUID, student: UUID) -> HttpResponse:
    """Rank combinations for a pupil who came to the office."""
    school, standing = _standing(request, code, uuid)
    each = next((one for one in standing.choosing if one.placement.student.uuid == student), None)
    if each is None:
        raise NotFound
    form = WishesForm(
        request.POST or None,
        offered=[(str(o.pk), f"{o.name}: {subjects_words(o.options)}") for o in standing.offered],
        most=standing.round.most_wishes,
        initial={
            f"wish_{place}": str(pk)
            for place, pk in enumerate(each.wishes.combination_ids if each.wishes else [], start=1)
        },
    )
    back = reverse("choices:round", args=[school.code, uuid])
    back = f"{back}?class={each.placement.homeroom_class.uuid}"
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.give_wishes(
                actor=request.actor,
                round_uuid=uuid,
                student_uuid=student,
                combination_ids=form.chosen,
                now=clock.now(),
            )
            messages.success(request, _("Wishes saved."))
            return done(request, back)
    context = {
        **school_frame(request, school, "choices"),
        "actions": (),
        "form": form,
        "title": _("Wishes of %(name)s") % {"name": each.placement.person.full_name},
        "cancel_url": back,
    }
    return render_page(request, "choices/form.html", context, status=form_status(request))


@page(MANAGE_CHOICES)
def pasted(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Enter scores and wishes of many pupils as lines of a spreadsheet."""
    school, standing = _standing(request, code, uuid)
    form = ListForm(request.POST or None, initial={"lines": _lines_of(standing)})
    back = reverse("choices:round", args=[school.code, uuid])
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            said = _read(form.cleaned_data["lines"], standing)
            count = actions.list_wishes(actor=request.actor, uuid=uuid, said=said, now=clock.now())
            told = ngettext("%(count)s pupil saved.", "%(count)s pupils saved.", count)
            messages.success(request, told % {"count": count})
            return done(request, back)
    context = {
        **school_frame(request, school, "choices"),
        "actions": (),
        "form": form,
        "title": _("Scores and wishes as a list"),
        "cancel_url": back,
        "is_wide": True,
    }
    return render_page(request, "choices/form.html", context, status=form_status(request))


@page(VIEW_CHOICES, methods=("GET",))
def file(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Give the pupils of a round with wishes and results as a workbook."""
    _school, standing = _standing(request, code, uuid, VIEW_CHOICES)
    one = standing.round
    titles = [one.name, f"{day(one.starts_on)} – {day(one.last_day)}"]
    if one.published_at is not None:
        words = {"seed": one.seed}
        titles.append(_("Lot = SHA-256 of “%(seed)s:code”, the smallest first") % words)
    headers = [
        _("No."),
        _("Class"),
        _("Full name"),
        _("Birth date"),
        one.score_name or _("Score"),
        *(_("Wish %(number)s") % {"number": n} for n in range(1, one.most_wishes + 1)),
        _("Place in the order"),
        _("Combination"),
        _("Why"),
        *([_("Code"), _("Lot")] if one.published_at else []),
    ]
    buffer = io.BytesIO()
    sheet = SheetToWrite(_("Result"), tuple(headers), tuple(_cells(standing)), titles=tuple(titles))
    write_workbook(buffer, [sheet])
    return download(buffer.getvalue(), name=file_name(one.name, "xlsx"), media_type=XLSX)


def _standing(
    request: Request, code: str, uuid: UUID, permission: Permission = MANAGE_CHOICES
) -> tuple[School, Standing]:
    school = get_school_for(request.actor, code, permission)
    one = get_round_for(request.actor, uuid, permission, school)
    return school, standing_of(one, on=request.actor.today)


def _cells(standing: Standing) -> list[tuple[str, ...]]:
    one = standing.round
    names = {row.pk: row.name for row in standing.offered}
    rows = []
    for number_, each in enumerate(standing.choosing, start=1):
        person, result = each.placement.person, each.result
        wished = [names.get(pk, "–") for pk in each.wishes.combination_ids] if each.wishes else []
        points = each.wishes.points if each.wishes else None
        code = str(each.placement.student.uuid)
        rows.append(
            (
                str(number_),
                each.placement.homeroom_class.name,
                person.full_name,
                day(person.birth_date) if person.birth_date else "",
                "" if points is None else number(float(points)),
                *(wished[place] if place < len(wished) else "" for place in range(one.most_wishes)),
                str(result.position) if result else "",
                result.combination.name if result and result.combination else "",
                " ".join(result_words(result, chose=each.has_chosen)) if result else "",
                *([code, lot_of(one.seed, code)] if one.published_at else []),
            )
        )
    return rows


def _lines_of(standing: Standing) -> str:
    """Return the round as lines to copy into a spreadsheet and back."""
    names = {row.pk: row.name for row in standing.offered}
    heading = [_("Class"), _("Full name"), _("Birth date"), standing.round.score_name or _("Score")]
    heading += [
        _("Wish %(number)s") % {"number": n} for n in range(1, standing.round.most_wishes + 1)
    ]
    lines = ["\t".join(heading)]
    for each in standing.choosing:
        person = each.placement.person
        points = each.wishes.points if each.wishes else None
        cells = [
            each.placement.homeroom_class.name,
            person.full_name,
            day(person.birth_date) if person.birth_date else "",
            "" if points is None else number(float(points)),
            *(names.get(pk, "") for pk in (each.wishes.combination_ids if each.wishes else [])),
        ]
        lines.append("\t".join(cells))
    return "\n".join(lines)


def _read(text: str, standing: Standing) -> list[Said]:
    pupils = [
        Known(
            each.placement.student_id,
            each.placement.homeroom_class.name,
            each.placement.person.full_name,
            day(each.placement.person.birth_date) if each.placement.person.birth_date else "",
        )
        for each in standing.choosing
    ]
    offered = {one.name: one.pk for one in standing.offered}
    lines, faults = read_list(text, pupils, offered, standing.round.most_wishes)
    if faults:
        raise ListUnclear(faults=" ".join(_fault_words(one) for one in faults[:MOST_FAULTS]))
    return [_said(one) for one in lines]


def _said(one: Line) -> Said:
    return Said(one.student_id, one.wishes, one.points)


def _fault_words(one: LineFault) -> str:
    return _FAULTS[one.kind]() % {"number": one.number, "text": one.text}


_FAULTS = {
    LineFaultKind.NOBODY: lambda: _("Line %(number)s: nobody called “%(text)s” in this round."),
    LineFaultKind.SEVERAL: lambda: _(
        "Line %(number)s: several pupils of the class are called “%(text)s”; add the birth date."
    ),
    LineFaultKind.TWICE: lambda: _("Line %(number)s: “%(text)s” stands twice in the list."),
    LineFaultKind.POINTS: lambda: _("Line %(number)s: “%(text)s” is no score."),
    LineFaultKind.COMBINATION: lambda: _("Line %(number)s: “%(text)s” isn't offered."),
    LineFaultKind.WISHES: lambda: _(
        "Line %(number)s: too many wishes, or one of them twice: %(text)s."
    ),
}
