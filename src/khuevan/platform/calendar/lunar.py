"""The Vietnamese lunisolar calendar, computed from the positions of the sun and the moon at UTC+7.

Formulas of Meeus, "Astronomical Algorithms" (new moons: chapter 49; the sun: chapter 25), good to
a minute for the moon and a quarter of an hour for the sun between 1968 and 2100. No ORM, no clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from math import cos, floor, radians, sin

HANOI_DAYS = 7 / 24
"""The calendar is reckoned at 105 degrees east, UTC+7, since 1968."""

SYNODIC_MONTH = 29.530588861
EPOCH_2000 = 2451550.09766
J2000 = 2451545.0

# Coefficient in days, power of the eccentricity, then multiples of the sun's anomaly, the moon's
# anomaly, the moon's argument of latitude and the node.
NEW_MOON_TERMS = (
    (-0.40720, 0, 0, 1, 0, 0),
    (0.17241, 1, 1, 0, 0, 0),
    (0.01608, 0, 0, 2, 0, 0),
    (0.01039, 0, 0, 0, 2, 0),
    (0.00739, 1, -1, 1, 0, 0),
    (-0.00514, 1, 1, 1, 0, 0),
    (0.00208, 2, 2, 0, 0, 0),
    (-0.00111, 0, 0, 1, -2, 0),
    (-0.00057, 0, 0, 1, 2, 0),
    (0.00056, 1, 1, 2, 0, 0),
    (-0.00042, 0, 0, 3, 0, 0),
    (0.00042, 1, 1, 0, 2, 0),
    (0.00038, 1, 1, 0, -2, 0),
    (-0.00024, 1, -1, 2, 0, 0),
    (-0.00017, 0, 0, 0, 0, 1),
    (-0.00007, 0, 2, 1, 0, 0),
    (0.00004, 0, 0, 2, -2, 0),
    (0.00004, 0, 3, 0, 0, 0),
    (0.00003, 0, 1, 1, -2, 0),
    (0.00003, 0, 0, 2, 2, 0),
    (-0.00003, 0, 1, 1, 2, 0),
    (0.00003, 0, -1, 1, 2, 0),
    (-0.00002, 0, -1, 1, -2, 0),
    (-0.00002, 0, 1, 3, 0, 0),
    (0.00002, 0, 0, 4, 0, 0),
)


@dataclass(frozen=True, slots=True, order=True)
class LunarDate:
    """A day of the lunar calendar; `year` is the Gregorian year in which its lunar year began."""

    year: int
    month: int
    day: int
    is_leap: bool = False


def lunar_from_solar(day: date) -> LunarDate:
    """Return the lunar date of a Gregorian day."""
    for year in (day.year + 1, day.year, day.year - 1):
        for month in _months(year):
            if month.starts_on <= day < month.ends_on:
                nth = (day - month.starts_on).days + 1
                return LunarDate(year, month.number, nth, month.is_leap)
    raise ValueError(f"{day} lies outside the lunar calendar")  # pragma: no cover


def solar_from_lunar(lunar: LunarDate) -> date:
    """Return the Gregorian day of a lunar date.

    :raises ValueError: if that lunar year has no such day
    """
    for month in _months(lunar.year):
        if (month.number, month.is_leap) == (lunar.month, lunar.is_leap):
            day = month.starts_on + timedelta(days=lunar.day - 1)
            if lunar.day >= 1 and day < month.ends_on:
                return day
    raise ValueError(f"no such lunar day: {lunar}")


def lunar_new_year(year: int) -> date:
    """Return the first day of the lunar year that begins in a Gregorian year."""
    return solar_from_lunar(LunarDate(year, 1, 1))


@dataclass(frozen=True, slots=True)
class _Month:
    year: int
    number: int
    is_leap: bool
    starts_on: date
    ends_on: date


@lru_cache(maxsize=256)
def _months(year: int) -> tuple[_Month, ...]:
    """Return the months of one lunar year: those numbered 1 to 12 from Tết to the next Tết."""
    both = (*_solstice_months(year), *_solstice_months(year + 1))
    return tuple(month for month in both if month.year == year)


@lru_cache(maxsize=256)
def _solstice_months(year: int) -> tuple[_Month, ...]:
    """Return the months from the one with last year's winter solstice to the next such month.

    Thirteen months between two solstices make a leap year: the first month without a principal
    term takes the number of the one before it.
    """
    first, last = _month_eleven(year - 1), _month_eleven(year)
    starts = [_new_moon_day(k) for k in range(first, last + 1)]
    leap_at = _leap_index(starts) if len(starts) == 14 else None
    months = []
    number = 11
    for index, (starts_on, ends_on) in enumerate(zip(starts, starts[1:], strict=False)):
        is_leap = index == leap_at
        if index and not is_leap:
            number = number % 12 + 1
        belongs_to = year - 1 if number >= 11 else year
        months.append(_Month(belongs_to, number, is_leap, starts_on, ends_on))
    return tuple(months)


def _leap_index(starts: list[date]) -> int:
    terms = [_sun_sector(day) for day in starts]
    return next(index for index in range(1, 13) if terms[index] == terms[index + 1])


def _month_eleven(year: int) -> int:
    """Return the number of the new moon that opens the month of the winter solstice."""
    k = floor((date(year, 12, 31) - date(2000, 1, 6)).days / SYNODIC_MONTH) + 1
    while _new_moon_day(k) > date(year, 12, 31) or _sun_sector(_new_moon_day(k)) >= 9:
        k -= 1
    return k


def _sun_sector(day: date) -> int:
    """Return in which twelfth of the ecliptic the sun stands when a day opens at Hà Nội."""
    return floor(_sun_longitude(_julian_midnight(day)) / 30)


@lru_cache(maxsize=4096)
def _new_moon_day(k: int) -> date:
    """Return the day, at Hà Nội, of the k-th new moon after that of 6 January 2000."""
    universal = _new_moon(k) - _delta_t(2000 + k / 12.3685)
    return date.fromordinal(floor(universal + HANOI_DAYS + 0.5) - 1721425)


def _julian_midnight(day: date) -> float:
    universal = day.toordinal() + 1721424.5 - HANOI_DAYS
    return universal + _delta_t(day.year)


def _delta_t(year: float) -> float:
    """Return the drift of the earth's clock in days: about a minute, so a polynomial will do."""
    t = year - 2000
    return (62.92 + 0.32217 * t + 0.005589 * t * t) / 86400


