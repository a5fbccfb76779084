"""Statements of overtime in words, for pages, print and workbooks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from khuevan.registry.curriculum.api import Load, fraction_words, sure_pill, taught_of
from khuevan.registry.staff.api import Position
from khuevan.school.hours.law import WEEK_PERCENT, YEAR_PERIODS, Limit, limit_on
from khuevan.school.hours.rules import NOTHING, Counting, HoursFault, WeekWork
from khuevan.school.hours.selectors.statements import Line, Statement, week_key
from khuevan.school.hours.selectors.year import Given
from khuevan.school.timetable.api import HeldLesson
from khuevan.ui.formats import MINUS, day, money, weekday
from khuevan.ui.formats import NOTHING as DASH

LAST_OF_WEEK = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Totals:
    """What all lines of a statement come to."""

    owed: Fraction
    given: Fraction
    over: Fraction
    total: Fraction


def amount(value: Fraction) -> str:
    """Return periods as people write them, with a true minus."""
    told = fraction_words(abs(value))
    return f"{MINUS}{told}" if value < 0 and told != "0" else told


def change(value: Fraction) -> str:
    """Return a correction with its sign; nothing where there is none."""
    return f"+{amount(value)}" if value > 0 else amount(value) if value else ""


def totals_of(statement: Statement) -> Totals:
    """Return the sums of a statement."""
    lines = [one for one in statement.lines if one.is_main]
    return Totals(
        owed=sum((one.hours.owed for one in lines), NOTHING),
        given=sum((one.hours.given for one in lines), NOTHING),
        over=sum((one.told_over for one in lines), NOTHING),
        total=sum((one.total for one in lines), NOTHING),
    )


def row_of(line: Line, statement: Statement) -> dict[str, Any]:
    """Return a teacher's line: figures as they were closed, else as they are now."""
    kept, hours = line.closed or {}, line.hours
    norm = kept.get("norm", max((week.norm for week in hours.weeks), default=NOTHING))
    serving = line.year.serving
    post = next((one for one in reversed(serving.posts) if one.is_primary), serving.posts[-1])
    given = kept.get("held", hours.held) + kept.get("elsewhere", hours.elsewhere)
    return {
        "uuid": serving.member.uuid,
        "name": serving.member.person.full_name,
        "position": Position(post.position).label,
        "duties": ", ".join(dict.fromkeys(_duties(line))),
        "is_main": line.is_main,
        "norm": amount(norm) if norm and line.is_main else DASH,
        "weeks": [amount(kept.get(week_key(week.monday), week.given)) for week in hours.weeks],
        "owed": amount(kept.get("owed", hours.owed)) if line.is_main else DASH,
        "held": amount(given),
        "converted": amount(kept.get("converted", hours.converted)),
        "over": amount(line.told_over) if line.is_main else DASH,
        "balance": amount(kept.get("balance", hours.balance)),
        "carried": change(line.carried),
        "total": amount(line.total) if line.is_main else DASH,
        "is_above": line.is_main and line.total > 0,
        "correction": change(line.correction),
        "is_changed": any(
            kept.get(week_key(week.monday), week.given) != week.given for week in hours.weeks
        ),
        "money": money(round(line.total * statement.rate)) if statement.rate else "",
        "faults": [fault_words(one, line, statement.first) for one in line.faults],
    }


def week_row(week: WeekWork, given: Given, load: Load | None) -> dict[str, Any]:
    """Return a week of a teacher with the lessons and the work behind its figures."""
    return {
        "key": week.monday.isoformat(),
        "label": _("%(first)s to %(last)s")
        % {"first": f"{week.monday:%d/%m}", "last": day(week.monday + LAST_OF_WEEK)},
        "norm": amount(week.norm),
        "cuts": [f"{cut.label} ({MINUS}{cut.periods})" for cut in load.reductions] if load else [],
        "required": amount(week.required),
        "share": _share_words(week),
        "owed": amount(week.owed),
        "given": amount(week.given),
        "difference": change(week.difference) or "0",
        "is_above": week.difference > 0,
        "lessons": [lesson_row(one) for one in given.lessons],
        "elsewhere": amount(week.elsewhere) if week.elsewhere else "",
        "by_order": amount(given.by_order) if given.by_order else "",
        "works": [
            {
                "what": taught.what,
                "told": f"{amount(taught.periods)} × {amount(taught.factor)}",
                "credited": amount(taught.credited),
                "source": taught.source,
                "sure": sure_pill(taught.confidence) if taught.confidence else None,
            }
            for taught in map(taught_of, given.works)
        ],
    }


