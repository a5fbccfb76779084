"""Writes: loading the regulations that ship with the program. Nobody's data or permission."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path

from django.db import transaction

from khuevan.platform.regulations.models import AuthorityRule, Regulation, RuleSetting
from khuevan.platform.regulations.rules import CRITERIA

DATA = Path(__file__).parent / "data"


@transaction.atomic
def load_regulations() -> int:
    """Add the shipped texts, settings and deciders that are missing and return how many were.

    A row somebody has corrected stays as it is.
    """
    texts = _load_texts()
    ids = dict(Regulation.objects.values_list("code", "id"))
    return texts + _load_settings(ids) + _load_authorities(ids)


def _load_texts() -> int:
    known = set(Regulation.objects.values_list("code", flat=True))
    _fill_days_of_issue()
    rows = [row for row in _rows("regulations.csv") if row["code"] not in known]
    Regulation.objects.bulk_create(_text(row) for row in rows)
    by_code = {text.code: text for text in Regulation.objects.all()} if rows else {}
    for row in rows:
        text = by_code[row["code"]]
        text.supersedes.set(by_code[code] for code in row["supersedes"].split())
        text.amends.set(by_code[code] for code in row["amends"].split())
    return len(rows)


def _fill_days_of_issue() -> None:
    """Write down when a text was issued where that was not known when it was loaded."""
    undated = Regulation.objects.filter(issued_on=None).in_bulk(field_name="code")
    for row in _rows("regulations.csv"):
        text, issued_on = undated.get(row["code"]), _date(row["issued_on"])
        if text is not None and issued_on is not None:
            text.issued_on = issued_on
            text.save(update_fields=["issued_on"])


def _text(row: dict[str, str]) -> Regulation:
    return Regulation(
        code=row["code"],
        number=row["number"],
        kind=row["kind"],
        title=row["title"],
        issuer=row["issuer"],
        issued_on=_date(row["issued_on"]),
        starts_on=_date(row["starts_on"]),
        ends_on=_date(row["ends_on"]),
        confidence=row["confidence"],
        source=row["source"],
    )


def _load_settings(ids: dict[str, int]) -> int:
    """Add each shipped setting whose topic, level, grades and first day nobody has recorded yet."""
    columns = ("topic", "level", "grade_from", "grade_to", "starts_on")
    known = set(RuleSetting.objects.values_list(*columns))
    settings = [
        RuleSetting(
            topic=row["topic"],
            level=row["level"],
            grade_from=int(row["grade_from"]) if row["grade_from"] else None,
            grade_to=int(row["grade_to"]) if row["grade_to"] else None,
            regulation_id=ids[row["regulation"]],
            starts_on=date.fromisoformat(row["starts_on"]),
            ends_on=_date(row["ends_on"]),
            value=json.loads(row["value"] or "{}"),
            confidence=row["confidence"],
        )
        for row in _rows("rule_settings.csv")
    ]
    missing = [row for row in settings if tuple(getattr(row, c) for c in columns) not in known]
    return len(RuleSetting.objects.bulk_create(missing, ignore_conflicts=True))


def _load_authorities(ids: dict[str, int]) -> int:
    """Add each shipped decider whose matter, subject and first day nobody has recorded yet."""
    columns = ("power", *CRITERIA, "starts_on")
    known = set(AuthorityRule.objects.values_list(*columns))
    rules = [
        AuthorityRule(
            power=row["power"],
            **subject,
            decider=row["decider"],
            regulation_id=ids[row["regulation"]] if row["regulation"] else None,
            article=row["article"],
            starts_on=date.fromisoformat(row["starts_on"]),
            ends_on=_date(row["ends_on"]),
            confidence=row["confidence"],
            note=row["note"],
        )
        for row in _rows("authority_rules.csv")
        for subject in _subjects(row)
    ]
    missing = [rule for rule in rules if tuple(getattr(rule, c) for c in columns) not in known]
    return len(AuthorityRule.objects.bulk_create(missing, ignore_conflicts=True))


def _subjects(row: dict[str, str]) -> Iterator[dict[str, str]]:
    """Yield the criteria of each rule that one line of the file stands for."""
    columns = ("levels", "highest_levels", "school_types", "ownerships")
    choices = [row[column].split() or [""] for column in columns]
    for chosen in product(*choices):
        yield dict(zip(CRITERIA, (*chosen, row["circumstance"]), strict=True))


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
