"""What the sheet's script is told: columns, where to send marks, what to say."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khuevan.kernel.actor import Actor
from khuevan.school.gradebooks.drawing import Drawn
from khuevan.school.gradebooks.selectors.sheets import Sheet
from khuevan.school.gradebooks.slots import (
    CLUSTER,
    FINAL,
    MIDTERM,
    BookForm,
    Slot,
    is_regular,
    period_of,
    place_of,
)

ARTICLES = {"TT22-2021": "Điều 9, Thông tư 22/2021", "TT58-2011": "Điều 8, Thông tư 58/2011"}


def script_of(actor: Actor, sheet: Sheet, drawn: Drawn) -> dict[str, Any]:
    """Return what the page's script works with, as plain data."""
    book = sheet.book
    return {
        "url": reverse("gradebooks:marks", args=[book.uuid]),
        "person": str(actor.person_id or ""),
        "book": str(book.uuid),
        "form": book.form,
        "mayEnter": sheet.may_enter,
        "columns": [
            {
                "slot": one.slot,
                "label": one.label,
                "title": one.title,
                "content": one.content,
                "locked": one.is_locked,
                "part": _part(one.slot),
                "period": period_of(one.slot),
            }
            for one in drawn.columns
        ],
        "averages": [at for at, _label in drawn.averages],
        "required": list(book.required),
        "article": ARTICLES.get(book.regulation, "") if book.form == BookForm.SCORE else "",
        "articleUrl": reverse("regulations:one", args=[book.regulation]),
        "words": _words(),
    }


def _part(slot: Slot) -> str:
    """Return as what a column enters the average of its term."""
    if is_regular(slot):
        return "regular"
    return {CLUSTER: "cluster", MIDTERM: "midterm", FINAL: "final"}.get(place_of(slot), "")


def _words() -> dict[str, str]:
    return {
        "saved": _("Saved %s"),
        "saving": _("Saving %s"),
        "offline": _("%s wait for the network"),
        "conflict": _("%s differ"),
        "invalid": _("%s not right"),
        "refused": _("%s refused"),
        "gives": _("%(column)s: %(typed)s gives %(value)s"),
        "hint": _("%(column)s: type 75 for 7,5"),
        "hint_TEST": _("%(column)s: a whole number from 0 to 10"),
        "hint_VERDICT": _("%(column)s: 1 or Đ for Đạt, 0 or C for Chưa đạt"),
        "hint_LEVEL": _("%(column)s: T or 3, H or 2, C or 1"),
        "hint_TRAIT": _("%(column)s: T or 3, Đ or 2, C or 1"),
        "if_saved": _("If saved:"),
        "now": _("Now:"),
        "missing": _("The average follows once every mark of the term is there."),
        "wrong_SCORE": _("A mark from 0 to 10, one decimal."),
        "wrong_TEST": _("A mark of a test is a whole number from 0 to 10."),
        "wrong_VERDICT": _("Đ or CĐ."),
        "wrong_LEVEL": _("T, H or C."),
        "wrong_TRAIT": _("T, Đ or C."),
        "locked": _("%(column)s is closed. Changes go by a correction."),
        "gone": _("The pupil is not in the class."),
        "left": _("The pupil has left; what stands here stays."),
        "changed": _("%(who)s made it %(theirs)s at %(when)s. Keep %(mine)s or take %(theirs)s?"),
        "someone": _("Somebody"),
        "empty": _("empty"),
        "keep": _("Keep %s"),
        "take": _("Take %s"),
        "ended": _("Your session has ended. Sign in again; what you typed is kept."),
        "sign_in": _("Sign in again"),
        "revoked": _("You may not enter marks here any more. These cells were not saved:"),
        "drop": _("Drop these cells"),
        "again": _("Try again"),
        "away": _("Offline, carry on: what you type is kept on this device."),
        "nothing_to_undo": _("There is nothing to undo."),
        "paste_title": _("Paste %(count)s marks into %(column)s"),
        "paste_named": _("The names agree with the rows."),
        "paste_plain": _(
            "No names came along. Please look whether each mark stands beside its pupil."
        ),
        "paste_shifted": _(
            "%(count)s names do not agree with their rows. Nothing has been written."
        ),
        "paste_over": _("%(count)s marks, but only %(rows)s rows from here. Nothing is written."),
        "paste_bad": _("%(count)s are no marks and will be left out."),
        "paste_kept": _("%(count)s cells are closed and stay as they are."),
        "paste_go": _("Write %s marks"),
        "paste_match": _("Write %s marks by name"),
        "paste_twice": _("Left out, more than one pupil is called so: %(names)s"),
        "paste_unknown": _("Not in this class: %(names)s"),
        "cancel": _("Cancel"),
        "pasted_name": _("Pasted name"),
        "row_name": pgettext("of a mark sheet", "Row"),
        "mark": pgettext("column of marks", "Mark"),
        "finish": _("Finish column %s"),
        "down": _("down"),
        "across": _("across"),
        "average": pgettext("column of marks", "ĐTB"),
    }
