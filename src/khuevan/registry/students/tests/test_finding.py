"""Pupils and classes in the search box."""

import pytest
from tests.cast import Cast, actor_of

from khuevan.platform.search.api import search


def hits(cast: Cast, name: str, query: str, code: str = "students") -> list[str]:
    """Return what somebody finds of one kind."""
    groups = search(actor=actor_of(getattr(cast, name)), query=query)
    return [hit.label for group in groups if group.code == code for hit in group.hits]


@pytest.mark.parametrize("query", ["minh anh", "MINH ANH", "Minh Ánh", "pham anh", "042315000482"])
def test_name_is_found_with_and_without_diacritics(cast: Cast, query: str) -> None:
    assert hits(cast, "loan", query) == ["Phạm Minh Anh"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("lan", ["Phạm Minh Anh"]),
        ("mai", []),
        ("thanh", []),
        ("huong", ["Phạm Minh Anh", "Phạm Đức Minh"]),
        ("binh", ["Phạm Minh Anh", "Phạm Đức Minh"]),
    ],
)
def test_box_shows_nobody_more_than_the_list(cast: Cast, name: str, found: list[str]) -> None:
    assert sorted(hits(cast, name, "pham minh")) == sorted(found)


@pytest.mark.parametrize("query", ["6a", "6 A", "Lớp 6A"])
def test_class_is_found_by_its_name(cast: Cast, query: str) -> None:
    assert hits(cast, "loan", query, "classes") == ["Lớp 6A"]


def test_classes_of_other_schools_stay_hidden(cast: Cast) -> None:
    groups = search(actor=actor_of(cast.mai), query="6a")
    urls = [hit.url for group in groups if group.code == "classes" for hit in group.hits]
    assert all(str(cast.class_b.uuid) in url for url in urls)
    assert len(urls) == 1


def test_name_too_common_to_be_told_one_by_one_is_found_too(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("khuevan.registry.students.finding.MOST_SEARCHED", 0)
    assert hits(cast, "loan", "minh anh") == ["Phạm Minh Anh"]
    assert hits(cast, "mai", "minh anh") == []
