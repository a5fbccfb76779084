"""Areas of every time told as those of a day, followed forward and back; all for programs."""

from __future__ import annotations

from datetime import date

import pytest
from tests.cast import Cast, Client

from khuevan.platform.areas.models import Area, AreaSuccession
from khuevan.platform.areas.standing import Standing, standing_on

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


def _area(code: str, starts_on: date, ends_on: date | None = None, kind: str = "COMMUNE") -> Area:
    return Area.objects.create(
        code=code, kind=kind, subtype="xã", name=code, full_name=f"Xã {code}", search_name=code,
        sort_key=code, starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip


def _told(on: date) -> dict[int, Standing]:
    ids = Area.objects.filter(code__startswith="99").values_list("pk", flat=True)
    return standing_on(on, list(ids))


def _went(former: Area, *into: Area) -> None:
    for one in into:
        AreaSuccession.objects.create(
            former_code=former.code, code=one.code, on=former.ends_on or AFTER
        )


def test_whole_ones_are_followed_and_divided_ones_stay_themselves() -> None:
    old = date(2004, 7, 1)
    whole, divided = _area("99001", old, AFTER), _area("99002", old, AFTER)
    one, two = _area("99003", AFTER), _area("99004", AFTER)
    _went(whole, one)
    _went(divided, one, two)
    now = _told(AFTER)
    assert (now[whole.pk].key, now[whole.pk].stands) == ("99003", True)
    assert (now[divided.pk].key, now[divided.pk].stands) == ("99002.2004-07-01", False)
    then = _told(BEFORE)
    assert then[whole.pk].key == "99001"
    assert then[two.pk].key == "99002"
    assert then[one.pk].key == "99003.2025-07-01"


def test_a_chain_and_a_code_used_again() -> None:
    first = _area("99001", date(2004, 7, 1), AFTER)
    renamed = _area("99001", AFTER, date(2026, 1, 1))
    last = _area("99005", date(2026, 1, 1))
    _went(first, renamed)
    _went(renamed, last)
    assert _told(date(2026, 1, 1))[first.pk].key == "99005"
    assert _told(AFTER)[first.pk].key == "99001"
    assert _told(BEFORE)[last.pk].key == "99001"
    assert _told(BEFORE)[last.pk].starts_on == first.starts_on


def test_a_program_reads_all_areas_and_none_while_nothing_changed(
    cast: Cast, client: Client
) -> None:
    client.sign_in(cast.binh)
    part = client.get("/api/v1/areas/all").json()
    assert (len(part["items"]), bool(part["next"])) == (500, True)
    after = client.get("/api/v1/areas/all", {"after": part["next"]}).json()
    assert after["items"][0]["code"] >= part["items"][-1]["code"]
    asked = {"version": part["version"]}
    assert client.get("/api/v1/areas/all", asked).json()["items"] == []
    Area.objects.filter(code="01").update(source="x")
    again = client.get("/api/v1/areas/all", asked).json()
    assert again["items"]
    assert again["version"] != part["version"]
