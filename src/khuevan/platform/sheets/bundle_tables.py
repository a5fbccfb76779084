"""The files of a zip of many schools' lists: what came of each, as a list and as a report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from khuevan.platform.organizations.api import OrgUnitVersion
from khuevan.platform.sheets.faults import Fault
from khuevan.platform.sheets.models import Bundle, BundleFile, BundleFileState
from khuevan.platform.sheets.writing import SheetToWrite
from khuevan.ui.formats import number
from khuevan.ui.tables import Cell, Choice, ChoiceFilter, Column, Filter, Pill, Table, TextFilter

State = BundleFileState
PILLS = {
    State.WAITING: ("neutral", "clock"),
    State.WRITTEN: ("ok", "circle-check"),
    State.PARTLY: ("warn", "triangle-alert"),
    State.SAME: ("neutral", "circle-check"),
    State.GOOD: ("ok", "circle-check"),
    State.FAULTY: ("bad", "circle-alert"),
    State.UNREAD: ("bad", "circle-x"),
    State.FAILED: ("bad", "circle-x"),
    State.UNDONE: ("neutral", "undo-2"),
    State.KEPT: ("warn", "triangle-alert"),
}
FAULTY = (State.PARTLY, State.FAULTY, State.UNREAD, State.FAILED)
"""Files with something to mend."""
MOST_REPORTED = 200_000
"""Lines of a report."""


class BundleFileTable(Table[BundleFile]):
    """The files of one zip, in its own order."""

    name = "files"
    caption = gettext_lazy("Files of the zip")
    default_sort = "file"

    def __init__(self, rows: QuerySet[BundleFile], query: QueryDict, *, bundle: Bundle) -> None:
        self.schools: dict[int, str] = {}
        super().__init__(rows, query, path=reverse("sheets:bundle", args=[bundle.uuid]))

    def build_columns(self) -> Sequence[Column[BundleFile]]:
        """Return the file, its school, what its rows were, and what became of it."""
        return [
            Column("file", pgettext_lazy("a loaded list", "File"), lambda one: one.name,
                   order=("number",), width=40),
            Column("school", gettext_lazy("School"), self._school, width=32),
            _counted("new", pgettext_lazy("rows of a file", "New")),
            _counted("changed", pgettext_lazy("rows of a file", "Changed")),
            _counted("unchanged", pgettext_lazy("rows of a file", "Unchanged")),
            _counted("refused", pgettext_lazy("rows of a file", "With faults")),
            Column("state", gettext_lazy("State"), lambda one: one.get_state_display(),
                   cell=lambda one: Cell(pill=pill_of(one))),
            Column("reason", gettext_lazy("Reason"), reason_of, css="long", width=40),
        ]  # fmt: skip

    def build_filters(self) -> Sequence[Filter]:
        """Return part of the name, and the state."""
        states = [Choice(value, label) for value, label in State.choices]
        return [
            TextFilter(gettext_lazy("Name of the file"), _named),
            ChoiceFilter("state", gettext_lazy("State"), states, _of_states),
        ]

    def prepare(self, rows: Sequence[BundleFile]) -> None:
        """Look up the names of the schools."""
        self.schools = names_of({one.school_id for one in rows if one.school_id})

    def key_of(self, row: BundleFile) -> str:
        """Return its number in the zip."""
        return str(row.number)

    def url_of(self, row: BundleFile) -> str:
        """Return the page of the list that the file became, or of what keeps it written."""
        route = "sheets:undo" if row.state == State.KEPT else "sheets:import"
        return reverse(route, args=[row.lists[0]]) if row.lists else ""

    def _school(self, one: BundleFile) -> str:
        if one.schools > 1:
            return _("%(count)s schools") % {"count": number(one.schools)}
        return self.schools.get(one.school_id or 0, "")


def names_of(units: set[int]) -> dict[int, str]:
    """Return the newest names of units."""
    versions = OrgUnitVersion.objects.filter(unit__in=units).order_by("starts_on")
    return dict(versions.values_list("unit_id", "name"))


def pill_of(one: BundleFile) -> Pill:
    """Return the state of a file."""
    return Pill(*PILLS[State(one.state)], one.get_state_display())


def reason_of(one: BundleFile) -> str:
    """Return why a file was refused as a whole, or the first fault in it and how many follow."""
    if one.refusal or one.state not in FAULTY:
        return one.refusal
    first = next((data for data in one.faults if Fault.from_data(data).is_error), None)
    if first is None:
        return ""
    told = Fault.from_data(first).sentence
    left = one.refused - 1
    more = ngettext("and %(count)s more", "and %(count)s more", left) % {"count": number(left)}
    return f"{told} {more}" if left > 0 else told


def files_told(counts: Mapping[str, int]) -> str:
    """Return what came of the files, in a sentence."""
    words = _(
        "%(written)s files written, %(same)s without anything to change, %(faulty)s with faults,"
        " %(unread)s that could not be read."
    )
    written = counts.get(State.WRITTEN, 0) + counts.get(State.PARTLY, 0)
    told = words % {
        "written": number(written),
        "same": number(counts.get(State.SAME, 0) + counts.get(State.GOOD, 0)),
        "faulty": number(counts.get(State.FAULTY, 0) + counts.get(State.PARTLY, 0)),
        "unread": number(counts.get(State.UNREAD, 0)),
    }
    if failed := counts.get(State.FAILED, 0):
        told += " " + _("The system failed at %(count)s of them.") % {"count": number(failed)}
    return told


def taken_back_told(counts: Mapping[str, int]) -> str:
    """Return what was taken back of a zip, in a sentence."""
    kept = counts.get(State.KEPT, 0)
    told = _("%(count)s files taken back.") % {"count": number(counts.get(State.UNDONE, 0))}
    if kept:
        told += " " + _("%(count)s stay written: what was recorded since needs them.") % {
            "count": number(kept)
        }
    return told


def fault_sheet(files: QuerySet[BundleFile]) -> SheetToWrite:
    """Return the report on the files: one row a fault."""
    headers = [
        _("File"), _("Sheet"), _("Row"), _("Column"), _("Value"), _("Reason"), _("Kind of remark"),
    ]  # fmt: skip
    return SheetToWrite(_("Faults"), headers, _fault_rows(files))


def _fault_rows(files: QuerySet[BundleFile]) -> Iterator[list[str | int]]:
    lines = 0
    for one in files.iterator(chunk_size=50):
        for row in _rows_of(one):
            lines += 1
            if lines > MOST_REPORTED:
                return
            yield row


def _rows_of(one: BundleFile) -> Iterator[list[str | int]]:
    error, warning = pgettext("a row of a list", "Fault"), _("To be looked at")
    if one.refusal:
        yield [one.name, "", "", "", "", one.refusal, error]
    for data in one.faults:
        fault = Fault.from_data(data)
        reason = " ".join(filter(None, (fault.reason, fault.hint)))
        kind = error if fault.is_error else warning
        yield [one.name, fault.sheet, fault.row, fault.column_name, fault.value, reason, kind]
    left = one.fault_count - len(one.faults) - bool(one.refusal)
    if left > 0:
        told = _("and %(count)s more faults of this file") % {"count": number(left)}
        yield [one.name, "", "", "", "", told, error]


def _counted(name: str, label: object) -> Column[BundleFile]:
    return Column(name, str(label), lambda one: _count(one, name), align="r", is_named=True)


def _count(one: BundleFile, name: str) -> int | None:
    count: int = getattr(one, name)
    return None if one.state in {State.WAITING, State.UNREAD, State.FAILED} else count


def _named(rows: QuerySet[BundleFile], text: str) -> QuerySet[BundleFile]:
    return rows.filter(name__icontains=text)


def _of_states(rows: QuerySet[BundleFile], values: Sequence[str]) -> QuerySet[BundleFile]:
    return rows.filter(state__in=values)
