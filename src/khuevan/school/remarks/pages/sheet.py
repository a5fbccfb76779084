"""The comments of a class in a period: reviewed with the keyboard, read, printed, as a workbook."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.kernel.clock import VIETNAM
from khuevan.kernel.errors import NotFound
from khuevan.registry.schools.api import name_of
from khuevan.school.gradebooks.api import Shut, period_name, slot_short_name
from khuevan.school.remarks.facts import Facts
from khuevan.school.remarks.models import State
from khuevan.school.remarks.permissions import VIEW_REMARKS
from khuevan.school.remarks.selectors.sheets import Row, Sheet, filled_text, sheet_for
from khuevan.school.remarks.selectors.targets import Target, get_target_for
from khuevan.school.remarks.workbooks import build_workbook
from khuevan.ui.downloads import XLSX, download, file_name
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request

PILLS = (
    "approved",
    "draft",
    "suggested",
    "empty",
    "saving",
    "offline",
    "conflict",
    "refused",
    "locked",
)
"""How far a comment is, as templates and the script name it."""

LEVELS = {"GOOD": "Tốt", "FAIR": "Khá", "PASS": "Đạt", "LOW": "Chưa đạt"}


@page(VIEW_REMARKS, methods=("GET",))
def sheet(request: Request, uuid: UUID, period: int) -> HttpResponse:
    """Show the comments of a class; who writes them reviews what the marks suggest."""
    found = _sheet(request, uuid, period)
    context = {
        **_frame(found),
        "sheet": found,
        "rows": [_row(at, one, found) for at, one in enumerate(found.rows, start=1)],
        "periods": _periods(found),
        "shut": _shut(found.shut),
        "script": _script(request, found) if found.may_write else None,
        "pills": PILLS,
    }
    return render_page(request, "remarks/sheet.html", context)


@page(VIEW_REMARKS, methods=("GET",))
def printed(request: Request, uuid: UUID, period: int) -> HttpResponse:
    """Show the approved comments of a class to print on A4."""
    found = _sheet(request, uuid, period)
    context = {**_frame(found), "sheet": found, "school_name": name_of(found.target.room.school)}
    return render_page(request, "remarks/print.html", context)


@page(VIEW_REMARKS, methods=("GET",))
def workbook(request: Request, uuid: UUID, period: int) -> HttpResponse:
    """Give the comments of a class as a workbook."""
    found = _sheet(request, uuid, period)
    frame = _frame(found)
    name = _("comments %(room)s %(subject)s") % {
        "room": frame["room"],
        "subject": frame["subject"],
    }
    content = build_workbook(found, f"{frame['title']} · {frame['period_name']}")
    return download(content, name=file_name(name, "xlsx"), media_type=XLSX)


def _sheet(request: Request, uuid: UUID, period: int) -> Sheet:
    target = get_target_for(request.actor, uuid, VIEW_REMARKS)
    if period not in target.periods:
        raise NotFound
    return sheet_for(actor=request.actor, target=target, period=period)


def _frame(found: Sheet) -> dict[str, Any]:
    target = found.target
    title = _("Comments of %(room)s: %(subject)s") % {
        "room": target.room.name,
        "subject": target.title,
    }
    return {
        "title": title,
        "room": target.room.name,
        "subject": target.title,
        "year": target.academic_year,
        "period_name": period_name(target.room.grade_level.level, found.period),
        "count": len(found.rows),
    }


def _periods(found: Sheet) -> list[dict[str, Any]]:
    level = found.target.room.grade_level.level
    return [
        {
            "label": period_name(level, one),
            "url": reverse("remarks:sheet", args=[found.target.uuid, one]),
            "current": one == found.period,
        }
        for one in found.target.periods
    ]


def _row(at: int, one: Row, found: Sheet) -> dict[str, Any]:
    text = filled_text(one) if found.may_write else one.text
    return {
        "at": at,
        "uuid": one.uuid,
        "name": one.full_name,
        "facts": facts_words(one.facts, found.target),
        "text": text,
        "state": state_of(one, found),
        "is_current": at == 1,
    }


def state_of(one: Row, found: Sheet) -> str:
    """Return how far a comment is, as the page names its pills."""
    if one.remark is not None and one.remark.state != State.EMPTY:
        return "approved" if one.is_approved else "draft"
    if found.may_write and one.template:
        return "suggested"
    return "empty"


def facts_words(facts: Facts, target: Target) -> str:
    """Return the figures behind a suggestion in one line."""
    parts: list[str] = []
    if facts.subjects and facts.situation:
        told = ngettext(
            "%(level)s in %(count)s subject", "%(level)s in %(count)s subjects", facts.subjects
        )
        parts.append(told % {"level": _level(facts), "count": facts.subjects})
    elif facts.shown:
        label = _("Average %(mark)s") if target.form == "SCORE" else _("Level %(mark)s")
        parts.append(label % {"mark": facts.shown})
    if facts.before:
        told = _("from %(before)s to %(after)s")
        parts.append(told % {"before": facts.before, "after": facts.after})
    if facts.missing:
        names = ", ".join(slot_short_name(one) for one in facts.missing)
        parts.append(_("missing: %(columns)s") % {"columns": names})
    if not parts:
        return _("No marks yet")
    return " · ".join(parts)


def _level(facts: Facts) -> str:
    return LEVELS[facts.situation.band if facts.situation else "LOW"]


def _shut(why: Shut | None) -> str:
    if why is None:
        return ""
    return {
        Shut.LOCKED: _("The period is locked: comments are read and not changed."),
        Shut.OVER: _("The days of writing are over: comments are read and not changed."),
        Shut.EARLY: _("The days of writing have not begun."),
    }.get(why, "")


def _script(request: Request, found: Sheet) -> dict[str, Any]:
    """Return what the page's script needs: the pupils, every wording, and where to send."""
    situations = list(found.pools)
    return {
        "url": reverse("remarks:save", args=[found.target.uuid, found.period]),
        "key": f"{request.actor.person_id}:{found.target.uuid}:{found.period}",
        "longest": found.limits.longest,
        "pools": [found.pools[one] for one in situations],
        "rows": [
            {
                "student": str(one.uuid),
                "given": one.given,
                "version": one.remark.version if one.remark else 0,
                "state": int(one.remark.state) if one.remark else 0,
                "text": one.text,
                "template": one.template or "",
                "pool": situations.index(one.facts.situation) if one.facts.situation else -1,
            }
            for one in found.rows
        ],
        "words": _words(),
    }


