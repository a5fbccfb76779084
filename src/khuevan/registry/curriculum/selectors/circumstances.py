"""Reading what the norms and duties of a school depend on: its type, classes, levels and zone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from khuevan.registry.curriculum.norms import Circumstances
from khuevan.registry.curriculum.selectors.works import zone_on
from khuevan.registry.schools.api import HomeroomClass, School, facts_of
from khuevan.registry.staff.api import appointed_levels

BECAUSE = "how many classes a school has, which the caller reached"


def circumstances_of(
    school: School, on: date, levels: Collection[str] = (), *, classes: int | None = None
) -> dict[str, Circumstances]:
    """Return what norms depend on, by level; of the school's usual level under no name.

    The classes are counted where the caller doesn't say how many there are.
    """
    facts = facts_of([school.pk], on=on).get(school.pk)
    usual = facts.levels[-1] if facts and facts.levels else ""
    kind, zone = facts.school_type if facts else "", zone_on(school.pk, on)
    count = _classes(school, on) if classes is None else classes
    several = facts is not None and len(facts.levels) > 1
    own = facts.levels if facts else ()
    found = {
        level: Circumstances(level, kind, count, zone, of_several_levels=several)
        for level in {*levels, *own, usual}
    }
    return {**found, "": found[usual]}


def levels_owed(
    where: Mapping[str, Circumstances],
    taught: Mapping[int, str],
    member_ids: Collection[int],
    on: date,
) -> dict[int, tuple[str, bool]]:
    """Return by which level each owes, and whether by the professional title held.

    At a school of several levels that is the level of the title (article 3.4); where none is
    recorded, as at other schools, the level at which somebody teaches most.
    """
    by_lessons = {member_id: (level, False) for member_id, level in taught.items()}
    if not where[""].of_several_levels:
        return by_lessons
    appointed = appointed_levels(member_ids, on)
    by_title = {one: (level, True) for one, level in appointed.items() if level in where}
    return {**by_lessons, **by_title}


def _classes(school: School, on: date) -> int:
    rows = HomeroomClass.objects.unscoped(because=BECAUSE).filter(
        school=school, academic_year__starts_on__lte=on, academic_year__ends_on__gt=on
    )
    count: int = rows.count()
    return count
