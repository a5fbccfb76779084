"""What lines, differences and steps are called."""

from __future__ import annotations

from django.utils.translation import gettext as _

from khuevan.registry.cutover.models import Part
from khuevan.registry.cutover.rules import Line
from khuevan.registry.cutover.selectors import UNPLACED
from khuevan.ui.formats import signed


def line_name(line: Line) -> str:
    """Return what a line is called."""
    if line.part == Part.SCHOOL:
        return _("Whole school")
    if line.key == UNPLACED:
        return _("Pupils without a class")
    if not (line.name or line.is_there):
        return _("Not in the records")
    return line.name or line.key


def difference_words(line: Line) -> str:
    """Return by how much a line differs, in words: +2, of them girls +1."""
    total, female, minority = line.difference
    parts = []
    if total:
        parts.append(signed(total))
    if female:
        parts.append(_("girls %(count)s") % {"count": signed(female)})
    if minority:
        parts.append(_("ethnic minorities %(count)s") % {"count": signed(minority)})
    return ", ".join(parts)
