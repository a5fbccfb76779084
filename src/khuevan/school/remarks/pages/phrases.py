"""Phrases for comments: the school's, and one's own; added as a list, changed, removed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.kernel import clock
from khuevan.registry.schools.api import School, get_school_for, school_frame
from khuevan.school.remarks import actions
from khuevan.school.remarks.bank import Line, shipped
from khuevan.school.remarks.forms import PasteForm, PhraseForm
from khuevan.school.remarks.models import Band, Part, Phrase, Subjects
from khuevan.school.remarks.permissions import MANAGE_PHRASES, WRITE_REMARKS
from khuevan.school.remarks.selectors.phrases import own_phrases, phrases_of_school
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request


@page(MANAGE_PHRASES, methods=("GET",))
def school(request: Request, code: str) -> HttpResponse:
    """Show the phrases that a school shares, or the shipped ones that it uses without its own."""
    found = get_school_for(request.actor, code, MANAGE_PHRASES)
    rows = list(phrases_of_school(actor=request.actor, school=found))
    group = _asked_group(request)
    context = {
        **_frame(request, found),
        "is_shipped": not rows,
        "groups": _groups(request, rows or shipped(), group),
        "lines": _lines(found, rows, group) if rows else _shipped(group),
        "paste_url": reverse("remarks:paste", args=[found.code]),
        "take_url": reverse("remarks:take", args=[found.code]),
    }
    return render_page(request, "remarks/school_phrases.html", context)


@page(WRITE_REMARKS, methods=("GET",))
def own(request: Request) -> HttpResponse:
    """Show one's own phrases."""
    rows = list(own_phrases(actor=request.actor))
    group = _asked_group(request)
    context = {
        "title": _("My phrases"),
        "is_shipped": False,
        "groups": _groups(request, rows, group),
        "lines": _lines(None, rows, group),
        "paste_url": reverse("remarks:own_paste"),
    }
    return render_page(request, "remarks/own_phrases.html", context)


@page(MANAGE_PHRASES)
def paste(request: Request, code: str) -> HttpResponse:
    """Add phrases to the school's, one a line."""
    found = get_school_for(request.actor, code, MANAGE_PHRASES)
    return _paste(request, found, reverse("remarks:phrases", args=[found.code]))


@page(WRITE_REMARKS)
def own_paste(request: Request) -> HttpResponse:
    """Add phrases to one's own, one a line."""
    return _paste(request, None, reverse("remarks:own_phrases"))


@page(MANAGE_PHRASES, methods=("POST",))
def take(request: Request, code: str) -> HttpResponse:
    """Copy the shipped phrases into the school's."""
    found = get_school_for(request.actor, code, MANAGE_PHRASES)
    count = actions.take_shipped(actor=request.actor, school=found, now=clock.now())
    _tell_added(request, count)
    return done(request, reverse("remarks:phrases", args=[found.code]))


