"""How numbers, dates and names look, in every language: 1.234,5, 29/12/2026, 08:15, −2."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

MINUS, NOTHING = "−", "–"
WEEKDAYS = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)

Number = int | float | Decimal


def number(value: Number | None, places: int | None = None) -> str:
    """Return a number with dots for thousands and a comma for decimals; a missing one is a dash."""
    if value is None:
        return NOTHING
    exact = Decimal(str(value))
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _, fraction = f"{abs(exact):f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    sign = MINUS if exact < 0 and any(digit not in "0." for digit in whole + fraction) else ""
    return f"{sign}{grouped},{fraction}" if fraction else f"{sign}{grouped}"


def spoken(value: Number | None, places: int | None = None) -> str:
    """Return a number as the language of the answer writes it: on a terminal there is no page."""
    text = number(value, places)
    if (get_language() or "").startswith("vi"):
        return text
    return text.translate(str.maketrans(".,", ",."))


def signed(value: Number | None, places: int | None = None) -> str:
    """Return a change with its sign: +4.206, −2.114, 0."""
    text = number(value, places)
    return f"+{text}" if value is not None and value > 0 else text


def tenths(value: int | None) -> str:
    """Return a mark kept in tenths: 75 is 7,5 and 80 is 8."""
    if value is None:
        return ""
    whole, rest = divmod(value, 10)
    return f"{whole},{rest}" if rest else str(whole)


def money(value: int | None) -> str:
    """Return an amount of đồng."""
    return NOTHING if value is None else f"{number(value)} đ"


def day(value: date | None) -> str:
    """Return 29/12/2026."""
    return f"{value:%d/%m/%Y}" if value else NOTHING


def weekday(value: date | None) -> str:
    """Return Thứ Ba, 29/12/2026."""
    return f"{WEEKDAYS[value.weekday()]}, {day(value)}" if value else NOTHING


def clock(value: datetime | time | None) -> str:
    """Return 08:15."""
    return f"{value:%H:%M}" if value else NOTHING


def moment(value: datetime | None) -> str:
    """Return 08:15, 29/12/2026, as the clock here shows it."""
    if value is None:
        return NOTHING
    here = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{clock(here)}, {day(here)}"


def initials(name: str) -> str:
    """Return the first letters of the last two words of a name: Phạm Minh Anh is MA."""
    return "".join(word[0] for word in name.split()[-2:]).upper()


def masked(value: str, *, head: int = 6, tail: int = 3) -> str:
    """Return a personal number with its middle hidden: 034315 ••• 482."""
    digits = value.replace(" ", "")
    if len(digits) <= head + tail:
        return "•••"
    return f"{digits[:head]} ••• {digits[-tail:]}"
