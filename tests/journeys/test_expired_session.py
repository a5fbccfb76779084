"""A session ends in a half-filled form: nothing typed is lost, with and without script."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, sync_playwright

from khuevan.platform.access.models import Delegation, Grant, GrantSource, Role
from khuevan.platform.accounts.models import Person, User
from khuevan.platform.organizations.api import OrgUnit, create_unit
from tests.factories import NOW, TODAY, make_person

CHROMIUM = Path(os.environ.get("KHUEVAN_CHROMIUM", "/usr/bin/chromium"))
AXE = Path(__file__).parents[1] / "vendor/axe.min.js"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "bốn từ rất dài này"  # noqa: S105
REASON = "Đi họp ở tỉnh, nhờ thầy Toàn lo việc lớp & hồ sơ <gấp>"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.journey,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def site(committed_db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Serve the program on a port of its own, on the day of the tests, in Vietnamese."""
    # The browser's driver keeps an event loop running in this thread.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    settings.PINNED_TODAY = TODAY
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    thread = LiveServerThread("127.0.0.1", StaticFilesHandler, port=0)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    assert thread.error is None
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()


@pytest.fixture
def people(site: str) -> dict[str, User]:
    """Put a principal and a teacher into one school."""
    school = create_unit(
        code="A",
        kind="SCHOOL",
        name="Trường THCS Đông Khê",
        short_name="THCS Đông Khê",
        parent_id=None,
        area_id=None,
        starts_on=TODAY.replace(year=2025),
    )
    return {
        "hung": _user("hung", _holder("Hoàng Văn Hùng", "principal", school)),
        "toan": _user("toan", _holder("Lê Quốc Toàn", "school_staff", school)),
    }


def _holder(name: str, role: str, school: OrgUnit) -> Person:
    person = make_person(name)
    Grant.objects.create(
        person=person,
        role=Role.objects.get(code=role),
        anchor_unit=school,
        home_unit=school,
        starts_on=TODAY.replace(year=2025),
        source=GrantSource.DERIVED,
    )
    return person


def _user(username: str, person: Person) -> User:
    user = User(username=username, person=person, created_at=NOW)
    user.set_password(PASSWORD)
    user.save(force_insert=True)
    return user


def sign_in(page: Page, username: str = "hung") -> None:
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def fill_in(page: Page, site: str) -> None:
    """Sign in, and fill in a delegation."""
    page.goto(f"{site}/accounts/login/?next=/delegations/new/")
    sign_in(page)
    page.get_by_label("Thay khi vắng mặt").check()
    page.get_by_label("Hiệu trưởng, THCS Đông Khê").check()
    page.get_by_label("Tên đăng nhập của đồng nghiệp").fill("toan")
    page.get_by_label("Ngày cuối").fill(f"{TODAY:%d/%m/%Y}")
    page.get_by_label("Lý do").fill(REASON)


def end_by_rest(settings: Any) -> None:
    settings.SESSION_IDLE_SECONDS = 0
    time.sleep(1.2)


def end_by_server(_settings: Any) -> None:
    Session.objects.all().delete()


def no_faults(page: Page) -> None:
    """Let axe look at the page."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document).then(found => found.violations.map(v => v.id))")
    assert found == []


@pytest.mark.parametrize("end", [end_by_rest, end_by_server])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_what_was_typed_comes_back_and_is_sent(
    browser: Browser, site: str, people: dict[str, User], settings: Any, script: bool, end: Any
) -> None:
    context = browser.new_context(java_script_enabled=script, locale="en-US")
    page = context.new_page()
    fill_in(page, site)
    idle = settings.SESSION_IDLE_SECONDS
    end(settings)
    page.get_by_role("button", name="Ủy quyền", exact=True).click()
    page.get_by_text("Phiên đã hết, nội dung vẫn còn.").wait_for()
    settings.SESSION_IDLE_SECONDS = idle
    if script:
        no_faults(page)
    sign_in(page)
    page.get_by_role("heading", name="Nội dung vẫn còn").wait_for()
    assert page.get_by_text(REASON).first.is_visible()
    if script:
        no_faults(page)
    page.get_by_role("button", name="Gửi lại").click()
    page.get_by_role("heading", name="Ủy quyền").wait_for()
    row = Delegation.objects.unscoped(because="a test looks at what was stored").get()
    assert row.reason == REASON
    assert row.to_person_id == people["toan"].person_id
    context.close()


def test_a_colleague_at_the_same_computer_does_not_get_it(
    browser: Browser, site: str, people: dict[str, User], settings: Any
) -> None:
    context = browser.new_context()
    page = context.new_page()
    fill_in(page, site)
    end_by_server(settings)
    page.get_by_role("button", name="Ủy quyền", exact=True).click()
    page.get_by_text("Phiên đã hết, nội dung vẫn còn.").wait_for()
    sign_in(page, "toan")
    page.wait_for_url(f"{site}/")
    assert REASON not in page.content()
    context.close()
