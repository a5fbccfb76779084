"""Lists: state in the address, parts by keyset, files that nothing runs."""

from __future__ import annotations

import csv
import io
import re
from base64 import urlsafe_b64decode
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db.models import QuerySet
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from khuevan.platform.areas.api import Area
from khuevan.ui.tables import (
    Cell,
    Choice,
    ChoiceFilter,
    Column,
    Filter,
    FlagFilter,
    Pill,
    Row,
    Table,
    TextFilter,
    file_content,
    newest_part,
    open_cursor,
    part_of,
    seal_cursor,
)
from khuevan.ui.tables.columns import plain_text
from khuevan.ui.tables.drawing import row_html
from khuevan.ui.tables.files import harmless

pytestmark = pytest.mark.django_db


class AreaTable(Table[Area]):
    """The communes, as a list of anything."""

    caption = "Communes"
    page_size = 7
    default_sort = "name"

    def build_columns(self) -> Sequence[Column[Area]]:
        """Return three columns, one of them only on request."""
        return [
            Column("name", "Name", lambda row: row.full_name, order=("sort_key", "pk")),
            Column("code", "Code", lambda row: row.code, order=("code", "pk")),
            Column("since", "Since", lambda row: row.starts_on, is_extra=True),
        ]

    def build_filters(self) -> Sequence[Filter]:
        """Return one filter of each kind."""
        return [
            TextFilter("Name", lambda rows, text: rows.filter(search_name__contains=text)),
            ChoiceFilter("type", "Type", [Choice("xã", "Xã"), Choice("phường", "Phường")], of_type),
            FlagFilter("ended", "Ended", lambda rows: rows.filter(ends_on__isnull=False)),
        ]


