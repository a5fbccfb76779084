"""A pupil's subjects out of gradebooks: which count, and what each came to. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from khuevan.school.assessments.api import Form, SubjectResult, Verdict
from khuevan.school.gradebooks.api import BookForm, Gradebook

JOINED = {"ARTS": "Nghệ thuật"}
"""What one result of several gradebooks is called, by the part of the programme."""
ALL = ""
"""The name of an arrangement that holds for all subjects."""

Values = Mapping[int, int | None]
"""A pupil's results of a period by gradebook: tenths, 1 and 0, nothing while incomplete."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject with one result: one gradebook, or several assessed by comment together."""

    key: int
    name: str
    form: Form
    books: tuple[int, ...]
    names: tuple[str, ...]
    counts: bool

    def result(self, values: Values, exempt: Collection[str] = ()) -> SubjectResult:
        """Return what it came to; incomplete while one of its gradebooks is."""
        own = [
            book
            for book, name in zip(self.books, self.names, strict=True)
            if ALL not in exempt and name not in exempt
        ]
        found = [values.get(book) for book in own]
        least = min((one for one in found if one is not None), default=None)
        value = None if None in found else least
        is_scored = self.form is Form.COMMENT_AND_SCORE
        said = Verdict.PASS if value else Verdict.FAIL
        return SubjectResult(
            id=self.name,
            form=self.form,
            average=value if is_scored else None,
            verdict=None if is_scored or value is None else said,
            is_exempt=not own,
            counts_in_overall=self.counts,
        )


def subjects_of(books: Iterable[Gradebook]) -> list[Subject]:
    """Return the subjects of a class's gradebooks in their order: scored ones, then the others."""
    groups: dict[str, list[Gradebook]] = {}
    for book in books:
        if book.form not in {BookForm.SCORE, BookForm.COMMENT}:
            continue
        is_joined = book.form == BookForm.COMMENT and book.component and book.counts_in_overall
        groups.setdefault(book.component if is_joined else str(book.pk), []).append(book)
    found = [_subject(one) for one in groups.values()]
    return sorted(found, key=lambda one: one.form is Form.COMMENT)


def _subject(books: Sequence[Gradebook]) -> Subject:
    first = books[0]
    names = tuple(one.subject_name for one in books)
    usual = ", ".join(names)
    return Subject(
        key=first.pk,
        name=usual if len(books) == 1 else JOINED.get(first.component, usual),
        form=Form.COMMENT_AND_SCORE if first.form == BookForm.SCORE else Form.COMMENT,
        books=tuple(one.pk for one in books),
        names=names,
        counts=first.counts_in_overall,
    )
