"""A list of codes alone: the ministry's codes for pupils who have a temporary one, or none.

A pupil is found on the school's roll by the temporary code, else by name and date of birth. All
matches are confirmed together, as every list is; a row that fits nobody, or somebody otherwise
written, is refused with what the records say, and no code that stands is replaced.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force
from khuevan.kernel.vietnamese import match_key
from khuevan.platform.sheets.api import (
    Context,
    Fault,
    FaultText,
    Field,
    Importer,
    Layout,
    Outcome,
    ParsedRow,
    PlannedRow,
    Problem,
    Promises,
    Recognized,
    clashing,
    format_date,
    locate,
)
from khuevan.registry.people.api import CodeKind, PersonCode
from khuevan.registry.students.actions import correct_students
from khuevan.registry.students.data import Correction
from khuevan.registry.students.models import Enrollment, Student
from khuevan.registry.students.permissions import IMPORT_STUDENTS
from khuevan.registry.students.student_layout import BIRTH_DATE, FULL_NAME, MOET_CODE, ORDINAL

CODE = "students.codes"
WHY = "codes of pupils on a roll that the actor reaches, and whose a code is already"
TEMPORARY_CODE = Field(
    "temporary_code",
    "Mã tạm",
    _("Temporary code"),
    "code",
    max_length=40,
    aliases=("Mã tạm thời", "Mã định danh tạm", "Mã tạm của học sinh", "Mã nội bộ", "Mã cũ"),
)
LAYOUT = Layout(
    CODE,
    _("List of ministry codes"),
    (
        ORDINAL,
        TEMPORARY_CODE,
        Field(
            "full_name",
            FULL_NAME.header,
            FULL_NAME.label,
            "full_name",
            max_length=FULL_NAME.max_length,
            aliases=FULL_NAME.aliases,
        ),
        Field("birth_date", BIRTH_DATE.header, BIRTH_DATE.label, "birth_date",
              aliases=BIRTH_DATE.aliases),
        Field("moet_code", MOET_CODE.header, MOET_CODE.label, "code", required=True,
              max_length=MOET_CODE.max_length,
              aliases=("Mã định danh mới", "Mã mới", *MOET_CODE.aliases)),
    ),
    sheet_name=_("Ministry codes"),
)  # fmt: skip
FAULT_TEXTS = {
    "students.codes_name_nobody": FaultText(
        _("The school has no pupil with this temporary code, or this name and date of birth."),
        _("Check the code, or write name and date of birth as the records have them."),
    ),
    "students.codes_name_nothing": FaultText(
        _("The row names no pupil."), _("Write the temporary code, or name and date of birth.")
    ),
    "students.codes_differ": FaultText(
        _("This temporary code belongs to %(known)s in the records."),
        _("Check whose code this is; if the record is wrong, correct it first."),
    ),
    "students.codes_known": FaultText(
        _("The pupil has the ministry code %(known)s already."),
        _("If this one is right, change it on the pupil's record."),
    ),
}


@dataclass(frozen=True, slots=True)
class Coded:
    """A pupil on the roll, with the codes there are."""

    student_id: int
    person_id: int
    full_name: str
    birth_date: date | None
    moet_code: str
    version: int

    @property
    def told(self) -> str:
        """Return who it is, as a person reads it."""
        born = format_date(self.birth_date) if self.birth_date else ""
        return ", ".join(filter(None, (self.full_name, born)))


@dataclass(slots=True)
class Comparison:
    """The pupils of the school by all that a row may name them by, and codes that are taken."""

    recognized: Recognized
    by_code: dict[str, Coded]
    by_name: dict[tuple[str, date | None], list[Coded]]
    taken: dict[str, int]
    """Ministry codes of the list that somebody has: whose."""
    clashes: dict[int, ParsedRow]
    """Rows whose code another row gives to another pupil."""
    seen: dict[object, int] = field(default_factory=dict)

    def refused(self, of: ParsedRow, name: str, code: str, /, **params: str | int) -> PlannedRow:
        """Return a row that can't go in, with why."""
        column = name if name in self.recognized.matched else "moet_code"
        text = of.told(column, self.recognized)
        fault = locate(Problem(code, params), of.number, self.recognized, column, text)
        return self.with_faults(of, fault)

    def with_faults(self, row: ParsedRow, *faults: Fault) -> PlannedRow:
        """Return a refused row."""
        return PlannedRow(row.number, Outcome.REFUSED, faults=(*row.faults, *faults))


def context(actor: Actor, unit_id: int, on: date, promises: Promises) -> Context:
    """Return what cells of a list of codes may mean: nothing of their own."""
    return Context(today=on, codes={})


