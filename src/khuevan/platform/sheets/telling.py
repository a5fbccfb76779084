"""What came of files that were loaded, as sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.platform.sheets.checking import LACKS_ZEROS, ZEROS_RESTORED
from khuevan.platform.sheets.many import COUNTED, FileResult, Run
from khuevan.platform.sheets.models import Outcome


def told(one: FileResult) -> Iterator[str]:
    """Return the sentences about a file: how many rows of each kind, then its first faults."""
    if one.refusal:
        yield f"{one.shown}: {one.refusal}"
    for sheet in one.sheets:
        name = " · ".join(filter(None, (one.shown, sheet.name)))
        yield f"{name}: {counts_told(sheet.counts)}"
        if restored := sheet.counts[ZEROS_RESTORED]:
            yield "  " + ngettext(
                "%(count)s number got the zeros back that it begins with.",
                "%(count)s numbers got the zeros back that they begin with.",
                restored,
            ) % {"count": restored}
        yield from (f"  {sentence}" for sentence in sheet.sentences)
        left = sheet.faults - len(sheet.sentences)
        if left > 0:
            words = ngettext("and %(count)s more", "and %(count)s more", left)
            yield "  " + words % {"count": left}


def counts_told(counts: Counter[str]) -> str:
    """Return how many rows there are of each kind."""
    words = _(
        "%(new)s to add, %(changed)s to update, %(unchanged)s unchanged, %(refused)s with faults."
    )
    return words % {str(outcome).lower(): counts[outcome] for outcome in COUNTED}


def ending(run: Run) -> Iterator[str]:
    """Return the last sentences of a run: the sums, or whether the one file was written."""
    if not run.is_alone:
        yield counts_told(run.counts)
        said = ngettext(
            "%(written)d of %(count)d file written.",
            "%(written)d of %(count)d files written.",
            len(run.files),
        )
        yield said % {"written": run.written, "count": len(run.files)}
    else:
        yield _("Written.") if run.written else _("Nothing was written.")
        if run.counts[Outcome.REFUSED] and not (run.order.takes_good_rows or run.order.is_check):
            yield _("--accept good writes the rows without a fault.")
        if run.lists:
            yield _("To take it back: khuevan import-undo %(lists)s") % {
                "lists": " ".join(run.lists)
            }
    if run.counts[LACKS_ZEROS] and not run.order.restores_zeros:
        yield _("--restore-zeros puts back the zeros that a spreadsheet took off.")
    if run.is_stopped:
        yield _(
            "Stopped. What was written stays; run it again for the rest: nothing is entered twice."
        )
