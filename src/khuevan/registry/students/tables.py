"""The list of pupils: on the page, in print, as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.personal_number import check_format
from khuevan.platform.accounts.api import Sex
from khuevan.platform.organizations.api import versions_on
from khuevan.registry.people.api import VIEW_DOUBTS, with_name
from khuevan.registry.schools.api import EducationLevel, grade_levels
from khuevan.registry.students.selectors import DOUBTS, lacking
from khuevan.registry.students.student_layout import ethnic_groups
from khuevan.registry.students.words import LACKING_WORDS
from khuevan.ui.addresses import address_with
from khuevan.ui.formats import day, masked, number
from khuevan.ui.tables import (
    MOST_COUNTED,
    Cell,
    Choice,
    ChoiceFilter,
    Column,
    Filter,
    Pill,
    Table,
    TextFilter,
    how_many,
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a list of pupils covers: a school or all in reach, with the classes to choose from."""

    actor: Actor
    on: date
    path: str
    classes: Sequence[Choice] = ()
    schools: Sequence[Choice] = ()
    levels: Sequence[str] = ()
    of_one_school: bool = True


class StudentTable(Table[Any]):
    """Pupils on roll within reach."""

    name = "students"
    caption = _("Pupils")
    default_sort = "name"
    sticky = True

    def __init__(self, rows: QuerySet[Any], query: QueryDict, scope: Scope) -> None:
        self.scope = scope
        self.units: dict[int, str] = {}
        self.beside_count = 0
        super().__init__(rows, query, path=scope.path)

    def build_columns(self) -> Sequence[Column[Any]]:
        """Return name, class, school, birth, sex, number, state."""
        school: Column[Any] = Column(
            "school", _("School"), lambda row: self.units.get(row.school_id)
        )
        return [
            NAME,
            CLASS,
            *([] if self.scope.of_one_school else [school]),
            BIRTH,
            SEX,
            Column("number", _("Personal number"), _masked, cell=_number_cell, width=18),
            MOET_CODE,
            STATE,
        ]

    def build_filters(self) -> Sequence[Filter]:
        """Return name or number, place, grade, sex, and what records lack."""
        scope = self.scope
        return [
            TextFilter(_("Name, personal number or ministry code"), named),
            ChoiceFilter("class", _("Class"), scope.classes, _of_classes),
            ChoiceFilter("school", _("School"), scope.schools, _of_schools),
            ChoiceFilter("level", _("Level"), self._levels(), _of_levels),
            ChoiceFilter("grade", _("Grade"), self._grades(), _of_grades),
            ChoiceFilter("sex", _("Sex"), _choices(Sex), _of_sexes),
            ChoiceFilter("main", _("Main school"), self._mains(), _of_mains),
            ChoiceFilter(
                "lacking", _("To be completed"), _lacking_choices(scope.actor), self._lacking
            ),
        ]

    def prepare(self, rows: Sequence[Any]) -> None:
        """Look up the schools' names, where there are several."""
        if not self.scope.of_one_school:
            units = versions_on(self.scope.on).filter(unit_id__in={row.school_id for row in rows})
            self.units = {one.unit_id: one.short_name for one in units}

    def key_of(self, row: Any) -> str:
        """Return the pupil's id; who is of another main school is not moved here."""
        return str(row.student.uuid) if row.is_primary else ""

    def url_of(self, row: Any) -> str:
        """Return the pupil's record."""
        return address_with("students:record", str(row.student.uuid))

    def count_text(self, matching: int, total: int) -> str:
        """Return 14 of 182 pupils, and how many of them are another school's."""
        told = ngettext(
            "%(matching)s of %(total)s pupil", "%(matching)s of %(total)s pupils", total
        ) % {"matching": how_many(matching), "total": how_many(total)}
        if not self.beside_count:
            return told
        more = gettext("%(count)s of them of another main school")
        return f"{told} · {more % {'count': number(self.beside_count)}}"

    @cached_property
    def total_count(self) -> int:
        """Return how many rows there are; who is of another school is counted along."""
        if not self.scope.of_one_school:
            return super().total_count
        rows = self.all_rows if self.counted is None else self.counted
        some = rows.order_by().values("pk", "is_primary")[: MOST_COUNTED + 1]
        found = some.aggregate(all=Count("pk"), beside=Count("pk", filter=Q(is_primary=False)))
        self.beside_count = int(found["beside"])
        return int(found["all"])

    def _mains(self) -> list[Choice]:
        """Return whose pupils a list of one school may be narrowed to."""
        return list(MAINS) if self.scope.of_one_school else []

    def _grades(self) -> list[Choice]:
        """Return the grades of the levels asked for, else of those in the list."""
        asked = set(self.query.getlist("level")) & set(EducationLevel.values)
        grades = grade_levels(sorted(asked) or list(self.scope.levels) or None)
        return [Choice(grade.code, grade.label) for grade in grades]

    def _levels(self) -> list[Choice]:
        return [] if self.scope.of_one_school else _choices(EducationLevel)

    def _lacking(self, rows: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
        scope = self.scope
        for value in values:
            is_wide = not scope.of_one_school
            rows = lacking(rows, value, actor=scope.actor, on=scope.on, is_wide=is_wide)
        return rows


class StudentFile(StudentTable):
    """The same pupils as a file: whole columns, private ones only when asked for."""

    def __init__(
        self, rows: QuerySet[Any], query: QueryDict, scope: Scope, *, asked: Sequence[str]
    ) -> None:
        self.asked = set(asked)
        super().__init__(rows, query, scope)

    def build_columns(self) -> Sequence[Column[Any]]:
        """Return what every list may hold, and the further columns asked for."""
        columns = [one for one in super().build_columns() if one.key not in {"number", "state"}]
        return [*columns, *(one for one in FURTHER if one.key in self.asked)]

    @property
    def shown(self) -> list[Column[Any]]:
        """Return all columns: what is left out was left out above."""
        return self.every_column


def state_of(row: Any) -> Pill:
    """Return how it stands with a pupil on roll."""
    if not row.is_primary:
        return Pill("info", "school", gettext("Also studies here"))
    if row.ends_on is not None:
        return Pill("warn", "log-out", gettext("Leaves %(day)s") % {"day": day(row.ends_on)})
    if getattr(row, "is_away", False):
        return Pill("info", "clock-alert", gettext("On long leave"))
    if row.placement is None:
        return Pill("warn", "circle-alert", gettext("No class yet"))
    return Pill("ok", "circle-check", gettext("Studying"))


def named(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Keep the pupils with these words in the name, or with this number or code."""
    checked = check_format(text)
    if checked.is_valid:
        return rows.filter(person__personal_number=checked.digits)
    if text.isdigit():
        return rows.filter(student__moet_code=text)
    return with_name(rows, text)


def _class_name(row: Any) -> str | None:
    """Return the class, which a second school is not told of the main one."""
    if not row.is_primary:
        return gettext("at the main school")
    return str(row.placement.homeroom_class.name) if row.placement else None


def _class_cell(row: Any) -> Cell:
    name = _class_name(row)
    if name and row.is_primary:
        return Cell(value=name)
    return Cell(none=name or gettext("no class"))


def _masked(row: Any) -> str | None:
    return masked(row.person.personal_number) if row.person.personal_number else None


def _number_cell(row: Any) -> Cell:
    text = _masked(row)
    return Cell(value=text, css="nowrap") if text else Cell(none=gettext("missing"))


def _ethnic_group(row: Any) -> str:
    code = row.person.ethnicity_code
    return ethnic_groups().name_of(code) if code else ""


NAME: Column[Any] = Column(
    "name",
    _("Full name"),
    lambda row: row.person.full_name,
    order=("sort_key", "pk"),
    width=28,
)
CLASS: Column[Any] = Column(
    "class",
    _("Class"),
    _class_name,
    cell=_class_cell,
    order=("class_key", "sort_key", "pk"),
    width=10,
)
BIRTH: Column[Any] = Column("birth", _("Date of birth"), lambda row: row.person.birth_date)
SEX: Column[Any] = Column(
    "sex",
    _("Sex"),
    lambda row: Sex(row.person.sex).label if row.person.sex else None,
    width=8,
)
MOET_CODE: Column[Any] = Column(
    "moet_code", _("Ministry code"), lambda row: row.student.moet_code, is_extra=True
)
STATE: Column[Any] = Column(
    "state", _("State"), lambda row: str(state_of(row).label), cell=lambda r: Cell(pill=state_of(r))
)
FURTHER: tuple[Column[Any], ...] = (
    Column("phone", _("Pupil's phone"), lambda row: row.person.phone),
    Column(
        "personal_number", _("Personal number"), lambda row: row.person.personal_number, width=18
    ),
    Column("ethnicity", _("Ethnic group"), _ethnic_group),
)
HERE = "here"
MAINS = (Choice(HERE, _("This school")), Choice("elsewhere", _("Another school")))
SENSITIVE_COLUMNS = frozenset({"personal_number", "ethnicity"})


def _choices(kind: Any) -> list[Choice]:
    return [Choice(value, label) for value, label in kind.choices]


def _lacking_choices(actor: Actor) -> list[Choice]:
    hidden = set() if actor.may(VIEW_DOUBTS) else {DOUBTS}
    return [Choice(key, words) for key, words in LACKING_WORDS.items() if key not in hidden]


def _of_classes(rows: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
    return rows.filter(class_uuid__in=values, is_primary=True)


def _of_schools(rows: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
    return rows.filter(school__code__in=values)


def _of_levels(rows: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
    return rows.filter(level__in=values, is_primary=True)


def _of_grades(rows: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
    return rows.filter(grade_code__in=values, is_primary=True)


def _of_mains(rows: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
    return rows.filter(is_primary__in=[value == HERE for value in values])


def _of_sexes(rows: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
    return rows.filter(person__sex__in=values)
