"""What stands around a school's pages: the verbs in its head."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from tests.cast import Cast, actor_of

from khuevan.kernel.registry import Registry
from khuevan.registry.schools import frame
from khuevan.registry.schools.finding import find_school_pages
from khuevan.registry.schools.permissions import VIEW_SCHOOLS


@pytest.mark.parametrize(
    ("current", "offered"),
    [
        ("overview", {"schools:school": "primary", "schools:list": "plain"}),
        ("staff", {"schools:list": "primary"}),
        ("campuses", {}),
    ],
)
def test_a_page_offers_what_belongs_to_it(
    monkeypatch: pytest.MonkeyPatch, current: str, offered: dict[str, str]
) -> None:
    tabs: Registry[frame.SchoolTab] = Registry("tab")
    for name, group in (("overview", ""), ("staff", "staff"), ("campuses", "place")):
        tabs.register(name, frame.SchoolTab(name, "schools:school", VIEW_SCHOOLS, group=group))
    actions: Registry[frame.SchoolAction] = Registry("action")
    for order, group in enumerate(("pupils", "staff")):
        route = ("schools:school", "schools:list")[order]
        actions.register(
            group, frame.SchoolAction(group, route, "plus", VIEW_SCHOOLS, order, group)
        )
    monkeypatch.setattr(frame, "tabs", tabs)
    monkeypatch.setattr(frame, "actions", actions)
    monkeypatch.setattr(frame, "held_on", lambda *_ignored: True)
    monkeypatch.setattr(frame, "reverse", lambda route, args: route)
    school: Any = SimpleNamespace(code="X")
    shown = frame._actions(SimpleNamespace(), school, current)
    assert {one["url"]: one["kind"] for one in shown} == offered


def test_a_page_of_the_own_school_is_found_by_its_name(cast: Cast) -> None:
    def found(words: str) -> list[str]:
        return [one.url for one in find_school_pages(actor_of(cast.loan), words, 5)]

    assert found("phan cong") == [f"/schools/{cast.school_a.code}/assignments/"]
    assert found("to hop") == [], "a page of upper secondary schools"
    assert found("khong co") == []
