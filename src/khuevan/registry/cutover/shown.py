"""What the pages of a move-over are drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from khuevan.kernel.actor import Actor
from khuevan.platform.sheets.api import Errand, ImportState, Outcome, SheetImport, imports
from khuevan.registry.cutover.models import Cutover, CutoverList, CutoverState, Product
from khuevan.registry.cutover.permissions import VIEW_CUTOVERS
from khuevan.registry.cutover.rules import Count, Line, Standing
from khuevan.registry.cutover.selectors import Reconciliation, cutovers
from khuevan.registry.cutover.steps import CLASSES, GONE, KINDS, STAFF, STUDENTS
from khuevan.registry.cutover.telling import difference_words, line_name
from khuevan.registry.schools.api import name_of, sees_several
from khuevan.ui.components import Step, steps
from khuevan.ui.formats import number

WORDS = {CLASSES: "classes", STAFF: "staff", STUDENTS: "students"}
TITLES: dict[str, str | Promise] = {
    CLASSES: gettext_lazy("List of classes"),
    STAFF: gettext_lazy("List of staff"),
    STUDENTS: gettext_lazy("Lists of pupils"),
}
STANDINGS: dict[Standing, tuple[str, str | Promise]] = {
    Standing.SAME: ("ok", gettext_lazy("In agreement")),
    Standing.DIFFERS: ("bad", gettext_lazy("Differs")),
    Standing.EXPLAINED: ("info", gettext_lazy("Explained")),
    Standing.UNKNOWN: ("warn", gettext_lazy("Own total missing")),
}
RECENT = 20
"""Lists loaded before, of which some may be counted in."""


@dataclass(frozen=True, slots=True)
class ListShown:
    """One list of a step, and how far it is."""

    name: str
    url: str
    tone: str
    state: str
    uuid: str = ""


@dataclass(frozen=True, slots=True)
class ListStep:
    """A step that takes lists."""

    kind: str
    title: str | Promise
    text: str
    tone: str
    lists: Sequence[ListShown]
    upload_url: str
    waits_for: str = ""


def product_name(cutover: Cutover) -> str:
    """Return what the school worked with before."""
    return str(Product(cutover.product).label)


def errand_of(actor: Actor, sheet_import: SheetImport) -> Errand | None:
    """Return the move-over that a list counts in with."""
    if not actor.may(VIEW_CUTOVERS):
        return None
    found = cutovers(actor).filter(lists__sheet_import=sheet_import).first()
    if found is None:
        return None
    label = _("Back to the move-over from %(product)s") % {"product": product_name(found)}
    return Errand(label, reverse("cutover:school", args=[found.school.code]))


def crumbs(actor: Actor, cutover_school: Any, *more: str) -> list[dict[str, str]]:
    """Return where a page of a school's move-over is."""
    found = []
    if sees_several(actor):
        found.append({"label": _("Move-over"), "url": reverse("cutover:list")})
    else:
        found.append({"label": name_of(cutover_school), "url": school_url(cutover_school.code)})
    if more:
        url = reverse("cutover:school", args=[cutover_school.code])
        label = name_of(cutover_school) if sees_several(actor) else _("Move-over of the school")
        found.append({"label": label, "url": url})
    return [*found, *({"label": one, "url": ""} for one in more)]


def school_url(code: str) -> str:
    """Return the page of a school."""
    return reverse("schools:school", args=[code])


def list_steps(lists: Sequence[CutoverList], *, may_run: bool, has_classes: bool) -> list[ListStep]:
    """Return the steps that take lists, each with the lists it has."""
    return [
        _list_step(
            kind, [one for one in lists if one.kind == kind], may_run=may_run, ready=has_classes
        )
        for kind in KINDS
    ]


def _list_step(kind: str, lists: Sequence[CutoverList], *, may_run: bool, ready: bool) -> ListStep:
    found = [one.sheet_import for one in lists if one.sheet_import is not None]
    done = [one for one in found if one.state == ImportState.DONE]
    written = sum(one.ready for one in done)
    left = sum(one.count(Outcome.REFUSED) for one in found if one.state not in GONE)
    waiting = [one for one in found if one.is_open or one.state == ImportState.APPLYING]
    if not lists:
        text, tone = _("No list yet"), "neutral"
    else:
        parts = [
            ngettext("%(count)s list", "%(count)s lists", len(lists)) % {"count": len(lists)},
            ngettext("%(count)s row written", "%(count)s rows written", written)
            % {"count": number(written)},
        ]
        if left:
            words = ngettext("%(count)s row with a fault", "%(count)s rows with faults", left)
            parts.append(words % {"count": number(left)})
        text = ", ".join(parts)
        tone = "warn" if waiting or left else "ok"
    blocked = kind == STUDENTS and not ready
    return ListStep(
        kind=kind,
        title=TITLES[kind],
        text=text,
        tone=tone,
        lists=[_shown(one) for one in lists] if may_run else [],
        upload_url=reverse("sheets:upload", args=[WORDS[kind]]) if may_run and not blocked else "",
        waits_for=_("First the list of classes: pupils sit in them.") if blocked else "",
    )


