"""Data of the /design pages: every component in every state, and whole pages, all invented.

The words here are samples of what a province would write; they are not translated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from khuevan.ui.design import dashboard, marks, phone, record, sheet

Specimen = tuple[str, Callable[[], dict[str, Any]]]

SPECIMENS: Mapping[str, Specimen] = {
    "dashboard": ("ui/design/dashboard.html", dashboard.context),
    "marks": ("ui/design/marks.html", marks.context),
    "import": ("ui/design/import.html", sheet.context),
    "record": ("ui/design/record.html", record.context),
    "family": ("ui/design/family.html", phone.family),
    "attendance": ("ui/design/attendance.html", phone.attendance),
    "verify": ("ui/design/verify.html", phone.verify),
    "sign-in": ("ui/design/sign_in.html", phone.sign_in),
    "not-found": ("ui/errors/404.html", phone.nobody),
    "broken": ("ui/errors/500.html", phone.fault),
    "busy": ("ui/errors/429.html", phone.nobody),
    "session-ended": ("ui/errors/session_ended.html", phone.session_ended),
    "refused": ("ui/errors/refused.html", phone.refused),
    "paper": ("ui/design/paper.html", record.paper),
}

__all__ = ["SPECIMENS"]
