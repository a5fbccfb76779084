"""Code lists for programs."""

from __future__ import annotations

from datetime import date
from typing import Self

from ninja import Schema

from khuevan.platform.codes.lists import Code, code_table, code_tables
from khuevan.platform.codes.permissions import VIEW_CODES
from khuevan.ui.request import Request
from khuevan.ui.rest import Router

router = Router(tags=["code lists"])


class CodeOut(Schema):
    """A code with its names, from a day to the day on which it no longer holds."""

    code: str
    name_vi: str
    name_en: str
    starts_on: date | None
    ends_on: date | None
    source: str
    confidence: str
    aliases: list[str]

    @classmethod
    def of(cls, code: Code) -> Self:
        """Return the document of a code."""
        return cls(
            code=code.code,
            name_vi=code.name_vi,
            name_en=code.name_en,
            starts_on=code.starts_on,
            ends_on=code.ends_on,
            source=code.source,
            confidence=code.confidence.value,
            aliases=list(code.aliases),
        )


class ListOut(Schema):
    """A list by its key."""

    key: str
    name_vi: str
    name_en: str
    count: int


@router.get("/code-lists", permission=VIEW_CODES, response=list[ListOut])
def list_code_lists(request: Request) -> list[ListOut]:
    """Return the lists there are."""
    return [
        ListOut(key=one.key, name_vi=one.name_vi, name_en=one.name_en, count=len(one.codes))
        for one in code_tables().values()
    ]


@router.get("/code-lists/{key}", permission=VIEW_CODES, response=list[CodeOut])
def get_code_list(request: Request, key: str, on: date | None = None) -> list[CodeOut]:
    """Return the codes of a list: those that hold on a day when one is given, else all."""
    one = code_table(key)
    return [CodeOut.of(code) for code in (one.on(on) if on else one.codes)]
