"""Who makes the difference of one class: the rows of the files beside the pupils of the records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force
from khuevan.kernel.vietnamese import fold, match_key
from khuevan.platform.sheets.api import (
    Fault,
    ImportRow,
    Outcome,
    Row,
    SheetImport,
    importers,
    parse_cell,
    recognized_of,
    text_at,
)
from khuevan.registry.cutover import rules
from khuevan.registry.cutover.models import Cutover
from khuevan.registry.cutover.permissions import RUN_CUTOVERS
from khuevan.registry.cutover.rules import Line
from khuevan.registry.cutover.selectors import (
    REACHED,
    UNPLACED,
    lists_of,
    remembered_names,
)
from khuevan.registry.cutover.steps import GONE, STUDENTS
from khuevan.registry.duplicates.api import open_pairs
from khuevan.registry.students.api import ClassPlacement, Enrollment
from khuevan.ui.formats import day

WANTED = (
    "full_name", "family_middle_name", "given_name", "birth_date", "class_name",
    "personal_number", "moet_code",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seen:
    """A row of a file, as far as it says who is meant."""

    name: str
    born: date | None
    number: str
    code: str
    room: str
    """The key of the class it names."""
    file: str
    row: int
    url: str
    outcome: str
    faults: tuple[str, ...] = ()

    @property
    def keys(self) -> set[str]:
        """Return what it can be known by."""
        return keys_of(self.name, self.born, self.number, self.code)


@dataclass(frozen=True, slots=True)
class Told:
    """A person on the page: who, where, and what is to be done."""

    name: str
    born: str
    text: str
    url: str = ""
    link: str = ""


@dataclass(slots=True)
class Looked:
    """What was found of one class."""

    has_files: bool = False
    only_in_files: list[Told] = field(default_factory=list)
    only_in_records: list[Told] = field(default_factory=list)
    in_two_classes: list[Told] = field(default_factory=list)
    suspected_twice: list[Told] = field(default_factory=list)
    gone: list[Told] = field(default_factory=list)


def keys_of(name: str, born: date | None, number: str, code: str) -> set[str]:
    """Return what a person can be known by: number, code, else name and birth date."""
    keys = {f"number {number}"} if number else set()
    if code:
        keys.add(f"code {code}")
    if name and born:
        keys.add(f"name {match_key(name)} {born}")
    return keys


def look_into(actor: Actor, cutover: Cutover, line: Line) -> Looked:
    """Compare the files of a class with its pupils on the day: a fixed number of queries."""
    lists = [one.sheet_import for one in lists_of(cutover) if one.kind == STUDENTS]
    loaded = [one for one in lists if one is not None and one.state not in GONE]
    seen = list(_rows(actor, cutover, loaded))
    own = [one for one in seen if one.room == line.key]
    sitting = _sitting(actor, cutover, line.key)
    looked = Looked(has_files=bool(loaded))
    here = {key for seat in sitting for key in _keys(seat)}
    missing = [one for one in own if not one.keys & here]
    looked.only_in_files = list(_missing(actor, cutover, missing))
    if loaded:
        named = {key for one in own for key in one.keys}
        looked.only_in_records = [
            _told(seat, _("No row of the files names this pupil in this class."))
            for seat in sitting
            if not _keys(seat) & named
        ]
    looked.in_two_classes = list(_twice(own, seen, line.key))
    looked.suspected_twice = list(_pairs(actor, sitting))
    looked.gone = list(_gone(actor, cutover, line.key))
    return looked


def _rows(actor: Actor, cutover: Cutover, lists: Sequence[SheetImport]) -> Iterable[Seen]:
    """Yield the rows of lists with the class each names."""
    importer = importers.get(STUDENTS)
    exact, remembered = _class_names(cutover), remembered_names(cutover.school_id)
    rows = ImportRow.objects.unscoped(because=REACHED).filter(sheet_import__in=lists)
    by_list: defaultdict[int, list[ImportRow]] = defaultdict(list)
    for row in rows.order_by("sheet_import_id", "number"):
        by_list[row.sheet_import_id].append(row)
    rooms: dict[str, str] = {}
    context = importer.context(actor, cutover.school_id, cutover.on, {}) if lists else None
    for one in lists:
        recognized = recognized_of(one)
        fields = recognized.layout.by_name
        columns = {name: recognized.matched[name] for name in WANTED if name in recognized.matched}
        for row in by_list[one.pk]:
            cells = {
                name: str(text_at(Row(row.number, row.cells), column.index)).strip()
                for name, column in columns.items()
            }
            born = parse_cell(cells.get("birth_date", ""), fields["birth_date"], context)  # type: ignore[arg-type]  # there is a context where there is a list
            text = cells.get("class_name", "")
            if text not in rooms:
                rooms[text] = rules.class_for(text, exact=exact, remembered=remembered)[0]
            yield _seen(one, row, cells, rooms[text], born.value)


def _seen(
    one: SheetImport, row: ImportRow, cells: Mapping[str, str], room: str, born: date | None
) -> Seen:
    parts = (cells.get("family_middle_name", ""), cells.get("given_name", ""))
    url = reverse("sheets:import", args=[one.uuid])
    return Seen(
        name=cells.get("full_name", "") or " ".join(part for part in parts if part),
        born=born,
        number=cells.get("personal_number", ""),
        code=cells.get("moet_code", ""),
        room=room,
        file=one.file_name,
        row=row.number,
        url=f"{url}?at={row.number}" if one.is_open else url,
        outcome=row.outcome,
        faults=tuple(
            found.reason for data in row.faults if (found := Fault.from_data(data)).is_error
        ),
    )


def _class_names(cutover: Cutover) -> dict[str, str]:
    rows = cutover.school.classes.unscoped(because=REACHED).filter(
        academic_year=cutover.academic_year_id
    )
    return {name: name for name in rows.values_list("match_name", flat=True)}


def _sitting(actor: Actor, cutover: Cutover, key: str) -> list[Any]:
    """Return who sits in the class on the day; of the line without a class, who sits nowhere."""
    if key == UNPLACED:
        seated = ClassPlacement.objects.unscoped(because="narrows enrollments in scope").filter(
            in_force(cutover.on), school=cutover.school_id
        )
        roll = Enrollment.objects.visible_to(actor, RUN_CUTOVERS).filter(
            in_force(cutover.on), school=cutover.school_id, is_primary=True
        )
        roll = roll.exclude(student__in=seated.values("student"))
        return list(roll.select_related("student", "person").order_by("sort_key", "pk"))
    seats = ClassPlacement.objects.visible_to(actor, RUN_CUTOVERS).filter(
        in_force(cutover.on),
        school=cutover.school_id,
        homeroom_class__match_name=key,
        homeroom_class__academic_year=cutover.academic_year_id,
    )
    return list(seats.select_related("student", "person").order_by("sort_key", "pk"))


def _keys(seat: Any) -> set[str]:
    person = seat.person
    return keys_of(
        person.full_name,
        person.birth_date,
        person.personal_number or "",
        seat.student.moet_code or "",
    )


def _told(seat: Any, text: str) -> Told:
    return Told(
        seat.person.full_name,
        day(seat.person.birth_date),
        text,
        reverse("students:record", args=[seat.student.uuid]),
        _("Open the record"),
    )


def _missing(actor: Actor, cutover: Cutover, rows: Sequence[Seen]) -> Iterable[Told]:
    """Yield rows whose pupil does not sit in the class, with the reason."""
    elsewhere = _whereabouts(actor, cutover, rows)
    for one in rows:
        where = next((elsewhere[key] for key in sorted(one.keys) if key in elsewhere), "")
        place = _("%(file)s, row %(row)s") % {"file": one.file, "row": one.row}
        if one.outcome == Outcome.REFUSED:
            why = _("Refused: %(reason)s") % {"reason": " ".join(one.faults) or "–"}
            link = _("Fix this row")
        elif one.outcome == Outcome.SKIPPED:
            why, link = _("Left out by hand."), _("Open the list")
        else:
            why, link = where or _("Not in the records of this day."), _("Open the list")
        yield Told(one.name or "–", day(one.born), f"{place}. {why}", one.url, link)


def _whereabouts(actor: Actor, cutover: Cutover, rows: Sequence[Seen]) -> dict[str, str]:
    """Return where pupils are whom rows name, by what they are known by."""
    if not rows:
        return {}
    named = (
        Q(person__personal_number__in={one.number for one in rows if one.number})
        | Q(student__moet_code__in={one.code for one in rows if one.code})
        | Q(
            person__search_name__in={fold(one.name) for one in rows},
            person__birth_date__in={one.born for one in rows if one.born},
        )
    )
    stays = Enrollment.objects.visible_to(actor, RUN_CUTOVERS).filter(
        named, school=cutover.school_id
    )
    found = list(stays.select_related("student", "person").order_by("starts_on", "pk"))
    seats = ClassPlacement.objects.unscoped(because="of pupils reached through a scope").filter(
        in_force(cutover.on), student__in=[one.student_id for one in found]
    )
    rooms = dict(seats.values_list("student_id", "homeroom_class__name"))
    told = {}
    for stay in found:
        if stay.student_id in rooms:
            text = _("Sits in class %(name)s.") % {"name": rooms[stay.student_id]}
        elif stay.ends_on is not None and stay.ends_on <= cutover.on:
            words = {"kind": stay.get_exit_kind_display(), "day": day(stay.ends_on)}
            text = _("%(kind)s from %(day)s.") % words
        elif stay.starts_on > cutover.on:
            text = _("Comes on %(day)s.") % {"day": day(stay.starts_on)}
        else:
            text = _("On the roll, in no class.")
        told.update(dict.fromkeys(_keys(stay), text))
    return told


def _twice(own: Sequence[Seen], seen: Sequence[Seen], key: str) -> Iterable[Told]:
    """Yield rows of the class whose pupil another row names in another class."""
    others: defaultdict[str, list[Seen]] = defaultdict(list)
    for one in seen:
        if one.room != key:
            for known in one.keys:
                others[known].append(one)
    for one in own:
        found = next((others[known][0] for known in sorted(one.keys) if others[known]), None)
        if found is not None:
            words = {"file": found.file, "row": found.row, "name": found.room.upper() or "–"}
            text = _("Also in class %(name)s: %(file)s, row %(row)s.") % words
            yield Told(one.name, day(one.born), text, one.url, _("Open the list"))


def _pairs(actor: Actor, sitting: Sequence[Any]) -> Iterable[Told]:
    """Yield pairs of records that seem to be one pupil of the class."""
    for pair in open_pairs(actor, [seat.person_id for seat in sitting]):
        text = _("Perhaps the same as %(name)s.") % {"name": pair.other.full_name}
        url = reverse("duplicates:pair", args=[pair.uuid])
        yield Told(pair.one.full_name, day(pair.one.birth_date), text, url, _("Compare the two"))


def _gone(actor: Actor, cutover: Cutover, key: str) -> Iterable[Told]:
    """Yield who sat in the class this year and left it before the day."""
    seats = ClassPlacement.objects.visible_to(actor, RUN_CUTOVERS).filter(
        school=cutover.school_id,
        homeroom_class__match_name=key,
        homeroom_class__academic_year=cutover.academic_year_id,
        ends_on__lte=cutover.on,
    )
    rows = list(seats.select_related("student", "person").order_by("ends_on", "sort_key", "pk"))
    stays = Enrollment.objects.visible_to(actor, RUN_CUTOVERS).filter(
        school=cutover.school_id,
        student__in=[one.student_id for one in rows],
        exit_kind__gt="",
        ends_on__lte=cutover.on,
    )
    exits = {one.student_id: one for one in stays.order_by("ends_on", "pk")}
    for seat in rows:
        left = exits.get(seat.student_id)
        words = {"day": day(seat.ends_on), "kind": left.get_exit_kind_display() if left else ""}
        text = _("%(kind)s from %(day)s.") if left else _("Left the class from %(day)s.")
        yield Told(seat.person.full_name, day(seat.person.birth_date), text % words)
