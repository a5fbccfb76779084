"""Files of the demo to try a move-over with: what the old product would give, a little off."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO

from django.utils.translation import gettext as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.sheets.api import SheetToWrite, importers, write_list, write_workbook
from khuevan.registry.cutover.models import Cutover
from khuevan.registry.cutover.rules import Line
from khuevan.registry.cutover.selectors import UNPLACED, reconciliation
from khuevan.registry.cutover.steps import CLASSES, STAFF, STUDENTS
from khuevan.ui.downloads import file_name

FEWEST = 4
"""Pupils that a class must have for its rows to be bent."""
Row = Mapping[str, str]


def practice_files(actor: Actor, cutover: Cutover) -> bytes:
    """Return a zip of the school's own lists and its numbers by class.

    Of the pupils one is missing, one sits in another class, one has a personal number that lacks
    its last digit; the numbers count one too many in one class.

    :raises NotFound: when the actor may not take the school's lists out
    """
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for place, code in enumerate((CLASSES, STAFF, STUDENTS), start=1):
            layout = importers.get(code).layouts[0]
            name = f"{place}-{file_name(str(layout.label), 'xlsx')}"
            package.writestr(name, _list(actor, cutover, code))
        name = f"4-{file_name(_('Numbers by class'), 'xlsx')}"
        package.writestr(name, _numbers(reconciliation(actor, cutover).classes))
    return buffer.getvalue()


def _list(actor: Actor, cutover: Cutover, code: str) -> bytes:
    """Return the school's list of a kind on the day of the move-over."""
    importer, school, on = importers.get(code), cutover.school_id, cutover.on
    outgoing = importer.outgoing
    if outgoing is None or school not in actor.reach(outgoing.permission, "school"):
        raise NotFound
    rows: Sequence[Row] = list(outgoing.rows(actor, school, on))
    content = BytesIO()
    write_list(
        content,
        layout=importer.layouts[0],
        context=importer.context(actor, school, on, {}),
        rows=bent(rows) if code == STUDENTS else rows,
    )
    return content.getvalue()


def bent(rows: Sequence[Row]) -> list[Row]:
    """Return rows of pupils as the old product has them: three of the first class are off."""
    rooms = list(dict.fromkeys(row["class_name"] for row in rows if row["class_name"]))
    first = [place for place, row in enumerate(rows) if row["class_name"] in rooms[:1]]
    if len(first) < FEWEST:
        return list(rows)
    found: list[Row] = list(rows)
    short, moved, missing = first[1:4]
    number = rows[short]["personal_number"] or "04221500012"
    found[short] = {**rows[short], "personal_number": number[:11]}
    found[moved] = {**rows[moved], "class_name": rooms[min(1, len(rooms) - 1)]}
    del found[missing]
    return found


def _numbers(classes: Sequence[Line]) -> bytes:
    """Return the numbers by class, one too many in the second class."""
    lines = sorted(classes, key=lambda line: (line.order, line.key))
    seated = [line for line in lines if line.is_there and line.key != UNPLACED]
    rows: list[list[str | int]] = []
    for place, line in enumerate(seated):
        total, female, minority = (figure or 0 for figure in line.recorded.figures)
        rows.append([line.name, total + (place == 1), female, minority])
    heads = [_("Class"), _("Total"), _("Girls"), _("Ethnic minorities")]
    buffer = BytesIO()
    write_workbook(buffer, [SheetToWrite(_("Numbers by class"), heads, rows)])
    return buffer.getvalue()