def _new_moon(k: int) -> float:
    t = k / 1236.85
    eccentricity = 1 - 0.002516 * t - 0.0000074 * t * t
    sun = radians(2.5534 + 29.10535670 * k - 0.0000014 * t * t)
    moon = radians(201.5643 + 385.81693528 * k + 0.0107582 * t * t)
    latitude = radians(160.7108 + 390.67050284 * k - 0.0016118 * t * t)
    node = radians(124.7746 - 1.56375588 * k + 0.0020672 * t * t)
    correction = sum(
        size * eccentricity**power * sin(a * sun + b * moon + c * latitude + d * node)
        for size, power, a, b, c, d in NEW_MOON_TERMS
    )
    planets = 0.000325 * sin(radians(299.77 + 0.107408 * k - 0.009173 * t * t))
    return EPOCH_2000 + SYNODIC_MONTH * k + 0.00015437 * t * t + correction + planets


def _sun_longitude(julian: float) -> float:
    """Return the apparent longitude of the sun in degrees."""
    t = (julian - J2000) / 36525
    mean = 280.46646 + 36000.76983 * t + 0.0003032 * t * t
    anomaly = radians(357.52911 + 35999.05029 * t - 0.0001537 * t * t)
    center = (
        (1.914602 - 0.004817 * t - 0.000014 * t * t) * sin(anomaly)
        + (0.019993 - 0.000101 * t) * 2 * sin(anomaly) * cos(anomaly)
        + 0.000289 * sin(3 * anomaly)
    )
    node = radians(125.04 - 1934.136 * t)
    return (mean + center - 0.00569 - 0.00478 * sin(node)) % 360
