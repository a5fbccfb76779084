"""The demo's second school in the middle of moving over from vnEdu."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from khuevan.cli.world.lives import clerk_of
from khuevan.registry.cutover import actions
from khuevan.registry.cutover.actions import OwnTotal
from khuevan.registry.cutover.models import Cutover, Part
from khuevan.registry.cutover.rules import Count, Line
from khuevan.registry.cutover.selectors import reconciliation

WHY = "the demo's own schools"
SINCE = timedelta(days=5)
OFF = ((1, 0), (0, 1), (-2, -1))
"""By how much the school's own totals of its first classes are off: in all, and of girls."""
SENTENCE = "Số trên vnEdu chưa trừ một em chuyển đi đầu tháng, đã xem giấy chuyển trường"


@transaction.atomic
def move_over(*, today: date, school_id: int, now: datetime) -> None:
    """Let a school have begun to move over, with totals of which three differ; once."""
    clerk = clerk_of(school_id, today, now)
    if clerk is None or Cutover.objects.unscoped(because=WHY).exists():
        return
    begun = actions.begin(
        actor=clerk,
        school_id=school_id,
        product="VNEDU",
        on=today - SINCE,
        responsible=clerk.label,
        now=now,
    )
    lines = sorted(reconciliation(clerk, begun).classes, key=lambda line: (line.order, line.key))
    seated = [line for line in lines if line.is_there and line.recorded.total]
    off = dict(zip((line.key for line in seated), OFF, strict=False))
    totals = [_own(line, *off.get(line.key, (0, 0))) for line in seated]
    given: dict[str, Any] = {"actor": clerk, "uuid": begun.uuid, "now": now}
    actions.save_totals(**given, version=None, totals=totals)
    if seated:
        actions.explain(**given, part=Part.CLASS, key=seated[0].key, sentence=SENTENCE)


def _own(line: Line, surplus: int, girls: int) -> OwnTotal:
    total, female = line.recorded.total or 0, line.recorded.female or 0
    own = max(0, total + surplus)
    return OwnTotal(line.part, line.key, line.name, Count(own, min(own, max(0, female + girls))))