def _words() -> dict[str, str]:
    return {
        "approved": _("%(done)s of %(all)s approved"),
        "all_done": _("All %(all)s comments are approved."),
        "saved_at": _("Saved %(at)s"),
        "saving": _("Saving"),
        "offline": _("Offline: carry on, %(count)s wait on this device."),
        "ended": _("The session ended: sign in again, the text is kept on this device."),
        "revoked": _(
            "You no longer write here. The text stays on this device until it is dropped."
        ),
        "exhausted": _("No other text is left for this pupil that nobody in the class has."),
        "nothing": _("There is no text yet: type one."),
        "locked": _("The period is locked: this was not saved."),
        "gone": _("The pupil is not in the class any more: this was not saved."),
        "too_long": _("Too long: %(length)s letters, at most %(longest)s."),
        "word": _("“%(word)s” (word %(place)s) can't stand in a comment."),
        "same": _("%(name)s has the same comment: change one of them."),
        "compared": _("Compares with other pupils: “%(word)s”. Say rather what the pupil did."),
        "theirs": _("%(name)s wrote at %(at)s: “%(text)s”"),
        "keep": _("Keep mine"),
        "take": _("Take theirs"),
        "undone": _("The last approval is undone."),
        "restored": _("%(count)s texts of this device were not saved yet and are being sent."),
    }


def when(at: Any) -> str:
    """Return a time of day with its day, as a conflict tells it."""
    return f"{at.astimezone(VIETNAM):%H:%M %d/%m}"
