"""Grants that follow from facts. Steps inside the transactions of the apps that write the facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from uuid import uuid4

from django.db.models import F, Q, Value
from django.db.models.functions import Greatest

from khuevan.kernel.periods import not_over
from khuevan.platform.access.models import Grant, GrantSource, Role
from khuevan.platform.access.rules import fit_periods
from khuevan.platform.audit.api import write_new


@dataclass(frozen=True, slots=True)
class GrantSpec:
    """A grant that follows from a fact. `source_key` names the fact ("staff.appointment:12")."""

    person_id: int
    role_code: str
    source_key: str
    starts_on: date
    ends_on: date | None = None
    unit_id: int | None = None
    class_id: int | None = None
    anchor_person_id: int | None = None
    home_unit_id: int | None = None

    def during(self, starts_on: date, ends_on: date | None) -> GrantSpec:
        """Return the same grant for another period."""
        return replace(self, starts_on=starts_on, ends_on=ends_on)

    def grant(self, role_ids: Mapping[str, int]) -> Grant:
        """Return the row to be written."""
        return Grant(
            person_id=self.person_id,
            role_id=role_ids[self.role_code],
            anchor_unit_id=self.unit_id,
            anchor_class_id=self.class_id,
            anchor_person_id=self.anchor_person_id,
            home_unit_id=self.home_unit_id,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            source=GrantSource.DERIVED,
            source_key=self.source_key,
        )


def derive_grants(specs: Iterable[GrantSpec]) -> int:
    """Write the grants that follow from facts; a step inside the caller's transaction."""
    role_ids = dict(Role.objects.values_list("code", "id"))
    grants = [spec.grant(role_ids) for spec in specs]
    return len(write_new(grants))


def end_derived_grants(*, source_key: str, on: date) -> int:
    """End the grants of a fact that ends, also those that would have ended later.

    What was delegated from them ends too. A step inside the caller's transaction.
    """
    own = Grant.objects.unscoped(because="a fact ends the grants that follow from it").filter(
        source_key=source_key, source=GrantSource.DERIVED
    )
    end_rows(Q(delegated_from__in=own.values("pk")), on=on)
    return end_rows(Q(pk__in=own.values("pk")), on=on)


def set_derived_grants(specs: Iterable[GrantSpec], *, source_keys: Collection[str]) -> None:
    """Let the grants of these facts be exactly those that follow from them now.

    For facts that were changed, paused or taken back: what stands already is moved, what is
    missing written, and what no longer follows never holds. What was delegated from a grant ends
    when that does. A step inside the caller's transaction.
    """
    role_ids = dict(Role.objects.values_list("code", "id"))
    wanted: defaultdict[_Which, list[Grant]] = defaultdict(list)
    for spec in specs:
        grant = spec.grant(role_ids)
        wanted[_which(grant)].append(grant)
    standing: defaultdict[_Which, list[Grant]] = defaultdict(list)
    for grant in _locked(source_keys):
        standing[_which(grant)].append(grant)
    new: list[Grant] = []
    for which in wanted.keys() | standing.keys():
        ordered = sorted(wanted[which], key=lambda grant: grant.starts_on)
        for old, now in zip_longest(standing[which], ordered):
            if old is None:
                new.append(now)
            else:
                _redate(old, now)
    write_new(new)


_Which = tuple[str, int, int, int | None, int | None, int | None, int | None]


def _which(grant: Grant) -> _Which:
    """Return what two grants share that differ in their periods alone."""
    return (
        grant.source_key,
        grant.person_id,
        grant.role_id,
        grant.anchor_unit_id,
        grant.anchor_class_id,
        grant.anchor_person_id,
        grant.home_unit_id,
    )


def _locked(source_keys: Collection[str]) -> list[Grant]:
    """Return the grants of facts that ever hold, by their first day."""
    rows = Grant.objects.unscoped(because="a fact decides what follows from it").filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
        source_key__in=source_keys,
        source=GrantSource.DERIVED,
    )
    return list(rows.select_for_update(no_key=True, of=("self",)).order_by("starts_on", "id"))


def _redate(grant: Grant, wanted: Grant | None) -> None:
    """Give a grant the period of the one it should be; without one it never holds."""
    starts_on = wanted.starts_on if wanted else grant.starts_on
    ends_on = wanted.ends_on if wanted else grant.starts_on
    if (grant.starts_on, grant.ends_on) == (starts_on, ends_on):
        return
    grant.starts_on, grant.ends_on = starts_on, ends_on
    grant.save(update_fields=["starts_on", "ends_on"])
    if ends_on is not None:
        end_rows(Q(delegated_from=grant), on=ends_on)


