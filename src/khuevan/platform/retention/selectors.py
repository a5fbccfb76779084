"""Reads: the files whose time is over, and what was destroyed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.files.api import StoredFile
from khuevan.platform.retention import rules
from khuevan.platform.retention.kinds import Kind
from khuevan.platform.retention.models import DestroyedFile, Destruction
from khuevan.platform.retention.permissions import DESTROY_FILES, VIEW_RETENTION
from khuevan.platform.retention.sources import sources


def files_of(actor: Actor, kind: Kind) -> QuerySet[Any]:
    """Return the files of a kind that the actor may have destroyed once their time is over."""
    if kind.code not in sources:
        return StoredFile.objects.visible_to(actor, DESTROY_FILES).none()
    files = sources.get(kind.code).files(actor, DESTROY_FILES)
    return files.filter(destroyed_at__isnull=True)


def files_over(actor: Actor, kind: Kind, *, on: date) -> QuerySet[Any]:
    """Return those whose time is over on a day, the oldest first."""
    if rules.term_refusal(kind.term) is not None:
        return StoredFile.objects.visible_to(actor, DESTROY_FILES).none()
    if kind.code not in sources:
        return StoredFile.objects.visible_to(actor, DESTROY_FILES).none()
    latest = rules.latest_since(on, kind.term.years)
    return files_of(actor, kind).filter(kept_since__lte=latest).order_by("kept_since", "id")


def destructions(actor: Actor, kind: Kind | None = None) -> QuerySet[Destruction]:
    """Return what was destroyed within reach, newest first."""
    rows = Destruction.objects.visible_to(actor, VIEW_RETENTION)
    if kind is not None:
        rows = rows.filter(kind=kind.code)
    return rows.order_by("-at", "-id")


def get_destruction_for(actor: Actor, uuid: UUID) -> Destruction:
    """Return one destruction in reach, or raise `NotFound`."""
    found = destructions(actor).filter(uuid=uuid).first()
    if found is None:
        raise NotFound
    return found


def destroyed_files(actor: Actor, destruction: Destruction) -> QuerySet[DestroyedFile]:
    """Return the list of what one decision destroyed."""
    rows = DestroyedFile.objects.visible_to(actor, VIEW_RETENTION)
    rows = rows.filter(destruction=destruction).select_related("file")
    return rows.order_by("since", "id")


def destroyed_within(actor: Actor, files: Collection[UUID]) -> list[DestroyedFile]:
    """Return which of these files were destroyed, as far as the actor may destroy there."""
    rows = DestroyedFile.objects.visible_to(actor, DESTROY_FILES).filter(file__uuid__in=files)
    return list(rows.select_related("destruction").order_by("id"))
