"""Who may hand over the key of whose account: a password is as much as the records behind it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import date

from django.utils.translation import gettext as _

from khuevan.kernel.actor import Actor, permissions
from khuevan.kernel.periods import not_over
from khuevan.platform.access.actions.grants import (
    Place,
    holds_at,
    may_manage,
    place_of,
    stands_above,
)
from khuevan.platform.access.actions.roles import starting_permissions
from khuevan.platform.access.actor import Hat
from khuevan.platform.access.errors import SeesPupils
from khuevan.platform.access.models import Delegation, Grant, Role
from khuevan.platform.access.permissions import CONFIRM_RESETS, MANAGE_USERS, OPEN_SUPPORT
from khuevan.platform.access.roles import FAMILY_HATS
from khuevan.platform.access.rules import Key, Opening, Side
from khuevan.platform.accounts.api import Person
from khuevan.platform.organizations.api import UnitKind, unit_kind

PUPIL_APPS = frozenset({"students", "people"})
"""The apps whose permissions open something of a pupil, figures included."""


def require_may_issue(actor: Actor, person: Person) -> None:
    """Refuse whoever could read pupils by signing in as a person, but not as themselves.

    The operator of the server is the last resort; what they do is in the log.

    :raises SeesPupils: with whom to ask
    """
    if is_operator(actor):
        return
    roles: dict[int, frozenset[str]] = {}
    for grant in _now_or_later(person, actor):
        codes = roles.setdefault(grant.role_id, pupil_codes(grant.role))
        if codes and not _holds_all(actor, codes, _places(grant, actor)):
            raise SeesPupils(person=person.full_name, ask=_whom_to_ask(grant))


def key_of(person: Person, actor: Actor) -> Key:
    """Return what a person's password opens, now or later, as plain facts."""
    opens: set[Opening] = set()
    staff: set[tuple[int, Hashable]] = set()
    for grant in _now_or_later(person, actor):
        places: list[Place | None] = [*_places(grant, actor)] or [None]
        opens |= {(code, at) for code in pupil_codes(grant.role) for at in places}
        if grant.role.hat not in FAMILY_HATS:
            staff.add((grant.pk, place_of(grant)))
    return Key(person.pk, frozenset(opens), frozenset(staff))


def side_of(actor: Actor, key: Key) -> Side:
    """Return what an actor holds and may answer for of what somebody's password opens."""
    rows = Grant.objects.unscoped(because="which roles of the owner are the actor's to manage")
    held = rows.filter(pk__in=[pk for pk, _ in key.staff]).select_related("role")
    places = {at for at in key.places if isinstance(at, Place)}
    return Side(
        persons=persons_of(actor),
        holds=frozenset(
            (code, at)
            for code, at in key.opens
            if isinstance(at, Place) and holds_at(actor, code, at)
        ),
        manages=frozenset(grant.pk for grant in held if may_manage(actor, [grant]) is None),
        answers=frozenset(
            at for at in places if at.unit_id in actor.reach(CONFIRM_RESETS, "school")
        ),
        above=frozenset(at for at in places if stands_above(actor, CONFIRM_RESETS, at)),
    )


def persons_of(actor: Actor) -> frozenset[int]:
    """Return the acting person, and on whose behalf they act."""
    hat: Hat | None = getattr(actor, "hat", None)
    persons = {actor.person_id} - {None}
    if hat is not None and hat.delegation_id is not None:
        rows = Delegation.objects.unscoped(because="on whose behalf does the actor act?")
        persons |= set(rows.filter(pk=hat.delegation_id).values_list("from_person_id", flat=True))
    return frozenset(one for one in persons if one is not None)


def is_operator(actor: Actor) -> bool:
    """Return whether the actor runs the program on the server and keeps accounts there."""
    return (
        actor.person_id is None
        and not actor.is_signed_in
        and actor.reach(MANAGE_USERS, "school").everything
    )


def pupil_codes(role: Role) -> frozenset[str]:
    """Return a role's permissions on pupils' records: those it has and those it began with.

    Taking them off a role for a moment so opens no account. A support engineer's role counts as
    the sessions that it opens.
    """
    codes = _codes(role)
    if OPEN_SUPPORT.code in codes:
        for session in Role.objects.filter(code="support_session"):
            codes |= _codes(session)
    return frozenset(code for code in codes if code.split(".")[0] in PUPIL_APPS)


def _codes(role: Role) -> set[str]:
    return {*role.permissions, *starting_permissions(role.code)}


def _holds_all(actor: Actor, codes: Iterable[str], places: list[Place]) -> bool:
    return bool(places) and all(
        holds_at(actor, code, at) for code in sorted(codes) for at in places
    )


def opened_by(person: Person, *, on: date) -> set[str]:
    """Return what a person's password opens, now or later, as words to keep and compare.

    Rights on pupils and those that let others in, each with the unit where they hold.
    """
    return {
        f"{code}@{grant.anchor_unit_id or grant.home_unit_id or 0}"
        for grant in _in_force_or_later(person, on=on)
        for code in pupil_codes(grant.role) | _lets_in(grant.role)
    }


def _lets_in(role: Role) -> frozenset[str]:
    return frozenset(
        code for code in role.permissions if code in permissions and permissions.get(code).passes_on
    )


def _now_or_later(person: Person, actor: Actor) -> Iterable[Grant]:
    """Return the grants that hold or will: a password issued today still works then."""
    return _in_force_or_later(person, on=actor.today)


def _in_force_or_later(person: Person, *, on: date) -> Iterable[Grant]:
    return (
        Grant.objects.unscoped(because="what a password opens is asked before it is issued")
        .filter(not_over(on), person_id=person.pk)
        .select_related("role")
        .order_by("id")
    )


def _places(grant: Grant, actor: Actor) -> list[Place]:
    """Return where a grant opens records: its unit or class, or the schools of the child."""
    if grant.anchor_person_id is None:
        unit_id = grant.anchor_unit_id or grant.home_unit_id
        return [] if unit_id is None else [Place(unit_id, grant.anchor_class_id)]
    schools = (
        Grant.objects.unscoped(because="which schools know the child, before records are opened")
        .filter(not_over(actor.today))
        .filter(person_id=grant.anchor_person_id, role__code="student", home_unit__isnull=False)
        .values_list("home_unit_id", flat=True)
    )
    found = {*schools, grant.home_unit_id} - {None}
    return [Place(unit_id) for unit_id in sorted(one for one in found if one is not None)]


def whom_to_ask(person: Person, actor: Actor) -> str:
    """Return whom to ask when nobody on the pages may answer for an account."""
    grants = [grant for grant in _now_or_later(person, actor) if pupil_codes(grant.role)]
    return _whom_to_ask(grants[0]) if grants else _("the operator of the server")


def _whom_to_ask(grant: Grant) -> str:
    unit_id = grant.anchor_unit_id or grant.home_unit_id
    is_head = grant.role.hat in {"principal", "officer", "admin", "protection", "support"}
    if grant.role.hat in FAMILY_HATS:
        return _("the office of the pupil's school, or the operator of the server")
    if is_head or unit_id is None or unit_kind(unit_id) != UnitKind.SCHOOL:
        return _("the department's director, who has the operator of the server do it")
    return _("the principal of the school")
