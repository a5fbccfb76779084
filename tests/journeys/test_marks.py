"""A teacher fills a column of 45 by keypad though the network is cut; two devices in one column;
a paste one row off; each on a desk and on a phone."""

from __future__ import annotations

import re
import time
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Dialog, Locator, Route, expect

from tests.journeys.fixtures import Visit
from tests.journeys.walking import Walk

pytestmark = [pytest.mark.journey, pytest.mark.browser]

MARKS = ("75", "8", "65", "9", "58", "7", "83", "6", "05", "7")
SHOWN = ("7,5", "8", "6,5", "9", "5,8", "7", "8,3", "6", "0,5", "7")
MOST_STROKES, MOST_MS = 2.5, 50


def open_sheet(walk: Walk, number: int = 0) -> Walk:
    """Open one of the teacher's gradebooks, term II of it, which nobody has filled."""
    walk.open("/my/gradebooks/").settle()
    address = walk.main.locator(".gb-book").nth(number).get_attribute("href")
    assert address
    return walk.open(f"{address}?period=2").settle()


def cells(walk: Walk) -> Locator:
    """Return the cells of the column under the hand."""
    return walk.page.locator("[data-gb-sheet] tbody td.now")


def values(walk: Walk) -> list[str]:
    """Return what is read in the column, without the field in it."""
    found: list[str] = walk.page.evaluate(
        """() => [...document.querySelectorAll("[data-gb-sheet] tbody td.now")]
             .map(td => (td.querySelector(".mv") || td).textContent.trim())"""
    )
    return found


def state(walk: Walk) -> Locator:
    """Return the pills over the sheet."""
    return walk.page.locator("[data-gb-state]")


def choose(walk: Walk, column: int, row: int = 0) -> Walk:
    """Go to a cell: on a phone the column is chosen first."""
    if walk.is_narrow:
        walk.page.locator("#gb-column").select_option(str(column))
    walk.page.locator("[data-gb-sheet] tbody tr").nth(row).locator(".mark-cell").nth(column).click()
    return walk


def type_marks(walk: Walk, count: int, start: int = 0) -> int:
    """Type marks down the column as a hurried teacher does; return how many keys that took."""
    strokes = 0
    for at in range(start, start + count):
        typed = MARKS[at % len(MARKS)]
        keys = [*typed] if len(typed) == 2 else [*typed, "Enter"]
        for key in keys:
            walk.page.keyboard.press(key)
        strokes += len(keys)
    return strokes


def wait_saved(walk: Walk) -> None:
    """Wait until nothing waits any more."""
    expect(state(walk)).to_contain_text("Đã lưu", timeout=15_000)
    expect(state(walk)).not_to_contain_text(re.compile("Đang lưu|chờ mạng"), timeout=15_000)


def test_a_column_is_filled_by_keypad_though_the_network_is_cut(visit: Visit) -> None:
    lan = open_sheet(visit("lan"))
    column = 1 if lan.is_narrow else 0
    count = lan.page.locator("[data-gb-sheet] tbody tr").count()
    choose(lan, column).look("sheet")
    if not lan.is_narrow:
        tall = lan.page.evaluate("document.documentElement.scrollHeight - innerHeight")
        assert tall <= 0, f"{count} pupils do not fit: {tall} px too tall"

    sent: list[Any] = []

    def lose_the_answer(route: Route) -> None:
        sent.append(route.fetch())  # the server has written it, the teacher's device never hears
        route.abort()

    began = time.monotonic()
    strokes = type_marks(lan, 10)
    took = (time.monotonic() - began) * 1000 / 10
    assert strokes / 10 <= MOST_STROKES
    assert took <= MOST_MS * 3, f"{took:.0f} ms a cell"
    wait_saved(lan)

    lan.page.route("**/marks/", lose_the_answer)
    lan.faults.clear()
    type_marks(lan, 10, 10)
    lan.page.wait_for_timeout(700)
    lan.page.context.set_offline(True)
    type_marks(lan, count - 20, 20)
    expect(state(lan)).to_contain_text("chờ mạng")
    assert sent, "a batch was written whose answer was lost"
    expect(lan.page.locator("[data-gb-notice]")).to_contain_text("Đang mất mạng")
    lan.page.unroute("**/marks/")
    lan.page.context.set_offline(False)
    wait_saved(lan)
    lan.faults[:] = [one for one in lan.faults if "ERR_" not in one]

    wanted = [SHOWN[at % len(SHOWN)] for at in range(count)]
    assert values(lan)[:-1] == wanted[:-1]
    lan.page.reload()
    lan.settle()
    choose(lan, column)
    found = values(lan)
    assert found[1:] == wanted[1:], "all are there once, in their rows"
    versions = lan.page.evaluate(
        """() => [...new Set([...document.querySelectorAll("[data-gb-sheet] tbody td.now")]
             .map(td => td.dataset.n))]"""
    )
    assert versions == ["1"], "none was written twice"
    assert lan.page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('kept:'))") == []


