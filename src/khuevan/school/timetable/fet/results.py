"""Reads what FET writes when it has made a timetable: the file of activities."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from khuevan.school.timetable.fet.tree import Node, parse, read_bytes

ROOT = "Activities_Timetable"


def read_result(path: Path) -> list[dict[str, Any]]:
    """Read `NAME_activities.xml`, or a `.fet` file that holds its timetable, as entries.

    :raises UnreadableFile: when it is not there or too big
    :raises FileRefused: with the line, when it holds no timetable
    """
    return entries_in(read_bytes(path), str(path))


def entries_in(content: bytes, file: str) -> list[dict[str, Any]]:
    """Read the bytes of such a file as entries.

    :raises UnreadableFile: when it is an archive, or nothing
    :raises FileRefused: with the line, when it holds no timetable
    """
    root = parse(content, file)
    if root.tag == "fet":
        return list(_locked(root))
    if root.tag != ROOT:
        raise root.refused(_("this is no result of FET; its NAME_activities.xml is wanted"))
    return list(_listed(root))


def _listed(root: Node) -> Iterator[dict[str, Any]]:
    """Yield the activities of the list; one without a day was not placed."""
    for node in root.all("Activity"):
        if node.value("Day") and node.value("Hour"):
            yield {
                "activity": node.number("Id"),
                "day": node.value("Day"),
                "hour": node.value("Hour"),
                "room": node.value("Room") or None,
            }


def _locked(root: Node) -> Iterator[dict[str, Any]]:
    """Yield what `NAME_data_and_timetable.fet` fixes: times and rooms as constraints."""
    times, space = (root.first(f"{name}_Constraints_List") for name in ("Time", "Space"))
    rooms = {
        node.number("Activity_Id"): node.value("Room")
        for node in (space.all("ConstraintActivityPreferredRoom") if space else ())
    }
    for node in times.all("ConstraintActivityPreferredStartingTime") if times else ():
        if node.value("Active", default="true") != "true":
            continue
        number = node.number("Activity_Id")
        yield {
            "activity": number,
            "day": node.value("Preferred_Day"),
            "hour": node.value("Preferred_Hour"),
            "room": rooms.get(number) or None,
        }
