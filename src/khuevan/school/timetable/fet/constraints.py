"""Reads FET's constraints by the table of `tags`; an unknown kind is kept to be told of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from khuevan.school.timetable.core.values import Constraint, On, Parameter, Slot
from khuevan.school.timetable.fet.document import Raw, raw
from khuevan.school.timetable.fet.names import Names
from khuevan.school.timetable.fet.tags import TAGS, Field, Form, Tag
from khuevan.school.timetable.fet.tree import Node

WEIGHT = re.compile(r"[0-9]{1,3}(\.[0-9]{1,12})?")
SECTION = "section"
"""Where an unknown constraint stood, so that it can be written there again."""
ALWAYS = ("Weight_Percentage", "Active")


def read_constraints(section: Node, names: Names) -> Iterator[tuple[Constraint, tuple[Raw, ...]]]:
    """Yield the constraints of a list, each with what else was said there."""
    for node in section.children:
        tag = TAGS.get(node.tag)
        if tag is None:
            yield _unknown(node, section.tag), _left(node, ())
        else:
            known = (
                *tag.who,
                *(name for one in tag.fields for name in (*one.tags, one.counted_by)),
            )
            yield _known(node, tag, names), _left(node, known)


def _unknown(node: Node, section: str) -> Constraint:
    return Constraint(
        node.tag,
        weight=_weight(node),
        parameters={SECTION: section},
        is_active=_is_active(node),
        source=node.tag,
    )


def _known(node: Node, tag: Tag, names: Names) -> Constraint:
    parameters: dict[str, Parameter] = dict(tag.fixed)
    for one in tag.fields:
        value = _value(node, one, names)
        if value is not None:
            parameters[one.name] = value
    return Constraint(
        tag.kind,
        tag.on,
        _bound(node, tag, names),
        _weight(node),
        parameters,
        _is_active(node),
        tag.tag,
    )


def _bound(node: Node, tag: Tag, names: Names) -> tuple[str, ...]:
    if not tag.who:
        return ()
    found = node.first(*tag.who)
    if found is None:
        raise node.refused(_("%(tag)s is missing") % {"tag": tag.who[0]})
    if tag.on is On.STUDENTS:
        return (names.students(found, found.text),)
    if tag.on is On.ROOMS:
        return (names.room(found, found.text),)
    return (names.teacher(found, found.text),)


def _value(node: Node, one: Field, names: Names) -> Parameter | None:  # noqa: C901, PLR0911, PLR0912
    match one.form:
        case Form.NUMBER:
            return _number(node, one)
        case Form.TEXT:
            return _name(node, one, names)
        case Form.FLAG:
            return node.value(*one.tags) == "true"
        case Form.HOUR:
            return _hour(node, one, names)
        case Form.LESSON | Form.LESSONS:
            return tuple(names.lesson(child) for child in _given(node, one))
        case Form.SLOT:
            day, hour = (_one(node, tag) for tag in one.tags)
            return ((names.day(day, day.text), names.hour(hour, hour.text)),)
        case Form.SLOTS:
            return tuple(slot for item in node.all(*one.tags) for slot in _slots(item, one, names))
        case Form.ROOM | Form.ROOMS:
            return tuple(names.room(child, child.text) for child in _given(node, one))


def _number(node: Node, one: Field) -> int | None:
    """Return a number; how long a lesson is and which of a row may be left open."""
    if one.name in ("duration", "component"):
        return node.number(*one.tags, default=0) or None
    return node.number(*one.tags)


def _name(node: Node, one: Field, names: Names) -> str | None:
    found = node.first(*one.tags)
    if found is None or not found.text:
        return "" if one.is_needed else None
    if one.name == "teacher":
        return names.teacher(found, found.text)
    if one.name == "students":
        return names.students(found, found.text)
    return found.text


def _hour(node: Node, one: Field, names: Names) -> int:
    """Return an hour; an interval may be left open at its end, and goes to the end of the day."""
    found = node.first(*one.tags)
    if one.name == "after" and (found is None or not found.text):
        return len(names.hours)
    found = _one(node, one.tags[0])
    return names.hour(found, found.text)


def _given(node: Node, one: Field) -> list[Node]:
    """Return the elements of a parameter, of which there has to be one at least."""
    if one.form is Form.LESSON:
        return [_one(node, tag) for tag in one.tags]
    found = list(node.all(*one.tags))
    if not found:
        raise node.refused(_("%(tag)s is missing") % {"tag": one.tags[0]})
    return found


def _one(node: Node, tag: str) -> Node:
    found = node.first(tag)
    if found is None:
        raise node.refused(_("%(tag)s is missing") % {"tag": tag})
    return found


def _slots(item: Node, one: Field, names: Names) -> Iterator[Slot]:
    """Yield the slots of a pair of day and hour, of which one left empty means all."""
    day, hour = (item.first(tag) for tag in one.inner)
    days = [names.day(day, day.text)] if day and day.text else range(len(names.days))
    hours = [names.hour(hour, hour.text)] if hour and hour.text else range(len(names.hours))
    return ((one_day, one_hour) for one_day in days for one_hour in hours)


def _weight(node: Node) -> float:
    written = node.value("Weight_Percentage", default="100")
    if not WEIGHT.fullmatch(written) or float(written) > 100:
        raise node.refused(_("“%(text)s” is no weight from 0 to 100") % {"text": written[:40]})
    return float(written)


def _is_active(node: Node) -> bool:
    return node.value("Active", default="true") == "true"


def _left(node: Node, known: tuple[str, ...]) -> tuple[Raw, ...]:
    dropped = (*known, *ALWAYS)
    return tuple(raw(child) for child in node.children if child.tag not in dropped)
