"""Positions that a school's own staff hold: a role in a package never changes one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from khuevan.kernel.actor import Actor
from khuevan.kernel.vietnamese import match_key
from khuevan.platform.organizations.api import OrgUnit
from khuevan.platform.sheets.api import Importer

NUMBERS = ("personal_number", "moet_code")


class Posts:
    """The staff of schools as their own list has them, found as a row of that list is."""

    def __init__(self, actor: Actor, importer: Importer, on: date) -> None:
        self._actor, self._importer, self._on = actor, importer, on
        self._known: dict[int, dict[tuple[str, ...], str]] = {}

    def held(self, unit: OrgUnit, texts: Mapping[str, str]) -> str:
        """Return the position of somebody who works at a school already, else an empty text."""
        if unit.pk not in self._known:
            self._known[unit.pk] = self._of_school(unit)
        known = self._known[unit.pk]
        return next((known[key] for key in _keys(texts) if key in known), "")

    def _of_school(self, unit: OrgUnit) -> dict[tuple[str, ...], str]:
        outgoing = self._importer.outgoing
        rows = outgoing.rows(self._actor, unit.pk, self._on) if outgoing else ()
        return {key: row["position"] for row in rows for key in _keys(row)}


def _keys(texts: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return what somebody is known by: their numbers first, then name and birth."""
    keys = [(name, texts[name]) for name in NUMBERS if texts.get(name)]
    return [*keys, ("named", match_key(texts["full_name"]), texts.get("birth_date", ""))]
