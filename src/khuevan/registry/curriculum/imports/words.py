"""What the words of a school's lists mean, for lists of other apps as well."""

from __future__ import annotations

from datetime import date

from khuevan.kernel.actor import Actor, Permission
from khuevan.platform.sheets.api import Promises
from khuevan.registry.curriculum.imports.names import Names, languages_learnt, names_known
from khuevan.registry.curriculum.imports.standing import standing_at
from khuevan.registry.schools.api import AcademicYear


def names_at(
    *,
    actor: Actor,
    unit_id: int,
    year: AcademicYear,
    on: date,
    promises: Promises,
    permission: Permission,
) -> Names:
    """Return what the words of a list mean at a school; as many queries whatever it has."""
    standing = standing_at(actor, unit_id, year, on, permission)
    return names_known(
        unit_id,
        members=standing.members,
        rooms=standing.rooms,
        learnt=languages_learnt([*standing.parts, *standing.given]),
        given=standing.given,
        promises=promises,
    )
