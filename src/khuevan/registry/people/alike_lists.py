"""New people of a list: whether the records may know them already, as warnings at their rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from khuevan.kernel.actor import Actor
from khuevan.kernel.registry import Registry
from khuevan.platform.organizations.api import OrgUnit
from khuevan.platform.sheets.api import Fault, PlannedRow, Problem, Recognized, locate
from khuevan.registry.people.alike import Newcomer

ListSeeker = Callable[[Actor, int, Sequence[Newcomer]], Mapping[int, Problem]]
"""Takes the unit and its newcomers, who are all pupils or all staff; answers by their places."""
list_seekers: Registry[ListSeeker] = Registry("seeker of people recorded already, for lists")
Told = Callable[[PlannedRow, OrgUnit], Newcomer | None]


class LookalikeDoubts:
    """Warns at new rows whose people may be recorded already; hung into an importer."""

    def __init__(self, told: Told, columns: Sequence[str]) -> None:
        self._told = told
        self._columns = columns

    def __call__(
        self, *, actor: Actor, unit_id: int, rows: Sequence[PlannedRow], recognized: Recognized
    ) -> dict[int, Fault]:
        """Return the warnings by row number."""
        unit = OrgUnit.objects.get(pk=unit_id)
        told = [(row.number, one) for row in rows if (one := self._told(row, unit))]
        column = next((name for name in self._columns if name in recognized.matched), "")
        newcomers = [one for _number, one in told]
        found: dict[int, Fault] = {}
        for seek in list_seekers if newcomers else ():
            for place, problem in seek(actor, unit_id, newcomers).items():
                number, one = told[place]
                found[number] = locate(problem, number, recognized, column, one.full_name)
        return found
