"""The kinds of files that belong to a transfer: papers of the parents and schools, decisions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.platform.files.api import DOCX, JPEG, MEGABYTE, PDF, PNG, FileKind, declare_kind
from khuevan.registry.transfers.permissions import RECORD_TRANSFERS

_TYPES = (PDF, JPEG, PNG, DOCX)

PAPER = declare_kind(
    FileKind(
        "transfers.paper",
        _("Paper of a transfer"),
        types=_TYPES,
        permission=RECORD_TRANSFERS,
        max_bytes=10 * MEGABYTE,
        keep=None,
        is_logged=True,
    )
)
DECISION = declare_kind(
    FileKind(
        "transfers.decision",
        _("Decision on a transfer"),
        types=_TYPES,
        permission=RECORD_TRANSFERS,
        max_bytes=10 * MEGABYTE,
        keep=None,
        is_logged=True,
    )
)