@page(MANAGE_PHRASES)
def edit(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Change a phrase of the school."""
    found = get_school_for(request.actor, code, MANAGE_PHRASES)
    row = phrases_of_school(actor=request.actor, school=found).one(uuid)
    return _edit(request, found, row, reverse("remarks:phrases", args=[found.code]))


@page(WRITE_REMARKS)
def own_edit(request: Request, uuid: UUID) -> HttpResponse:
    """Change one of one's own phrases."""
    row = own_phrases(actor=request.actor).one(uuid)
    return _edit(request, None, row, reverse("remarks:own_phrases"))


@page(MANAGE_PHRASES, methods=("POST",))
def remove(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Remove a phrase of the school."""
    found = get_school_for(request.actor, code, MANAGE_PHRASES)
    actions.remove_phrase(actor=request.actor, school=found, uuid=uuid, now=clock.now())
    messages.success(request, _("The phrase is removed; comments made of it stay."))
    return done(request, reverse("remarks:phrases", args=[found.code]))


@page(WRITE_REMARKS, methods=("POST",))
def own_remove(request: Request, uuid: UUID) -> HttpResponse:
    """Remove one of one's own phrases."""
    actions.remove_phrase(actor=request.actor, school=None, uuid=uuid, now=clock.now())
    messages.success(request, _("The phrase is removed; comments made of it stay."))
    return done(request, reverse("remarks:own_phrases"))


def _frame(request: Request, found: School | None) -> dict[str, Any]:
    if found is None:
        return {"title": _("My phrases")}
    return {**school_frame(request, found, "comments"), "actions": ()}


def _template(found: School | None) -> str:
    return "schools/form.html" if found else "remarks/own_form.html"


def _paste(request: Request, found: School | None, to: str) -> HttpResponse:
    form = PasteForm(request.POST or None, initial={"subjects": request.GET.get("of", "ALL")})
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            count = actions.add_phrases(
                actor=request.actor, school=found, now=clock.now(), **form.cleaned_data
            )
            _tell_added(request, count)
            return done(request, f"{to}?of={form.cleaned_data['subjects']}")
    context = {
        **_frame(request, found),
        "form": form,
        "form_title": _("Add phrases"),
        "submit": _("Add phrases"),
        "cancel_url": to,
    }
    return render_page(request, _template(found), context, status=form_status(request))


def _edit(request: Request, found: School | None, row: Phrase, to: str) -> HttpResponse:
    names = ("subjects", "part", "band", "text")
    form = PhraseForm(request.POST or None, initial={name: getattr(row, name) for name in names})
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.change_phrase(
                actor=request.actor,
                school=found,
                uuid=row.uuid,
                now=clock.now(),
                **form.cleaned_data,
            )
            messages.success(request, _("Saved."))
            return done(request, f"{to}?of={form.cleaned_data['subjects']}")
    context = {
        **_frame(request, found),
        "form": form,
        "form_title": _("Change a phrase"),
        "submit": _("Save"),
        "cancel_url": to,
    }
    return render_page(request, _template(found), context, status=form_status(request))


def _tell_added(request: Request, count: int) -> None:
    if count:
        told = ngettext("%(count)s phrase added.", "%(count)s phrases added.", count)
        messages.success(request, told % {"count": count})
    else:
        messages.info(request, _("All of them were there already."))


def _asked_group(request: Request) -> str:
    asked = request.GET.get("of", "")
    return asked if asked in Subjects.values else ""


def _groups(request: Request, rows: Iterable[Phrase | Line], current: str) -> list[dict[str, Any]]:
    """Return the groups of subjects that have phrases, with how many."""
    counted: dict[str, int] = {}
    for one in rows:
        counted[one.subjects] = counted.get(one.subjects, 0) + 1
    return [
        {
            "label": label,
            "count": counted[value],
            "url": f"{request.path}?of={value}",
            "current": value == (current or next(iter(_present(counted)), "")),
        }
        for value, label in Subjects.choices
        if value in counted
    ]


def _present(counted: dict[str, int]) -> list[str]:
    return [value for value in Subjects.values if value in counted]


def _lines(found: School | None, rows: Iterable[Phrase], group: str) -> list[dict[str, Any]]:
    kept = list(rows)
    group = group or next(iter(_present(dict.fromkeys((one.subjects for one in kept), 1))), "")
    return [
        {
            **_line(one),
            "edit_url": _url(found, "edit", one),
            "remove_url": _url(found, "remove", one),
        }
        for one in kept
        if one.subjects == group
    ]


def _url(found: School | None, deed: str, one: Phrase) -> str:
    if found is None:
        return reverse(f"remarks:own_{deed}", args=[one.uuid])
    return reverse(f"remarks:{deed}", args=[found.code, one.uuid])


def _shipped(group: str) -> list[dict[str, Any]]:
    return [_line(one) for one in shipped() if one.subjects == (group or Subjects.ALL)]


def _line(one: Phrase | Line) -> dict[str, Any]:
    return {"text": one.text, "part": Part(one.part).label, "band": Band(one.band).label}