def lesson_row(held: HeldLesson) -> dict[str, Any]:
    """Return a lesson that was held, and how it came about."""
    told = []
    if held.is_stood_in and held.lesson.person is not None:
        told.append(_("in place of %(name)s") % {"name": held.lesson.person.full_name})
    if not held.is_taught:
        told.append(_("class looked after"))
    if held.is_arriving:
        told.append(_("moved from %(day)s") % {"day": day(held.origin)})
    return {
        "day": weekday(held.on),
        "period": held.bell.number,
        "subject": held.lesson.subject_label,
        "room": held.lesson.homeroom_class.name,
        "length": held.lesson.length,
        "note": ", ".join(told),
    }


def fault_words(fault: HoursFault, line: Line, on: date) -> str:
    """Return what is beyond a limit, with the text of the limit."""
    if fault is HoursFault.WEEK_LIMIT:
        week = max(line.hours.weeks, key=lambda one: one.difference)
        limit = limit_on(WEEK_PERCENT, on)
        share = Fraction(limit.amount if limit else 0, 100)
        words = {
            "over": amount(week.difference),
            "limit": amount(week.norm * share),
            "source": limit.source if limit else "",
        }
        return _("A week %(over)s periods over; at most %(limit)s (%(source)s)") % words
    limit = limit_on(YEAR_PERIODS, on)
    words = {
        "over": amount(line.hours.year_over),
        "limit": str(limit.amount) if limit else "",
        "source": limit.source if limit else "",
    }
    return _("%(over)s periods this year; at most %(limit)s (%(source)s)") % words


def notes_of(statement: Statement) -> list[dict[str, Any]]:
    """Return how the statement is counted, each with how sure that is."""
    counted = {
        Counting.WEEK: _("Counted week by week: a week below takes nothing off another."),
        Counting.YEAR: _("Counted over the year: weeks below are set off against weeks above."),
    }[statement.counting]
    if statement.rule is None:
        counted = f"{counted} {_('The school has not said otherwise.')}"
    span = {"first": day(statement.first), "last": day(statement.last)}
    notes: list[dict[str, Any]] = [
        {"text": _("Weeks whose Thursday is in the month: %(first)s to %(last)s.") % span},
        {"text": counted},
        {
            "text": _(
                "Held are lessons of the published timetable, and those stood in for; a lesson "
                "that is made up counts to the week in which it was lost. Public holidays and "
                "days of leave are not owed."
            )
        },
    ]
    counts = statement.rule.counts_holidays if statement.rule else True
    notes.append(
        {
            "text": _("A lesson of a public holiday that is made up counts above what is owed.")
            if counts
            else _("A lesson of a public holiday that is made up does not count.")
        }
    )
    limits = (
        (WEEK_PERCENT, _("At most %(amount)s percent of the norm above what is owed in a week.")),
        (YEAR_PERIODS, _("At most %(amount)s periods in a year.")),
    )
    for code, text in limits:
        limit = limit_on(code, statement.first)
        if limit is not None:
            notes.append(_limit_note(limit, text))
    return notes


def _limit_note(limit: Limit, text: str) -> dict[str, Any]:
    told = text.replace("%(amount)s", str(limit.amount))
    return {"text": told, "source": limit.source, "sure": sure_pill(limit.confidence)}


def _share_words(week: WeekWork) -> str:
    return "" if week.share == 1 else f"× {_fraction(week.share)}"


def _fraction(value: Fraction) -> str:
    return str(value) if value.denominator > 1 else amount(value)


def _duties(line: Line) -> Iterable[str]:
    for week in line.hours.weeks:
        load = line.year.serving.weeks.get(week.monday)
        if load is not None:
            yield from (cut.label for cut in load.reductions)
