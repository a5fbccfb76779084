"""The signed record as a document on paper (Decree 30/2020, annex I) and as a spreadsheet.

Always in Vietnamese, whatever language its reader uses: it is signed and kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from khuevan.platform.organizations.api import names_on
from khuevan.platform.sheets.api import Outcome, SheetToWrite, write_workbook
from khuevan.registry.cutover.content import lines_in
from khuevan.registry.cutover.models import CutoverRecord, Part, Product
from khuevan.registry.cutover.rules import Count, Line
from khuevan.registry.cutover.shown import TITLES
from khuevan.registry.cutover.telling import difference_words, line_name
from khuevan.registry.schools.api import School, name_of
from khuevan.ui.formats import day, moment, number, signed

BLANK = "…"
PARTS = (Part.SCHOOL, Part.GRADE, Part.CLASS, Part.STAFF)


@dataclass(frozen=True, slots=True)
class Paper:
    """The parts of the document, by their places on the page."""

    above: str
    organ: str
    number: str
    about: str
    opening: str
    people: tuple[str, ...]
    facts: tuple[str, ...]
    files: tuple[Mapping[str, str], ...]
    lines: tuple[Mapping[str, str], ...]
    agreeing: str
    explained: tuple[Mapping[str, str], ...]
    closing: str
    recipients: tuple[str, ...]
    maker: str
    signer: str
    signed_as: tuple[str, ...]
    """The position over the signature: two lines where a deputy signs for the principal."""
    sha256: str


def paper_of(record: CutoverRecord, school: School, *, on: date) -> Paper:
    """Return the document of a signed record."""
    with override("vi"):
        return _paper(record, school, on)


def _paper(record: CutoverRecord, school: School, on: date) -> Paper:
    content = record.content
    signed_at = localtime(record.signed_at)
    lines = sorted(lines_in(content), key=lambda one: (PARTS.index(Part(one.part)), one.order))
    product = Product(content["product"]).label
    organ = name_of(school)
    parent_id = getattr(school, "parent_id", None)
    above = names_on([parent_id], on).get(parent_id, "") if parent_id else ""
    words = {
        "day": f"{signed_at.day:02d}",
        "month": f"{signed_at.month:02d}" if signed_at.month < 3 else str(signed_at.month),
        "year": signed_at.year,
        "organ": organ,
        "product": product,
        "on": _written(content["on"]),
        "school_year": content["year"],
    }
    differing = [one for one in lines if one.differs]
    return Paper(
        above=above.upper(),
        organ=organ.upper(),
        number=_("No. %(number)s") % {"number": record.number or f"{BLANK}/BB-{BLANK}"},
        about=_("On comparing the data moved over from %(product)s to Khuê Văn") % words,
        opening=_("Today, day %(day)s of month %(month)s of %(year)s, at %(organ)s.") % words,
        people=(
            _("Comparison made by: %(name)s.") % {"name": content["responsible"]},
            _("Submitted by: %(name)s.") % {"name": content["submitted_by"] or BLANK},
            _signed(content),
        ),
        facts=(
            _("School year %(school_year)s; product used so far: %(product)s.") % words,
            _("Numbers of the records and of the school as of %(on)s.") % words,
        ),
        files=tuple(_files(content)),
        lines=tuple(_row(one) for one in lines),
        agreeing=_("%(agreeing)s of %(all)s lines agree; %(differing)s differ.")
        % {
            "agreeing": len(lines) - len(differing),
            "all": len(lines),
            "differing": len(differing),
        },
        explained=tuple(
            {
                "name": line_name(one),
                "difference": difference_words(one) or _("own total missing"),
                "why": one.explained,
            }
            for one in lines
            if one.explained
        ),
        closing=_("The record was made in the program and signed at %(time)s.")
        % {"time": moment(signed_at)},
        recipients=(_("Kept: clerical office"),),
        maker=content["responsible"].partition(",")[0].strip(),
        signer=content["signed_by"],
        signed_as=_over_signature(content),
        sha256=record.sha256,
    )


def _signed(content: Mapping[str, Any]) -> str:
    """Return who signed, and for whom (Decree 30/2020, article 13)."""
    words = {"name": content["signed_by"]}
    if content.get("signed_as") == "KT":
        return _("Signed by: %(name)s, vice principal, for the principal.") % words
    if content.get("signed_as") == "TUQ":
        return _("Signed by: %(name)s, authorized by the principal.") % words
    return _("Signed by: %(name)s, principal.") % words


def _over_signature(content: Mapping[str, Any]) -> tuple[str, ...]:
    head = pgettext("over a signature", "Principal")
    if content.get("signed_as") == "KT":
        return f"KT. {head}", pgettext("over a signature", "Vice principal")
    return (f"TUQ. {head}",) if content.get("signed_as") == "TUQ" else (head,)


def _files(content: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    for one in content["lists"]:
        yield {
            "kind": str(TITLES.get(one["kind"], one["kind"])),
            "file": " · ".join(part for part in (one["file"], one["sheet"]) if part),
            "rows": number(one["rows"]),
            "written": number(one[Outcome.NEW.lower()] + one[Outcome.CHANGED.lower()]),
            "unchanged": number(one[Outcome.UNCHANGED.lower()]),
            "refused": number(one[Outcome.REFUSED.lower()] + one[Outcome.SKIPPED.lower()]),
            "written_at": _moment(one["written_at"]),
            "sha256": one["sha256"],
        }


def _row(line: Line) -> dict[str, str]:
    return {
        "name": line_name(line),
        **{f"own_{name}": text for name, text in _figures(line.own)},
        **{f"recorded_{name}": text for name, text in _figures(line.recorded, like=line.own)},
        "difference": signed(line.difference[0]) if line.difference[0] else "0",
        "differs": "1" if line.differs else "",
    }


def _figures(count: Count | None, like: Count | None = None) -> list[tuple[str, str]]:
    names = ("total", "female", "minority")
    figures: Sequence[int | None] = count.figures if count else (None, None, None)
    return [
        (name, number(value) if value is not None else "–")
        for name, value in zip(names, figures, strict=True)
    ]


def workbook_of(record: CutoverRecord, school: School, *, on: date) -> bytes:
    """Return the record as a spreadsheet: lines, files, names."""
    with override("vi"):
        return _workbook(record, school, on)


def _workbook(record: CutoverRecord, school: School, on: date) -> bytes:
    paper, content = _paper(record, school, on), record.content
    titles = [paper.organ, f"{_('Signed record').upper()} · {paper.about}", paper.number]
    rows = [_cells(line) for line in lines_in(content)]
    heads = [
        _("Line"),
        _("Own total"), _("Own girls"), _("Own ethnic minorities"),
        _("Records total"), _("Records girls"), _("Records ethnic minorities"),
        _("Numbers differ by"), _("Difference of girls"), _("Difference of ethnic minorities"),
        _("Explanation"),
    ]  # fmt: skip
    files = [
        [one["kind"], one["file"], one["rows"], one["written"], one["unchanged"], one["refused"],
         one["written_at"], one["sha256"]]
        for one in paper.files
    ]  # fmt: skip
    file_heads = [
        _("Kind"), _("File"), _("Rows"), _("Rows written"), _("Unchanged"), _("Not written"),
        _("Written at"), "SHA-256",
    ]  # fmt: skip
    names = [[text] for text in (*paper.people, *paper.facts, paper.closing, record.sha256)]
    buffer = BytesIO()
    write_workbook(
        buffer,
        [
            SheetToWrite(_("Comparison"), heads, rows, titles),
            SheetToWrite(_("Files"), file_heads, files),
            SheetToWrite(_("Signature"), [_("Signature")], names),
        ],
    )
    return buffer.getvalue()


def _cells(line: Line) -> list[Any]:
    own: Sequence[int | None] = line.own.figures if line.own else (None, None, None)
    return [line_name(line), *own, *line.recorded.figures, *line.difference, line.explained]


def _written(text: str) -> str:
    return day(date.fromisoformat(text)) if text else ""


def _moment(text: str) -> str:
    return moment(localtime(datetime.fromisoformat(text))) if text else ""
