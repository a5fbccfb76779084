"""The regulations as tables: all of them, and what rests on one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel.periods import RECORDED_FROM, last_day
from khuevan.platform.regulations.labels import kind_label, power_label, topic_label, value_text
from khuevan.platform.regulations.models import AuthorityRule, Confidence, Regulation, RuleSetting
from khuevan.platform.regulations.notes import told_note
from khuevan.ui.formats import day
from khuevan.ui.tables import Cell, Head, Pill, ReadyTable, Row

TONES = {
    Confidence.TEXT_SEEN: ("ok", "badge-check"),
    Confidence.SECOND_HAND: ("neutral", "info"),
    Confidence.FROM_MEMORY: ("warn", "triangle-alert"),
}
TEXT_COLUMNS = (
    Head(gettext_lazy("Number")),
    Head(gettext_lazy("Title")),
    Head(gettext_lazy("In force"), "r"),
    Head(gettext_lazy("Settings"), "r"),
    Head(gettext_lazy("How sure")),
)
SETTING_COLUMNS = (
    Head(gettext_lazy("Topic")),
    Head(gettext_lazy("Level of school")),
    Head(gettext_lazy("What it sets")),
    Head(gettext_lazy("In force"), "r"),
    Head(gettext_lazy("How sure")),
)
POWER_COLUMNS = (
    Head(gettext_lazy("Power")),
    Head(gettext_lazy("Said of")),
    Head(gettext_lazy("Who decides")),
    Head(gettext_lazy("Article")),
    Head(gettext_lazy("In force"), "r"),
    Head(gettext_lazy("How sure")),
)


def regulation_table(texts: Iterable[Regulation]) -> ReadyTable:
    """Return texts, counted by `selectors.regulations`, as a list."""
    return ReadyTable(_("Regulations"), TEXT_COLUMNS, [_text_row(text) for text in texts])


def setting_table(settings: Iterable[RuleSetting]) -> ReadyTable:
    """Return the settings that rest on a text."""
    rows = [
        Row(
            label=topic_label(setting.topic),
            cells=(
                Cell(_level_and_grades(setting)),
                Cell(value_text(setting.value)),
                Cell(period(setting.starts_on, setting.ends_on), css="r num nowrap"),
                Cell(pill=sureness(setting.confidence)),
            ),
        )
        for setting in settings
    ]
    return ReadyTable(_("Settings that rest on it"), SETTING_COLUMNS, rows)


def power_table(rules: Iterable[AuthorityRule]) -> ReadyTable:
    """Return who decides what by a text."""
    rows = [
        Row(
            label=power_label(rule.power),
            cells=(
                Cell(said_of(rule)),
                Cell(". ".join(filter(None, (rule.get_decider_display(), told_note(rule.note))))),
                Cell(rule.article),
                Cell(rule_period(rule.starts_on, rule.ends_on), css="r num nowrap"),
                Cell(pill=sureness(rule.confidence)),
            ),
        )
        for rule in rules
    ]
    return ReadyTable(_("Who decides by it"), POWER_COLUMNS, rows)


def sureness(code: str) -> Pill:
    """Return how far what is said of a text can be trusted."""
    confidence = Confidence(code)
    tone, icon = TONES[confidence]
    return Pill(tone, icon, confidence.label)


def rule_period(starts_on: date, ends_on: date | None) -> str:
    """Return when a rule holds: one that begins where the records do held before them too."""
    if starts_on > RECORDED_FROM:
        return period(starts_on, ends_on)
    if ends_on is None:
        return _("since before %(year)s") % {"year": RECORDED_FROM.year}
    return _("from before %(year)s until %(day)s") % {
        "year": RECORDED_FROM.year,
        "day": day(last_day(ends_on)),
    }


def period(starts_on: date | None, ends_on: date | None) -> str:
    """Return a period as a reader says it; `ends_on` is the first day after it."""
    if starts_on is None and ends_on is None:
        return _("Day not known")
    if ends_on is None:
        return _("from %(day)s") % {"day": day(starts_on)}
    last = day(last_day(ends_on))
    if starts_on is None:
        return _("until %(day)s") % {"day": last}
    return _("%(first)s to %(last)s") % {"first": day(starts_on), "last": last}


def _text_row(text: Regulation) -> Row:
    settings: int = text.resting  # type: ignore[attr-defined]  # counted by the selector
    return Row(
        label=text.number,
        url=reverse("regulations:one", args=[text.code]),
        key=text.code,
        cells=(
            Cell(text.title),
            Cell(period(text.starts_on, text.ends_on), css="r num nowrap"),
            Cell(settings or "", css="r num", named=_("Settings")),
            Cell(pill=sureness(text.confidence)),
        ),
    )


def _level_and_grades(setting: RuleSetting) -> str:
    level = setting.get_level_display()
    if setting.grade_from is None:
        return level
    if setting.grade_from == setting.grade_to:
        return _("%(level)s, grade %(grade)s") % {"level": level, "grade": setting.grade_from}
    return _("%(level)s, grades %(first)s to %(last)s") % {
        "level": level,
        "first": setting.grade_from,
        "last": setting.grade_to,
    }


def said_of(rule: AuthorityRule) -> str:
    """Return of which schools a rule is said, for people to read."""
    level = rule.get_level_display() or rule.get_highest_level_display()
    kinds = (kind_label(code) for code in (rule.school_type, rule.ownership) if code)
    parts = (level, *kinds, rule.get_circumstance_display())
    return ", ".join(str(part) for part in parts if part) or _("all schools")
