"""What a document of an office rests on, and how it names the office, by the law of a day."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from khuevan.kernel.errors import NotFound
from khuevan.platform.organizations.api import versions_on
from khuevan.platform.regulations.api import Confidence, Regulation, told_note
from khuevan.registry.transfers import facts, rules
from khuevan.registry.transfers.law import spelled
from khuevan.registry.transfers.models import Transfer, TransferDecision

BLANK = "……"
"""What is filled in by hand."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A text that a decision rests on: as the paper cites it, and how sure that is."""

    text: str
    number: str
    article: str
    confidence: str
    note: str = ""
    """What the reader of the draft should know of the text before it is signed."""

    @property
    def remark(self) -> str:
        """Return the note in the reader's language."""
        return told_note(self.note)

    @property
    def sureness(self) -> str:
        """Return how far the text can be trusted, for the reader of the draft."""
        return str(Confidence(self.confidence).label)


@dataclass(frozen=True, slots=True)
class Seat:
    """An office as a document names it: what it is called, under whom, where it stands."""

    name: str
    kind: str
    manager: str
    place: str


def seat_of(unit_id: int, *, on: date) -> Seat:
    """Return how an office stands on a day."""
    row = versions_on(on).filter(unit_id=unit_id).select_related("area").first()
    if row is None:
        raise NotFound
    manager_id = row.parent_id
    above = facts.unit_names([manager_id], on=on).get(manager_id or 0, "")
    return Seat(row.name, row.unit.kind, above, row.area.name if row.area else "")


def texts_in_force(codes: Collection[str], *, on: date) -> list[Regulation]:
    """Return those of some texts that hold on a day; one whose days are not known holds."""
    rows = Regulation.objects.filter(code__in=codes)
    begun, not_ended = Q(starts_on=None) | Q(starts_on__lte=on), Q(ends_on=None) | Q(ends_on__gt=on)
    return list(rows.filter(begun, not_ended).prefetch_related("amended_by").order_by("code"))


def written_out(name: str) -> str:
    """Return the name of an office or a text without abbreviations, as a document has it."""
    return re.sub(r"[^\s,;.()]+", lambda word: spelled().get(word[0], word[0]), name)


def spoken_day(value: date | None) -> str:
    """Return a day in words: single digits of a day, and the first two months, lead with 0."""
    if value is None:
        return _("%(day)s of month %(month)s of %(year)s") % dict.fromkeys(
            ("day", "month", "year"), BLANK
        )
    month = f"{value.month:02d}" if value.month < 3 else str(value.month)
    told = {"day": f"{value.day:02d}", "month": month, "year": value.year}
    return _("%(day)s of month %(month)s of %(year)s") % told


def grounds_of(transfer: Transfer, decision: TransferDecision, *, on: date) -> list[Ground]:
    """Return the texts that a decision rests on by the lines of the law of a day, laws first."""
    said: dict[str, tuple[str, str]] = {}
    for code, confidence in rules.grounds(
        transfer.whose, transfer.route, decision.matters, decision.office, on
    ):
        said.setdefault(code, ("", confidence))
    if decision.regulation:
        said[decision.regulation] = (decision.article, decision.confidence)
    order = {"LAW": 0, "RESOLUTION": 1, "DECREE": 2, "DECISION": 3, "CIRCULAR": 4}
    texts = sorted(texts_in_force(said, on=on), key=lambda one: (order[one.kind], one.number))
    return [
        Ground(f"{_cited(one)}{_amended(one, on)}", one.number, *said[one.code], note=one.source)
        for one in texts
    ]


def _amended(one: Regulation, on: date) -> str:
    """Return by which texts in force on a day a text is amended, as it is cited; else nothing."""
    codes = [text.code for text in one.amended_by.all()]
    named = [
        _law(text)
        if text.kind == "LAW"
        else _("%(kind)s No. %(number)s") % {"kind": text.get_kind_display(), "number": text.number}
        for text in texts_in_force(codes, on=on)
    ]
    return _(", as amended by %(texts)s") % {"texts": ", ".join(named)} if named else ""


def _law(one: Regulation) -> str:
    """Return a law as it is cited: by its day, without number and issuer (II.6b of the annex)."""
    return _("the %(title)s dated %(day)s") % {
        "title": written_out(one.title),
        "day": spoken_day(one.issued_on),
    }


def _cited(one: Regulation) -> str:
    """Return a text as the grounds of a document cite it."""
    if one.kind == "LAW":
        return _("Pursuant to %(law)s") % {"law": _law(one)}
    is_ministers = one.number.endswith("-BGDĐT")
    title = written_out(one.title)
    title = title if title[1:2].isupper() else title[:1].lower() + title[1:]
    return _("Pursuant to %(kind)s No. %(number)s dated %(day)s of %(issuer)s on %(title)s") % {
        "kind": one.get_kind_display(),
        "number": one.number,
        "day": spoken_day(one.issued_on),
        "issuer": _("the Minister of the %(ministry)s") % {"ministry": one.issuer}
        if is_ministers
        else one.issuer,
        "title": title,
    }
