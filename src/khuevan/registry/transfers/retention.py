"""Since when the papers and decisions of pupils' cases are no longer used."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from khuevan.kernel.actor import Actor, Permission
from khuevan.platform.files.api import StoredFile
from khuevan.platform.retention.api import Source, sources
from khuevan.registry.transfers.files import DECISION, PAPER
from khuevan.registry.transfers.kinds import Paper, State, Subject
from khuevan.registry.transfers.models import TransferDecision, TransferPaper

ENDED = (State.PLACED, State.REFUSED, State.WITHDRAWN)
_WHY = "the file is reached by itself"


def files_of_cases(actor: Actor, permission: Permission) -> QuerySet[Any]:
    """Return the scans of pupils' cases in reach; those of staff belong to the personnel file.

    Report cards among them are kept for ever (Decree 88/2026, article 8).
    """
    this = Q(file=OuterRef("pk"), transfer__subject=Subject.PUPIL)
    papers = TransferPaper.objects.unscoped(because=_WHY).filter(this).order_by("id")
    decisions = TransferDecision.objects.unscoped(because=_WHY).filter(this).order_by("id")
    ended = Q(transfer__state__in=ENDED)
    for_ever = Exists(papers.filter(paper=Paper.REPORT_CARD))
    files: QuerySet[Any] = StoredFile.objects.visible_to(actor, permission)
    found: QuerySet[Any] = (
        files.filter(~for_ever, kind__in=(PAPER.code, DECISION.code))
        .annotate(
            kept_whose=Coalesce(
                Subquery(papers.values("transfer__full_name")[:1]),
                Subquery(decisions.values("transfer__full_name")[:1]),
            ),
            kept_since=Coalesce(
                Subquery(papers.filter(ended).values("transfer__since_on")[:1]),
                Subquery(decisions.filter(ended).values("transfer__since_on")[:1]),
            ),
            kept_unit=F("unit_id"),
        )
        .filter(kept_whose__isnull=False)
    )
    return found


sources.register("TRANSFER_FILE", Source(files_of_cases))
