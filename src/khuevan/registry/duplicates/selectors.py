"""Reading pairs and merges for somebody: only those of whom both are in reach."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.periods import not_over
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.platform.accounts.api import Person
from khuevan.platform.jobs.api import last_done
from khuevan.registry.duplicates.models import DuplicatePair, PairKind, PairState, PersonMerge
from khuevan.registry.duplicates.permissions import SETTLE_PAIRS, VIEW_PAIRS
from khuevan.registry.people.api import KEPT_BY, VIEW_PERSONS, persons, through_roles
from khuevan.registry.students.api import Enrollment, Guardianship

FIND = "duplicates.find"
"""The work that looks through everybody recorded."""
_OF_THE_OTHER = through_roles("other_id")
_WHY = "narrows pairs that the actor reaches"


def looked_for_at() -> datetime | None:
    """Return when everybody was last looked through; the newest pair tells if no job does."""
    newest = DuplicatePair.objects.unscoped(because="when, and not whom").order_by("-found_at")
    found: datetime | None = newest.values_list("found_at", flat=True).first()
    return last_done(FIND) or found


def pairs(actor: Actor, permission: Permission = VIEW_PAIRS) -> ScopedQuerySet[DuplicatePair]:
    """Return the pairs that are the actor's to settle, and those made one within reach.

    The actor answers for all that hangs on both: pupils mainly study in reach, colleagues mainly
    work there, and no child of a guardian studies elsewhere (docs/adr/0008). A pair that waits is
    none while one of the two is given up.
    """
    others = DuplicatePair.objects.get_queryset()
    others = others.visible_through(_OF_THE_OTHER, actor, permission)
    rows = DuplicatePair.objects.visible_to(actor, permission)
    rows = rows.filter(_is_answered_for(actor, permission), pk__in=others.values("pk"))
    gone = PersonMerge.objects.unscoped(because=_WHY).filter(undone_at__isnull=True)
    given_up = Q(one__in=gone.values("given_up")) | Q(other__in=gone.values("given_up"))
    rows = rows.exclude(given_up & Q(state=PairState.OPEN))
    made = merges(actor, permission).filter(undone_at__isnull=True)
    every = DuplicatePair.objects.unscoped(because=_WHY)
    found: ScopedQuerySet[Any] = every.filter(
        Q(pk__in=rows.values("pk")) | Q(pk__in=made.values("pair"))
    )
    return found.select_related("one", "other")


def _is_answered_for(actor: Actor, permission: Permission) -> Q:
    reach = actor.reach(permission, "school")
    if reach.everything:
        return Q()
    people: ScopedQuerySet[Person] = Person.objects.get_queryset()
    own = people.visible_through(KEPT_BY, actor, permission).values("pk")
    elsewhere = Enrollment.objects.unscoped(because=_WHY)
    elsewhere = elsewhere.filter(not_over(actor.today), is_primary=True)
    elsewhere = elsewhere.exclude(school_id__in=reach.ids)
    children = Guardianship.objects.unscoped(because=_WHY).filter(
        ends_on__isnull=True, student__in=elsewhere.values("student")
    )
    kept = Q()
    for side in ("one", "other"):
        kept &= Q(**{f"{side}__in": own}) | Q(
            **{"kind": PairKind.GUARDIAN, f"{side}__staff_member__isnull": True}
        )
        kept &= ~Exists(children.filter(guardian=OuterRef(side)))  # type: ignore[assignment]  # Q
    return kept


def open_pairs(actor: Actor, person_ids: Collection[int]) -> list[DuplicatePair]:
    """Return the pairs of pupils that wait and of which one is among these people."""
    ids = list(person_ids)
    rows = pairs(actor).filter(state=PairState.OPEN, kind=PairKind.PUPIL)
    return list(rows.filter(Q(one__in=ids) | Q(other__in=ids)).order_by("-bits", "pk"))


def get_pair_for(actor: Actor, uuid: UUID, permission: Permission = VIEW_PAIRS) -> DuplicatePair:
    """Return a pair of which the actor reaches both.

    :raises NotFound: when there is none, or not for this actor
    """
    return pairs(actor, permission).one(uuid)


def merges(actor: Actor, permission: Permission = SETTLE_PAIRS) -> ScopedQuerySet[PersonMerge]:
    """Return what was made one of people in reach, where all schools it touched are in reach."""
    rows: ScopedQuerySet[Any] = PersonMerge.objects.visible_to(actor, permission)
    reach = actor.reach(permission, "school")
    if not reach.everything:
        rows = rows.filter(places__contained_by=sorted(reach.ids))
    return rows.select_related("kept", "given_up", "pair")


def merge_of(actor: Actor, pair: DuplicatePair) -> PersonMerge | None:
    """Return the merge in force of a pair the actor reached, if it was made one."""
    rows = merges(actor, VIEW_PAIRS).filter(pair=pair, undone_at__isnull=True)
    return rows.order_by("-at").first()


def where_now(actor: Actor, uuid: UUID) -> UUID | None:
    """Return the id under which a record that was given up stands now, within the actor's reach.

    The id of a person leads to the person, that of a pupil or a colleague to the kept one's.
    """
    standing = PersonMerge.objects.unscoped(because="narrowed to who is in reach below")
    standing = standing.filter(undone_at__isnull=True)
    for path in ("", "__student", "__staff_member"):
        kept = standing.filter(**{f"given_up{path}__uuid": uuid}).values_list("kept_id", flat=True)
        for permission in (VIEW_PERSONS, VIEW_PAIRS):
            rows = persons(actor, permission).filter(pk__in=list(kept))
            found: UUID | None = rows.values_list(f"{path}__uuid".lstrip("_"), flat=True).first()
            if found is not None:
                return found
    return None
