"""Which fields of a row are not as they were left: what they said then, and what they say now."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.scoping import ScopedModel
from khuevan.platform.audit.reversal import rules
from khuevan.platform.audit.reversal.rules import Asked
from khuevan.platform.audit.reversal.trail import Trail, history_of, kept_columns, tracked
from khuevan.platform.audit.telling import COMMON_LABELS, MASKED, field_labels
from khuevan.ui.components import Word
from khuevan.ui.formats import day, masked

WHY = "how a row was left that somebody now asks to take back, and may read as it is"

LABELS: dict[str, str | Promise] = {
    "birth_year": gettext_lazy("Year of birth"),
    "nationality_code": gettext_lazy("Nationality"),
    "homeroom_class": gettext_lazy("Class"),
    "grade_level": gettext_lazy("Grade"),
    "campus": gettext_lazy("Campus"),
    "session": gettext_lazy("Session"),
    "sessions_a_week": gettext_lazy("Sessions a week"),
    "relation": gettext_lazy("Relation"),
    "occupation": gettext_lazy("Occupation"),
    "told_name": gettext_lazy("Full name"),
    "told_phone": gettext_lazy("Phone"),
    "told_birth_year": gettext_lazy("Year of birth"),
    "detail": gettext_lazy("Address"),
    "address": gettext_lazy("Address"),
    "area": gettext_lazy("Commune"),
    "registry_number": gettext_lazy("Registry number"),
    "weekly_periods": gettext_lazy("Periods a week"),
    "levels": gettext_lazy("Levels"),
    "website": gettext_lazy("Website"),
}
"""What people call columns that lists write, beside those of the log."""

PRIVATE = (*MASKED, "told_phone")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a row: as it was left, and as it stands."""

    label: str
    old: str
    new: str

    @property
    def words(self) -> list[Word]:
        """Return both as a page draws them."""
        both = (("old", self.old), ("new", self.new))
        return [Word(kind, text) for kind, text in both if text]


def changes_of_rows(
    trail: Trail, asked: Asked, label: str, keys: Collection[Any]
) -> Mapping[Any, tuple[FieldChange, ...]]:
    """Return by key what changed in rows of a table since they were left.

    Nothing is told of a row that the asker does not reach with the permission the rows are
    written with, nor of a field that has no word for people.
    """
    model = tracked()[label]
    if asked.permission is None or not keys or not issubclass(model, ScopedModel):
        return {}
    now = {row.pk: row for row in _reached(model, asked.actor, asked.permission, keys)}
    lasts = [trail.rows[label][key].last for key in now if key in trail.rows.get(label, {})]
    left = history_of(model).objects.unscoped(because=WHY).filter(pgh_id__in=lasts)
    return {one.pgh_obj_id: tuple(_differing(model, one, now[one.pgh_obj_id])) for one in left}


def _reached(
    model: type[ScopedModel], actor: Actor, permission: Permission, keys: Collection[Any]
) -> Iterator[models.Model]:
    """Yield the rows that the actor reaches: by themselves, or by a row that opens them."""
    yield from model.objects.visible_to(actor, permission).filter(pk__in=list(keys))
    for link, target in rules.opens.items():
        if target == model._meta.label:
            label, column = link.rsplit(".", 1)
            opening: Any = apps.get_model(label)
            pointing = opening.objects.visible_to(actor, permission).values(column)
            shown = model.objects.unscoped(because=WHY).filter(pk__in=list(keys))
            yield from shown.filter(pk__in=pointing)


def _differing(model: type[models.Model], left: Any, now: models.Model) -> Iterator[FieldChange]:
    kept = set(kept_columns(model))
    for column in model._meta.concrete_fields:
        label = LABELS.get(column.name) or COMMON_LABELS.get(column.name)
        if column.name in field_labels:
            label = field_labels.get(column.name)
        if label is None or column.column not in kept:
            continue
        old, new = getattr(left, column.attname), getattr(now, column.attname)
        if old != new:
            yield FieldChange(str(label), _told(column, old), _told(column, new))


def _told(column: models.Field[Any, Any], value: Any) -> str:
    """Return a value in words."""
    if value is None or value in ("", []):
        return ""
    if column.name in rules.value_words:
        return rules.value_words.get(column.name)(str(value))
    if isinstance(column, models.ForeignKey):
        return _named(column, value)
    if column.flatchoices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return day(value)
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return masked(str(value)) if column.name in PRIVATE else str(value)


def _named(column: models.ForeignKey[Any, Any], key: Any) -> str:
    manager: Any = column.related_model._default_manager
    rows = manager.unscoped(because=WHY) if hasattr(manager, "unscoped") else manager
    return str(rows.filter(**{column.target_field.attname: key}).first() or "")
