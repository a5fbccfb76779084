"""What a typed name finds."""

import pytest
from tests.factories import make_person

from khuevan.kernel.words import name_has
from khuevan.platform.accounts.api import Person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("anh", {"Phạm Minh Anh", "Trần Đức Anh"}),
        ("minh a", {"Phạm Minh Anh"}),
        ("ANH  Phạm", {"Phạm Minh Anh"}),
        ("Đức", {"Trần Đức Anh"}),
        ("đ", {"Trần Đức Anh", "Nguyễn Minh Doanh"}),
        ("oanh", set()),
        ("100%", set()),
        ("ph m an", {"Phạm Minh Anh"}),
        ("phạm min anh", set()),
        ("trần'", set()),
        ("\\", set()),
        ("' | 'anh", set()),
        ("anh:*", set()),
        (" ", {"Phạm Minh Anh", "Trần Đức Anh", "Nguyễn Minh Doanh"}),
    ],
)
def test_words_begin_words_of_the_name(typed: str, found: set[str]) -> None:
    for name in ("Phạm Minh Anh", "Trần Đức Anh", "Nguyễn Minh Doanh"):
        make_person(name)
    rows = Person.objects.unscoped(because="a test").filter(name_has(typed))
    assert {row.full_name for row in rows} == found
