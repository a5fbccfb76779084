"""Who may give what, what may be delegated, and what the levels of an area amount to. No tables."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from khuevan.kernel.actor import Level, Permission
from khuevan.kernel.periods import Days, days_without, shared_days

LEVELS: tuple[Level, ...] = ("view", "record", "approve", "manage")
NONE, CUSTOM = "none", "custom"

LONGEST_SUPPORT = timedelta(hours=2)
LONGEST_DELEGATION = timedelta(days=366)
SHORTEST_REASON = 10
"""Letters; fewer explain nothing to whoever reads the log."""


# --- giving


def covers(codes: Collection[str], holds: Callable[[str], bool]) -> bool:
    """Return whether somebody holds all of these permissions."""
    return all(holds(code) for code in sorted(codes))


# --- delegation


class DelegationFault(StrEnum):
    """Why a delegation is refused (Decree 30/2020, article 13)."""

    NO_ROLES = "NO_ROLES"
    TO_ONESELF = "TO_ONESELF"
    NOT_OWN = "NOT_OWN"
    PERIOD = "PERIOD"
    PAST = "PAST"
    TOO_LONG = "TOO_LONG"
    NO_INSTRUMENT = "NO_INSTRUMENT"
    OTHER_UNIT = "OTHER_UNIT"
    NOT_DEPUTY = "NOT_DEPUTY"
    NOT_DIVISION_HEAD = "NOT_DIVISION_HEAD"
    NO_REASON = "NO_REASON"


@dataclass(frozen=True, slots=True)
class DelegationPlan:
    """What somebody wants to delegate, as plain facts."""

    kind: str
    from_person: int
    to_person: int
    roles: int
    all_own: bool
    same_unit: bool
    instrument: str
    reason: str
    starts_on: date
    ends_on: date
    to_deputy: bool = False
    """Whether it goes from the head of a unit to their own deputy."""
    to_division_head: bool = False
    """Whether it goes from the head of a unit to the head of a division of it."""


def delegation_faults(plan: DelegationPlan, *, today: date) -> list[DelegationFault]:
    """Return everything that is wrong with a delegation."""
    checks = {
        DelegationFault.NO_ROLES: plan.roles == 0,
        DelegationFault.TO_ONESELF: plan.from_person == plan.to_person,
        DelegationFault.NOT_OWN: not plan.all_own,
        DelegationFault.PERIOD: plan.ends_on <= plan.starts_on,
        DelegationFault.PAST: plan.starts_on < today,
        DelegationFault.TOO_LONG: plan.ends_on - plan.starts_on > LONGEST_DELEGATION,
        # TUQ must be in writing; KT, TL and an absence stay within one organization.
        DelegationFault.NO_INSTRUMENT: plan.kind == "TUQ" and not plan.instrument.strip(),
        DelegationFault.OTHER_UNIT: plan.kind != "TUQ" and not plan.same_unit,
        DelegationFault.NOT_DEPUTY: plan.kind == "KT" and not plan.to_deputy,
        DelegationFault.NOT_DIVISION_HEAD: plan.kind == "TL" and not plan.to_division_head,
        DelegationFault.NO_REASON: not plan.reason.strip(),
    }
    return [fault for fault, is_wrong in checks.items() if is_wrong]


def is_under(
    heads: Collection[str], others: Collection[str], *, under: Mapping[str, Collection[str]]
) -> bool:
    """Return whether one of the others' roles stands under one of the heads' roles."""
    return any(not set(under.get(head, ())).isdisjoint(others) for head in heads)


def delegated_period(
    *, own: tuple[date, date | None], given: tuple[date, date]
) -> tuple[date, date] | None:
    """Return the part of a delegation during which the delegator holds the role; None for none."""
    starts_on = max(own[0], given[0])
    ends_on = min(own[1], given[1]) if own[1] else given[1]
    return (starts_on, ends_on) if starts_on < ends_on else None


# --- a new password that two persons answer for

Opening = tuple[str, Hashable]
"""A permission on pupils at a place; a place of None is one that nobody can answer for."""


class Receiver(StrEnum):
    """Who of the two is shown the one-time password."""

    REQUESTER = "REQUESTER"
    CONFIRMER = "CONFIRMER"


class ResetFault(StrEnum):
    """Why somebody can't confirm a request for a password."""

    SAME_PERSON = "SAME_PERSON"
    OWN_ACCOUNT = "OWN_ACCOUNT"
    NOT_THEIRS = "NOT_THEIRS"


