"""What follows for averages when two records of one pupil become one, or are taken apart."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from khuevan.school.gradebooks.actions.reckoning import refresh_results
from khuevan.school.gradebooks.models import Gradebook

BECAUSE = "gradebooks in which marks of two pupils the caller reached changed hands"
RECKONED = "TT22-2021"
"""Results by older circulars are kept as they were written."""


def refresh_moved(students: Collection[int], moved: Mapping[str, list[Any]]) -> None:
    """Reckon the averages of pupils anew in the gradebooks whose marks changed hands."""
    books = {key[0] for key in moved.get("gradebooks.Mark.student", [])}
    rows = Gradebook.objects.unscoped(because=BECAUSE).filter(pk__in=books, regulation=RECKONED)
    for book in rows.order_by("pk"):
        refresh_results(book, students)
