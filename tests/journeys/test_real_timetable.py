"""The real workbook of 39 classes becomes a published timetable, from FET's result.

A school is made for it by command; the rest is done in the browser. What teachers then see, on
their pages and in their calendars, is held against what FET's own files say.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import urllib.request
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, expect

from tests.journeys.province import Province, run_command
from tests.journeys.walking import NARROW, WIDE, Walk, start_walk

SHARED = Path(os.environ.get("KHUEVAN_SHARED", Path(__file__).parents[3] / "shared"))
LISTS = SHARED / "data/timetable/assignments"
FLAT = LISTS / "thpt_chuyen_39_assignments.csv"
WORKBOOK = LISTS / "thpt_chuyen_39_vnedu_template.xlsx"
CODE, SCHOOL = "42990039", "Trường THPT Chuyên Đồng Lộc"
TABLET = (820, 1180)
PASSWORD = "Sen hồng nở giữa hồ 39"  # noqa: S105 (of a person in a throwaway province)
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ")
GIVEN = ("An", "Bình", "Cường", "Dung", "Giang", "Hà", "Hải", "Hạnh", "Hiếu", "Hùng")
SECONDS = 60

pytestmark = [
    pytest.mark.shared,
    pytest.mark.browser,
    pytest.mark.skipif(not FLAT.exists(), reason="the folder ../shared is not here"),
    pytest.mark.skipif(shutil.which("fet-cl") is None, reason="fet-cl is not here"),
]


@dataclass(frozen=True)
class Taught:
    """A lesson as FET's files have it."""

    teacher: str
    subject: str
    room: str
    day: str
    hour: str


def name_of(place: int) -> str:
    """Return a teacher's name, another one for each place."""
    middle = f"{GIVEN[place % 10]} {GIVEN[place // 10 % 10]}"
    return f"{FAMILY[place % len(FAMILY)]} Thị {middle}"


def write(path: Path, heads: list[str], rows: list[list[str]]) -> str:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heads, *rows])
    return str(path)