def _shown(one: CutoverList) -> ListShown:
    found = one.sheet_import
    if found is None:
        return ListShown(one.file_name, "", "neutral", _("Its rows are no longer kept"))
    counts = {
        "new": number(found.count(Outcome.NEW)),
        "changed": number(found.count(Outcome.CHANGED)),
        "refused": number(found.count(Outcome.REFUSED)),
    }
    words = {
        ImportState.MATCHING: _("Columns to be matched"),
        ImportState.CHECKED: _("Checked, not written: %(new)s new, %(changed)s changed"),
        ImportState.APPLYING: _("Being written"),
        ImportState.DONE: _("Written: %(new)s new, %(changed)s changed"),
        ImportState.FAILED: _("Not written"),
    }
    state = words.get(ImportState(found.state), found.get_state_display()) % counts
    if found.count(Outcome.REFUSED) and found.state not in GONE:
        state += ", " + _("%(refused)s with faults") % counts
    is_done = found.state == ImportState.DONE
    tone = "ok" if is_done and not found.count(Outcome.REFUSED) else "warn"
    name = f"{one.file_name} · {found.sheet_name}" if found.sheet_name else one.file_name
    url = reverse("sheets:import", args=[found.uuid])
    return ListShown(name, url, tone, state, str(found.uuid))


def others_of(actor: Actor, cutover: Cutover, lists: Sequence[CutoverList]) -> list[SheetImport]:
    """Return lists of the school that do not count in yet, newest first."""
    known = [one.sheet_import_id for one in lists if one.sheet_import_id]
    rows = imports(actor=actor).filter(unit_id=cutover.school_id, kind__in=KINDS)
    rows = rows.exclude(pk__in=known).exclude(state__in=GONE)
    return list(rows[:RECENT])


def line_row(line: Line, *, url: str = "", with_words: bool = True) -> dict[str, Any]:
    """Return a line of the reconciliation as the page draws it."""
    tone, label = STANDINGS[line.standing]
    return {
        "line": line,
        "name": line_name(line),
        "url": url if line.is_there and (line.differs or line.own is None) else "",
        "own": count_words(line.own) if line.own is not None else "",
        "recorded": count_words(line.recorded, like=line.own),
        "difference": difference_words(line),
        "tone": tone,
        "label": label,
        "explained": line.explained if with_words else "",
        "said_before": line.said_before if with_words else "",
        "unknown": not line.is_there,
    }


def count_words(count: Count, *, like: Count | None = None) -> str:
    """Return a count in words, 38 (girls 18); of `like`, only figures that it has too."""
    parts = []
    if count.female is not None and (like is None or like.female is not None):
        parts.append(_("girls %(count)s") % {"count": number(count.female)})
    if count.minority is not None and (like is None or like.minority is not None):
        parts.append(_("ethnic minorities %(count)s") % {"count": number(count.minority)})
    total = number(count.total) if count.total is not None else "–"
    return f"{total} ({', '.join(parts)})" if parts else total


def progress(cutover: Cutover, found: Reconciliation) -> dict[str, Any]:
    """Return how far the reconciliation is, in numbers."""
    entered = sum(line.own is not None for line in found.classes)
    return {
        "entered": entered,
        "classes": len(found.classes),
        "differing": len(found.differing),
        "open": len(found.open),
        "is_signed": cutover.state == CutoverState.SIGNED,
    }


def stepper_of(
    cutover: Cutover | None, found: Reconciliation | None, *, has_lists: bool = False
) -> list[Step]:
    """Return the steps of the whole way; the one that is due stands out."""
    labels = [
        _("Begin"), _("Lists"), _("Own totals"), _("Comparison"), _("Signature"),
    ]  # fmt: skip
    now = 0
    if cutover is not None and found is not None:
        now = 1
        if has_lists:
            now = 2
        if any(line.own is not None for line in found.lines):
            now = 3 if found.open else 4
        if cutover.state == CutoverState.SIGNED:
            now = len(labels)
    return steps(labels, now)