def test_two_devices_in_one_column_and_a_person_decides(visit: Visit) -> None:
    desk, phone = visit("lan"), visit("lan")
    column = 3 if desk.is_narrow else 2
    for walk in (desk, phone):
        choose(open_sheet(walk), column, 4)
    desk.page.keyboard.type("6")
    desk.page.keyboard.press("Enter")
    wait_saved(desk)
    phone.page.keyboard.type("58")
    expect(state(phone)).to_contain_text("1 khác nhau")
    choose(phone, column, 4)
    foot = phone.page.locator("#gb-foot")
    expect(foot).to_contain_text(re.compile(r"đã sửa ô này thành 6 lúc .* Giữ 5,8 hay lấy 6\?"))
    phone.look("conflict")
    foot.get_by_role("button", name="Giữ 5,8").click()
    wait_saved(phone)
    expect(state(phone)).not_to_contain_text("khác nhau")
    desk.page.reload()
    desk.settle()
    choose(desk, column)
    assert values(desk)[4] == "5,8"


def paste(walk: Walk, text: str) -> None:
    """Paste into the current cell as from Excel."""
    walk.page.evaluate(
        """text => {
             const clipboardData = new DataTransfer();
             clipboardData.setData("text/plain", text);
             const told = {clipboardData, bubbles: true, cancelable: true};
             document.querySelector(".gb-input").dispatchEvent(new ClipboardEvent("paste", told));
           }""",
        text,
    )


def test_a_paste_one_row_off_is_caught_by_its_names(visit: Visit) -> None:
    lan = open_sheet(visit("lan"), 3)
    column = 5 if lan.is_narrow else 4
    names = lan.page.locator("[data-gb-sheet] tbody th.name > span").all_inner_texts()
    pasted = names[:10]
    lines = [f"{at + 1}\t{name}\t7,5" for at, name in enumerate(pasted)]
    off = sum(name != below for name, below in pairwise(names[:11]))
    sure = [names.count(name) == 1 for name in pasted]
    choose(lan, column, 1)
    paste(lan, "STT\tHọ và tên\tCK\n" + "\n".join(lines))
    dialog = lan.page.locator("#gb-paste")
    expect(dialog).to_contain_text(f"{off} họ tên không khớp với dòng. Chưa ghi gì.")
    lan.look("shifted")
    dialog.get_by_role("button", name=f"Ghi {sum(sure)} điểm theo họ tên").click()
    wait_saved(lan)
    wanted = ["7,5" if one else "" for one in sure]
    assert values(lan)[2:11] == [*wanted[2:], ""], "each at its own pupil, none at namesakes"

    choose(lan, column, 10)
    paste(lan, "8\n85,5\n9,5\n")
    expect(dialog).to_contain_text("Không có họ tên đi kèm")
    expect(dialog).to_contain_text("1 ô không phải là điểm")
    dialog.get_by_role("button", name="Ghi 2 điểm").click()
    wait_saved(lan)
    assert values(lan)[12] == "9,5"
    lan.page.locator("[data-gb-undo]").click()
    wait_saved(lan)
    assert values(lan)[11] == ""


def test_what_is_wrong_stays_in_its_cell_and_signing_out_asks(visit: Visit) -> None:
    lan = open_sheet(visit("lan"), 1)
    choose(lan, 1 if lan.is_narrow else 0, 2)
    lan.page.keyboard.type("x")
    lan.page.keyboard.press("Tab")
    expect(state(lan)).to_contain_text("1 sai")
    lan.look("wrong")
    asked: list[str] = []

    def agree(box: Dialog) -> None:
        asked.append(box.message)
        box.accept()

    lan.page.on("dialog", agree)
    lan.own_menu("Đăng xuất")
    assert "1 mục chưa lưu" in asked[0]
    assert lan.page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('kept:'))") == []


def test_nothing_typed_is_lost_when_the_session_ends_or_the_right_is_taken(visit: Visit) -> None:
    lan = open_sheet(visit("lan"), 2)
    row = 3 if lan.is_narrow else 1
    lan.expected.update({401, 403, 404})
    cookies = lan.page.context.cookies()
    choose(lan, 0, row)
    lan.page.context.clear_cookies()
    lan.page.keyboard.type("1")
    expect(lan.page.locator("[data-gb-notice]")).to_contain_text("Phiên đã hết. Đăng nhập lại")
    lan.look("ended")
    lan.page.context.add_cookies(cookies)  # type: ignore[arg-type]  # what it gave itself
    lan.page.reload()
    wait_saved(lan)
    choose(lan, 0, row)
    assert values(lan)[row] == "Đ", "sent when the page was opened again"

    told = '{"code": "not_your_book", "message": "Chỉ giáo viên dạy môn này được nhập điểm."}'
    lan.page.route(
        "**/marks/",
        lambda route: route.fulfill(status=403, content_type="application/json", body=told),
    )
    choose(lan, 0, row + 1)
    lan.page.keyboard.type("0")
    expect(state(lan)).to_contain_text("1 không được nhận")
    lan.look("refused")
    lan.page.reload()
    lan.settle()
    expect(lan.page.locator("[data-gb-notice]")).to_contain_text("Chỉ giáo viên dạy môn này")
    assert values(lan)[row + 1] == "CĐ", "kept until the teacher lets it go"
    lan.page.unroute("**/marks/")
    lan.press("Thử lại")
    wait_saved(lan)
