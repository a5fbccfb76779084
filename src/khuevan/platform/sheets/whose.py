"""Whose list a file is: the school its file name, its folder or its title rows speak of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import DomainError
from khuevan.kernel.periods import in_force
from khuevan.kernel.vietnamese import fold
from khuevan.platform.organizations.api import OrgUnit, OrgUnitVersion, UnitKind
from khuevan.platform.sheets.errors import UnitUnclear
from khuevan.platform.sheets.importers import Importer
from khuevan.platform.sheets.reading import Workbook

TITLE_ROWS = 8
CODE = re.compile(r"[0-9A-Za-z]{4,35}")
LIKE_A_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9]{8,13}(?![0-9A-Za-z])")
OPENING = re.compile(r"^(truong|tr) ")
NOT_WORDS = re.compile(r"[^a-z0-9&]+")
SHORTEST_NAME = 6


class NamesNoSchool(UnitUnclear):
    """Nothing about the file says whose list it is."""

    code = "sheets.names_no_school"
    message = _(
        "Nothing says whose list this is: put the school's code into the name of the file, of its"
        " folder, or into a row above the table."
    )
    status = 422


class NamesUnknownSchool(DomainError):
    """The file names a school that is not there, or not the actor's."""

    code = "sheets.names_unknown_school"
    message = _("No school that you may see has the code %(code)s. Load the schools first.")
    status = 422


class NamesTwoSchools(UnitUnclear):
    """The file speaks of several schools."""

    code = "sheets.names_two_schools"
    message = _(
        "It speaks of %(count)d schools (%(schools)s). Put the code of one of them into the name of"
        " the file, or give each school a file or a sheet called by its code."
    )
    status = 422


class Schools:
    """The schools an actor may load a kind of list for, known by code and by name."""

    def __init__(self, actor: Actor, importer: Importer, on: date) -> None:
        reach = actor.reach(importer.permission, "school")
        schools = OrgUnit.objects.filter(kind=UnitKind.SCHOOL)
        units = schools if reach.everything else schools.filter(pk__in=reach.ids)
        self._by_code = {code.upper(): pk for pk, code in units.values_list("pk", "code")}
        names: defaultdict[str, set[int]] = defaultdict(set)
        versions = OrgUnitVersion.objects.filter(in_force(on), unit__in=units)
        for pk, *texts in versions.values_list("unit_id", "name", "short_name"):
            for text in texts:
                names[_words(text)].add(pk)
        self._by_name = {
            name: next(iter(found))
            for name, found in names.items()
            if len(found) == 1 and len(name) >= SHORTEST_NAME
        }

    def named_by(self, name: str, workbook: Workbook) -> int:
        """Return the school that a file is about: by its own name first, then by its title rows.

        :raises NamesNoSchool, NamesTwoSchools: when none is named, or several are
        :raises NamesUnknownSchool: when its name looks like the code of a school that is not there
        """
        for texts in ([name], _titles(workbook)):
            found = {pk for text in texts for pk in self._in(text)}
            if len(found) == 1:
                return found.pop()
            if found:
                codes = sorted(code for code, pk in self._by_code.items() if pk in found)
                raise NamesTwoSchools(count=len(found), schools=", ".join(codes[:5]))
        unknown = LIKE_A_CODE.search(name)
        if unknown:
            raise NamesUnknownSchool(code=unknown.group())
        raise NamesNoSchool

    def by_sheet(self, workbook: Workbook) -> dict[int, Workbook]:
        """Return the sheets of each school, where every sheet that holds rows is called by a code.

        So is what an office takes out. Nothing is returned where a sheet names no school, or two.
        """
        found: dict[int, Workbook] = {}
        for sheet in filter(lambda one: one.rows, workbook.sheets):
            pk = self._by_code.get(sheet.name.strip().upper())
            if pk is None:
                return {}
            found.setdefault(pk, Workbook(workbook.kind, [])).sheets.append(sheet)
        return found

    def _in(self, text: str) -> Iterable[int]:
        """Return the schools a text speaks of: by code, or else by the longest name in it."""
        codes = {word.upper() for word in CODE.findall(text)}
        found = {self._by_code[code] for code in codes if code in self._by_code}
        if found:
            return found
        words = f" {_words(text)} "
        named = [name for name in self._by_name if f" {name} " in words]
        longest = [one for one in named if not any(one != two and one in two for two in named)]
        return {self._by_name[name] for name in longest}


def _words(text: str) -> str:
    """Write a name plainly, without the word for school before it."""
    return OPENING.sub("", NOT_WORDS.sub(" ", fold(text)).strip())


def _titles(workbook: Workbook) -> list[str]:
    return list(_first_texts(workbook))


def _first_texts(workbook: Workbook) -> Iterator[str]:
    for sheet in workbook.sheets:
        for row in sheet.rows[:TITLE_ROWS]:
            yield from (cell for cell in row.cells if isinstance(cell, str))
