"""How decisions are signed: the number's shape, the form an office signs in, who signs in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from khuevan.kernel.rule_rows import rule_rows
from khuevan.platform.organizations.api import (
    AuthorizationNeeded,
    AuthorizationUnfit,
    BodyUnfit,
    NumberUnfit,
    PositionUnfit,
    Signed,
    SignedOtherwise,
    SignerNeeded,
    SigningForm,
    SignUnfit,
    positions_of,
    require_number,
    require_signed,
    signature,
    signing_forms,
)
from khuevan.platform.organizations.signing import DATA, OWN, SigningRule
from khuevan.platform.regulations.api import Confidence, Office

ON = date(2026, 11, 2)
SIGNED = Signed("412/QĐ", ON, "Nguyễn Văn Chủ", "Chủ tịch")
AUTHORIZED = {"authorization": "12/UQ-UBND", "authorized_on": date(2026, 1, 5)}


def signed_as(form: str, position: str) -> Signed:
    """Return a decision signed in a form, with its authorization where the form asks for one."""
    signed = replace(SIGNED, form=form, position=position)
    return replace(signed, **AUTHORIZED) if form == "TUQ" else signed  # type: ignore[arg-type]  # of two types


@pytest.mark.parametrize("number", ["", "abc", "412", "QĐ-UBND", "412/", "/QĐ", "412/1"])
def test_a_number_without_digits_or_sign_is_none(number: str) -> None:
    with pytest.raises(NumberUnfit):
        require_number(number)


@pytest.mark.parametrize(
    "number",
    ["412/QĐ-UBND", "12/2026/QĐ-UBND", "7/GP-UBND", "1/QĐ", "2058/QĐ-UBND-VX", "5/QĐ-SGD&ĐT"],
)
def test_a_number_with_its_sign_is_taken(number: str) -> None:
    require_number(number)


@pytest.mark.parametrize(
    ("office", "form", "position"),
    [
        ("COMMUNE_CHAIR", "HEAD", "Chủ tịch"),
        ("COMMUNE_CHAIR", "HEAD", "CHỦ TỊCH UBND xã Cẩm Bình"),
        ("COMMUNE_CHAIR", "HEAD", "Q. Chủ tịch"),
        ("COMMUNE_CHAIR", "KT", "Phó Chủ tịch UBND phường"),
        ("COMMUNE_CHAIR", "TL", "Trưởng phòng Văn hóa - Xã hội"),
        ("COMMUNE_COMMITTEE", "TM_KT", "Phó Chủ tịch"),
        ("DEPARTMENT_DIRECTOR", "KT", "Phó Giám đốc Sở"),
        ("DEPARTMENT_DIRECTOR", "TUQ", "Giám đốc Trung tâm Hành chính công"),
        ("DISTRICT_OFFICE_HEAD", "HEAD", "Trưởng phòng GDĐT"),
        ("", "HEAD", "ai cũng được"),
    ],
)  # fmt: skip
def test_whoever_fits_the_form_signs(office: str, form: str, position: str) -> None:
    require_signed(signed_as(form, position), office=office, who="Cơ quan")


@pytest.mark.parametrize(
    ("office", "form", "position", "refused"),
    [
        ("COMMUNE_CHAIR", "KT", "Chủ tịch", PositionUnfit),
        ("COMMUNE_CHAIR", "HEAD", "Phó Chủ tịch", PositionUnfit),
        ("COMMUNE_CHAIR", "HEAD", "Giám đốc", PositionUnfit),
        ("COMMUNE_CHAIR", "TL", "Chủ tịch UBND xã", PositionUnfit),
        ("DEPARTMENT_DIRECTOR", "TUQ", "Phó Giám đốc", PositionUnfit),
        ("DEPARTMENT_DIRECTOR", "TM", "Giám đốc", SignedOtherwise),
        ("COMMUNE_COMMITTEE", "HEAD", "Chủ tịch", SignedOtherwise),
        ("PRINCIPAL", "TL", "Tổ trưởng", SignedOtherwise),
        ("COMMUNE_CHAIR", "HEAD", " ", SignerNeeded),
    ],
)
def test_whoever_does_not_fit_is_refused(
    office: str, form: str, position: str, refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        require_signed(signed_as(form, position), office=office, who="Cơ quan")


def test_a_refusal_names_who_signs_and_by_which_text() -> None:
    with pytest.raises(PositionUnfit, match="Phó Chủ tịch.*NĐ 30/2020/NĐ-CP"):
        require_signed(replace(SIGNED, form="KT"), office="COMMUNE_CHAIR", who="UBND xã Cẩm Bình")


def test_before_the_text_nothing_is_known() -> None:
    before = date(2020, 3, 4)
    assert signing_forms("COMMUNE_CHAIR", before) == list(SigningForm.values)
    assert positions_of("COMMUNE_CHAIR", "KT", before) == []


def test_the_rows_are_known_words_and_own_forms_name_their_signers() -> None:
    for one in rule_rows(DATA, SigningRule):
        assert one.offices <= set(Office.values)
        assert one.confidence in Confidence.values
        assert bool(one.titles) == (one.form in OWN)


def test_a_signature_reads_as_on_paper() -> None:
    assert signature("KT", "Phó Chủ tịch", "Lê Văn A") == "KT. Phó Chủ tịch Lê Văn A"
    assert signature("TM_KT", "Phó Chủ tịch", "Lê Văn A") == "TM., KT. Phó Chủ tịch Lê Văn A"
    assert signature("", "", "Chủ tịch UBND xã") == "Chủ tịch UBND xã"
    assert signature("HEAD", "Chủ tịch", "") == ""


def test_invisible_letters_are_nobody() -> None:
    signed = Signed("412/QĐ-UBND", date(2026, 9, 1), "\u200b", "Chủ tịch")
    with pytest.raises(SignerNeeded):
        require_signed(signed, office="", who="UBND xã")


@pytest.mark.parametrize(
    ("office", "position", "number", "who", "refused"),
    [
        ("DEPARTMENT_DIRECTOR", "Giám đốc Sở", "15/QĐ-UBND", "Giám đốc Sở GDĐT", SignUnfit),
        ("COMMUNE_CHAIR", "Chủ tịch", "15/QĐ-SGDĐT", "Chủ tịch UBND xã Cẩm Bình", SignUnfit),
        ("COMMUNE_CHAIR", "Chủ tịch UBND tỉnh", "1/QĐ-UBND", "Chủ tịch UBND xã A", BodyUnfit),
        ("PROVINCE_CHAIR", "Chủ tịch UBND xã B", "1/QĐ-UBND", "Chủ tịch UBND tỉnh A", BodyUnfit),
        (
            "COMMUNE_CHAIR", "Chủ tịch UBND xã Yên Hòa, tỉnh Hà Tĩnh", "1/QĐ-UBND",
            "Chủ tịch UBND xã Cẩm Bình", BodyUnfit,
        ),
    ],
)  # fmt: skip
def test_another_body_is_refused(
    office: str, position: str, number: str, who: str, refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        require_signed(replace(SIGNED, number=number, position=position), office=office, who=who)


@pytest.mark.parametrize(
    ("office", "position", "number", "who"),
    [
        ("COMMUNE_CHAIR", "CHỦ TỊCH UBND XÃ CẨM BÌNH", "1/QĐ-UBND", "Chủ tịch UBND xã Cẩm Bình"),
        ("COMMUNE_CHAIR", "Chủ tịch UBND phường", "1/QĐ-UBND-VX", "Chủ tịch UBND phường Trần Phú"),
        ("PROVINCE_CHAIR", "Chủ tịch UBND thành phố", "1/QĐ-CTUBND", "Chủ tịch UBND TP. Huế"),
        ("DEPARTMENT_DIRECTOR", "Giám đốc Sở GDĐT Hà Tĩnh", "1/QĐ-SGD&ĐT", "Giám đốc Sở GDĐT"),
        ("DISTRICT_OFFICE_HEAD", "Trưởng phòng GDĐT huyện", "1/QĐ-GDĐT", "Trưởng Phòng GDĐT"),
        ("PRINCIPAL", "Hiệu trưởng trường THCS A", "1/QĐ-THCSA", "Hiệu trưởng"),
    ],
)  # fmt: skip
def test_ones_own_body_is_taken(office: str, position: str, number: str, who: str) -> None:
    require_signed(replace(SIGNED, number=number, position=position), office=office, who=who)


def test_an_authorization_stands_behind_tuq_and_nothing_else() -> None:
    told = {"office": "COMMUNE_CHAIR", "who": "UBND xã"}
    signed = signed_as("TUQ", "Giám đốc Trung tâm")
    require_signed(signed, **told)
    with pytest.raises(AuthorizationNeeded):
        require_signed(replace(signed, authorized_on=None), **told)
    with pytest.raises(AuthorizationNeeded):
        require_signed(replace(signed, authorization="UQ"), **told)
    with pytest.raises(AuthorizationUnfit):
        require_signed(replace(signed, authorized_on=date(2026, 11, 3)), **told)
    with pytest.raises(AuthorizationUnfit):
        require_signed(replace(SIGNED, authorization="12/UQ-UBND"), **told)
