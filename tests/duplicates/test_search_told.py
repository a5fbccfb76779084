"""When people recorded twice were looked for, and what a file of people has to say."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from khuevan.platform.jobs.api import Job, JobState, next_start
from khuevan.registry.duplicates.matching.files import COLUMNS, PAIR_COLUMNS
from khuevan.registry.duplicates.selectors import FIND
from khuevan.ui.commands import discover, file_tools
from khuevan.ui.formats import moment
from tests.cast import Cast, Client
from tests.duplicates.test_merging import pair_of
from tests.factories import NOW, make_student


def test_the_list_says_when_it_was_searched_and_when_it_will_be(cast: Cast, client: Client) -> None:
    clerk = client.sign_in(cast.loan)
    assert "Chưa rà soát lần nào" in clerk.get("/duplicates/").content.decode()
    twin = make_student("Phạm Minh Anh", homeroom_class=cast.class_6a)
    found = pair_of(cast.minh_anh.person, twin.person).found_at
    assert f"Rà soát gần nhất lúc {moment(found)}" in clerk.get("/duplicates/").content.decode()
    Job.objects.create(
        kind=FIND, state=JobState.DONE, title_params={}, created_at=NOW, ended_at=NOW
    )
    said = clerk.get("/duplicates/").content.decode()
    assert f"Rà soát gần nhất lúc {moment(NOW)}; lần sau vào 01:40, " in said


@pytest.mark.parametrize("day", range(22, 29))
def test_the_next_search_is_in_the_night_to_monday(day: int) -> None:
    now = datetime(2026, 11, day, 12, tzinfo=UTC)
    following = next_start(FIND, now)
    assert following is not None
    assert (following.weekday(), following.hour, following.minute) == (6, 18, 40)
    assert 0 < (following - now).total_seconds() <= 7 * 86400
    assert next_start("sheets.apply", now) is None


def test_help_names_every_column_of_both_files() -> None:
    discover()
    tool = file_tools.get("match")
    told = " ".join(str(one.options["help"]) for one in tool.arguments)
    assert [name for name in (*COLUMNS, *PAIR_COLUMNS) if name not in told] == []
