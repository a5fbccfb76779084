"""A count equals its rows, on any day, under the organization of that day, within the reach."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from hashlib import blake2b
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import load_workbook
from tests.cast import Cast, Client, actor_of
from tests.factories import (
    EVERYTHING,
    TODAY,
    YEAR_STARTS,
    make_class,
    make_commune,
    make_school,
    make_staff,
    make_student,
)

from khuevan.insight.rollup import upkeep
from khuevan.insight.rollup.asked import Asked, DayToCome, NoSuchCount, NoSuchDay
from khuevan.insight.rollup.dimensions import DIMENSIONS
from khuevan.insight.rollup.rules import FEWEST, TOTAL, permille, rounded, with_totals
from khuevan.insight.rollup.selectors import (
    class_rows,
    count,
    counting,
    frame_of,
    pupil_rows,
    staff_rows,
)
from khuevan.insight.rollup.selectors.counting import schools_asked
from khuevan.kernel.actor import Actor
from khuevan.platform.accounts.api import Person
from khuevan.platform.audit.api import AuditEntry
from khuevan.platform.organizations.api import OrgUnitVersion
from khuevan.registry.schools.api import School
from khuevan.registry.students.api import (
    COUNT_STUDENTS,
    VIEW_STUDENTS,
    ClassPlacement,
    Enrollment,
)

pytestmark = pytest.mark.django_db
WHY = "test"
READS: dict[str, Any] = {"pupils": pupil_rows, "classes": class_rows, "staff": staff_rows}


def make_world() -> None:
    one, other = make_commune("UBND xã Đông Khê"), make_commune("UBND xã Ninh Hải")
    first = make_school("Trường THCS Đông Khê", code="42000501", commune=one)
    second = make_school(
        "Trường TH Ninh Hải",
        code="42000301",
        commune=other,
        levels=("TH",),
        school_type="PRIMARY",
    )
    make_school("Trường THCS Chưa Có", code="42000503", commune=other)
    rooms = [
        make_class("6A", school=first),
        make_class("7A", school=first),
        make_class("1A", school=second),
    ]
    facts = [
        ("Lê Văn An", "MALE", date(2015, 1, 2), "01", rooms[0]),
        ("Lê Thị Ba", "FEMALE", date(2015, 7, 3), "05", rooms[0]),
        ("Lê Thị Cam", "FEMALE", None, "", rooms[1]),
        ("Lê Thị Dung", "FEMALE", date(2020, 7, 3), "01", rooms[2]),
    ]
    for name, sex, born, ethnicity, room in facts:
        make_student(name, homeroom_class=room, sex=sex, birth_date=born, ethnicity_code=ethnicity)
    make_student("Lê Văn Én", school=first, sex="MALE", ethnicity_code="01")
    make_staff(school=first)


def every_number_opens(actor: Actor, asked: Asked) -> int:
    """Open every number of a table and return the total."""
    frame = frame_of(actor=actor, asked=asked)
    counted = count(actor=actor, asked=asked, frame=frame)
    for (row, col), number in counted.table.numbers.items():
        keys = {asked.rows: row, asked.cols: col}
        part = asked.narrowed(**{code: key for code, key in keys.items() if code and key != TOTAL})
        rows = READS[asked.of](
            actor=actor, asked=part, frame=frame, schools=schools_asked(part, frame)
        )
        assert rows.count() == number, (asked, row, col)
    return counted.table.total


@pytest.mark.parametrize("fresh", [True, False])
def test_every_number_of_every_table_opens_to_as_many_rows(fresh: bool) -> None:
    make_world()
    if fresh:
        upkeep.refresh()
    for of in READS:
        codes = [one.code for one in DIMENSIONS.values() if of in one.of]
        totals = {
            every_number_opens(EVERYTHING, Asked(TODAY, of=of, rows=rows, cols=cols, basis=basis))
            for rows in codes
            for cols in ("", *codes)
            if rows != cols
            for basis in ("management", "location")
        }
        assert len(totals) == 1, of


def test_an_earlier_day_is_counted_as_it_was_also_after_a_correction() -> None:
    make_world()
    upkeep.refresh()
    asked = Asked(YEAR_STARTS + timedelta(days=20), rows="grade", cols="sex")
    before = every_number_opens(EVERYTHING, asked)
    left = Enrollment.objects.unscoped(because=WHY).filter(person__given_name="An").get()
    ClassPlacement.objects.unscoped(because=WHY).filter(student=left.student_id).update(
        ends_on=TODAY
    )
    Enrollment.objects.unscoped(because=WHY).filter(pk=left.pk).update(ends_on=TODAY)
    assert every_number_opens(EVERYTHING, asked) == before
    assert every_number_opens(EVERYTHING, Asked(TODAY)) == before - 1
    Enrollment.objects.unscoped(because=WHY).filter(pk=left.pk).update(
        ends_on=YEAR_STARTS + timedelta(days=9)
    )
    assert every_number_opens(EVERYTHING, asked) == before - 1
    upkeep.refresh()
    assert every_number_opens(EVERYTHING, asked) == before - 1


def test_units_are_those_of_the_day() -> None:
    make_world()
    school = OrgUnitVersion.objects.get(unit__code="42000501", ends_on=None)
    moved_on = TODAY - timedelta(days=10)
    newer = make_commune("UBND xã Mới")
    OrgUnitVersion.objects.filter(pk=school.pk).update(ends_on=moved_on)
    school.pk, school.parent_id, school.starts_on = None, newer.pk, moved_on
    school.save(force_insert=True)
    names = [
        set(count(actor=EVERYTHING, asked=Asked(on, rows="unit", cols="")).row_names.values())
        for on in (moved_on - timedelta(days=1), moved_on)
    ]
    assert "UBND xã Đông Khê" in names[0]
    assert "UBND xã Mới" not in names[0]
    assert "UBND xã Mới" in names[1]
    assert "UBND xã Đông Khê" not in names[1]


def test_what_nobody_recorded_is_a_line_of_its_own_and_schools_without_records_are_named() -> None:
    make_world()
    counted = count(actor=EVERYTHING, asked=Asked(TODAY, rows="ethnicity", cols="age"))
    assert counted.row_names["-"] == "Chưa ghi nhận"
    assert counted.table.at("-", "-") == 1
    assert (counted.coverage.present, counted.coverage.due) == (2, 3)
    assert [place.code for place in counted.coverage.missing] == ["42000503"]
    School.objects.unscoped(because="test").filter(code="42000503").update(founded_on=TODAY)
    new = count(actor=EVERYTHING, asked=Asked(TODAY, rows="ethnicity", cols="age")).coverage
    assert (new.present, new.due, new.new, new.is_whole) == (2, 2, 1, True)


def test_an_officer_of_one_commune_counts_its_schools_only(cast: Cast) -> None:
    upkeep.refresh()
    hung = actor_of(cast.hung)
    counted = count(actor=hung, asked=Asked(TODAY, rows="school", cols=""))
    assert set(counted.row_names) == {cast.school_a.code}
    assert every_number_opens(hung, Asked(TODAY, rows="grade", cols="sex")) > 0


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"on": "2026-02-31"}, NoSuchDay),
        ({"on": "2030-01-01"}, DayToCome),
        ({"rows": "shoe"}, NoSuchCount),
        ({"of": "classes", "cols": "sex"}, NoSuchCount),
        ({"basis": "moon"}, NoSuchCount),
    ],
)
def test_what_makes_no_sense_is_refused(query: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        Asked.from_query(query, today=TODAY, rows="grade", cols="sex")


@pytest.mark.parametrize("day", ["2026-09-30", "30/09/2026"])
def test_a_day_is_read_as_links_and_as_people_write_it(day: str) -> None:
    asked = Asked.from_query({"on": day}, today=TODAY.replace(year=2027), rows="grade", cols="sex")
    assert asked.on.isoformat() == "2026-09-30"


@pytest.mark.parametrize("age", ["²", "--5", "9" * 5000, "五"])
def test_an_age_that_is_no_number_is_refused(cast: Cast, client: Client, age: str) -> None:
    client.sign_in(cast.hung)
    assert client.get("/api/v1/counts", {"rows": "age", "age": age}).status_code == 422
    asked = {"after": age, "purpose": "REPORT"}
    assert client.get("/api/v1/counts/rows", asked).status_code == 422


NUMBERS = st.dictionaries(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("xyz")), st.integers(0, 30), min_size=1
)


def chance(salt: int) -> Any:
    def drawn(place: tuple[str, str], number: int) -> bytes:
        return blake2b(repr((place, number, salt)).encode(), digest_size=16).digest()

    return drawn


@given(numbers=NUMBERS, salt=st.integers(0, 10**9))
def test_told_numbers_are_rounded_and_what_is_withheld_is_not_told(
    numbers: dict[tuple[str, str], int], salt: int
) -> None:
    rows, cols = sorted({row for row, _ in numbers}), sorted({col for _, col in numbers})
    hidden = min(numbers)
    table = rounded(with_totals(numbers, rows, cols), chance(salt), {hidden})
    assert all(number % 5 == 0 for number in table.numbers.values())
    assert hidden not in table.numbers
    assert hidden in table.withheld


def test_a_line_of_which_nothing_is_told_is_not_there() -> None:
    one = with_totals({("a", "x"): 1}, ["a"], ["x"])
    assert {len(rounded(one, chance(salt)).rows) for salt in range(200)} == {0, 1}


@given(part=st.integers(0, 10_000), more=st.integers(0, 10_000))
def test_a_share_is_divided_once_and_of_nothing_there_is_none(part: int, more: int) -> None:
    whole = part + more
    share = permille(part, whole)
    assert (share is None) == (whole == 0)
    if share is not None:
        assert abs(share * whole - 1000 * part) * 2 <= whole


def add_pupils_of_groups(cast: Cast) -> None:
    """Add pupils to class 6A: with Minh Anh six girls of group 01, and two boys of group 05."""
    for name in ("An", "Bình", "Chi", "Dung", "Giang"):
        make_student(f"Lê Thị {name}", homeroom_class=cast.class_6a, ethnicity_code="01")
    for name in ("Hải", "Khang"):
        make_student(
            f"Nông Văn {name}", homeroom_class=cast.class_6a, sex="MALE", ethnicity_code="05"
        )


BY_GROUP = {"rows": "ethnicity", "cols": "sex", "school": "42000501"}


def said_of_a_group(client: Client, name: str) -> dict[str, set[str]]:
    """Return what page, xlsx, csv and REST say in the line of an ethnic group."""
    page = client.get("/counts/", BY_GROUP)
    sheet = client.get("/counts/table.xlsx", BY_GROUP)
    text = client.get("/counts/table.csv", BY_GROUP).content.decode("utf-8-sig")
    found = client.get("/api/v1/counts", BY_GROUP).json()
    (line,) = [one for one in page.context["lines"] if one.label == name]
    book = load_workbook(BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    said: dict[str, list[Any]] = {
        "page": [one.text for one in (*line.cells, line.total)],
        "xlsx": next(row[1:-1] for row in book if row[0] == name),
        "csv": next(row[1:-1] for row in csv.reader(text.splitlines()) if row[0] == name),
        "rest": [one["value"] for one in found["cells"] if one["row_name"] == name],
    }
    return {
        form: {f"{one:g}" if isinstance(one, float) else str(one) for one in values}
        for form, values in said.items()
    }


def test_small_ethnic_groups_are_kept_from_who_may_not_see_records(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "FEWEST", 1)
    for _ in range(3):
        add_pupils_of_groups(cast)
    director = actor_of(cast.thanh)
    assert director.may(COUNT_STUDENTS)
    assert not director.may(VIEW_STUDENTS)
    counted = count(actor=director, asked=Asked(TODAY, rows="ethnicity", cols="sex"))
    assert counted.table.is_rounded
    assert all(number % 5 == 0 for number in counted.table.numbers.values())
    said = said_of_a_group(client.sign_in(cast.thanh), "Kinh")
    assert all(values <= {str(number) for number in range(0, 60, 5)} for values in said.values()), (
        said
    )


@pytest.mark.parametrize(("of", "more"), [("pupils", {}), ("staff", {"position": "PRINCIPAL"})])
def test_nobody_asks_a_cell_of_one_for_the_group_or_the_commune(
    cast: Cast, client: Client, of: str, more: dict[str, str]
) -> None:
    add_pupils_of_groups(cast)
    client.sign_in(cast.binh)
    asked = {"of": of, "school": "42000501", "cols": "", **more}
    for rows in ("ethnicity", "residence") if of == "pupils" else ("ethnicity",):
        found = client.get("/api/v1/counts", {**asked, "rows": rows}).json()
        assert found["cells"] == []
        assert found["too_few_below"] == FEWEST
    whole = client.get("/api/v1/counts", {**asked, "rows": "sex", "ethnicity": "05"}).json()
    assert (whole["total"], whole["cells"]) == (None, [])


def test_one_child_less_is_drawn_anew(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the same two boys among other people another answer is given, so it proves nobody."""
    monkeypatch.setattr(counting, "FEWEST", 1)
    add_pupils_of_groups(cast)
    asked = Asked(TODAY, rows="ethnicity", cols="", narrow=(("school", "42000501"),))
    seen = set()
    for _ in range(12):
        make_student("Lê Thị An", homeroom_class=cast.class_6a, ethnicity_code="01")
        seen.add(count(actor=actor_of(cast.binh), asked=asked).table.at("05", TOTAL))
    assert len(seen) > 1


