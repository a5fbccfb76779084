"""Which norm, reductions and conversions hold for whom on a day, as `data/` has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TypeVar

from khuevan.kernel.language import in_language
from khuevan.kernel.rule_rows import RuleRow, rule_rows
from khuevan.registry.curriculum.errors import FactorUnfit, NormUnknown
from khuevan.registry.curriculum.load_rules import Norm, Reduction
from khuevan.registry.curriculum.programme import DATA
from khuevan.registry.staff.api import subject_label

TEACHER = "TEACHER"
USUAL_ZONE = 3
SEVERAL = "SEVERAL"
"""What stands for a level in rows that hold for schools of several levels, before any level's."""
TENTHS = 10
POOL, SET = "POOL", "SET"
SUBJECT, TEXT = "SUBJECT", "TEXT"


@dataclass(frozen=True, slots=True, kw_only=True)
class NormRow(RuleRow):
    """What somebody owes a week, by level, type of school, classes of the school and zone."""

    who: str
    level: str
    school_type: str
    periods: int
    classes_from: int
    zone: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRow(RuleRow):
    """What a duty takes off a week; `counts` among the at most two.

    `way` is empty where the text says how many, `POOL` where the principal shares out so many
    among all who do it at the school, `SET` where the principal decides and no text at hand
    gives a number. `per` says what it is held for: a `SUBJECT`, or what is told in words (`TEXT`).
    """

    code: str
    name: str
    name_en: str
    level: str
    periods: int
    classes_from: int
    zone: int
    counts: bool
    way: str
    per: str
    though_paid: bool
    """Whether it takes periods off even where an allowance is paid (article 3.3)."""

    @property
    def is_chosen(self) -> bool:
        """Return whether the principal says how many periods it takes off."""
        return bool(self.way)

    @property
    def label(self) -> str:
        """Return what the duty is called in the reader's language."""
        return in_language(self.name, self.name_en)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversionRow(RuleRow):
    """What a period of some work counts for, in tenths: from the least to the most allowed."""

    code: str
    name: str
    name_en: str
    least: int
    most: int

    def needs_agreement(self, tenths: int) -> bool:
        """Whether the council has to agree: the principal chose more than the least."""
        return self.least < self.most and tenths > self.least

    @property
    def label(self) -> str:
        """Return what the work is called in the reader's language."""
        return in_language(self.name, self.name_en)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a norm depends on beside the person: level, type, classes and zone of the school."""

    level: str
    school_type: str = ""
    classes: int = 0
    zone: int = USUAL_ZONE
    of_several_levels: bool = False
    """Whether the school has more levels than one: some norms are those of such schools."""


def norm_for(who: str, where: Circumstances, *, on: date) -> Norm:
    """Return the norm of somebody; the row that says most of the school goes first.

    :raises NormUnknown: when no text is known for this level on that day
    """
    levels = {where.level, SEVERAL} if where.of_several_levels else {where.level}
    rows = [one for one in _norms() if one.who == who and one.level in levels]
    row = _narrowest([one for one in rows if one.school_type in {"", where.school_type}], where, on)
    if row is None:
        raise NormUnknown(level=where.level)
    return Norm(who, row.periods, row.source, row.confidence)


@dataclass(frozen=True, slots=True)
class Held:
    """A duty as somebody holds it: for what, and how many periods where the principal says so."""

    code: str
    what: str = ""
    periods: int | None = None
    is_paid: bool = False


def reduction_of(held: Held, where: Circumstances, *, on: date) -> Reduction | None:
    """Return what a duty takes off on a day; None where the texts of the day don't name it.

    One that is paid otherwise counts and takes nothing off, save those of article 3.3.
    """
    row = duty_row(held.code, where, on=on)
    if row is None:
        return None
    periods = (held.periods or 0) if row.is_chosen else row.periods
    if held.is_paid and not row.though_paid:
        periods = 0
    label = f"{row.label}: {_what(row, held.what)}" if held.what else row.label
    return Reduction(held.code, label, periods, row.counts, row.source, row.confidence)


def duty_row(code: str, where: Circumstances, *, on: date) -> DutyRow | None:
    """Return a duty as the texts of a day have it for a school; None where they don't name it."""
    rows = [one for one in _duties() if one.code == code and one.level in {"", where.level}]
    return _narrowest(rows, where, on)


def _what(row: DutyRow, what: str) -> str:
    return subject_label(what) if row.per == SUBJECT else what


def duties_on(on: date) -> list[DutyRow]:
    """Return each duty that takes periods off on a day, once, in the order of the law."""
    first: dict[str, DutyRow] = {}
    for row in _duties():
        if row.holds(on):
            first.setdefault(row.code, row)
    return list(first.values())


def duty_name(code: str) -> str:
    """Return what a duty is called in Vietnamese, as the log keeps it."""
    return next((one.name for one in _duties() if one.code == code), code)


def duty_label(code: str) -> str:
    """Return what a duty is called in the reader's language."""
    return next((one.label for one in _duties() if one.code == code), code)


def conversion_row(code: str, on: date) -> ConversionRow | None:
    """Return a kind of converted work as the texts of a day have it."""
    return next((one for one in conversions_on(on) if one.code == code), None)


def conversion_label(code: str) -> str:
    """Return what a kind of work is called in the reader's language."""
    rows = rule_rows(DATA / "conversions.csv", ConversionRow)
    return next((one.label for one in rows if one.code == code), code)


def conversion_name(code: str) -> str:
    """Return what a kind of work is called in Vietnamese, as the log keeps it."""
    rows = rule_rows(DATA / "conversions.csv", ConversionRow)
    return next((one.name for one in rows if one.code == code), code)


def conversions_on(on: date) -> list[ConversionRow]:
    """Return the kinds of converted work on a day."""
    return [one for one in rule_rows(DATA / "conversions.csv", ConversionRow) if one.holds(on)]


def factor_for(code: str, tenths: int, *, on: date) -> Fraction:
    """Return the factor of a kind of work, after asking whether the law allows it.

    :raises FactorUnfit: when it is below the least or above the most
    """
    row = conversion_row(code, on)
    if row is None or not row.least <= tenths <= row.most:
        raise FactorUnfit(
            factor=_told(tenths),
            least=_told(row.least if row else TENTHS),
            most=_told(row.most if row else TENTHS),
            source=row.source if row else "–",
        )
    return Fraction(tenths, TENTHS)


Row = TypeVar("Row", NormRow, DutyRow)


def _narrowest(rows: Iterable[Row], where: Circumstances, on: date) -> Row | None:
    fitting = [
        one
        for one in rows
        if one.holds(on) and one.classes_from <= where.classes and one.zone in {0, where.zone}
    ]
    return max(fitting, key=_weight, default=None)


def _weight(row: NormRow | DutyRow) -> tuple[bool, bool, bool, int]:
    has_type = bool(getattr(row, "school_type", ""))
    return has_type, row.level == SEVERAL, bool(row.level), row.classes_from


def _norms() -> tuple[NormRow, ...]:
    return rule_rows(DATA / "norms.csv", NormRow)


def _duties() -> tuple[DutyRow, ...]:
    return rule_rows(DATA / "duties.csv", DutyRow)


def _told(tenths: int) -> str:
    whole, rest = divmod(tenths, TENTHS)
    return f"{whole},{rest}" if rest else str(whole)
