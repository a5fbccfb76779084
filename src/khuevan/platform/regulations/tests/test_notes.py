"""Notes of rules and texts are told in English too."""

from __future__ import annotations

import csv

import pytest
from django.utils import translation

from khuevan.platform.regulations.api import load_regulations, power_rules
from khuevan.platform.regulations.notes import DATA, is_first_day_sure, noted, told_note


def test_every_note_has_its_english() -> None:
    written = set()
    for name, column in (("authority_rules", "note"), ("regulations", "source")):
        with (DATA.parent / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            written |= {line[column] for line in csv.DictReader(file)}
    assert not written - {""} - set(noted())
    assert all(line["english"] for line in noted().values())


@pytest.mark.parametrize(
    ("language", "told"), [("vi", "Nơi đến quyết định."), ("en", "The place of arrival decides.")]
)
def test_a_note_is_told_in_the_readers_language(language: str, told: str) -> None:
    with translation.override(language):
        assert told_note("Nơi đến quyết định.") == told
        assert told_note("Ghi chú mới.") == "Ghi chú mới."


@pytest.mark.django_db
def test_a_first_day_from_memory_is_told_though_the_text_was_read() -> None:
    load_regulations()
    rules = {one: is_first_day_sure(one) for one in power_rules()}
    doubted = [one for one, is_sure in rules.items() if not is_sure]
    assert doubted
    assert all(one.regulation and "ngày" in one.regulation.source.lower() for one in doubted)
    assert any(is_sure for one, is_sure in rules.items() if one.confidence == "TEXT_SEEN")
