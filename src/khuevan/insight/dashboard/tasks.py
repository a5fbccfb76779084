"""What waits because of the figures: schools to remind, classes to split, facts to fill in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.insight.dashboard import figures as f
from khuevan.insight.dashboard.asked import figure_address, own_classes_of, snapshot_of
from khuevan.insight.dashboard.links import class_address, lacking_address
from khuevan.insight.dashboard.opened import lacking_count
from khuevan.platform.sheets.api import ImportState, Outcome, SheetImport, imports
from khuevan.registry.people.api import VIEW_DOUBTS
from khuevan.registry.students.api import DOUBTS, LACKING_WORDS
from khuevan.ui.formats import number
from khuevan.ui.home import Task
from khuevan.ui.request import Request

NAMED = 3
MOST_IMPORTS = 5
WAITING = {
    ImportState.FAILED: ("file-x", "bad", 1),
    ImportState.CHECKED: ("file-spreadsheet", "warn", 2),
    ImportState.MATCHING: ("file-spreadsheet", "warn", 3),
}
"""State of an import that waits for a person, to icon, tone and order of its task."""


def schools_without_list(request: Request) -> Iterator[Task]:
    """Return the schools in charge that have loaded no list of pupils for this academic year."""
    snapshot = snapshot_of(request)
    missing = snapshot.unlisted
    if not missing or not snapshot.year:
        return
    names = ", ".join(school.name for school in missing[:NAMED])
    rest = len(missing) - NAMED
    if rest > 0:
        names = _("%(names)s and %(count)s more") % {"names": names, "count": number(rest)}
    yield Task(
        label=ngettext(
            "%(count)s school has no list of pupils yet",
            "%(count)s schools have no list of pupils yet",
            len(missing),
        )
        % {"count": number(len(missing))},
        url=_address(request, f.SCHOOLS),
        icon="school",
        due=_("Year %(year)s") % {"year": snapshot.year},
        tone="warn",
        note=names,
        order=10,
    )


def classes_over_norm(request: Request) -> Iterator[Task]:
    """Return the classes in charge that hold more pupils than their norm."""
    snapshot = snapshot_of(request)
    over, most = snapshot.total.over_norm, snapshot.fullest
    if most is None:
        return
    yield Task(
        label=ngettext(
            "%(count)s class is over the norm", "%(count)s classes are over the norm", over
        )
        % {"count": number(over)},
        url=_address(request, f.OVER_NORM),
        icon="users",
        note=_("most: %(name)s, %(school)s, %(size)s of %(norm)s")
        % {
            "name": most.name,
            "school": snapshot.places[most.school_id].name,
            "size": most.size,
            "norm": most.norm,
        },
        order=20,
    )


def facts_to_fill_in(request: Request) -> Iterator[Task]:
    """Return what the records of a school's pupils lack, each leading to the pupils."""
    total = snapshot_of(request).total
    for order, figure in enumerate((*f.COMPLETENESS, f.CONTRADICTIONS, f.UNPLACED), start=30):
        count = lacking_count(figure, total)
        may_see = figure.lacking != DOUBTS or request.actor.may(VIEW_DOUBTS)
        if count and may_see:
            yield Task(
                label=ngettext(
                    "%(what)s: %(count)s pupil to look at",
                    "%(what)s: %(count)s pupils to look at",
                    count,
                )
                % {"what": LACKING_WORDS[figure.lacking], "count": number(count)},
                url=_gap_address(request, figure),
                icon="file-exclamation-point",
                note=_("of %(whole)s pupils on roll") % {"whole": number(total.pupils)},
                count=count,
                order=order,
            )


def families_to_ask(request: Request) -> Iterator[Task]:
    """Return the classes a teacher is in charge of whose records lack something."""
    for one in own_classes_of(request):
        if one.is_homeroom and one.lacking:
            yield Task(
                label=ngettext(
                    "Class %(name)s: %(count)s record lacks something",
                    "Class %(name)s: %(count)s records lack something",
                    len(one.lacking),
                )
                % {"name": one.name, "count": number(len(one.lacking))},
                url=class_address(one.school_code, one.uuid),
                icon="file-exclamation-point",
                note=_("please ask the families"),
                count=len(one.lacking),
                order=30,
            )


def imports_waiting(request: Request) -> Iterator[Task]:
    """Return the lists that were uploaded and wait for a person, and those that failed."""
    actor = request.actor
    for one in imports(actor=actor).filter(state__in=list(WAITING))[:MOST_IMPORTS]:
        icon, tone, order = WAITING[ImportState(one.state)]
        yield Task(
            label=_("List %(name)s") % {"name": one.file_name},
            url=reverse("sheets:import", args=[one.uuid]),
            icon=icon,
            due=one.get_state_display(),
            tone=tone,
            note=import_note(one),
            order=order,
        )


def import_note(one: SheetImport) -> str:
    """Return what an import would write, or wrote: 170 to add, 6 to update, 2 with faults."""
    counted = (
        (_("%(count)s to add"), one.count(Outcome.NEW)),
        (_("%(count)s to update"), one.count(Outcome.CHANGED)),
        (_("%(count)s with faults"), one.count(Outcome.REFUSED)),
    )
    return ", ".join(text % {"count": number(count)} for text, count in counted if count)


def _gap_address(request: Request, figure: f.Figure) -> str:
    """Return the list to work through: the one school's own, else the figure's parts."""
    schools = list(snapshot_of(request).by_school)
    if len(schools) == 1:
        return lacking_address(schools[0].code, figure.lacking)
    return _address(request, figure)


def _address(request: Request, figure: f.Figure) -> str:
    today = request.actor.today
    return partial(figure_address, scope=snapshot_of(request).scope, today=today)(figure.code)
