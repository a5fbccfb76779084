"""Answers as tables and panels: all matters of a school, and one matter through time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel.periods import last_day
from khuevan.platform.regulations.api import Confidence, rule_period, sureness
from khuevan.registry.authority.answers import Answer, History, Holder, Ruling
from khuevan.ui.formats import day
from khuevan.ui.tables import Cell, Head, Pill, ReadyTable, Row

ONE_DAY = (
    Head(gettext_lazy("Matter")),
    Head(gettext_lazy("Who decides")),
    Head(gettext_lazy("By which text")),
    Head(gettext_lazy("In force"), "r"),
    Head(gettext_lazy("How sure")),
)
HISTORY = (
    Head(gettext_lazy("In force")),
    Head(gettext_lazy("Who decides")),
    Head(gettext_lazy("By which text")),
    Head(gettext_lazy("Note")),
    Head(gettext_lazy("How sure")),
)
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One ruling of one matter, with the name it has in a list."""

    label: str
    power: str
    ruling: Ruling


def powers_table(code: str, answers: Sequence[Answer]) -> ReadyTable:
    """Return who decides every matter for a school on a day."""
    rows = [
        Row(label=line.label, url=_url(code, line.power), cells=_cells(line.ruling))
        for line in _lines(answers).values()
    ]
    return ReadyTable(_("Who decides for this school"), ONE_DAY, rows)


def comparison_table(
    code: str, days: tuple[date, date], answers: tuple[Sequence[Answer], Sequence[Answer]]
) -> ReadyTable:
    """Return who decides every matter for a school on two days, side by side."""
    first, second = _lines(answers[0]), _lines(answers[1])
    columns = (
        Head(_("Matter")),
        *(Head(_("On %(day)s") % {"day": day(on)}) for on in days),
        Head(_("Difference")),
    )
    rows = [
        Row(
            label=(first.get(key) or second[key]).label,
            url=_url(code, key[0]),
            cells=(
                _decider(first.get(key)),
                _decider(second.get(key)),
                _change(first.get(key), second.get(key)),
            ),
        )
        for key in [*first, *(key for key in second if key not in first)]
    ]
    return ReadyTable(_("Who decides for this school"), columns, rows)


def history_table(history: History) -> ReadyTable:
    """Return who decided one matter for a school, newest first."""
    rows = [
        Row(
            label=rule_period(holder.starts_on, holder.ends_on),
            on=index == history.current,
            cells=(
                Cell(_with_caution(holder) if holder.is_named else holder.title),
                Cell(holder.source.text if holder.source else "", none="–"),
                Cell(holder.note, none="–"),
                _sureness(holder),
            ),
        )
        for index, holder in enumerate(history.holders)
    ]
    return ReadyTable(history.ruling.about or _("The school"), HISTORY, rows)


def _lines(answers: Sequence[Answer]) -> dict[Key, Line]:
    return {
        (answer.power, ruling.level, ruling.circumstance): Line(
            ": ".join(part for part in (answer.power_name, _apart(answer, ruling)) if part),
            answer.power,
            ruling,
        )
        for answer in answers
        for ruling in answer.rulings
    }


def _apart(answer: Answer, ruling: Ruling) -> str:
    """Return what tells a ruling from the others of its answer."""
    return ruling.about if len(answer.rulings) > 1 else ""


def _cells(ruling: Ruling) -> tuple[Cell, ...]:
    holder = ruling.holder
    if holder is None:
        return (Cell(none=ruling.reason), Cell(none="–"), Cell(none="–"), Cell(none="–"))
    source = holder.source
    return (
        Cell(_said(holder)),
        Cell(source.text if source else "", none="–"),
        Cell(rule_period(holder.starts_on, holder.ends_on), css="r num nowrap"),
        _sureness(holder),
    )


def _sureness(holder: Holder) -> Cell:
    """Return how sure a rule is: a text that was read may have its first day from memory."""
    if holder.source is None:
        return Cell(none="–")
    if holder.confidence == Confidence.TEXT_SEEN and not holder.source.is_first_day_sure:
        return Cell(pill=Pill("info", "info", _("Text read, first day from memory")))
    return Cell(pill=sureness(holder.confidence))


def _said(holder: Holder) -> str:
    """Return who decides, or why nobody does."""
    return _with_caution(holder) if holder.is_named else f"{holder.title}. {holder.note}"


def _with_caution(holder: Holder) -> str:
    """Return who decides, with what is uncertain about the place."""
    caution = holder.unit.caution if holder.unit else ""
    return f"{holder.who} ({caution.rstrip('.')})" if caution else holder.who


def _decider(line: Line | None) -> Cell:
    if line is None:
        return Cell(none="–")
    holder = line.ruling.holder
    return Cell(_with_caution(holder)) if holder else Cell(none=_("Not recorded"))


def _change(before: Line | None, after: Line | None) -> Cell:
    one = before.ruling.holder if before else None
    two = after.ruling.holder if after else None
    if one is None and two is None:
        return Cell(none="–")
    if one is None or two is None or one.office != two.office:
        return Cell(pill=Pill("warn", "arrow-left-right", _("Another office")))
    if _unit(one) != _unit(two):
        return Cell(pill=Pill("info", "arrow-left-right", _("Another unit")))
    return Cell(pill=Pill("neutral", "check", _("The same")))


def _unit(holder: Holder) -> int | None:
    return holder.unit.unit_id if holder.unit else None


def _url(code: str, power: str) -> str:
    return reverse("authority:power", args=[code, power])


def ruling_view(ruling: Ruling) -> dict[str, object]:
    """Return one ruling as a panel tells it: who, by which text, before and after."""
    holder = ruling.holder
    view: dict[str, object] = {
        "about": ruling.about,
        "reason": ruling.reason,
        "changes": [_told_change(ruling.before, is_before=True), _told_change(ruling.after)],
    }
    if holder is None:
        return view
    source = holder.source
    return {
        **view,
        "title": holder.who,
        "office": holder.title,
        "unit": holder.unit.name if holder.unit else "",
        "by_place": bool(holder.unit and holder.unit.by_place),
        "caution": holder.unit.caution if holder.unit else "",
        "is_missing_unit": holder.is_named and holder.unit is None,
        "note": holder.note,
        "source": source.text if source else "",
        "source_url": reverse("regulations:one", args=[source.code]) if source else "",
        "period": rule_period(holder.starts_on, holder.ends_on),
        "sureness": sureness(source.confidence) if source else None,
        "is_day_unsure": bool(source and not source.is_first_day_sure),
    }


def _told_change(holder: Holder | None, *, is_before: bool = False) -> str:
    """Return who decided before, or will after, in a sentence."""
    if holder is None:
        return ""
    said = holder.who
    if holder.source:
        said = f"{said} ({holder.source.number})"
    if is_before and holder.ends_on:
        return _("Until %(day)s: %(who)s") % {"who": said, "day": day(last_day(holder.ends_on))}
    return _("From %(day)s: %(who)s") % {"who": said, "day": day(holder.starts_on)}
