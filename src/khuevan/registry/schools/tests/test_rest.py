"""Schools and classes for programs."""

import pytest
from tests.cast import Cast, Client


@pytest.mark.parametrize(("name", "count"), [("binh", 3), ("hoa", 2), ("lan", 1)])
def test_list_is_what_the_actor_reaches(cast: Cast, client: Client, name: str, count: int) -> None:
    answer = client.sign_in(getattr(cast, name)).get("/api/v1/schools").json()
    assert len(answer["items"]) == count


@pytest.mark.parametrize("name", ["mai", "huong", "minh_anh", "hien"])
def test_school_is_absent_for_strangers(cast: Cast, client: Client, name: str) -> None:
    url = f"/api/v1/schools/{cast.school_a.code}"
    assert client.sign_in(getattr(cast, name)).get(url).status_code == 404


def test_school_has_its_name_and_place(cast: Cast, client: Client) -> None:
    url = f"/api/v1/schools/{cast.school_a.code}"
    answer = client.sign_in(cast.lan).get(url).json()
    assert (answer["name"], answer["levels"]) == ("Trường THCS Đông Khê", ["THCS"])


@pytest.mark.parametrize(
    ("name", "classes"), [("loan", ["6A", "6B", "7A"]), ("lan", ["6A"]), ("toan", ["6A", "7A"])]
)
def test_classes_are_what_the_actor_reaches(
    cast: Cast, client: Client, name: str, classes: list[str]
) -> None:
    url = f"/api/v1/schools/{cast.school_a.code}/classes"
    answer = client.sign_in(getattr(cast, name)).get(url).json()
    assert [one["name"] for one in answer] == classes
    assert answer[0]["pupils"] == 3


def test_signed_out_is_told_to_sign_in(cast: Cast, client: Client) -> None:
    assert client.get("/api/v1/schools").status_code == 401
