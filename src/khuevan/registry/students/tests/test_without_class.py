"""A pupil without a class is on the lists, in the search box and in the files like any other."""

from __future__ import annotations

from django.urls import reverse
from tests.cast import Cast, Client
from tests.factories import make_student


def test_a_pupil_without_a_class_breaks_no_list(cast: Cast, client: Client) -> None:
    make_student("Đinh Khánh Linh", school=cast.school_a)
    client.sign_in(cast.loan)
    shown = client.get(reverse("students:list"))
    assert "Đinh Khánh Linh" in shown.content.decode()
    found = client.get(reverse("search:results"), {"q": "Khánh Linh"})
    assert "Đinh Khánh Linh" in found.content.decode()
    printed = client.get(reverse("students:print"))
    assert printed.status_code == 200


def test_an_address_with_a_null_is_absent(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    assert client.get("/schools/%00/").status_code == 404
    assert client.get("/students/?q=%00").status_code == 404