@dataclass(frozen=True, slots=True)
class Key:
    """What a person's password opens: permissions on pupils, and staff roles by their number."""

    owner: int
    opens: frozenset[Opening] = frozenset()
    staff: frozenset[tuple[int, Hashable]] = frozenset()

    @property
    def places(self) -> frozenset[Hashable]:
        """Return all places at which it opens anything."""
        return frozenset(place for _, place in (*self.opens, *self.staff))


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two persons, as far as the key goes."""

    persons: frozenset[int]
    """Themselves, and on whose behalf they act."""
    holds: frozenset[Opening] = frozenset()
    manages: frozenset[int] = frozenset()
    """The staff roles of the owner that they could give or hold themselves."""
    answers: frozenset[Hashable] = frozenset()
    """Places at which they may confirm."""
    above: frozenset[Hashable] = frozenset()
    """Places at which they may confirm from a unit above."""


def receiver(key: Key, requester: Side) -> Receiver:
    """Return who is shown the password: whoever asks may learn where, never what they lack.

    Somebody who holds a permission on pupils nowhere in the key must not get it by asking.
    """
    kinds = {code for code, _ in key.opens}
    held = {code for code, _ in key.opens & requester.holds}
    return Receiver.REQUESTER if kinds == held else Receiver.CONFIRMER


def reset_fault(key: Key, requester: Side, confirmer: Side) -> ResetFault | None:
    """Return why this person can't confirm what that one asks; None when they can."""
    if requester.persons & confirmer.persons:
        return ResetFault.SAME_PERSON
    if key.owner in requester.persons | confirmer.persons:
        return ResetFault.OWN_ACCOUNT
    missing = key.opens - requester.holds
    unmanaged = {(grant, place) for grant, place in key.staff if grant not in requester.manages}
    places = {place for _, place in (*missing, *unmanaged)}
    seen = {place for _, place in missing & confirmer.holds}
    fits = (
        bool(places)
        and places <= confirmer.answers
        and {place for _, place in missing} <= seen
        and all(
            grant in confirmer.manages or place in confirmer.above for grant, place in unmanaged
        )
    )
    if receiver(key, requester) is Receiver.CONFIRMER:
        fits = fits and key.opens <= confirmer.holds and key.places <= confirmer.answers
    return None if fits else ResetFault.NOT_THEIRS


# --- roles as levels


@dataclass(frozen=True, slots=True)
class Area:
    """A group of permissions that a role holds up to a level."""

    code: str
    permissions: tuple[Permission, ...] = field(default=())

    def up_to(self, level: str) -> frozenset[str]:
        """Return the codes of a level and of those below it."""
        if level not in LEVELS:
            return frozenset()
        highest = LEVELS.index(level)
        return frozenset(p.code for p in self.permissions if LEVELS.index(p.level) <= highest)

    def levels(self) -> list[Level]:
        """Return the levels at which something is added."""
        return [level for level in LEVELS if any(p.level == level for p in self.permissions)]

    def level_of(self, held: Collection[str]) -> str:
        """Return the level that the held codes amount to, or CUSTOM for a choice of their own."""
        mine = frozenset(p.code for p in self.permissions if p.code in held)
        if not mine:
            return NONE
        return next((level for level in self.levels() if self.up_to(level) == mine), CUSTOM)


def areas(permissions: Iterable[Permission]) -> list[Area]:
    """Return the permissions by the part of the code before the first dot, in order."""
    grouped: dict[str, list[Permission]] = {}
    for permission in permissions:
        grouped.setdefault(permission.code.split(".")[0], []).append(permission)
    return [Area(code, tuple(found)) for code, found in sorted(grouped.items())]


