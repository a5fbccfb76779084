"""The regulations as pages, and in the search box."""

from __future__ import annotations

import pytest
from tests.cast import Cast, Client

from khuevan.platform.regulations import actions, selectors

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def loaded(db: None) -> None:
    actions.load_regulations()


@pytest.mark.parametrize("username", ["lan", "hung", "loan", "binh", "hoa"])
def test_all_staff_read_the_regulations(cast: Cast, client: Client, username: str) -> None:
    client.sign_in(getattr(cast, username))
    answer = client.get("/regulations/")
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "70/2026/TT-BGDĐT" in text
    assert "từ 08/10/2026" in text


def test_families_have_no_such_page(cast: Cast, client: Client) -> None:
    client.sign_in(cast.huong)
    assert client.get("/regulations/").status_code == 404


def test_the_list_is_told_by_state(cast: Cast, client: Client) -> None:
    client.sign_in(cast.binh)
    now = client.get("/regulations/?state=now").content.decode()
    past = client.get("/regulations/?state=past").content.decode()
    assert "15/2026/TT-BGDĐT" in now
    assert "15/2026/TT-BGDĐT" not in past
    assert "28/2020/TT-BGDĐT" in past


def test_one_text_opens_with_what_rests_on_it(cast: Cast, client: Client) -> None:
    client.sign_in(cast.lan)
    text = client.get("/regulations/TT15-2026/").content.decode()
    for told in ("Thay thế", "28/2020/TT-BGDĐT", "Sĩ số lớp", "Số học sinh tối đa: 35", "Tiểu học"):
        assert told in text
    text = client.get("/regulations/TT10-2025/").content.decode()
    assert "Hiệu trưởng" in text
    assert "01/07/2025 đến 31/12/2025" in text


def test_an_unknown_text_is_not_found(cast: Cast, client: Client) -> None:
    client.sign_in(cast.lan)
    assert client.get("/regulations/TT99-1999/").status_code == 404


@pytest.mark.parametrize("words", ["22/2021", "dieu le truong tieu hoc", "tt70", "hoc ba so"])
def test_texts_are_found_by_number_and_title(words: str) -> None:
    assert selectors.regulations_named(words, limit=5)


def test_the_search_box_finds_a_text(cast: Cast, client: Client) -> None:
    client.sign_in(cast.lan)
    assert "70/2026/TT-BGDĐT" in client.get("/search/?q=học bạ số").content.decode()
