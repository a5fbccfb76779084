"""Vietnamese text and the order of names."""

import unicodedata
from collections.abc import Callable
from itertools import pairwise
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khuevan.kernel import vietnamese as vn

Item = TypeVar("Item")


def words(text: str) -> list[str]:
    return text.split()


SYLLABLES = words("""
    an anh ánh ăn ân bà bạch bảo bình công cường dung duy dương đan đào đặng đức giang hà hạ hằng
    hoà hòa hoàng hồng huệ huỳnh khuê khuyên lê lệ ly lý minh mỹ ngân nguyễn nhân oanh ông ơn phú
    phương quý quỳnh quốc sơn tâm thị thuỷ thủy thuý tiến trần uyên ước văn vượng xuân yến ỷ h'hen
""")
WELL_WRITTEN = words("""
    nguyễn khuỷu rượu nghĩa giếng giữ quốc thuở ngoài khuyến mùa của yến ước gì café huế
""")

names = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=5).map(" ".join)
cased = st.tuples(names, st.sampled_from([str.lower, str.upper, str.title])).map(
    lambda pair: pair[1](pair[0])
)
anything = st.text(max_size=40)


def shuffled_and_sorted(items: list[Item], key: Callable[[Item], str]) -> list[Item]:
    backwards = items[::-1]
    return sorted(backwards, key=key)


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  Nguyễn\u00a0 Văn\tAn \n", "Nguyễn Văn An"),
        ("Ng\u200bọc\ufeff", "Ngọc"),
        (nfd("Phường Thành Sen"), "Phường Thành Sen"),
        ("\u00d0\u1eb7ng Thị \u00d0ào", "Đặng Thị Đào"),
        ("Lê\x00 Na", "Lê Na"),
        ("", ""),
    ],
)
def test_normalize_gives_the_stored_form(raw: str, clean: str) -> None:
    assert vn.normalize(raw) == clean


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Đặng Thuỳ Trâm", "dang thuy tram"), ("HÀ TĨNH", "ha tinh"), ("Ưu  ÁI", "uu ai")],
)
def test_fold_strips_case_and_diacritics(text: str, folded: str) -> None:
    assert vn.fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"), ("thuỷ", "thủy"), ("khoẻ", "khỏe"), ("thuý", "thúy"), ("qúy", "quý"),
        ("hùynh", "huỳnh"), ("tóan", "toán"), ("gìa", "già"), ("oà", "òa"), ("uỷ", "ủy"),
    ],
)  # fmt: skip
def test_two_places_of_a_tone_are_one_spelling(one: str, other: str) -> None:
    assert vn.canonical_tones(one) == other
    assert vn.canonical_tones(one.upper()) == other.upper()


@pytest.mark.parametrize("word", WELL_WRITTEN)
def test_well_written_words_keep_their_tone(word: str) -> None:
    assert vn.canonical_tones(word) == word


def test_match_key_sees_through_spelling_but_not_through_tones() -> None:
    assert vn.match_key(nfd("Hoà  BÌNH")) == vn.match_key("hòa bình")
    assert vn.match_key("H\u2019Hen Niê") == vn.match_key("H'Hen Niê")
    assert vn.match_key("ấ") == vn.match_key("a\u0301\u0302")
    assert vn.match_key("toán") != vn.match_key("toàn")
    assert vn.match_key("dung") != vn.match_key("đung")


def test_given_names_follow_the_vietnamese_order() -> None:
    order = ["An", "Ánh", "Ăn", "Ân", "Dung", "Đào", "Oanh", "Ông", "Ơn", "Yến"]
    assert shuffled_and_sorted(order, key=lambda given: vn.name_sort_key("", "", given)) == order


def test_tones_follow_the_dictionary_and_only_break_ties() -> None:
    order = ["Ma", "Mà", "Mả", "Mã", "Má", "Mạ", "Man", "Mạn", "Mau"]
    assert shuffled_and_sorted(order, key=vn.text_sort_key) == order


def test_every_letter_has_its_place() -> None:
    letters = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
    assert shuffled_and_sorted(letters, key=vn.text_sort_key) == letters


def test_given_name_comes_before_family_and_family_before_middle() -> None:
    order = [
        ("Lê", "Văn", "An"),
        ("Nguyễn", "Bình", "An"),
        ("Nguyễn", "Văn", "An"),
        ("Bùi", "Anh", "Bảo"),
        ("Bùi", "", "Bảo Anh"),
    ]
    assert shuffled_and_sorted(order, key=lambda name: vn.name_sort_key(*name)) == order


@pytest.mark.parametrize(
    ("full", "parts"),
    [
        ("Nguyễn Thị Hồng Hạnh", ("Nguyễn", "Thị Hồng", "Hạnh")),
        ("Lê An", ("Lê", "", "An")),
        ("Na", ("", "", "Na")),
        ("", ("", "", "")),
        ("Công Tằng Tôn Nữ Thị Ngọc", ("Công Tằng Tôn Nữ", "Thị", "Ngọc")),
        ("Tôn Thất Tùng", ("Tôn Thất", "", "Tùng")),
        ("H'Hen Niê", ("H'Hen", "", "Niê")),
    ],
)
def test_split_name(full: str, parts: tuple[str, str, str]) -> None:
    assert vn.split_name(full) == parts


@pytest.mark.parametrize(
    ("typed", "repaired"),
    [
        ("NGUYỄN THỊ ĐÀO", "Nguyễn Thị Đào"),
        ("nguyễn văn a", "Nguyễn Văn A"),
        ("NGUYỄN Văn An", "Nguyễn Văn An"),
        ("H'HEN NIÊ", "H'Hen Niê"),
        ("Y Bhăm Niê", "Y Bhăm Niê"),
    ],
)
def test_title_name_repairs_capitals(typed: str, repaired: str) -> None:
    assert vn.title_name(typed) == repaired


@given(anything)
def test_every_form_is_stable(text: str) -> None:
    for function in (vn.normalize, vn.fold, vn.canonical_tones, vn.match_key):
        once = function(text)
        assert function(once) == once


@given(anything)
def test_keys_do_not_depend_on_the_encoding(text: str) -> None:
    for function in (vn.normalize, vn.fold, vn.match_key, vn.text_sort_key):
        assert function(nfd(text)) == function(unicodedata.normalize("NFC", text))


@given(anything, anything, anything)
def test_the_sort_key_is_plain_printable_ascii(family: str, middle: str, given_name: str) -> None:
    key = vn.name_sort_key(family, middle, given_name)
    assert key.isascii()
    assert key.isprintable()


@given(cased)
def test_a_split_name_joins_back(full: str) -> None:
    assert vn.join_name(*vn.split_name(full)) == full


@given(cased)
def test_title_name_is_stable(full: str) -> None:
    repaired = vn.title_name(full)
    assert vn.title_name(repaired) == repaired
    assert vn.match_key(repaired) == vn.match_key(full)


@given(cased, cased)
def test_same_sort_key_means_same_spelling(one: str, other: str) -> None:
    same_key = vn.text_sort_key(one) == vn.text_sort_key(other)
    assert same_key == (vn.match_key(one).replace("'", "") == vn.match_key(other).replace("'", ""))


@settings(max_examples=50)
@given(st.lists(names, min_size=2, max_size=8))
def test_the_order_is_total_whatever_the_start(people: list[str]) -> None:
    def key(full: str) -> str:
        return vn.name_sort_key(*vn.split_name(full))

    ordered = sorted(people, key=key)
    assert [key(name) for name in shuffled_and_sorted(people, key=key)] == [key(n) for n in ordered]
    assert all(key(a) <= key(b) for a, b in pairwise(ordered))