def plan(
    *,
    actor: Actor,
    unit_id: int,
    rows: Sequence[ParsedRow],
    recognized: Recognized,
    promises: Promises,
    on: date,
) -> list[PlannedRow]:
    """Return what each row would do: three queries, however many rows."""
    roll = Enrollment.objects.visible_to(actor, IMPORT_STUDENTS).filter(
        in_force(on), school_id=unit_id
    )
    pupils = {
        row.person_id: Coded(
            row.student_id,
            row.person_id,
            row.person.full_name,
            row.person.birth_date,
            row.student.moet_code or "",
            row.person.version,
        )
        for row in roll.select_related("person", "student")
    }
    temporary = PersonCode.objects.unscoped(because=WHY).filter(
        kind=CodeKind.TEMPORARY, person_id__in=pupils
    )
    wanted = {code for row in rows if (code := row.values.get("moet_code"))}
    taken = Student.objects.unscoped(because=WHY).filter(moet_code__in=wanted)
    by_name: dict[tuple[str, date | None], list[Coded]] = defaultdict(list)
    for one in pupils.values():
        by_name[match_key(one.full_name), one.birth_date].append(one)
    comparison = Comparison(
        recognized=recognized,
        by_code={code: pupils[pk] for code, pk in temporary.values_list("code", "person_id")},
        by_name=by_name,
        taken={code: pk for code, pk in taken.values_list("moet_code", "pk") if code},
        clashes=clashing(rows, "moet_code", _is_same_pupil),
    )
    return [_plan_row(row, comparison) for row in rows]


def _plan_row(row: ParsedRow, comparison: Comparison) -> PlannedRow:
    if row.has_errors:
        return comparison.with_faults(row)
    if (other := comparison.clashes.get(row.number)) is not None:
        sides = {"told": _told(row), "other": _told(other)}
        return comparison.refused(
            row, "moet_code", "students.number_in_two_rows", row=other.number, **sides
        )
    found = _find(row, comparison)
    if isinstance(found, PlannedRow):
        return found
    code = row.values["moet_code"]
    if comparison.taken.get(code, found.student_id) != found.student_id:
        return comparison.refused(row, "moet_code", "students.code_taken")
    if found.moet_code and found.moet_code != code:
        return comparison.refused(row, "moet_code", "students.codes_known", known=found.moet_code)
    for key in (code, found.student_id):
        first = comparison.seen.setdefault(key, row.number)
        if first != row.number:
            return comparison.refused(row, "moet_code", "students.same_as_row", row=first)
    is_known = found.moet_code == code
    return PlannedRow(
        row.number,
        Outcome.UNCHANGED if is_known else Outcome.CHANGED,
        values={"correction": Correction(found.student_id, found.version, {"moet_code": code})},
        faults=row.faults,
        changes={} if is_known else {"moet_code": ("", code)},
        target_id=found.student_id,
        target_version=found.version,
    )


def _is_same_pupil(one: ParsedRow, other: ParsedRow) -> bool:
    if one.values.get("temporary_code") and other.values.get("temporary_code"):
        return bool(one.values["temporary_code"] == other.values["temporary_code"])
    return _named(one) == _named(other)


def _named(row: ParsedRow) -> tuple[str, date | None]:
    return match_key(row.values.get("full_name") or ""), row.values.get("birth_date")


def _told(row: ParsedRow) -> str:
    """Return whom a row names, as a person reads it."""
    born = row.values.get("birth_date")
    parts = (row.values.get("full_name"), format_date(born) if born else "")
    return ", ".join(filter(None, parts)) or str(row.values.get("temporary_code") or "")


def _find(row: ParsedRow, comparison: Comparison) -> Coded | PlannedRow:
    """Return whom a row names, or the row refused with why."""
    values = row.values
    told, name, born = (values.get(one) for one in ("temporary_code", "full_name", "birth_date"))
    if told:
        known = comparison.by_code.get(told)
        if known is None:
            return comparison.refused(row, "temporary_code", "students.codes_name_nobody")
        is_other = name and match_key(name) != match_key(known.full_name)
        if is_other or (born and born != known.birth_date):
            return comparison.refused(
                row, "temporary_code", "students.codes_differ", known=known.told
            )
        return known
    if not (name and born):
        return comparison.refused(row, "full_name", "students.codes_name_nothing")
    listed = comparison.by_name.get((match_key(name), born), [])
    if len(listed) > 1:
        return comparison.refused(row, "full_name", "students.several_alike", count=len(listed))
    if not listed:
        return comparison.refused(row, "full_name", "students.codes_name_nobody")
    return listed[0]


def write(
    *,
    actor: Actor,
    unit_id: int,
    rows: Sequence[PlannedRow],
    promises: Promises,
    on: date,
    now: datetime,
    progress: Callable[[int], None],
) -> None:
    """Give the pupils their codes; temporary ones end and still find them."""
    corrections = [row.values["correction"] for row in rows if row.outcome == Outcome.CHANGED]
    correct_students(actor=actor, corrections=corrections, now=now, permission=IMPORT_STUDENTS)
    progress(len(corrections))


CODES = Importer(
    code=CODE,
    word="codes",
    label=_("Load a list of ministry codes"),
    permission=IMPORT_STUDENTS,
    layouts=(LAYOUT,),
    shown=("temporary_code", "full_name", "birth_date", "moet_code"),
    context=context,
    plan=plan,
    write=write,
    record="students.Student",
    done_route="students:classes",
    done_label=_("See the classes"),
)
