"""The scans of decisions about units, which the directory of units shows and this app keeps."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core.files.base import File
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import Actor
from khuevan.platform.files.actions import store_upload
from khuevan.platform.files.kinds import MEGABYTE, UNIT_DECISION, FileKind, declare
from khuevan.platform.files.rules import DOCX, JPEG, PDF, PNG
from khuevan.platform.organizations.api import VIEW_UNITS, PaperStore, paper_stores

declare(
    FileKind(
        UNIT_DECISION,
        _("Decision on units"),
        types=(PDF, DOCX, JPEG, PNG),
        permission=VIEW_UNITS,
        max_bytes=10 * MEGABYTE,
        keep=None,
    )
)


def keep_decision(actor: Actor, upload: File[bytes], now: datetime) -> UUID:
    """Keep the scan of a decision within the caller's transaction."""
    return store_upload(actor=actor, upload=upload, kind=UNIT_DECISION, now=now).uuid


def file_url(uuid: UUID) -> str:
    """Return where the scan is opened."""
    return reverse("files:unit_decision", args=[uuid])


paper_stores.register("files", PaperStore(keep=keep_decision, url=file_url))
