"""Who is told what concerns a pupil's choice: the pupil and the family, where they sign in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from khuevan.kernel.periods import in_force, not_over
from khuevan.platform.accounts.api import User
from khuevan.registry.students.api import Guardianship

BECAUSE = "who is to know of a pupil's choice"


def families_of(person_ids: Collection[int], *, on: date) -> dict[int, set[int]]:
    """Return who signs in for each pupil: pupil and guardians, without whom a paper keeps out."""
    rows = Guardianship.objects.unscoped(because=BECAUSE)
    limited = rows.filter(in_force(on, "limits"), student_person_id__in=person_ids)
    told = rows.filter(not_over(on), student_person_id__in=person_ids)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for person_id in person_ids:
        found[person_id].add(person_id)
    for pupil_id, guardian_id in told.exclude(pk__in=limited.values("pk")).values_list(
        "student_person_id", "guardian_id"
    ):
        found[pupil_id].add(guardian_id)
    everybody = {one for people in found.values() for one in people}
    users = User.objects.unscoped(because=BECAUSE).filter(person_id__in=everybody)
    signing_in = set(users.values_list("person_id", flat=True))
    return {pupil_id: people & signing_in for pupil_id, people in found.items()}
