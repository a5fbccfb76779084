"""Every page opens for whoever may, and is absent for everybody else."""

import pytest
from django.urls import reverse
from tests.cast import Cast, Client

READERS = ("lan", "hung", "loan", "toan", "binh", "hoa", "huong", "minh_anh")
STRANGERS = ("mai", "thanh", "hien")


@pytest.mark.parametrize("tab", ["record", "family", "schooling", "history", "views"])
def test_clerk_opens_every_tab(cast: Cast, client: Client, tab: str) -> None:
    url = reverse(f"students:{tab}", args=[cast.minh_anh.uuid])
    response = client.sign_in(cast.hung).get(url)
    assert response.status_code == 200
    assert "Phạm Minh Anh" in response.content.decode()


def test_lists(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    code = cast.school_a.code
    for url in (
        reverse("students:list"),
        reverse("students:print"),
        reverse("students:export"),
        reverse("schools:school", args=[code]),
        reverse("students:school", args=[code]),
        reverse("students:classes", args=[code]),
        reverse("students:class_open", args=[code]),
        reverse("students:new", args=[code]),
        reverse("students:class", args=[code, cast.class_6a.uuid]),
        reverse("students:class_print", args=[code, cast.class_6a.uuid]),
        reverse("students:class", args=[code, cast.class_7a.uuid]),
        reverse("students:edit", args=[cast.minh_anh.uuid]),
        reverse("students:leave", args=[cast.minh_anh.uuid]),
        reverse("staff:list"),
        reverse("staff:school", args=[code]),
        reverse("students:move", args=[code]) + f"?student={cast.minh_anh.uuid}",
    ):
        response = client.get(url)
        assert response.status_code == 200, url
