"""Names: drawn by real frequency and fitting sex, generation and people."""

from __future__ import annotations

from collections import Counter

from khuevan.cli.world.draw import seeded
from khuevan.cli.world.names import FEMALE, MALE, name_book
from khuevan.kernel.vietnamese import canonical_tones, normalize

DRAWS = 4000


def test_nguyen_is_the_most_common_family_name() -> None:
    rng = seeded(1, "families")
    families = Counter(name_book().family(rng) for _ in range(DRAWS))
    assert [name for name, _ in families.most_common(1)] == ["Nguyễn"]
    assert 0.25 < families["Nguyễn"] / DRAWS < 0.37
    assert families["Huỳnh"] < families["Phan"]


def test_names_of_other_regions_are_not_given() -> None:
    rng = seeded(1, "regions")
    families = Counter(name_book().family(rng) for _ in range(20_000))
    assert not {"Ong", "Hàng", "Chiêm", "Lư", "Lữ", "Thạch", "Danh", "Khưu", "Trầm"} & set(families)
    assert families["Thái"] > families["Lý"]
    assert families["Đậu"] > 0


def test_small_peoples_bear_their_own_family_names() -> None:
    rng = seeded(1, "peoples")
    assert {name_book().family(rng, "44") for _ in range(200)} == {"Hồ", "Cao"}


def test_girls_and_boys_bear_different_names() -> None:
    rng = seeded(1, "children")
    boys = Counter(name_book().child(rng, MALE) for _ in range(DRAWS))
    girls = Counter(name_book().child(rng, FEMALE) for _ in range(DRAWS))
    assert not any(middle.split(" ")[0] == "Thị" for middle, _ in boys)
    assert not any(middle.split(" ")[0] == "Văn" for middle, _ in girls)
    given_to_boys = Counter(given for _, given in boys.elements())
    given_to_girls = Counter(given for _, given in girls.elements())
    assert given_to_boys["Huy"] > 20 > given_to_girls["Huy"]
    assert given_to_girls["Vy"] > 20 > given_to_boys["Vy"]


def test_elders_are_called_as_elders_are() -> None:
    rng = seeded(1, "elders")
    women = Counter(name_book().elder(rng, FEMALE)[0] for _ in range(DRAWS))
    assert sum(n for middle, n in women.items() if middle.startswith("Thị")) > DRAWS * 0.85


def test_names_are_written_in_their_one_form() -> None:
    rng = seeded(1, "form")
    for _ in range(DRAWS):
        words = (*name_book().child(rng, MALE), name_book().family(rng))
        assert all(word == canonical_tones(normalize(word)) and word for word in words)


def test_nobody_is_called_anh_anh() -> None:
    rng = seeded(1, "doubles")
    for sex in (MALE, FEMALE):
        for _ in range(DRAWS):
            middle, given = name_book().child(rng, sex)
            assert middle.split(" ")[-1] != given
