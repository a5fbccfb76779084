"""Words that no comment may have: however they are spelt, and only where they are that word."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.kernel.vietnamese import fold
from khuevan.school.remarks.bank import shipped
from khuevan.school.remarks.words import common_words, find_words

TODAY = date(2026, 11, 23)
REFUSED, TOLD = common_words(TODAY, refused=True), common_words(TODAY, refused=False)


@pytest.mark.parametrize(
    "text",
    [
        "Em rất lười học",
        "Em rất LƯỜI học",
        "em con luoi hoc bai",
        "Hoc con ngu",
        "Em ngu-dốt",
        "d ố t quá",
        "Em l.ư.ờ.i",
        "Ý thức kém",
        "ki\u200bem kém\u200b cỏi",
        "Em mắc chứng tự kỷ",
    ],
)
def test_a_refused_word_is_found(text: str) -> None:
    assert find_words(text, REFUSED)


@pytest.mark.parametrize(
    "text",
    [
        "Em ngủ đủ giấc và học tốt",
        "Biết kiềm chế, khéo léo",
        "Trí nhớ tốt, đọt lá",
        "Em thích ăn kem",
        "Tiếng Anh tiến bộ",
        "Học tập chăm chỉ, hư cấu",
    ],
)
def test_other_words_are_not(text: str) -> None:
    found = [one.word for one in find_words(text, REFUSED)]
    assert not found or found == ["hư"], "a word stands alone, not inside another"


def test_the_place_and_the_spelling_are_told() -> None:
    (found,) = find_words("Em còn Lười học bài", [one for one in REFUSED if one == "lười"])
    assert (found.shown, found.place) == ("Lười", 3)


def test_a_pupils_name_is_no_such_word() -> None:
    assert not find_words("Em Láo đã cố gắng", REFUSED, name="Lò Văn Láo")
    assert find_words("Em rất láo", REFUSED, name="Lò Văn Láo")


def test_comparisons_are_told() -> None:
    assert find_words("Em học giỏi nhất lớp", TOLD)
    assert find_words("Kết quả thấp so với các bạn", TOLD)
    assert not find_words("Em giúp bạn học tốt hơn", TOLD)


def test_shipped_phrases_have_none_of_them() -> None:
    wrong = [one.text for one in shipped() if find_words(one.text, (*REFUSED, *TOLD))]
    assert not wrong


def _spelt(word: str, how: int) -> str:
    forms = (
        word.upper(),
        unicodedata.normalize("NFD", word),
        word.title(),
        "".join(f"{one}\u200b" for one in word),
        word.replace(" ", "  "),
        word.replace(" ", "-"),
    )
    return forms[how % len(forms)]


@given(
    st.sampled_from(REFUSED),
    st.integers(0, 5),
    st.lists(st.sampled_from(["Em", "học", "tốt", "chăm", "tiến", "bộ", "đều"]), max_size=6),
    st.lists(st.sampled_from(["Em", "học", "tốt", "chăm", "tiến", "bộ", "đều"]), max_size=6),
)
def test_a_forbidden_word_never_passes(
    word: str, how: int, before: list[str], after: list[str]
) -> None:
    text = " ".join([*before, _spelt(word, how), *after])
    assert any(one.word == word for one in find_words(text, REFUSED))
    assert find_words(fold(text), REFUSED), "typed without marks"