def of_type(rows: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
    """Keep the communes of some types."""
    return rows.filter(subtype__in=values)


def table(query: str = "") -> AreaTable:
    """Return the list that an address asks for."""
    rows = Area.objects.filter(parent_code="42", kind="COMMUNE")
    return AreaTable(rows, QueryDict(query), path="/areas/")


@pytest.mark.parametrize("sort", ["name", "-name", "code", "-code"])
def test_parts_are_the_whole_list_in_its_order(sort: str) -> None:
    url, seen = f"?sort={sort}", []
    while url:
        part = table(url.partition("?")[2])
        seen += [row.label for row in part.rows]
        url = part.more_url
    whole = [row.full_name for row in table(f"sort={sort}").matching]
    assert seen == whole
    assert len(seen) > 50


def test_a_part_costs_one_query(django_assert_num_queries: Any) -> None:
    part = table("sort=code")
    with django_assert_num_queries(1):
        assert len(part.rows) == 7
        assert part.more_url


def test_unknown_values_of_the_address_are_ignored() -> None:
    plain = table()
    odd = table("type=nonsense&sort=nothing&after=zzz&cols=nobody&ended=yes")
    assert [row.label for row in odd.rows] == [row.label for row in plain.rows]
    assert odd.chips == []


def test_a_place_in_a_list_of_another_order_is_its_beginning() -> None:
    later = table("sort=name").more_url.partition("?")[2].replace("sort=name", "sort=code")
    assert [row.label for row in table(later).rows] == [
        row.label for row in table("sort=code").rows
    ]


def test_filters_of_one_kind_widen_and_of_two_kinds_narrow() -> None:
    one, both = table("type=xã"), table("type=xã&type=phường")
    assert one.matching_count < both.matching_count == one.total_count
    assert table("type=xã&q=cam").matching_count < one.matching_count


def test_a_page_counts_no_further_than_the_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khuevan.ui.tables.table.MOST_COUNTED", 10)
    one = table("")
    assert one.exact_count > 11 == one.matching_count == one.total_count
    assert one.count == "hơn 10 trên hơn 10"


def test_chips_lead_to_the_list_without_them() -> None:
    chips = table("type=xã&q=cam&sort=code").chips
    assert [chip["label"] for chip in chips][1:] == ["Xã"]
    assert "type" not in chips[1]["remove_url"]
    assert "sort=code" in chips[1]["remove_url"]


def test_sort_links_turn_the_order_and_start_again() -> None:
    name, code = table("after=x&sort=name").columns
    assert (name.sorted, code.sorted) == ("asc", "")
    assert "sort=-name" in name.sort_url
    assert "after" not in name.sort_url


def test_columns_are_chosen_by_the_address_the_first_stays() -> None:
    assert [column.label for column in table().columns] == ["Name", "Code"]
    assert [column.label for column in table("cols=since").columns] == ["Name", "Since"]


@given(seen=st.integers(0, 10**6), values=st.lists(st.text() | st.integers(), max_size=3))
def test_cursor_comes_back_as_it_was(seen: int, values: list[Any]) -> None:
    fields = [f"f{number}" for number in range(len(values))]
    assert open_cursor(seal_cursor(fields, seen, values), fields) == (seen, values)


@pytest.mark.parametrize(
    "text",
    ["", "x", "WzFd:1a:b", seal_cursor(["pk"], 1, ["a"]) + "x"],
    ids=["nothing", "a letter", "made up", "changed"],
)
def test_cursor_that_is_not_ours_is_nothing(text: str) -> None:
    assert open_cursor(text, ["pk"]) is None


def test_no_name_can_be_read_in_a_cursor() -> None:
    text = seal_cursor(["name", "pk"], 30, ["phạm minh anh", "7"])
    padded = text.encode() + b"=" * (-len(text) % 4)
    for shown in (text.encode(), urlsafe_b64decode(padded)):
        assert b"minh" not in shown
        assert b"anh" not in shown


def test_cursor_of_another_order_is_nothing() -> None:
    by_name = seal_cursor(["name", "pk"], 1, ["an", 7])
    assert open_cursor(by_name, ["pk"]) is None
    assert open_cursor(by_name, ["since", "pk"]) is None
    assert open_cursor(by_name, ("name", "pk")) == (1, ["an", 7])


def test_programs_walk_the_same_way() -> None:
    seen, cursor = [], "begin"
    while cursor:
        rows = Area.objects.filter(parent_code="42", kind="COMMUNE")
        shown, cursor = part_of(rows, ("sort_key", "pk"), cursor, size=13)
        seen += [row.pk for row in shown]
    assert len(seen) == len(set(seen)) == table().total_count


def test_newest_first_is_walked_by_the_addresses_it_gives(rf: RequestFactory) -> None:
    seen: list[int] = []
    url = "/anywhere/?of=unit"
    while url:
        rows, url = newest_part(rf.get(url), Area.objects.all())
        assert not url or "of=unit" in url
        seen += [row.pk for row in rows]
    assert seen == sorted(Area.objects.values_list("pk", flat=True), reverse=True)


@pytest.mark.parametrize("after", ["12", "-1", "9" * 400, "đây", "' or 1=1"])
def test_a_place_that_is_not_ours_is_the_beginning(rf: RequestFactory, after: str) -> None:
    rows, _more = newest_part(rf.get("/", {"after": after}), Area.objects.all())
    assert rows[0].pk == Area.objects.latest("pk").pk


def test_file_holds_all_matching_rows_with_dates_as_dates() -> None:
    wanted = table("type=phường&cols=code,since")
    book = CalamineWorkbook.from_filelike(io.BytesIO(file_content(wanted, "xlsx")))
    head, *rows = book.get_sheet_by_index(0).to_python()
    assert head == ["Name", "Code", "Since"]
    assert len(rows) == wanted.matching_count
    assert isinstance(rows[0][2], date)
    assert str(rows[0][1]).startswith("18")


@pytest.mark.parametrize("name", ["=1+1", "+84912", "-5", "@cmd", "\t=1"])
def test_csv_is_never_a_formula(name: str) -> None:
    area = Area.objects.filter(parent_code="42", kind="COMMUNE").first()
    assert area is not None
    Area.objects.filter(pk=area.pk).update(full_name=name)
    text = file_content(table(), "csv").decode("utf-8-sig")
    first = [row[0] for row in csv.reader(io.StringIO(text))]
    assert name not in first
    assert f"'{name}" in first


@pytest.mark.parametrize("select", ["", "student"])
@pytest.mark.parametrize("url", ["", "/areas/?a=1&b=2"])
def test_rows_look_like_the_component(select: str, url: str) -> None:
    row = Row(
        key="k<1>",
        label="Nguyễn <b>An</b> & Bình",
        url=url,
        on=bool(url),
        cells=[
            Cell(value="<i>x</i>", css="num"),
            Cell(value=12, named="<Lớp>"),
            Cell(none="<none>"),
            Cell(value="there", none="–"),
            Cell(pill=Pill("ok", "circle-check", "Đang học")),
            Cell(value=mark_safe("<em>safe</em>")),
        ],
    )
    drawn = row_html(row, select)
    context = {"row": row, "select": select, "columns": ()}
    component = render_to_string("ui/components/table_row.html", context)
    assert plain(drawn) == plain(component)


def plain(markup: str) -> str:
    """Return markup without the blanks between its tags."""
    return (
        re.sub(r">\s+<", "><", re.sub(r"\{#.*?#\}", "", markup))
        .strip()
        .replace('class=" ', 'class="')
    )


def test_moments_are_told_by_the_clocks_here() -> None:
    evening = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert "23/11/2026" in plain_text(evening)
    assert harmless(evening) == "23/11/2026 06:30"
