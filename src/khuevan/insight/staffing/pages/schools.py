"""One school: its posts, and behind each who is counted and which classes ask; one teacher less."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from khuevan.insight.staffing import actions, behind, selectors, shown
from khuevan.insight.staffing.averages import average_of, norm_classes
from khuevan.insight.staffing.counting import Counted, LevelTold, count_now
from khuevan.insight.staffing.days import read_day
from khuevan.insight.staffing.errors import StaffingCountedJustNow
from khuevan.insight.staffing.pages.tables import only_school
from khuevan.insight.staffing.permissions import COUNT_STAFFING, VIEW_STAFFING
from khuevan.insight.staffing.posts import NO_SUBJECT, post_label
from khuevan.insight.staffing.rules import Post, without_one
from khuevan.insight.staffing.school_shown import (
    class_rows,
    steps,
    teacher_rows,
    what_if_rows,
)
from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.registry.curriculum.api import fraction_words
from khuevan.registry.schools.api import School, get_school_for, held_on, name_of
from khuevan.registry.staff.api import VIEW_STAFF
from khuevan.ui.formats import day, moment, number
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request
from khuevan.ui.tables import Cell, Head, ReadyTable, Row

ONE_POST = "one"


@page(VIEW_STAFFING, methods=("GET",))
def school(request: Request, code: str) -> HttpResponse:
    """Show a school as it is now: its posts, the worst first, and the head-count norm."""
    actor: Actor = request.actor
    found = get_school_for(actor, code, VIEW_STAFFING)
    on = read_day(request.GET.get("on", ""), actor.today)
    counted = _counted(found, on)
    pupils = behind.pupils_by_level(found, on)
    context = {
        "title": name_of(found),
        "crumbs": _crumbs(actor, found),
        "meta": _counted_words(on, actor.today),
        "on": on,
        "is_today": on == actor.today,
        "school": found,
        "tables": [
            _table(found, level, counted, _of_day(on, actor.today)) for level in _levels(counted)
        ],
        "levels": [
            _level_facts(level, told, _by_average(level, pupils.get(level, 0), counted.zone, on))
            for level, told in counted.levels.items()
            if told.classes
        ],
        "warnings": [
            line for level, told in counted.levels.items() for line in _warnings(found, level, told)
        ],
        "may_count": held_on(actor, COUNT_STAFFING, found),
    }
    return render_page(request, "staffing/school.html", context)


@page(VIEW_STAFFING, methods=("GET",))
def post(request: Request, code: str, level: str, post: str) -> HttpResponse:
    """Show how the figures of a post come about, and what one teacher less would change."""
    actor: Actor = request.actor
    found = get_school_for(actor, code, VIEW_STAFFING)
    name = NO_SUBJECT if post == shown.NO_POST else post
    on = read_day(request.GET.get("on", ""), actor.today)
    kept = _of_day(on, actor.today)
    counted = _counted(found, on)
    one = counted.posts.get((level, name))
    if one is None:
        raise NotFound
    teachers = behind.teachers_of(
        actor=actor, school=found, counted=counted, level=level, post=name
    )
    classes = behind.classes_of(actor=actor, school=found, on=on, level=level, post=name)
    names_people = held_on(actor, VIEW_STAFF, found)
    gone = request.GET.get("without", "")
    context = {
        "title": _("%(subject)s, %(level)s") % {
            "subject": post_label(name), "level": shown.level_label(level),
        },
        "school_name": name_of(found),
        "day": "" if on == actor.today else _counted_words(on, actor.today),
        "crumbs": [*_crumbs(actor, found, leads=True), {"label": post_label(name), "url": ""}],
        "pill": shown.difference_pill(one.difference),
        "steps": steps(one, counted, (level, name)),
        "teachers": teacher_rows(found, (level, name), teachers, names_people=names_people),
        "classes": class_rows(classes, names_people=names_people),
        "names_people": names_people,
        "one_url": shown.post_url(found.code, level, name, without=ONE_POST, **kept) + "#without",
        "without": _without(actor, found, (level, name), one, teachers, gone),
    }  # fmt: skip
    return render_page(request, "staffing/post.html", context)


@page(COUNT_STAFFING, methods=("POST",))
def count_anew(request: Request, code: str) -> HttpResponseBase:
    """Count a school anew, so that the tables of those above it show what was changed."""
    try:
        actions.count_anew(actor=request.actor, code=code, now=clock.now())
    except StaffingCountedJustNow as just_now:
        messages.info(request, str(just_now))
    else:
        messages.success(request, _("Counted anew. The office above sees the same figures now."))
    return redirect("staffing:school", code=code)


def _counted_words(on: date, today: date) -> str:
    if on == today:
        return _("Counted now, %(moment)s") % {"moment": moment(localtime(clock.now()))}
    words = {"day": day(on)}
    return _("As of %(day)s, with the plans of that year as they stand now") % words


def _of_day(on: date, today: date) -> dict[str, str]:
    """Return what keeps another day than today in an address."""
    return {} if on == today else {"on": on.isoformat()}


def _counted(found: School, on: date) -> Counted:
    return count_now(on, [found.pk])[found.pk]


def _without(
    actor: Actor,
    found: School,
    key: tuple[str, str],
    one: Post,
    teachers: list[behind.TeacherRow],
    gone: str,
) -> dict[str, Any] | None:
    """Return what changes when a teacher, or any one, has gone; None where nobody is asked for."""
    if not gone:
        return None
    row = _row_of(teachers, gone)
    if gone != ONE_POST and row is None:
        raise NotFound
    if row is None or not row.placed.one.is_main:
        after, given = without_one(one), None
    else:
        teacher = row.placed.one
        after = without_one(one, is_away=teacher.is_away, lent=teacher.lent)
        given = row.given
    commune, helpers = selectors.helpers_of(
        actor=actor, on=actor.today, school_id=found.pk, level=key[0], post=key[1]
    )
    place_sees_more = len(helpers) > 0 or not _sees_one_only(actor)
    return {
        "who": row.member.person.full_name if row and row.member else _("one teacher"),
        "rows": what_if_rows(one, after),
        "given": shown.teachers(given) if given is not None else "",
        "commune": commune,
        "sees_commune": place_sees_more,
        "helpers": [
            {
                "name": helper.place.name,
                "url": shown.post_url(helper.place.code, *key),
                "spare": shown.difference_words(helper.spare),
            }
            for helper in helpers
        ],
    }


def _row_of(teachers: list[behind.TeacherRow], gone: str) -> behind.TeacherRow | None:
    try:
        uuid = UUID(gone)
    except ValueError:
        return None
    return next((row for row in teachers if row.uuid == uuid), None)


def _sees_one_only(actor: Actor) -> bool:
    return only_school(actor) is not None


def _crumbs(actor: Actor, found: School, *, leads: bool = False) -> list[dict[str, str]]:
    here = reverse("staffing:school", args=[found.code]) if leads else ""
    own = {"label": name_of(found), "url": here}
    if _sees_one_only(actor):
        return [own] if leads else []
    return [{"label": _("Teachers needed and present"), "url": reverse("staffing:index")}, own]


def _levels(counted: Counted) -> list[str]:
    told = [level for level in counted.levels if any(key[0] == level for key in counted.posts)]
    return [level for level in told if level != "MN"]


def _table(found: School, level: str, counted: Counted, kept: dict[str, str]) -> ReadyTable:
    posts = [(key[1], one) for key, one in counted.posts.items() if key[0] == level]
    posts.sort(key=lambda pair: (pair[0] == NO_SUBJECT, pair[1].difference or 0, pair[0]))
    return ReadyTable(
        shown.level_label(level),
        [
            Head(_("Subject")), Head(_("Periods"), "r"), Head(_("Duties"), "r"),
            Head(_("Needed"), "r"), Head(_("Present"), "r"), Head(_("Missing or too many")),
            Head(_("Soon retired"), "r"),
        ],
        [_row(found, level, name, one, kept) for name, one in posts],
    )  # fmt: skip


def _row(found: School, level: str, name: str, one: Post, kept: dict[str, str]) -> Row:
    is_known = name != NO_SUBJECT
    return Row(
        post_label(name),
        f"{level}-{name}",
        shown.post_url(found.code, level, name, **kept),
        cells=[
            Cell(shown.teachers(one.periods - one.cuts), css="r num", named=_("Periods")),
            Cell(number(one.cuts), css="r num", named=_("Duties")),
            Cell(shown.teachers(one.needed), css="r num", named=_("Needed")),
            Cell(shown.teachers(one.available), css="r num", named=_("Present")),
            Cell(pill=shown.difference_pill(one.difference)) if is_known else Cell(none="–"),
            Cell(number(one.leaving), css="r num", named=_("Soon retired")),
        ],
    )


def _by_average(level: str, pupils: int, zone: int, on: date) -> list[dict[str, Any]]:
    """Return how many classes a level would have by the average of its zone (Circular 20/2023)."""
    row = average_of(level, zone, on)
    count = norm_classes(pupils, level, zone, on)
    if row is None or count is None or not pupils:
        return []
    words = {"pupils": number(pupils), "each": row.pupils, "zone": zone}
    told = _("Classes by the average: %(pupils)s pupils, %(each)s a class in zone %(zone)s")
    return [{"label": told % words, "value": fraction_words(count)}]


def _level_facts(level: str, told: LevelTold, average: list[dict[str, Any]]) -> dict[str, Any]:
    rates = {rate for _classes, rate in told.rates if rate is not None}
    each = "; ".join(shown.teachers(rate) for rate in sorted(rates))
    is_special = told.quota is None
    return {
        "label": shown.level_label(level),
        "facts": [
            {"label": _("Classes"), "value": number(told.classes)},
            *average,
            {
                "label": _("Teachers by the head-count norm"),
                "value": _("no text known") if is_special else shown.teachers(told.quota),
            },
            {"label": _("Teachers a class"), "value": each or "–"},
            {"label": _("Appointed as teachers"), "value": number(told.heads)},
            {
                "label": _("Against the head-count norm"),
                "value": "–"
                if told.quota is None
                else shown.difference_words(told.heads - told.quota),
            },
        ],
        "has_leader": level in {"TH", "THCS"},
    }


def _warnings(found: School, level: str, told: LevelTold) -> list[str]:
    if level == "MN":
        return []
    return shown.warnings(
        selectors.Overall(
            1, told.classes, told.unplanned, told.quota or selectors.NOTHING,
            told.classes if told.quota is None else 0, told.heads, told.away, told.unknown,
            told.leaving, None,
        )
    )  # fmt: skip
