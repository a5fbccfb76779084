"""What the page of a post draws: the steps of its figures, its people, its classes, one less."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.insight.staffing import shown
from khuevan.insight.staffing.behind import ClassRow, TeacherRow
from khuevan.insight.staffing.counting import Counted, Key
from khuevan.insight.staffing.rules import Post
from khuevan.platform.regulations.api import Confidence, sureness
from khuevan.registry.curriculum.api import duty_label, fraction_words
from khuevan.registry.schools.api import School
from khuevan.registry.staff.api import retirement_rule, subject_label
from khuevan.ui.formats import day, number
from khuevan.ui.tables import Pill


def steps(one: Post, counted: Counted, key: Key) -> list[dict[str, Any]]:
    """Return the steps by which the figures of a post come about."""
    shared = sum(annual for _who, at, _subject, annual in counted.shares if at == key)
    own = one.annual - shared
    lines = [_step(_("Periods a week in the plans of its classes"), _weekly(own))]
    if shared:
        lines.append(
            _step(_("Periods of other subjects its teachers give"), f"+ {_weekly(shared)}")
        )
    if one.cuts:
        lines.append(_step(_("Periods that duties take off its teachers"), f"+ {number(one.cuts)}"))
    lines.append(_step(_("Periods asked a week"), fraction_words(one.periods), is_sum=True))
    norm = number(one.norm) if one.norm else _("not known")
    lines.append(_step(_("Periods a teacher owes a week"), f"÷ {norm}"))
    lines.append(_step(_("Teachers needed"), shown.teachers(one.needed), is_sum=True))
    return [*lines, *_present(one)]


def _present(one: Post) -> list[dict[str, Any]]:
    """Return the steps by which those present come about."""
    lines = [_step(_("Appointed here"), number(one.heads))]
    if one.away:
        lines.append(_step(_("On a long leave"), f"− {number(one.away)}"))
    if one.borrowed:
        words = _("From other schools, %(count)s periods") % {"count": number(one.borrowed)}
        lines.append(_step(words, f"+ {_share(one, one.borrowed)}"))
    if one.lent:
        words = _("At other schools, %(count)s periods") % {"count": number(one.lent)}
        lines.append(_step(words, f"− {_share(one, one.lent)}"))
    if one.led:
        words = _("Given by principal and deputies, %(count)s periods") % {
            "count": _weekly(one.led)
        }
        lines.append(_step(words, f"+ {shown.teachers(Post(one.norm, led=one.led).available)}"))
    if one.crossed:
        words = (
            _("Given by teachers of other levels of the school, %(count)s periods")
            if one.crossed > 0
            else _("Given at other levels of the school, %(count)s periods")
        ) % {"count": _weekly(abs(one.crossed))}
        share = shown.teachers(Post(one.norm, crossed=abs(one.crossed)).available)
        lines.append(_step(words, f"{'+' if one.crossed > 0 else '−'} {share}"))
    lines.append(_step(_("Teachers present"), shown.teachers(one.available), is_sum=True))
    if one.stood_in:
        words = _("Of those away, colleagues stand in for %(count)s periods; that is extra work")
        told = words % {"count": _weekly(one.covered)}
        lines.append(_step(told, f"({shown.teachers(one.stood_in)})"))
    return lines


def _step(what: str, count: str, *, is_sum: bool = False) -> dict[str, Any]:
    return {"what": what, "count": count, "is_sum": is_sum}


def _weekly(annual: int) -> str:
    return fraction_words(Post(norm=1, annual=annual).periods)


def _share(one: Post, periods: int) -> str:
    return shown.teachers(Post(norm=one.norm, borrowed=periods).available)


def teacher_rows(
    found: School, key: Key, rows: Iterable[TeacherRow], *, names_people: bool
) -> list[dict[str, Any]]:
    """Return who is counted for a post; without names for who may not see them."""
    return [
        _teacher_row(found, key, row, place, names_people=names_people)
        for place, row in enumerate(rows, start=1)
    ]


def _teacher_row(
    found: School, key: Key, row: TeacherRow, place: int, *, names_people: bool
) -> dict[str, Any]:
    one, member = row.placed, row.member
    told: dict[str, Any] = {
        "name": member.person.full_name if member else _("Teacher %(number)s") % {"number": place},
        "url": reverse("staff:record", args=[member.uuid]) if member and row.sees_record else "",
        "given": fraction_words(row.given),
        "duties": [],
        "retires": "",
        "pill": _state(row),
        "without_url": shown.post_url(found.code, *key, without=str(member.uuid)) + "#without"
        if member and one.one.is_main
        else "",
    }
    if names_people:
        told["duties"] = [
            duty_label(code) for code in dict.fromkeys(held.code for held in one.one.duties)
        ]
    if row.sees_record and one.retires and one.one.birth_date:
        rule = retirement_rule(one.one.sex, one.one.birth_date)
        told["retires"] = day(one.retires)
        told["age"] = _age(rule.months)
        told["soon"] = one.is_leaving
        told["sure"] = sureness(Confidence(rule.confidence))
        told["source"] = rule.source
    return told


def _age(months: int) -> str:
    years, rest = divmod(months, 12)
    if not rest:
        return _("at %(years)s") % {"years": years}
    words = ngettext("at %(years)s and %(rest)s month", "at %(years)s and %(rest)s months", rest)
    return words % {"years": years, "rest": rest}


def _state(row: TeacherRow) -> Pill | None:
    one = row.placed.one
    if one.is_away:
        return Pill("warn", "circle-minus", _("On a long leave"))
    if not one.is_main:
        words = _("From another school, %(count)s periods") % {"count": number(one.weekly)}
        return Pill("info", "", words)
    if one.lent:
        words = _("%(count)s periods at another school") % {"count": number(one.lent)}
        return Pill("info", "", words)
    return None


def class_rows(rows: Sequence[ClassRow], *, names_people: bool) -> list[dict[str, Any]]:
    """Return which classes ask for how many periods, and who gives them."""
    return [
        {
            "name": one.row.homeroom_class.name,
            "subject": subject_label(one.row.subject_name),
            "periods": fraction_words(one.weekly),
            "givers": [giver.teaching.person.full_name for giver in one.givers]
            if names_people
            else [],
            "is_open": sum(sum(giver.weeks) for giver in one.givers) < one.row.annual,
        }
        for one in rows
    ]


def what_if_rows(before: Post, after: Post) -> list[dict[str, str]]:
    """Return the figures of a post before and after."""
    told = [
        (_("Teachers needed"), shown.teachers(before.needed), shown.teachers(after.needed)),
        (_("Teachers present"), shown.teachers(before.available), shown.teachers(after.available)),
        (
            _("Missing or too many"),
            shown.difference_words(before.difference),
            shown.difference_words(after.difference),
        ),
        (
            _("Periods a week for each of those present"),
            _each(before),
            _each(after),
        ),
    ]
    return [{"what": what, "before": then, "after": now} for what, then, now in told]


def _each(one: Post) -> str:
    """Return how many periods each teacher present would have, duties included."""
    if one.available <= 0:
        return "–"
    return fraction_words(Post(norm=1, annual=one.annual, cuts=one.cuts).periods / one.available)
