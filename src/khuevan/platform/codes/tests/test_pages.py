"""The code lists as read on a page and by a program."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.cast import Cast, Client

pytestmark = pytest.mark.django_db


def test_lists_open_to_their_codes(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    page = client.get(reverse("codes:list")).content.decode()
    assert "Dân tộc rất ít người" in page
    page = client.get(reverse("codes:one", args=["very_small_peoples"])).content.decode()
    assert "Pu Péo" in page
    assert "Nghị định 57/2017/NĐ-CP" in page
    assert "01/07/2017" in page


def test_words_and_state_narrow_a_list(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    page = client.get(reverse("codes:one", args=["peoples"]) + "?q=khmer").content.decode()
    assert "Khơ-me" in page
    assert "Ê-đê" not in page
    page = client.get(reverse("codes:one", args=["peoples"]) + "?state=past").content.decode()
    assert "Khơ-me" not in page


def test_unknown_list_is_not_found(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    assert client.get(reverse("codes:one", args=["planets"])).status_code == 404


def test_programs_read_codes_of_a_day(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    lists = {one["key"]: one["count"] for one in client.get("/api/v1/code-lists").json()}
    assert lists["peoples"] == 55
    codes = client.get("/api/v1/code-lists/very_small_peoples?on=2017-06-30").json()
    assert codes == []