def with_levels(
    held: Collection[str], chosen: Mapping[str, str], all_areas: Iterable[Area]
) -> frozenset[str]:
    """Return the codes a role holds once some areas are set to a level; the rest stays."""
    result = set(held)
    for area in all_areas:
        level = chosen.get(area.code, CUSTOM)
        if level == CUSTOM:
            continue
        result -= {permission.code for permission in area.permissions}
        result |= area.up_to(level)
    return frozenset(result)


OPERATOR_ONLY = ("operator",)


def only_the_operators(permission: Permission) -> bool:
    """Return whether a permission is declared for the operator of the server and nobody else."""
    return permission.roles == OPERATOR_ONLY


SUPPORT_HAT = "support"


def never_of(hat: str, permission: Permission) -> bool:
    """Return whether no role of a hat may hold a permission: support looks, and lets nobody in."""
    return hat == SUPPORT_HAT and permission.passes_on


def without_never(hat: str, codes: Collection[str], known: Iterable[Permission]) -> frozenset[str]:
    """Return what a role of a hat amounts to, whatever its row says."""
    if hat != SUPPORT_HAT:
        return frozenset(codes)
    return frozenset(codes) - {one.code for one in known if never_of(hat, one)}


def not_theirs_to_add(
    before: Collection[str],
    after: Collection[str],
    known: Iterable[Permission],
    holds: Callable[[str], bool],
) -> list[Permission]:
    """Return what somebody would put into a role, but holds not themselves or nobody may."""
    added = set(after) - set(before)
    return [
        permission
        for permission in known
        if permission.code in added
        and (only_the_operators(permission) or not holds(permission.code))
    ]


# --- devices

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("coc_coc", "Cốc Cốc"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android", True),
    ("iPhone", "iPhone", True),
    ("iPad", "iPad", True),
    ("Windows", "Windows", False),
    ("CrOS", "ChromeOS", False),
    ("Macintosh", "macOS", False),
    ("Linux", "Linux", False),
)


@dataclass(frozen=True, slots=True)
class DeviceWords:
    """What a browser says of itself, in names people know; empty for what it does not say."""

    browser: str
    system: str
    is_mobile: bool


def device_words(user_agent: str) -> DeviceWords:
    """Return the names in a browser's own description: a help to recognize it, no proof."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    found = ((name, mobile) for mark, name, mobile in _SYSTEMS if mark in user_agent)
    system, is_mobile = next(found, ("", False))
    return DeviceWords(browser, system, is_mobile)


# --- periods of grants that follow from facts


@dataclass(frozen=True, slots=True)
class Fit:
    """What becomes of periods that stand: each with its new days, or None when it never held."""

    kept: tuple[Days | None, ...]
    new: tuple[Days, ...]


def fit_periods(held: Iterable[Days], wanted: Iterable[Days], *, on: date) -> Fit:
    """Let periods cover exactly the wanted days from a day on; what lies before stays.

    The held ones don't overlap, nor do the wanted ones.
    """
    ahead = [part for one in wanted if (part := shared_days(one, (on, None)))]
    kept: list[Days | None] = []
    new: list[Days] = []
    bare = list(ahead)
    for start, end in held:
        begins = max(start, on)
        parts = [part for one in ahead if (part := shared_days((begins, end), one))]
        if parts and parts[0][0] == begins:
            kept.append((start, parts.pop(0)[1]))
        elif start < on:
            kept.append((start, on if end is None else min(end, on)))
        else:
            kept.append(None)
        new += parts
        bare = days_without(bare, (begins, end)) if end is None or begins < end else bare
    for start, end in bare:
        joined = next((i for i, one in enumerate(kept) if one and one[1] == start), None)
        if joined is None:
            new.append((start, end))
        else:
            kept[joined] = (kept[joined][0], end)  # type: ignore[index]  # just found to be one
    return Fit(tuple(kept), tuple(sorted(new, key=lambda one: one[0])))