@pytest.fixture(scope="module")
def teachers(province: Province, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Make the school with its classes and its teachers by the workbook's codes; give names."""
    folder = tmp_path_factory.mktemp("school")
    with FLAT.open(encoding="utf-8", newline="") as file:
        told = list(csv.DictReader(file))
    codes = sorted({row["teacher"] for row in told})
    rooms = sorted({row["class"] for row in told})
    names = {code: name_of(place) for place, code in enumerate(codes)}
    heads = ["Mã trường", "Tên trường", "Cấp học", "Loại hình", "Loại trường", "Tỉnh", "Xã"]
    school = [CODE, SCHOOL, "Trung học phổ thông", "Công lập", "Trường chuyên", "Tỉnh Hà Tĩnh"]
    heads += ["Đơn vị quản lý", "Năm thành lập"]
    school += ["Phường Thành Sen", "Sở GDĐT", "1991"]
    run_command(province, "import", "schools", write(folder / "schools.csv", heads, [school]))
    rows = [[f"Khối {room[:2]}", room, "Cả ngày"] for room in rooms]
    classes = write(folder / "classes.csv", ["Khối", "Tên lớp", "Buổi học"], rows)
    run_command(province, "import", "classes", classes, "--school", CODE)
    heads = ["Mã định danh Bộ GD&ĐT", "Họ tên", "Ngày sinh", "Giới tính", "Vị trí việc làm"]
    rows = [
        [code, name, f"01/0{1 + place % 9}/{1970 + place % 28}", "Nữ", "Giáo viên"]
        for place, (code, name) in enumerate(names.items())
    ]
    staff = write(folder / "staff.csv", heads, rows)
    run_command(province, "import", "staff", staff, "--school", CODE)
    run_command(province, "user", "grant", "loan", "school_clerk", CODE, "--reason", "Giúp trường")
    return names


@pytest.fixture
def walks(browser: Browser, province: Province) -> Iterator[list[Walk]]:
    """Give the list of windows to be closed in the end; in none was there a fault."""
    opened: list[Walk] = []
    yield opened
    faults = [fault for walk in opened for fault in walk.faults]
    for walk in opened:
        walk.page.context.close()
    assert faults == []


def test_a_workbook_becomes_a_published_timetable(
    browser: Browser,
    province: Province,
    teachers: dict[str, str],
    walks: list[Walk],
    tmp_path: Path,
) -> None:
    loan = start_walk(browser, province, size=WIDE, story="real")
    walks.append(loan)
    loan.sign_in("loan")
    loan.page.locator(".top summary").first.click()
    loan.page.get_by_role("button", name="Đồng Lộc").first.click()
    loan.settle()
    bring_the_workbook(loan)
    monday = make_a_week(loan)
    taught = solve(loan, tmp_path)
    assert len(taught) == 1144
    loan.main.get_by_label("Kết quả của FET").set_input_files(tmp_path / "result.xml")
    loan.press("Lấy kết quả")
    loan.look("placed")
    expect(loan.main).to_contain_text("1144/1144")
    expect(loan.main).to_contain_text("Không có chỗ trùng")
    look_at_it(loan)
    loan.press("Công bố").look("published")
    expect(loan.main.get_by_role("row", name=f"{monday:%d/%m/%Y}")).to_contain_text("Đã công bố")

    on = monday + timedelta(days=1)
    away, lesson = absent_on_tuesday(taught)
    substitute = let_stand_in(loan, on, away, lesson)
    names = {name: code for code, name in teachers.items()}
    for name in (away, substitute):
        walk = start_walk(browser, province, size=NARROW, story=f"real-{names[name]}")
        walks.append(walk)
        expected = {
            (one.subject, one.room, hour_of(one.hour))
            for one in taught
            if one.teacher == name and one.day == "Thứ Ba" and not (name == away and one == lesson)
        }
        if name == substitute:
            expected.add((lesson.subject, lesson.room, hour_of(lesson.hour)))
        sign_in_with_a_slip(walk, province, names[name])
        assert own_day(walk, on) == expected


def bring_the_workbook(loan: Walk) -> None:
    """Load the workbook as the clerk does: 115 rows, every name known."""
    loan.open("/imports/new/assignments/")
    loan.main.get_by_label("Tệp Excel hoặc CSV").set_input_files(WORKBOOK)
    loan.press("Đọc danh sách").look("workbook")
    foot = loan.page.locator(".foot-bar")
    foot.get_by_role("link", name="Xem lại 115 dòng").click()
    loan.settle()
    foot.get_by_role("button", name="Ghi 115 dòng").click()
    expect(loan.main).to_contain_text("Đã ghi vào hồ sơ", timeout=30_000)


def make_a_week(loan: Walk) -> date:
    """Make a timetable of the assignments, nothing placed; return its Monday."""
    loan.open("/timetables/").click("Tạo thời khóa biểu")
    starts = loan.main.get_by_label("Từ thứ Hai ngày").input_value()
    loan.press("Tạo").look("unplaced")
    expect(loan.main).to_contain_text("0/1144")
    return datetime.strptime(starts, "%d/%m/%Y").date()  # noqa: DTZ007 (a day on a form)


def solve(loan: Walk, folder: Path) -> list[Taught]:
    """Fetch the problem, let FET solve it, keep its result; return what its files say is when."""
    loan.click("FET", exact=True).look("fet")
    with loan.page.expect_download() as fetched:
        loan.main.get_by_role("link", name="Tệp dữ liệu cho FET").click()
    problem = folder / "school.fet"
    fetched.value.save_as(problem)
    words = [f"--inputfile={problem}", f"--outputdir={folder / 'out'}"]
    subprocess.run(
        ["fet-cl", *words, f"--timelimitseconds={SECONDS}"],
        capture_output=True,
        timeout=SECONDS * 2,
        check=False,
    )
    (result,) = (folder / "out").rglob("school_activities.xml")
    shutil.copy(result, folder / "result.xml")
    asked = {one.findtext("Id"): one for one in ET.parse(problem).iter("Activity")}
    found = []
    for one in ET.parse(result).iter("Activity"):
        told = asked[one.findtext("Id")]
        teacher, subject, room = (
            told.findtext(tag, "") for tag in ("Teacher", "Subject", "Students")
        )
        day, hour = one.findtext("Day", ""), one.findtext("Hour", "")
        found.append(Taught(teacher, subject, room, day, hour))
    return found


def look_at_it(loan: Walk) -> None:
    """Look at the week of a class and of a teacher on a desk, a tablet and a phone."""
    address = loan.path
    options = loan.main.locator("#tt-of option")
    teacher = options.filter(has_text=FAMILY[0]).first.get_attribute("value")
    for (wide, high), name in ((TABLET, "tablet"), (NARROW, "phone"), (WIDE, "desk")):
        loan.page.set_viewport_size({"width": wide, "height": high})
        loan.open(address).look(f"{name}-class")
        loan.open(f"{address}?of={teacher}").look(f"{name}-teacher")
    loan.open(address)


def absent_on_tuesday(taught: list[Taught]) -> tuple[str, Taught]:
    """Return somebody with several lessons on Tuesday, and the first of them."""
    tuesday = [one for one in taught if one.day == "Thứ Ba"]
    name = next(
        one.teacher
        for one in tuesday
        if one.subject == "Toán" and sum(two.teacher == one.teacher for two in tuesday) > 2
    )
    return name, min((one for one in tuesday if one.teacher == name), key=lambda one: one.hour)


def let_stand_in(loan: Walk, on: date, away: str, lesson: Taught) -> str:
    """Let whoever is offered first hold a lesson of somebody away; return the name."""
    loan.open(f"/schools/{CODE}/timetables/day/?on={on}&teacher={away}").look("day")
    panel = loan.main.locator("section", has=loan.page.get_by_role("heading", name=away))
    line = panel.locator("li").filter(has_text=f"lớp {lesson.room}").filter(has_text=lesson.subject)
    half = "buổi sáng" if "sáng" in lesson.hour else "buổi chiều"
    line.filter(has_text=half).get_by_role("link", name="Người dạy thay").first.click()
    loan.settle()
    chosen = loan.main.get_by_label("Người dạy thay").locator("option:checked").inner_text()
    loan.press("Lưu").look("stood-in")
    return chosen.partition(":")[0].strip()


def hour_of(hour: str) -> str:
    """Return the number of a period of a half-day, which FET's hour ends with."""
    return hour.split()[-1]


def sign_in_with_a_slip(walk: Walk, province: Province, code: str) -> None:
    """Open an account for a teacher by command, and let them in with the slip's password."""
    with psycopg.connect(province.database_url) as connection:
        asked = (
            "SELECT p.uuid FROM accounts_person p JOIN staff_staffmember s ON s.person_id = p.id"
            " WHERE s.moet_code = %s"
        )
        row = connection.execute(asked, (code,)).fetchone()
    assert row is not None
    slip = run_command(province, "user", "create", str(row[0]), "--username", code.lower())
    walk.open("/accounts/login/")
    walk.page.get_by_label("Tên đăng nhập").fill(code.lower())
    walk.page.get_by_label("Mật khẩu").fill(slip["password"])
    walk.page.get_by_role("button", name="Đăng nhập", exact=True).click()
    walk.page.wait_for_url(lambda url: "/accounts/password/" in url)
    for field in walk.main.locator("input[type=password]").all():
        name = field.get_attribute("name") or ""
        field.fill(slip["password"] if "old" in name or "current" in name else PASSWORD)
    walk.main.locator("form.card button[type=submit]").click()
    walk.settle()


def own_day(walk: Walk, on: date) -> set[tuple[str, str, str]]:
    """Return subject, class and period of what a teacher's own page says of a day."""
    walk.open(f"/my/timetable/?on={on}").look("own")
    day = walk.main.locator(".tt-days section").nth(on.weekday())
    found = set()
    for line in day.locator("li:not(.tt-gone)").all():
        room = line.locator(".note").inner_text().removeprefix("lớp ").split()[0]
        subject, number = line.locator("strong").inner_text(), line.locator(".num").inner_text()
        found.add((subject, room, number))
    assert found == calendar_day(walk, on)
    return found


def calendar_day(walk: Walk, on: date) -> set[tuple[str, str, str]]:
    """Return the same of the calendar that a teacher's phone follows."""
    walk.press("Tạo địa chỉ")
    address = walk.main.locator("code").inner_text()
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 (the province's own)
        events = Calendar.from_ical(answer.read()).walk("VEVENT")
    found = set()
    for event in events:
        begins = event.decoded("dtstart")
        if (begins.date() if isinstance(begins, datetime) else begins) == on:
            subject, _comma, room = (
                str(event["summary"]).removesuffix(" (dạy thay)").partition(", lớp ")
            )
            found.add((subject, room, str(event["description"]).split()[-1]))
    return found