def test_who_may_see_the_records_sees_small_ethnic_groups(cast: Cast, client: Client) -> None:
    add_pupils_of_groups(cast)
    asked = Asked(TODAY, rows="ethnicity", cols="sex")
    counted = count(actor=actor_of(cast.hung), asked=asked)
    assert not counted.table.is_rounded
    assert counted.table.at("05", "MALE") == 2
    said = said_of_a_group(client.sign_in(cast.hung), counted.row_names["05"])
    assert all("2" in values for values in said.values()), said


def test_the_page_opens_its_numbers_and_notes_who_looked(cast: Cast, client: Client) -> None:
    page = client.sign_in(cast.hung).get("/counts/", {"rows": "grade", "cols": "sex"})
    assert page.status_code == 200
    opened = client.get("/counts/rows/", {"grade": "6"})
    assert "Phạm Minh Anh" in opened.content.decode()
    assert AuditEntry.objects.unscoped(because=WHY).filter(code="rollup.names_opened").count() == 1
    assert client.get("/counts/", {"on": "2031-01-01"}).status_code == 422
    assert client.get("/counts/table.xlsx").status_code == 200
    assert client.get("/counts/table.csv").status_code == 200
    assert client.get("/counts/table.doc").status_code == 404


def test_programs_get_the_same_numbers(cast: Cast, client: Client) -> None:
    asked = {"on": TODAY.isoformat(), "rows": "grade", "cols": "sex"}
    found = client.sign_in(cast.hung).get("/api/v1/counts", asked).json()
    counted = count(actor=actor_of(cast.hung), asked=Asked(TODAY))
    assert found["total"] == counted.table.total
    rows = client.get("/api/v1/counts/rows", {"on": TODAY.isoformat()}).json()
    assert rows["total"] == found["total"] == len(rows["items"])
    assert client.get("/api/v1/counts", {"rows": "shoe"}).status_code in (409, 422)


