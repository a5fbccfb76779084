"""Whether the derived grants are what the facts say: each app tells what follows from its own.

Grants are written in the transaction of the fact, so a difference is a fault of the program or of
somebody who wrote into the database past it. `khuevan role check` tells, tests ask after histories.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from khuevan.kernel.registry import Registry
from khuevan.platform.access.actions.derived import GrantSpec
from khuevan.platform.access.models import Grant, GrantSource

FOREVER = date.max
Span = tuple[date, date]
_Which = tuple[str, int, str, int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class FactSource:
    """What follows from the facts of one app, whose keys begin so.

    `specs` tells the grants themselves; `ends` only until when each fact lets grants hold.
    """

    prefix: str
    specs: Callable[[], Iterable[GrantSpec]] | None = None
    ends: Callable[[], Iterable[tuple[str, date | None]]] | None = None


fact_sources: Registry[FactSource] = Registry("fact source")


@dataclass(frozen=True, slots=True)
class Difference:
    """A grant that is not what its fact says: whose, of which fact, held and wanted when."""

    source_key: str
    person_id: int
    role: str
    held: tuple[Span, ...]
    wanted: tuple[Span, ...]


def grants_differing(*, limit: int = 100) -> list[Difference]:
    """Return where derived grants are not what the facts say, at most so many."""
    return list(islice((one for source in fact_sources for one in _of(source)), limit))


def _of(source: FactSource) -> Iterator[Difference]:
    if source.specs is not None:
        yield from _unlike(source.prefix, source.specs())
    if source.ends is not None:
        yield from _outliving(source.prefix, dict(source.ends()))


def _unlike(prefix: str, specs: Iterable[GrantSpec]) -> Iterator[Difference]:
    wanted: defaultdict[_Which, list[Span]] = defaultdict(list)
    for spec in specs:
        which = (
            spec.source_key, spec.person_id, spec.role_code,
            spec.unit_id, spec.class_id, spec.anchor_person_id,
        )  # fmt: skip
        wanted[which].append((spec.starts_on, spec.ends_on or FOREVER))
    held: defaultdict[_Which, list[Span]] = defaultdict(list)
    for grant in _derived(prefix):
        which = (
            grant.source_key, grant.person_id, grant.role.code,
            grant.anchor_unit_id, grant.anchor_class_id, grant.anchor_person_id,
        )  # fmt: skip
        held[which].append((grant.starts_on, grant.ends_on or FOREVER))
    for which in sorted(wanted.keys() | held.keys(), key=str):
        spans = joined(held.get(which, ())), joined(wanted.get(which, ()))
        if spans[0] != spans[1]:
            yield Difference(which[0], which[1], which[2], *spans)


def _outliving(prefix: str, ends: dict[str, date | None]) -> Iterator[Difference]:
    for grant in _derived(prefix):
        end = ends.get(grant.source_key, grant.starts_on) or FOREVER
        span = (grant.starts_on, grant.ends_on or FOREVER)
        if span[1] > end and span[1] > span[0]:
            wanted = ((span[0], end),) if end > span[0] else ()
            yield Difference(grant.source_key, grant.person_id, grant.role.code, (span,), wanted)


def _derived(prefix: str) -> Iterator[Grant]:
    rows = Grant.objects.unscoped(because="whether grants are what the facts say").filter(
        source=GrantSource.DERIVED, source_key__startswith=prefix
    )
    return rows.select_related("role").order_by("id").iterator()


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the days of some periods as few periods: adjacent and overlapping ones are one."""
    found: list[Span] = []
    for starts, ends in sorted(span for span in spans if span[1] > span[0]):
        if found and starts <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((starts, ends))
    return tuple(found)
