"""Whose list a file is: the school its file name, its folder or its title rows speak of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import takewhile

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import DomainError
from khuevan.kernel.periods import in_force
from khuevan.kernel.vietnamese import fold
from khuevan.platform.organizations.api import OrgUnit, OrgUnitVersion, UnitKind
from khuevan.platform.sheets.errors import UnitUnclear
from khuevan.platform.sheets.importers import Importer
from khuevan.platform.sheets.reading import Row, Workbook

TITLE_ROWS = 8
CODE = re.compile(r"[0-9A-Za-z]{4,35}")
LIKE_A_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9]{8,13}(?![0-9A-Za-z])")
OPENING = re.compile(r"^(truong|tr) ")
NOT_WORDS = re.compile(r"[^a-z0-9&]+")
SHORTEST_NAME = 6
FEW = 3
"""Cells that a row above a table may have: the table's own rows have more."""
A_DAY = re.compile(r"(?:19|20)\d{2}[01]\d[0-3]\d|[0-3]\d[01]\d(?:19|20)\d{2}")
OF_A_SCHOOL = re.compile(r"\b(?:truong|mam non|mau giao|tieu hoc|trung hoc|mn|th|thcs|thpt)\b")
LEVELS = (
    ("trung hoc co so", "thcs"),
    ("trung hoc pho thong", "thpt"),
    ("tieu hoc", "th"),
    ("mam non", "mn"),
)
JOINED = re.compile(r"(?<=\bth|\bmn)(?: va | & | )(?=thcs\b)|(?<=thcs)(?: va | & | )(?=thpt\b)")


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


class NamesAnotherSchool(DomainError):
    """The name of the file says one school, its title rows another."""

    code = "sheets.names_another_school"
    message = _(
        "The name of the file says %(code)s, its title rows say %(school)s. Correct whichever is"
        " wrong, then load it again."
    )
    status = 422


class Schools:
    """The schools an actor may load a kind of list for, known by code and by name."""

    def __init__(self, actor: Actor, importer: Importer, on: date) -> None:
        reach = actor.reach(importer.permission, "school")
        schools = OrgUnit.objects.filter(kind=UnitKind.SCHOOL)
        units = schools if reach.everything else schools.filter(pk__in=reach.ids)
        self._names = Names(units, on)

    def named_by(self, name: str, workbook: Workbook) -> int:
        """Return the school that a file is about: by its own name first, then by its title rows.

        :raises NamesNoSchool, NamesTwoSchools: when none is named, or several are
        :raises NamesUnknownSchool: when its name looks like the code of a school that is not there
        :raises NamesAnotherSchool: when its name says one school, and its title rows another
        """
        names = self._names
        by_name = names.named_in([name])
        if len(by_name) == 1:
            (pk,) = by_name
            told = names.named_in(_titles(workbook))
            if told and pk not in told:
                raise NamesAnotherSchool(code=names.code_of(pk), school=names.told(told))
            return pk
        unknown = _unknown_code(name)
        if unknown and not by_name:
            raise NamesUnknownSchool(code=unknown)
        found = by_name or names.named_in(_first_texts(workbook))
        if not found:
            raise NamesNoSchool
        if len(found) > 1:
            raise NamesTwoSchools(count=len(found), schools=names.told(found))
        return found.pop()

    def by_sheet(self, workbook: Workbook) -> dict[int, Workbook]:
        """Return the sheets of each school, where every sheet that holds rows is called by a code.

        So is what an office takes out. Nothing is returned where a sheet names no school, or two.
        """
        found: dict[int, Workbook] = {}
        for sheet in filter(lambda one: one.rows, workbook.sheets):
            pk = self._names.by_code(sheet.name.strip())
            if pk is None:
                return {}
            found.setdefault(pk, Workbook(workbook.kind, [])).sheets.append(sheet)
        return found


class Names:
    """Schools by code and by name, and which of them a text speaks of."""

    def __init__(self, units: QuerySet[OrgUnit], on: date) -> None:
        self._codes = dict(units.values_list("pk", "code"))
        self._by_code = {code.upper(): pk for pk, code in self._codes.items()}
        self._full: dict[int, str] = {}
        names: defaultdict[str, set[int]] = defaultdict(set)
        versions = OrgUnitVersion.objects.filter(in_force(on), unit__in=units)
        for pk, *texts in versions.values_list("unit_id", "name", "short_name"):
            self._full[pk] = texts[0]
            for text in texts:
                names[_words(text)].add(pk)
        self._by_name = {
            name: next(iter(found))
            for name, found in names.items()
            if len(found) == 1 and len(name) >= SHORTEST_NAME
        }

    def by_code(self, code: str) -> int | None:
        """Return the school of a code."""
        return self._by_code.get(code.upper())

    def code_of(self, pk: int) -> str:
        """Return the code of a school."""
        return self._codes[pk]

    def told(self, found: Iterable[int]) -> str:
        """Return what schools are called, the first five by their codes where there are several."""
        pks = sorted(found, key=self.code_of)
        if len(pks) == 1:
            return self._full.get(pks[0], self.code_of(pks[0]))
        return ", ".join(self.code_of(pk) for pk in pks[:5])

    def named_in(self, texts: Iterable[str]) -> set[int]:
        """Return the schools that texts speak of."""
        return {pk for text in texts for pk in self._in(text)}

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


def other_school(unit_id: int, titles: Sequence[str], on: date) -> str:
    """Return the name of another school that the title rows of a list speak of, or nothing.

    The names of schools are known to everybody: no reach is asked.
    """
    texts = [text for text in titles if LIKE_A_CODE.search(text) or OF_A_SCHOOL.search(fold(text))]
    own = OrgUnit.objects.filter(pk=unit_id, kind=UnitKind.SCHOOL)
    if not texts or not own.exists() or Names(own, on).named_in(texts):
        return ""
    names = Names(OrgUnit.objects.filter(kind=UnitKind.SCHOOL), on)
    found = names.named_in(texts)
    return names.told(found) if len(found) == 1 else ""


def _unknown_code(name: str) -> str:
    """Return what of a name looks like the code of a school: 8 digits may be a day as well."""
    found = (match.group() for match in LIKE_A_CODE.finditer(name))
    return next((one for one in found if not A_DAY.fullmatch(one)), "")


def _words(text: str) -> str:
    """Write a name plainly: without the word for school before it, levels in short and joined."""
    words = NOT_WORDS.sub(" ", fold(text)).strip()
    for long, short in LEVELS:
        words = words.replace(long, short)
    return OPENING.sub("", JOINED.sub("&", words))


def _titles(workbook: Workbook) -> Iterator[str]:
    """Yield the texts above the tables: rows with few filled cells."""
    for sheet in workbook.sheets:
        rows = takewhile(lambda row: _filled(row) <= FEW, sheet.rows[:TITLE_ROWS])
        yield from (cell for row in rows for cell in row.cells if isinstance(cell, str))


def _filled(row: Row) -> int:
    return sum(cell != "" for cell in row.cells)


def _first_texts(workbook: Workbook) -> Iterator[str]:
    for sheet in workbook.sheets:
        for row in sheet.rows[:TITLE_ROWS]:
            yield from (cell for cell in row.cells if isinstance(cell, str))
