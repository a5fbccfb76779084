"""The rules of making a timetable: listed in plain words, set by the school, said otherwise."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.kernel import clock
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.registry.schools.api import academic_year_on, get_school_for, school_frame
from khuevan.registry.staff.api import subject_label
from khuevan.school.timetable.actions import rules as actions
from khuevan.school.timetable.asked.facts import said_of
from khuevan.school.timetable.asked.nearest import Book
from khuevan.school.timetable.asked.terms import MANY, TERMS, rule_words
from khuevan.school.timetable.asked.values import Said
from khuevan.school.timetable.core.rulebook import RULES
from khuevan.school.timetable.core.values import HARD
from khuevan.school.timetable.grids import read_spot
from khuevan.school.timetable.painting import spot_rows, spots_words
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES
from khuevan.school.timetable.rule_forms import MUST, WISH, DepartmentForm, RuleForm, usual_cost
from khuevan.school.timetable.rule_models import RuleSetting
from khuevan.school.timetable.selectors.rules import (
    Place,
    classes_of,
    departments_of,
    read_whom,
    rooms_of,
    settings_of,
    subjects_taught,
    until_words,
    whom_choices,
)
from khuevan.school.timetable.selectors.versions import get_timetable_for
from khuevan.ui.formats import number
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request


@page(MANAGE_TIMETABLES, methods=("GET",))
def rules(request: Request, code: str) -> HttpResponse:
    """Show every rule in words, as it holds at the school."""
    place = _place(request, code)
    rows = settings_of(request.actor, place)
    book = Book(said_of(row) for row in rows)
    counts = {rule: sum(row.code == rule and _is_more(row) for row in rows) for rule in TERMS}
    own = {row.code for row in rows}
    lines = [_line(place, book.all(rule), counts[rule], is_own=rule in own) for rule in TERMS]
    context = {
        **_frame(request, place),
        "title": _("Rules of making a timetable"),
        "groups": [
            {"label": _("Usually required"), "rows": [one for one in lines if one["is_h"]]},
            {"label": _("Usually wished"), "rows": [one for one in lines if not one["is_h"]]},
        ],
        "departments": [
            {"row": one, "subjects": ", ".join(map(subject_label, one.subjects))}
            for one in departments_of(request.actor, place)
        ],
        "may_copy": not rows and place.timetable is None,
    }
    return render_page(request, "timetable/rules.html", context)


@page(MANAGE_TIMETABLES)
def rule(request: Request, code: str, rule: str) -> HttpResponse:
    """Show one rule, and say how it holds for everybody."""
    place = _place(request, code)
    rule = _known(rule)
    rows = [row for row in settings_of(request.actor, place) if row.code == rule]
    held = Book(said_of(row) for row in rows).all(rule)
    spots = _spots(request, held)
    form = _form(request, place, rule, held)
    is_many = rule in MANY
    if request.method == "POST" and form.is_valid() and not is_many:
        with form.domain_errors():
            actions.set_rule(
                actor=request.actor,
                school=place.school,
                year=place.year,
                timetable=place.timetable,
                word=_word(form, rule, spots),
                now=clock.now(),
            )
            messages.success(request, _("The rule is set. Drafts are checked by it from now on."))
            return done(request, _url(place, "rules"))
    context = {
        **_frame(request, place),
        "title": rule_words(rule, held.params),
        "form": None if is_many else form,
        "terms": TERMS[rule],
        "grid": spot_rows(place.school.pk, place.on, spots) if TERMS[rule].has_spots else None,
        "more": [_exception(place, row) for row in rows if _is_more(row)],
        "own": [row for row in rows if _is_own(place, row)],
        "more_url": _url(place, "rule_more", rule) if _holds_for_some(rule) else "",
        "cancel_url": _url(place, "rules"),
    }
    return render_page(request, "timetable/rule.html", context, status=form_status(request))


@page(MANAGE_TIMETABLES)
def rule_more(request: Request, code: str, rule: str) -> HttpResponse:
    """Say how a rule holds for some: a grade, a class, a subject, a teacher, a department."""
    place = _place(request, code)
    rule = _known(rule)
    if not _holds_for_some(rule):
        raise NotFound
    rows = [row for row in settings_of(request.actor, place) if row.code == rule]
    held = Book(said_of(row) for row in rows).all(rule)
    spots = _spots(request, None)
    choices = whom_choices(request.actor, place, TERMS[rule].scopes, request.actor.today)
    whom_first: list[Any] = choices or [("ALL:", str(actions.EVERYBODY))]
    form = _form(request, place, rule, held, whom_first)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            key = form.cleaned_data["whom"]
            actions.set_rule(
                actor=request.actor,
                school=place.school,
                year=place.year,
                timetable=place.timetable,
                word=_word(form, rule, spots),
                whom=read_whom(request.actor, place, key, request.actor.today)
                if key != "ALL:"
                else actions.EVERYBODY,
                now=clock.now(),
            )
            messages.success(request, _("The rule is set. Drafts are checked by it from now on."))
            return done(request, _url(place, "rule", rule))
    is_needed = TERMS[rule].has_spots
    context = {
        **_frame(request, place),
        "title": rule_words(rule, held.params),
        "form": form,
        "grid": spot_rows(place.school.pk, place.on, spots) if is_needed else None,
        "cancel_url": _url(place, "rule", rule),
        "is_more": True,
    }
    return render_page(request, "timetable/rule.html", context, status=form_status(request))


def _holds_for_some(rule: str) -> bool:
    """Return whether a rule may be said of a grade, a class, a subject, a teacher apart."""
    return bool(TERMS[rule].scopes) or rule in MANY


@page(MANAGE_TIMETABLES, methods=("POST",))
def rule_drop(request: Request, uuid: UUID) -> HttpResponse:
    """Take back what was said of a rule."""
    row = actions.drop_rule(actor=request.actor, uuid=uuid, now=clock.now())
    messages.success(request, _("Taken back: the usual holds again."))
    place = Place(row.school, row.academic_year, row.timetable)
    return done(request, _url(place, "rule", row.code))


@page(MANAGE_TIMETABLES, methods=("POST",))
def rules_copy(request: Request, code: str) -> HttpResponse:
    """Take over the rules of the year before."""
    place = _place(request, code)
    try:
        count = actions.take_over_rules(
            actor=request.actor, school=place.school, year=place.year, now=clock.now()
        )
    except DomainError as error:
        messages.error(request, str(error))
    else:
        said = ngettext("%(count)s rule taken over.", "%(count)s rules taken over.", count)
        messages.success(request, said % {"count": count})
    return done(request, _url(place, "rules"))


@page(MANAGE_TIMETABLES)
def department(request: Request, code: str) -> HttpResponse:
    """Record a department."""
    place = _place(request, code)
    form = DepartmentForm(request.POST or None, subjects=subjects_taught(request.actor, place))
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.set_department(
                actor=request.actor,
                school=place.school,
                year=place.year,
                name=form.cleaned_data["name"],
                subjects=form.cleaned_data["subjects"],
                now=clock.now(),
            )
            return done(request, _url(place, "rules"))
    context = {
        **_frame(request, place),
        "title": _("A department"),
        "form": form,
        "cancel_url": _url(place, "rules"),
    }
    return render_page(request, "timetable/rule.html", context, status=form_status(request))


@page(MANAGE_TIMETABLES, methods=("POST",))
def department_remove(request: Request, uuid: UUID) -> HttpResponse:
    """Remove a department."""
    row = actions.remove_department(actor=request.actor, uuid=uuid, now=clock.now())
    messages.success(request, _("The department is removed."))
    return done(request, _url(Place(row.school, row.academic_year), "rules"))


def _place(request: Request, code: str) -> Place:
    school = get_school_for(request.actor, code, MANAGE_TIMETABLES)
    asked = request.GET.get("timetable", "")
    if asked:
        try:
            timetable = get_timetable_for(request.actor, UUID(asked))
        except ValueError as error:
            raise NotFound from error
        if timetable.school_id != school.pk:
            raise NotFound
        return Place(school, timetable.academic_year, timetable)
    year = academic_year_on(request.actor.today)
    if year is None:
        raise NotFound
    return Place(school, year)


def _frame(request: Request, place: Place) -> dict[str, Any]:
    return {
        **school_frame(request, place.school, "timetables"),
        "actions": (),
        "place": place,
        "query": _query(place),
    }


def _query(place: Place) -> str:
    return f"?{urlencode({'timetable': place.timetable.uuid})}" if place.timetable else ""


def _url(place: Place, route: str, *more: str) -> str:
    return reverse(f"timetable:{route}", args=[place.school.code, *more]) + _query(place)


def _known(rule: str) -> str:
    if rule not in TERMS:
        raise NotFound
    return rule


def _is_own(place: Place, row: RuleSetting) -> bool:
    return not _is_more(row) and row.timetable_id == place.timetable_id


def _is_more(row: RuleSetting) -> bool:
    return row.scope != "ALL" or row.code in MANY


def _line(place: Place, said: Said, count: int, *, is_own: bool) -> dict[str, Any]:
    """Return a rule as a row: what it says, how strict, for whom else it is otherwise."""
    terms = TERMS[said.code]
    is_on = said.is_on and (terms.is_usual or bool(count))
    return {
        "url": _url(place, "rule", said.code),
        "says": rule_words(said.code, said.params),
        "is_h": RULES[said.code].weight >= HARD,
        "is_on": is_on,
        "state": _("holds") if is_on else _("off") if terms.is_usual else _("not said yet"),
        "how": _how(said.weight),
        "is_hard": said.weight >= HARD,
        "count": count,
        "is_own": is_own,
    }


def _how(weight: float) -> str:
    if weight >= HARD:
        return _("must")
    return _("wish, %(points)s points") % {"points": number(int(weight))}


def _exception(place: Place, row: RuleSetting) -> dict[str, Any]:
    """Return what is said for some, in words."""
    said, terms = said_of(row), TERMS[row.code]
    words = [f"{one.label}: {number(said.number(one.name))}" for one in terms.numbers]
    if said.texts("subjects") and row.scope != "SUBJECT":
        words.append(", ".join(map(subject_label, said.texts("subjects"))))
    if said.texts("spots"):
        words.append(spots_words(said.texts("spots")))
    return {
        "uuid": row.uuid,
        "whom": str(actions.whom_of(row)),
        "says": "; ".join(words) if row.is_on else _("off"),
        "how": _how(said.weight),
        "until": until_words(row, place.year),
        "of_timetable": row.timetable_id is not None,
    }


def _form(request: Request, place: Place, rule: str, held: Said, whom: Any = ()) -> RuleForm:
    actor, terms = request.actor, TERMS[rule]
    rows: dict[str, list[tuple[str, str]]] = {}
    if terms.subjects is not None:
        names = dict.fromkeys((*subjects_taught(actor, place), *held.texts("subjects")))
        rows["subjects"] = [(name, subject_label(name)) for name in names]
    if terms.has_classes:
        rows["classes"] = [(str(one.uuid), one.name) for one in classes_of(actor, place)]
    if terms.has_rooms:
        rows["rooms"] = [(str(one.uuid), one.name) for one in rooms_of(actor, place, actor.today)]
    is_hard = held.weight >= HARD
    initial = {
        **held.params,
        "is_on": held.is_on,
        "kind": MUST if is_hard else WISH,
        "cost": usual_cost(rule) if is_hard else int(held.weight),
    }
    return RuleForm(request.POST or None, code=rule, whom=whom, rows=rows, initial=initial)


def _word(form: RuleForm, rule: str, spots: list[str]) -> actions.Word:
    values = form.cleaned_data
    return actions.Word(
        rule,
        form.weight,
        is_on=values.get("is_on", True),
        params=form.params(spots),
        starts_on=values.get("starts_on"),
        ends_on=values.get("ends_on"),
    )


def _spots(request: Request, held: Said | None) -> list[str]:
    """Return the places of the week that were marked, else those that hold."""
    if request.method == "POST":
        return [one for one in request.POST.getlist("spots") if read_spot(one)]
    return list(held.texts("spots")) if held else []
