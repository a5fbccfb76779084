"""A long table is drawn in parts."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.cast import Cast, Client, actor_of
from tests.factories import TODAY

from khuevan.insight.rollup import shown
from khuevan.insight.rollup.asked import Asked
from khuevan.insight.rollup.selectors import count

pytestmark = pytest.mark.django_db


def test_lines_that_are_not_drawn_follow_on_a_page_of_their_own(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shown, "MOST_LINES", 2)
    client.sign_in(cast.binh)
    query = Asked(TODAY, rows="school", cols="").query()
    names = list(
        count(actor=actor_of(cast.binh), asked=Asked(TODAY, rows="school", cols="")).row_names
    )
    assert len(names) == 3
    for start, drawn in (("", names[:2]), ("2", names[2:]), ("9", names[:2]), ("x", names[:2])):
        page = client.get(f"{reverse('rollup:table')}?{query}&from_line={start}")
        assert [line.url.rpartition("=")[2] for line in page.context["lines"]] == drawn
        assert bool(page.context["after_url"]) == (drawn == names[:2])