@pytest.mark.parametrize(("of", "shown"), [("pupils", "Nông Văn Hải"), ("staff", "Lê Văn Páo")])
def test_names_of_an_ethnic_group_open_to_who_may_see_sensitive_facts_only(
    cast: Cast, client: Client, of: str, shown: str
) -> None:
    add_pupils_of_groups(cast)
    member = make_staff("Lê Văn Páo", school=cast.school_a)
    Person.objects.unscoped(because=WHY).filter(pk=member.person_id).update(ethnicity_code="05")
    asked = {"of": of, "school": "42000501", "ethnicity": "05"}
    assert shown in client.sign_in(cast.hung).get("/counts/rows/", asked).content.decode()
    officer = client.sign_in(cast.binh)
    assert shown in officer.get("/counts/rows/", {**asked, "ethnicity": ""}).content.decode()
    closed = officer.get("/counts/rows/", asked)
    assert closed.status_code == 200
    assert shown not in closed.content.decode()
    counted = count(
        actor=actor_of(cast.binh),
        asked=Asked(TODAY, of=of, rows="ethnicity", cols="sex", narrow=(("school", "42000501"),)),
    )
    assert counted.table.is_rounded
    assert counted.table.at("05", TOTAL) % 5 == 0


def test_programs_get_no_names_of_an_ethnic_group_without_that_permission(
    cast: Cast, client: Client
) -> None:
    add_pupils_of_groups(cast)
    asked = {"school": "42000501", "purpose": "REPORT"}
    officer = client.sign_in(cast.binh)
    assert officer.get("/api/v1/counts/rows", asked).json()["total"] > 0
    assert officer.get("/api/v1/counts/rows", {**asked, "ethnicity": "05"}).status_code == 404
    principal = client.sign_in(cast.hung)
    assert principal.get("/api/v1/counts/rows", {**asked, "ethnicity": "05"}).json()["total"] == 2
