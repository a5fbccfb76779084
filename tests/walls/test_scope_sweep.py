"""Every table with school or personal data raises when read without an actor; history too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef

from khuevan.kernel.scoping import ScopedModel, ScopedQuerySet, UnscopedQueryError

PUBLIC_TABLES = {
    "areas.Area": "the state's list of communes",
    "areas.AreaSuccession": "the state's list of communes",
    "calendar.Holiday": "the state's calendar",
    "calendar.SwappedDay": "the state's calendar",
    "regulations.Regulation": "published law",
    "regulations.RuleSetting": "published law",
    "regulations.AuthorityRule": "published law",
    "organizations.OrgUnit": "the directory of public bodies and schools",
    "organizations.OrgUnitVersion": "the directory of public bodies and schools",
    "organizations.ReportingLink": "the directory of public bodies and schools",
    "organizations.UnitAlias": "the directory of public bodies and schools",
    "organizations.UnitDecision": "the decisions behind the directory of public bodies",
    "organizations.UnitSuccession": "the directory of public bodies and schools",
    "schools.AcademicYear": "the province's decision",
    "schools.Term": "the province's decision",
    "schools.YearFrame": "the province's decision",
    "schools.Closure": "days without lessons, which everybody is told",
    "schools.MakeUpDay": "days without lessons, which everybody is told",
    "schools.GradeLevel": "the national list of grades",
    "access.KnownPermission": "names of permissions",
    "rollup.Census": "the department's decision",
    "rollup.CensusVersion": "when the figures of a day were kept, and why again; no figures",
    "rollup.StaleMark": "which schools are to be counted anew; nothing of anybody",
    "access.Role": "what roles exist; who holds one is in grants, which are scoped",
}


def _ours() -> list[type[models.Model]]:
    return [
        model
        for config in apps.get_app_configs()
        if config.name.startswith("khuevan.")
        for model in config.get_models(include_auto_created=True)
    ]


def _is_public(model: type[models.Model]) -> bool:
    if model._meta.auto_created:  # the table between two public ones
        ends = [field.related_model for field in model._meta.fields if field.is_relation]
        return all(end is not None and end._meta.label in PUBLIC_TABLES for end in ends)
    return model._meta.label in PUBLIC_TABLES


def _is_history_of_public(model: type[models.Model]) -> bool:
    tracked = getattr(model, "pgh_tracked_model", None)
    return tracked is not None and tracked._meta.label in PUBLIC_TABLES


SCOPED = [model for model in _ours() if not _is_public(model)]


def _column(rows: Any) -> str:
    """Return a column that tells one row from others, or helps to where several make the key."""
    return str(rows.model._meta.pk_fields[0].attname)


def _key(rows: Any) -> object:
    """Return a key that no row has."""
    fields = rows.model._meta.pk_fields
    return 1 if len(fields) == 1 else (1,) * len(fields)


def _grades() -> Any:
    return apps.get_model("schools.GradeLevel").objects


READS: dict[str, Callable[[Any], object]] = {
    "list": list,
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.exists(),
    "first": lambda rows: rows.first(),
    "get": lambda rows: rows.get(**{_column(rows): 1}),
    "values": lambda rows: list(rows.values(_column(rows))),
    "iterator": lambda rows: list(rows.iterator()),
    "aggregate": lambda rows: rows.aggregate(top=models.Max(_column(rows))),
    "in_bulk": lambda rows: rows.in_bulk([_key(rows)]),
    "explain": lambda rows: rows.explain(),
    "union": lambda rows: list(rows.union(rows)),
    "slice": lambda rows: list(rows[:3]),
    "update": lambda rows: rows.filter(**{_column(rows): 1}).update(**{_column(rows): 1}),
    "delete": lambda rows: rows.filter(**{_column(rows): 1}).delete(),
    "subquery": lambda rows: list(_grades().filter(pk__in=rows.values(_column(rows)))),
    "exists subquery": lambda rows: list(
        _grades().filter(Exists(rows.filter(**{_column(rows): OuterRef("pk")})))
    ),
}


@pytest.mark.parametrize("model", SCOPED, ids=lambda model: model._meta.label)
def test_every_table_is_scoped_or_named_public(model: type[models.Model]) -> None:
    manager = model._default_manager
    assert isinstance(manager.get_queryset(), ScopedQuerySet), (
        f"{model._meta.label} holds school or personal data without a scoped manager: "
        "derive it from ScopedModel, or name it in PUBLIC_TABLES with the reason"
    )
    tracked: Any = getattr(model, "pgh_tracked_model", model)
    if not _is_history_of_public(model):
        assert issubclass(tracked, ScopedModel)
        assert tracked.ANCHORS, f"{model._meta.label} names no anchor: nobody could ever read it"


@pytest.mark.django_db
@pytest.mark.parametrize("model", SCOPED, ids=lambda model: model._meta.label)
def test_unscoped_read_raises(model: type[models.Model]) -> None:
    assert [name for name, read in READS.items() if not _is_refused(read, model)] == []


def _is_refused(read: Callable[[Any], object], model: type[models.Model]) -> bool:
    try:
        read(model._default_manager.all())
    except UnscopedQueryError:
        return True
    return False


@pytest.mark.django_db
def test_reverse_relation_raises() -> None:
    person = apps.get_model("accounts.Person")(pk=1)
    with pytest.raises(UnscopedQueryError):
        list(person.enrollments.all())


def test_public_tables_exist_and_are_not_personal() -> None:
    labels = {model._meta.label for model in _ours()}
    assert set(PUBLIC_TABLES) <= labels
    for label in PUBLIC_TABLES:
        targets = {
            field.related_model._meta.label
            for field in apps.get_model(label)._meta.get_fields()
            if field.is_relation and field.concrete and field.related_model
        }
        assert "accounts.Person" not in targets, f"{label} points at people, so it is not public"
