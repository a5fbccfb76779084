"""Taking a list back by page, by REST and by the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from tests.cast import Cast, Client
from tests.factories import TODAY, make_user
from tests.sheets.loading import fresh, run_jobs
from tests.sheets.rows import load, written
from tests.sheets.tables import differences, everything
from tests.sheets.test_import_pages import page_of, text_of
from tests.sheets.test_undo import PUPILS, newest, of_pupils, pupil_of

from khuevan.kernel.errors import NotFound
from khuevan.kernel.exit_codes import DONE, REFUSED
from khuevan.platform.access.api import operator_actor
from khuevan.platform.sheets.errors import NotUndoable
from khuevan.platform.sheets.models import ImportState
from khuevan.ui.commands import invoke
from khuevan.ui.formats import moment

API = "/api/v1/imports/"


@pytest.fixture
def clerk(cast: Cast, client: Client) -> Client:
    return client.sign_in(cast.loan)


def test_the_address_of_a_record_taken_back_says_so(cast: Cast, clerk: Client) -> None:
    one = of_pupils(cast, PUPILS[:1])
    record = f"/students/{pupil_of(PUPILS[0]).uuid}/"
    assert clerk.get(record).status_code == 200
    clerk.post(page_of(one, "undo"))
    run_jobs()
    gone = clerk.get(record)
    assert gone.status_code == 404
    assert "hồ sơ đã được hoàn tác cùng danh sách nhập vào" in text_of(gone)


def test_the_page_shows_what_goes_and_takes_it_back(cast: Cast, clerk: Client) -> None:
    before = everything()
    first = of_pupils(cast, PUPILS[:1])
    one = of_pupils(cast, [{**PUPILS[0], "Dân tộc": "Mường"}, PUPILS[1]])
    assert "Hoàn tác cả danh sách" in text_of(clerk.get(page_of(one)))
    shown = text_of(clerk.get(page_of(one, "undo")))
    assert "Dòng đã thêm, sẽ gỡ bỏ 1" in shown
    assert "Dân tộc: Mường Kinh" in shown
    answer = clerk.post(page_of(one, "undo"), follow=True)
    assert "Đang hoàn tác" in text_of(answer)
    assert run_jobs() == ["DONE"]
    ended = text_of(clerk.get(page_of(one)))
    assert "Đã hoàn tác: hồ sơ của" in ended
    assert "Phan Thị Loan thực hiện" in ended
    assert clerk.get(page_of(one, "undo")).status_code == 302
    clerk.post(page_of(first, "undo"))
    run_jobs()
    assert differences(before, everything()) == []
    assert "Sửa tiếp danh sách này" in ended
    again = clerk.post(page_of(one, "reopen"), follow=True)
    assert "2 dòng sẵn sàng" in text_of(again)


def test_the_page_says_what_stands_in_the_way(cast: Cast, clerk: Client) -> None:
    one = of_pupils(cast, PUPILS[:2])
    make_user(pupil_of(PUPILS[1]).person)
    before = everything()
    shown = text_of(clerk.get(page_of(one, "undo")))
    assert "Chưa thể hoàn tác danh sách này: sau đó có 1 việc" in shown
    assert f"3 {pupil_of(PUPILS[1])} Tài khoản đăng nhập" in shown
    refused = clerk.post(page_of(one, "undo"))
    assert refused.status_code == 422
    assert differences(before, everything()) == []
    assert fresh(one).state == ImportState.DONE


def test_programs_ask_first_and_order_it(cast: Cast, clerk: Client) -> None:
    one = of_pupils(cast, PUPILS[:2])
    told = clerk.get(f"{API}{one.uuid}/undo").json()
    assert (told["later_count"], told["later"], told["returned"]) == (0, [], 0)
    assert told["removed"] > 4
    ordered = clerk.post(f"{API}{one.uuid}/undo", content_type="application/json")
    assert (ordered.status_code, ordered.json()["state"]) == (202, "UNDOING")
    assert run_jobs() == ["DONE"]
    assert clerk.get(f"{API}{one.uuid}").json()["state"] == "UNDONE"
    assert clerk.get(f"{API}{one.uuid}/undo").status_code == 409


def undo(*words: str) -> Any:
    return invoke("import-undo", operator_actor(on=TODAY, login="tests"), list(words))


def test_the_command_takes_lists_back_newest_first(cast: Cast, tmp_path: Path) -> None:
    before = everything()
    numbers = []
    for rows in (PUPILS[:2], [{**PUPILS[0], "Dân tộc": "Mường"}]):
        path = written(tmp_path / "l.csv", rows)
        answer = load("students", path, "--school", cast.school_a.code)
        numbers += answer.data["lists"]
        assert f"khuevan import-undo {numbers[-1]}" in answer.text
    assert numbers[-1] == str(newest().uuid)
    told = undo(numbers[0], "--check")
    assert [fact["row"] for fact in told.data["refused"][0]["later"]] == [2]
    assert (told.data["taken_back"], told.exit_code) == ([], REFUSED)
    at = told.data["refused"][0]["later"][0]["at"]
    assert moment(timezone.localtime(at)) in told.text
    done = undo(*numbers)
    assert (done.data, done.exit_code) == ({"taken_back": numbers[::-1], "refused": []}, DONE)
    assert differences(before, everything()) == []
    with pytest.raises(NotUndoable):
        undo(numbers[0])
    with pytest.raises(NotFound):
        undo(str(UUID(int=1)))
