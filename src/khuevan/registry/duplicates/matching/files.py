"""A file of people in, a file of the pairs that seem to be one person out."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.registry.duplicates.matching.finding import Proposal
from khuevan.registry.duplicates.matching.records import Record, record
from khuevan.registry.duplicates.matching.telling import reasons

NEEDED = ("id", "full_name")
COLUMNS = (
    *NEEDED,
    "birth_date",
    "sex",
    "personal_number",
    "guardian_name",
    "guardian_phone",
    "ward_code",
    "school_code",
)
PAIR_COLUMNS = ("id_a", "id_b", "score", "reasons")


class UnreadablePeople(DomainError):
    """The file of people can't be read."""

    code = "people.unreadable_people"
    message = _("%(file)s cannot be read: %(reason)s.")


class ColumnMissing(DomainError):
    """The file of people lacks a column without which nothing can be compared."""

    code = "people.column_missing"
    message = _("%(file)s has no column %(column)s; its first line should name %(columns)s.")


class PersonRefused(DomainError):
    """One line of the file of people makes no sense."""

    code = "people.person_refused"
    message = _("%(file)s, line %(line)d, column %(column)s: %(reason)s (%(value)s).")


class SameFile(DomainError):
    """The pairs would be written over the people."""

    code = "people.pairs_over_people"
    message = _("%(file)s is the file of people itself. Name another file for the pairs.")


class PairsNotWritable(DomainError):
    """The file of pairs can't be written there."""

    code = "people.pairs_not_writable"
    message = _("%(file)s cannot be written: %(reason)s.")


def read_people(path: Path) -> list[Record]:
    """Read a csv file in UTF-8 whose columns are `COLUMNS`; all but the first two may be empty.

    :raises UnreadablePeople: when the file is not there or is no such text
    :raises ColumnMissing: when id or full_name is missing
    :raises PersonRefused: with the line, when a day is no day or an id stands twice
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(_people(path, file))
    except OSError as error:
        raise UnreadablePeople(file=str(path), reason=error.strerror or "") from error
    except UnicodeDecodeError as error:
        raise UnreadablePeople(file=str(path), reason=_("it is no text in UTF-8")) from error
    except csv.Error as error:
        raise UnreadablePeople(file=str(path), reason=_("it is no table of texts")) from error


def _people(path: Path, file: TextIO) -> Iterator[Record]:
    reader = csv.DictReader(file)
    for column in NEEDED:
        if column not in (reader.fieldnames or ()):
            raise ColumnMissing(file=str(path), column=column, columns=", ".join(COLUMNS))
    seen: set[str] = set()
    for row in reader:
        key = (row["id"] or "").strip()
        place = {"file": str(path), "line": reader.line_num}
        if not key or key in seen:
            raise PersonRefused(**place, column="id", value=key, reason=_("empty, or stands twice"))
        seen.add(key)
        texts = {column: (row.get(column) or "") for column in COLUMNS}
        yield record(
            key,
            texts["full_name"],
            _birth_date(texts["birth_date"].strip(), place),
            sex=texts["sex"],
            number=texts["personal_number"],
            guardian_name=texts["guardian_name"],
            guardian_phone=texts["guardian_phone"],
            ward=texts["ward_code"],
            school=texts["school_code"],
        )


def _birth_date(text: str, place: dict[str, object]) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        reason = _("a day is written YYYY-MM-DD")
        raise PersonRefused(**place, column="birth_date", value=text, reason=reason) from error


def write_pairs(path: Path, proposals: Sequence[Proposal]) -> None:
    """Write the proposed pairs, the likeliest first, each with why in words: all or no file.

    :raises PairsNotWritable: when the file can't be written
    """
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(PAIR_COLUMNS)
            for one in proposals:
                why = "; ".join(str(reason) for reason in reasons(one.verdict.comparison))
                keys = (one.one.key, one.other.key)
                writer.writerow([*keys, f"{one.verdict.score:.4f}", why])
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise PairsNotWritable(file=str(path), reason=error.strerror or "") from error


def require_another(people: Path, pairs: Path) -> None:
    """Refuse to write the pairs over the people they were found among.

    :raises SameFile: when both are one file
    """
    with suppress(OSError):
        if pairs.samefile(people):
            raise SameFile(file=str(pairs))