def date_derived_grants(ends: Mapping[str, date | None]) -> int:
    """Let the grants of facts end on other days: by source key, None for not at all.

    For facts that still hold and whose natural end is known anew. A step inside the caller's
    transaction.
    """
    rows = (
        Grant.objects.unscoped(because="a fact decides when the grants that follow from it end")
        .filter(source_key__in=ends, source=GrantSource.DERIVED)
        .select_for_update(no_key=True, of=("self",))
        .order_by("source_key", "-starts_on", "-id")
    )
    changed: list[Grant] = []
    latest = ""
    for grant in rows:
        wanted, stands = ends[grant.source_key], grant.ends_on
        is_latest, latest = grant.source_key != latest, grant.source_key
        if not is_latest and (wanted is None or (stands is not None and stands <= wanted)):
            continue
        grant.ends_on = wanted and max(grant.starts_on, wanted)
        if grant.ends_on != stands:
            changed.append(grant)
    machine = Grant.objects.unscoped(because="the rows locked above")
    return machine.bulk_update(changed, ["ends_on"], batch_size=1000)


def fit_derived_grants(wanted: Mapping[str, Sequence[GrantSpec]], *, on: date) -> None:
    """Let the grants of facts hold in exactly these periods from a day on, by source key.

    What held before the day stays as it was; a grant that was to begin later and no longer does
    goes. A step inside the caller's transaction.
    """
    rows = (
        Grant.objects.unscoped(because="a fact decides when the grants that follow from it hold")
        .filter(source_key__in=wanted, source=GrantSource.DERIVED)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
        .select_for_update(no_key=True, of=("self",))
        .order_by("source_key", "starts_on", "id")
    )
    held: dict[str, list[Grant]] = defaultdict(list)
    for grant in rows:
        held[grant.source_key].append(grant)
    new: list[GrantSpec] = []
    for key, specs in wanted.items():
        new += _fit(held[key], specs, on=on)
    derive_grants(new)


def _fit(held: Sequence[Grant], specs: Sequence[GrantSpec], *, on: date) -> list[GrantSpec]:
    """Change the grants of one fact and return those it still lacks."""
    fit = fit_periods(
        [(grant.starts_on, grant.ends_on) for grant in held],
        [(spec.starts_on, spec.ends_on) for spec in specs],
        on=on,
    )
    for grant, days in zip(held, fit.kept, strict=True):
        ends_on = days[1] if days else grant.starts_on
        if ends_on != grant.ends_on:
            if ends_on is not None:
                end_rows(Q(delegated_from=grant.pk), on=ends_on)
            grant.ends_on = ends_on
            grant.save(update_fields=["ends_on"])
    return [replace(specs[0], starts_on=start, ends_on=end) for start, end in fit.new]


def move_derived_grants(*, source_keys: Collection[str], home_unit_id: int | None, on: date) -> int:
    """Let another unit, or none, know the holders of these grants from a day on.

    What they allow stays as it is. A step inside the caller's transaction.
    """
    rows = (
        Grant.objects.unscoped(because="a fact moves, and with it who knows the grants' holders")
        .filter(source_key__in=source_keys, source=GrantSource.DERIVED)
        .filter(not_over(on))
        .exclude(home_unit_id=home_unit_id)
        .order_by("id")
    )
    listed = list(rows.select_for_update(no_key=True, of=("self",)))
    for grant in listed:
        _move(grant, home_unit_id, on=on)
    return len(listed)


def _move(grant: Grant, home_unit_id: int | None, *, on: date) -> None:
    """Split a grant at the day; one that begins then just goes, joined to what it continues."""
    if grant.starts_on < on:
        later, ends_on = copy(grant), grant.ends_on
        grant.ends_on = on
        grant.save(update_fields=["ends_on"])
        later.pk, later.uuid, later.starts_on, later.ends_on = None, uuid4(), on, ends_on
        later.home_unit_id = home_unit_id
        later.save(force_insert=True)
        return
    earlier = (
        Grant.objects.unscoped(because="the same fact's grant up to the day")
        .filter(source_key=grant.source_key, person_id=grant.person_id, role_id=grant.role_id)
        .filter(ends_on=grant.starts_on, home_unit_id=home_unit_id)
        .exclude(pk=grant.pk)
        .first()
    )
    if earlier is None:
        grant.home_unit_id = home_unit_id
        grant.save(update_fields=["home_unit_id"])
        return
    earlier.ends_on = grant.ends_on
    grant.delete()
    earlier.save(update_fields=["ends_on"])


def end_rows(which: Q, *, on: date) -> int:
    """End these grants on a day unless they end before it; one that had not begun never holds."""
    return (
        Grant.objects.unscoped(because="the caller found these grants in its own scope")
        .filter(which)
        .filter(not_over(on))
        .update(ends_on=Greatest(F("starts_on"), Value(on)))
    )
