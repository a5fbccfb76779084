"""The week of a school as a grid of boxes to mark: when somebody is not there, when one meets."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from khuevan.school.timetable.bells import school_week
from khuevan.school.timetable.grids import read_spot
from khuevan.school.timetable.models import Half
from khuevan.school.timetable.shown import spot_words
from khuevan.ui.formats import WEEKDAYS

DAYS = 6


def spot_rows(school_id: int, on: date, marked: Collection[str]) -> dict[str, Any]:
    """Return the days across and the periods down, with what is marked."""
    week = school_week(school_id, on, DAYS)
    held = set(marked)
    rows = []
    for hour, bell in enumerate(week.bells):
        spots = [week.spot((weekday, hour)) for weekday in range(week.days)]
        rows.append(
            {
                "half": Half(bell.half).label,
                "begins_half": hour == 0 or week.bells[hour - 1].half != bell.half,
                "number": bell.number,
                "cells": [
                    {"key": one.key, "label": spot_words(one), "is_on": one.key in held}
                    for one in spots
                ],
            }
        )
    return {"days": [WEEKDAYS[day] for day in range(week.days)], "rows": rows}


def spots_words(spots: Collection[str]) -> str:
    """Return places of the week in words."""
    read = (read_spot(one) for one in spots)
    return "; ".join(spot_words(one) for one in read if one is not None)
