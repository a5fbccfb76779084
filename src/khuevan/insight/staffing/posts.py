"""Which post a subject is taught from: a row of the table of teachers, and not always one subject.

In a primary class one teacher gives most subjects, so they make one post; in lower secondary
schools teachers of physics, chemistry and biology give natural science together, those of history
and of geography theirs; for a few subjects nobody is trained, and who gives them is needed as a
teacher of something else. `data/posts.csv` says which.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from khuevan.kernel.language import in_language
from khuevan.kernel.rule_rows import RuleRow, rule_rows
from khuevan.registry.staff.api import subject_label

DATA = Path(__file__).parent / "data"
TOGETHER, SHARED = "TOGETHER", "SHARED"
NO_SUBJECT = ""
"""The post of a teacher of whom no subject is recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRow(RuleRow):
    """Subjects of a level that one post gives together, or that others' posts share."""

    level: str
    code: str
    kind: str
    name: str
    name_en: str
    subjects: str

    @property
    def names(self) -> tuple[str, ...]:
        """Return its subjects."""
        return tuple(self.subjects.split(";"))


@dataclass(frozen=True, slots=True)
class Posts:
    """The posts of a day."""

    on: date

    def of(self, level: str, subject: str) -> str:
        """Return the post from which a subject of a level is taught."""
        row = self._row(level, subject, TOGETHER)
        return row.code if row else subject

    def is_shared(self, level: str, subject: str) -> bool:
        """Return whether teachers of other subjects give this one."""
        return self._row(level, subject, SHARED) is not None

    def subjects_of(self, level: str, post: str) -> tuple[str, ...] | None:
        """Return the subjects of a post of several; None where it is a subject itself."""
        for row in rule_rows(DATA / "posts.csv", PostRow):
            if (row.level, row.code, row.kind) == (level, post, TOGETHER) and row.holds(self.on):
                return row.names
        return None

    def _row(self, level: str, subject: str, kind: str) -> PostRow | None:
        for row in rule_rows(DATA / "posts.csv", PostRow):
            if (row.level, row.kind) == (level, kind) and subject in row.names:
                return row if row.holds(self.on) else None
        return None


def post_label(post: str) -> str:
    """Return what a post is called in the reader's language."""
    if post == NO_SUBJECT:
        return _("No subject recorded")
    for row in rule_rows(DATA / "posts.csv", PostRow):
        if row.code == post:
            return in_language(row.name, row.name_en)
    return subject_label(post)
