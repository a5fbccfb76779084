"""The glossary holds every model's name, with its Vietnamese, and no other."""

import csv
from pathlib import Path

from django.apps import apps

GLOSSARY = Path(__file__).parent.parent / "docs" / "glossary.csv"


def _entries() -> dict[str, dict[str, str]]:
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        return {line["code"]: line for line in csv.DictReader(file)}


def _models() -> set[str]:
    return {
        model.__name__
        for config in apps.get_app_configs()
        if config.name.startswith("khuevan.")
        for model in config.get_models()
        if not hasattr(model, "pgh_tracked_model")
    }


def test_every_model_is_in_the_glossary() -> None:
    assert _models() - _entries().keys() == set()


def test_every_entry_is_a_model() -> None:
    assert _entries().keys() - _models() == set()


def test_every_entry_says_it_in_vietnamese() -> None:
    assert all(line["vietnamese"] and line["meaning"] for line in _entries().values())
