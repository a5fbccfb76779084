"""A school begins to move over."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.vietnamese import normalize
from khuevan.registry.cutover import audit_codes
from khuevan.registry.cutover.actions.doors import note
from khuevan.registry.cutover.errors import AlreadyMovingOver, DayUnfit
from khuevan.registry.cutover.models import LIVE, Cutover, Product
from khuevan.registry.cutover.permissions import RUN_CUTOVERS
from khuevan.registry.schools.api import academic_year_on


@transaction.atomic
def begin(
    *,
    actor: Actor,
    school_id: int,
    product: str,
    on: date,
    responsible: str,
    now: datetime,
) -> Cutover:
    """Begin a school's move-over; lists loaded from now on count in by themselves.

    :raises NotFound: when the school is not the actor's
    :raises DayUnfit: when the day lies ahead, or outside the school year
    :raises AlreadyMovingOver: when one goes on
    """
    if school_id not in actor.reach(RUN_CUTOVERS, "school"):
        raise NotFound
    year = academic_year_on(actor.today)
    if year is None or not year.starts_on <= on <= actor.today:
        raise DayUnfit(year=str(year or "–"))
    rows = Cutover.objects.visible_to(actor, RUN_CUTOVERS).filter(school_id=school_id)
    if rows.filter(state__in=LIVE).exists():
        raise AlreadyMovingOver
    cutover = Cutover(
        school_id=school_id,
        academic_year=year,
        product=Product(product),
        on=on,
        responsible=normalize(responsible)[:180],
        begun_at=now,
        begun_by=actor.label[:200],
    )
    try:
        with transaction.atomic():
            cutover.save(force_insert=True)
    except IntegrityError as error:  # another press, at the same moment
        raise AlreadyMovingOver from error
    note(audit_codes.BEGUN, cutover, actor=actor, now=now, product=product, on=str(on))
    return cutover
