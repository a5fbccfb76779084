"""A teacher reviews the comments of a class with the keyboard; the principal reads them."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.fixtures import Visit
from tests.journeys.walking import Walk

pytestmark = [pytest.mark.journey, pytest.mark.browser]

SECONDS_FOR_45 = 60


def rows(walk: Walk, state: str = "") -> int:
    """Return how many pupils stand there, or how many in a state."""
    found = f'[data-rm-state="{state}"]' if state else "[data-rm-row]"
    return walk.main.locator(found).count()


def to_sheet(walk: Walk) -> Walk:
    """Open the first class on which one comments on a subject."""
    walk.menu("Nhận xét của tôi").look("own")
    walk.main.locator(".rm-line").nth(1 if walk.is_narrow else 2).click()
    return walk.settle()


def field(walk: Walk) -> str:
    """Return what the pupil's text is who is under the hand."""
    return walk.main.locator("[data-current] textarea").input_value()


def test_a_class_is_reviewed_with_the_keyboard(visit: Visit) -> None:
    lan = to_sheet(visit("lan")).look("sheet")
    pupils = rows(lan)
    assert pupils > 5
    lan.page.evaluate(
        "[...document.querySelectorAll('[data-rm-row] textarea')].find(one => one.value).focus()"
    )
    keys = lan.page.keyboard
    first = field(lan)
    keys.press("ArrowRight")
    assert field(lan) != first, "another text"
    keys.type("Em rất lười.")
    keys.press("Enter")
    expect(lan.main.locator('[data-rm-state="refused"]')).to_have_count(1)
    keys.press("ArrowUp")
    expect(lan.main.locator("[data-current] [data-rm-told]")).to_contain_text("lười")
    lan.look("refused")
    keys.type("Em chăm học, cần mạnh dạn phát biểu hơn.")
    keys.press("Enter")
    expect(lan.main.locator('[data-rm-state="approved"]')).to_have_count(1)
    began = lan.page.evaluate("performance.now()")
    for _one in range(pupils - 1):
        keys.press("Enter")
    expect(lan.main.locator('[data-rm-state="approved"]')).not_to_have_count(1)
    lan.settle()
    seconds = (lan.page.evaluate("performance.now()") - began) / 1000
    assert seconds / max(pupils - 1, 1) * 45 < SECONDS_FOR_45
    written = rows(lan, "approved")
    texts = [one.input_value() for one in lan.main.locator("textarea").all()]
    said = [one for one in texts if one]
    assert len(set(said)) == len(said), "no two pupils have the same"
    keys.press("Control+z")
    expect(lan.main.locator('[data-rm-state="approved"]')).to_have_count(written - 1)
    keys.press("Enter")
    expect(lan.main.locator('[data-rm-state="approved"]')).to_have_count(written)
    lan.look("reviewed")

    hung = visit("hung")
    hung.open(lan.path).look("read")
    expect(hung.main).to_contain_text("Em chăm học, cần mạnh dạn phát biểu hơn.")
    hung.open(f"{lan.path}print/")
    expect(hung.page.locator("body")).to_contain_text("Em chăm học")


def test_what_the_network_lost_is_sent_later(visit: Visit) -> None:
    lan = to_sheet(visit("lan"))
    lan.page.evaluate("document.querySelector('[data-current] textarea').focus()")
    lan.page.context.set_offline(True)
    lan.page.keyboard.type("Em hăng hái xây dựng bài, trình bày gọn.")
    lan.page.keyboard.press("Enter")
    expect(lan.main.locator('[data-rm-state="offline"]')).to_have_count(1)
    lan.page.context.set_offline(False)
    expect(lan.main.locator('[data-rm-state="offline"]')).to_have_count(0, timeout=15_000)
    lan.page.reload()
    expect(lan.main.locator("textarea").filter(has_text="hăng hái xây dựng")).to_have_count(1)


def test_a_clerk_keeps_the_phrases_of_the_school(visit: Visit) -> None:
    loan = visit("loan")
    loan.menu("Trường, lớp").click("Điểm").click("Nhận xét", exact=True).look("school")
    loan.click("Câu mẫu", exact=True).look("phrases")
    loan.click("Thêm câu mẫu").look("paste")
    loan.main.get_by_label("Câu mẫu, mỗi dòng một câu").fill("1. Em {tên} chịu khó suy nghĩ.")
    loan.press("Thêm câu mẫu")
    expect(loan.main).to_contain_text("Em {tên} chịu khó suy nghĩ.")
    loan.press("Gỡ")
    loan.click("Nhận xét", exact=True).click("Từ cấm và độ dài").look("setting")
