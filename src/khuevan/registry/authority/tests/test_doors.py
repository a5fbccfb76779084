"""The same answers on the page, for programs and on the command line."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.cast import Cast, Client
from tests.factories import EVERYTHING, UNITS_START

from khuevan.registry.authority.tests.both_eras import Province, make_both_eras
from khuevan.ui.commands import SchoolUnknown, discover, invoke

ISSUE, RECOGNIZE = "issue_lower_secondary_diploma", "recognise_lower_secondary_graduation"
CASES = [
    (RECOGNIZE, "2025-06-30", "DISTRICT_OFFICE_HEAD", "Phòng GDĐT huyện Cẩm Xuyên"),
    (RECOGNIZE, "2025-07-01", "PRINCIPAL", "Trường 42000999"),
    (ISSUE, "2025-06-30", "DISTRICT_OFFICE_HEAD", "Phòng GDĐT huyện Cẩm Xuyên"),
    (ISSUE, "01/07/2025", "COMMUNE_CHAIR", "UBND xã Cẩm Xuyên"),
]


@pytest.fixture
def province(cast: Cast) -> Province:
    made = make_both_eras("43")
    made.school("42000999", ("THCS",), "LOWER_SECONDARY")
    return made


@pytest.mark.parametrize(("power", "on", "office", "unit"), CASES)
def test_programs_are_answered(
    province: Province, cast: Cast, client: Client, power: str, on: str, office: str, unit: str
) -> None:
    client.sign_in(cast.thanh)
    asked = {"power": power, "school": "42000999", "on": on}
    (ruling,) = client.get("/api/v1/authority", asked).json()["rulings"]
    assert (ruling["decider"]["office"], ruling["decider"]["unit"]["name"]) == (office, unit)
    assert ruling["decider"]["source"]["number"]


@pytest.mark.parametrize(("power", "on", "office", "unit"), CASES)
def test_the_command_answers(
    province: Province, power: str, on: str, office: str, unit: str
) -> None:
    discover()
    answer = invoke("authority", EVERYTHING, [power, "--school", "42000999", "--on", on])
    assert unit in str(answer.text)
    assert answer.data["rulings"][0]["decider"]["office"] == office
    assert "TT-BGDĐT" in str(answer.text)


def test_the_powers_can_be_found_out(
    cast: Cast, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    client.sign_in(cast.thanh)
    told = client.get("/api/v1/powers").json()
    assert RECOGNIZE in [one["code"] for one in told]
    assert all(one["name"] != one["code"] for one in told)
    with pytest.raises(SystemExit):
        invoke("authority", EVERYTHING, ["--help"])
    assert RECOGNIZE in capsys.readouterr().out


def test_a_code_of_no_school_is_named(db: None) -> None:
    with pytest.raises(SchoolUnknown, match="42999999"):
        invoke("authority", EVERYTHING, [ISSUE, "--school", "42999999"])


def test_the_page_tells_two_days_side_by_side(
    province: Province, cast: Cast, client: Client
) -> None:
    client.sign_in(cast.thanh)
    asked = {"school": "42000999", "power": ISSUE, "from": "30/06/2025", "to": "01/07/2025"}
    told = client.get(reverse("authority:ask"), asked).context["told"]
    assert [(one["on"], one["rulings"][0]["unit"]) for one in told] == [
        ("30/06/2025", "Phòng GDĐT huyện Cẩm Xuyên"),
        ("01/07/2025", "UBND xã Cẩm Xuyên"),
    ]


def test_a_schools_pages_name_the_text_and_its_article(
    province: Province, cast: Cast, client: Client
) -> None:
    client.sign_in(cast.thanh)
    for name, args in (("school", ["42000999"]), ("power", ["42000999", ISSUE])):
        page = client.get(reverse(f"authority:{name}", args=args), {"on": "01/07/2025"})
        cells = [part.split("<")[0] for part in page.content.decode().split("<td>")[1:]]
        assert any("10/2025/TT-BGDĐT" in cell for cell in cells), name


def test_a_name_offers_the_schools_that_may_be_meant(cast: Cast, client: Client) -> None:
    client.sign_in(cast.binh)
    asked = {"school": "dong khe", "power": ISSUE, "on": "01/07/2025"}
    offered = client.get(reverse("authority:ask"), asked).context["offered"]
    assert [one["label"] for one in offered] == ["Trường THCS Đông Khê", "Trường Tiểu học Đông Khê"]
    asked["school"] = "nowhere at all"
    assert client.get(reverse("authority:ask"), asked).context["offered"] == []


def test_a_day_before_the_school_is_a_sentence(cast: Cast, client: Client) -> None:
    client.sign_in(cast.binh)
    url = reverse("authority:school", args=[cast.school_a.code])
    (refusal,) = client.get(url, {"on": "01/01/2020"}).context["refusals"]
    assert f"{UNITS_START:%d/%m/%Y}" in refusal
    assert client.get("/api/v1/authority", {
        "power": ISSUE, "school": cast.school_a.code, "on": "2020-01-01"
    }).status_code == 404  # fmt: skip


def test_the_tab_lists_every_matter_and_compares(cast: Cast, client: Client) -> None:
    client.sign_in(cast.hung)
    url = reverse("authority:school", args=[cast.school_a.code])
    page = client.get(url)
    assert len(page.context["table"].rows) == 17
    compared = client.get(url, {"on": "01/07/2025", "also": "23/11/2026"})
    assert len(compared.context["table"].columns) == 4
    one = reverse("authority:power", args=[cast.school_a.code, ISSUE])
    assert client.get(one).context["histories"][0].rows


def test_another_schools_answer_is_absent(cast: Cast, client: Client) -> None:
    client.sign_in(cast.mai)
    asked = {"power": ISSUE, "school": cast.school_a.code}
    assert client.get("/api/v1/authority", asked).status_code == 404
    url = reverse("authority:school", args=[cast.school_a.code])
    assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    "asked",
    [{"power": "nothing"}, {"on": "31/02/2025"}, {"on": "yesterday"}, {"school": "0"}],
)
def test_bad_questions_are_refused_with_a_sentence(
    cast: Cast, client: Client, asked: dict[str, str]
) -> None:
    client.sign_in(cast.binh)
    full = {"power": ISSUE, "school": cast.school_a.code, "on": "2026-01-01", **asked}
    answer = client.get("/api/v1/authority", full)
    assert answer.status_code in {400, 404}
    assert answer.json()["detail"]
