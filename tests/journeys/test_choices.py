"""Grade 10 chooses: offered, ranked on a phone, computed, told why, published, changed, grouped."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.province import Province
from tests.journeys.walking import NARROW, WIDE, Walk, start_walk

pytestmark = [pytest.mark.journey, pytest.mark.browser]

YESTERDAY = "21/11/2026"
NEW = "Tự nhiên 3"


@pytest.fixture
def window(browser: Browser, province: Province) -> Iterator[Callable[..., Walk]]:
    """Give windows: a desk's for the school, a phone's for the family; none may see a fault."""
    walks: list[Walk] = []

    def opened(username: str, size: tuple[int, int]) -> Walk:
        walks.append(start_walk(browser, province, size=size, story=f"choices-{username}"))
        return walks[-1].sign_in(username)

    yield opened
    for walk in walks:
        walk.page.context.close()
    faults = [fault for walk in walks for fault in walk.faults]
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


def to_board(walk: Walk) -> Walk:
    """Go to the combinations of the own school."""
    return walk.menu("Trường, lớp").click("Lớp và học sinh").click("Tổ hợp môn", exact=True)


def to_round(walk: Walk) -> Walk:
    """Go to the round of grade 10."""
    return to_board(walk).click("Chọn tổ hợp môn khối 10")


def offer(walk: Walk) -> None:
    """Offer a further combination with a single place."""
    walk.click("Thêm tổ hợp")
    walk.main.get_by_label("Tên", exact=True).fill(NEW)
    for group, names in (
        ("Môn lựa chọn", ("Vật lí", "Hóa học", "Công nghệ", "Tin học")),
        ("Chuyên đề học tập", ("Toán", "Vật lí", "Tin học")),
    ):
        for name in names:
            walk.main.get_by_role("group", name=group).get_by_label(name, exact=True).check()
    walk.main.get_by_label("Số chỗ").fill("1")
    walk.main.get_by_label("10A1", exact=True).check()
    walk.look("offer").press("Lưu").look("board")
    expect(walk.main).to_contain_text(NEW)


def rank(walk: Walk) -> None:
    """Rank three combinations on the phone; the same one twice is refused."""
    walk.open("/").click("Tổ hợp môn: đăng ký").look("choices")
    first, second = walk.main.get_by_label("Nguyện vọng 1"), walk.main.get_by_label("Nguyện vọng 2")
    walk.expected.add(422)
    first.select_option(label=NEW)
    second.select_option(label=NEW)
    walk.press("Lưu").look("twice")
    expect(walk.main.get_by_label("Nguyện vọng 1").locator("option:checked")).to_have_text(NEW)
    second.select_option(label="Xã hội 2")
    walk.main.get_by_label("Nguyện vọng 3").select_option(label="Tự nhiên 1")
    walk.press("Lưu").look("ranked")
    expect(walk.page.locator("body")).to_contain_text("Đã lưu")


def test_grade_10_chooses_and_classes_follow(window: Callable[..., Walk]) -> None:
    phuc = window("phuc", WIDE)
    to_board(phuc).look("start")
    offer(phuc)
    phuc.expected.add(422)
    phuc.click("Mở đợt đăng ký").press("Lưu").look("overlap")
    expect(phuc.main).to_contain_text("Hai đợt không thể diễn ra cùng lúc")

    thu = window("thu", NARROW)
    rank(thu)
    child = thu.path.split("/")[2]

    to_round(phuc).look("round").press("Nhắc ").look("reminded")
    phuc.click("Sửa thời gian")
    phuc.main.get_by_label("Ngày cuối").fill(YESTERDAY)
    phuc.press("Lưu").press("Xếp tổ hợp").look("preview")
    expect(phuc.main).to_contain_text("xếp thứ")
    thu.open(thu.path).look("waiting")
    expect(thu.main).not_to_contain_text("xếp thứ")
    phuc.press("Công bố kết quả").look("published")
    thu.open(thu.path).look("result")
    expect(thu.main).to_contain_text(NEW)
    expect(thu.main).to_contain_text("xếp thứ")
    with phuc.page.expect_download() as taken:
        phuc.main.get_by_role("link", name="Excel").click()
    assert taken.value.suggested_filename.endswith(".xlsx")

    phuc.open(f"/students/{child}/combination/").look("change")
    other = phuc.main.get_by_label("Tổ hợp mới").locator("option", has_text="Tự nhiên 2")
    phuc.main.get_by_label("Tổ hợp mới").select_option(other.get_attribute("value"))
    phuc.main.get_by_label("Lý do").fill("Gia đình đề nghị")
    phuc.press("Trình hiệu trưởng").look("asked")
    phuc.press("Duyệt").look("approved")
    expect(phuc.main).to_contain_text("Tự nhiên 2")

    to_board(phuc).press("Cập nhật kế hoạch và nhóm học").look("followed")
    phuc.click("Kế hoạch giáo dục", exact=True).look("plan")
    phuc.click("Nhóm học").look("groups")
    phone = window("phuc", NARROW)
    to_round(phone).look("round")
    phone.open(phuc.path).look("groups")
