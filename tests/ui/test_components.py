"""What components work out before they are drawn."""

from __future__ import annotations

import pytest

from khuevan.ui import components
from khuevan.ui.components import Bar, Series, Word

LIMITS = (70, 80, 90, 95)


def test_bars_start_at_zero_and_the_longest_fills() -> None:
    assert [bar.width for bar in components.bars([Bar("a", 50), Bar("b", 200), Bar("c", 0)])] == [
        "25.00",
        "100.00",
        "0.00",
    ]


def test_no_bars_are_no_fault() -> None:
    assert components.bars([]) == []


@pytest.mark.parametrize(
    ("value", "step"), [(None, None), (69.9, 4), (70, 3), (89.9, 2), (90, 1), (95, 0), (100, 0)]
)
def test_the_worst_is_the_darkest_and_missing_has_no_shade(
    value: float | None, step: int | None
) -> None:
    assert components.heat_step(value, LIMITS) == step


def test_a_line_breaks_where_a_value_is_missing() -> None:
    chart = components.line_chart(
        "t", ["1", "2", "3", "4"], [Series("x", [1, None, 3, 4])], low=0, high=4, step=2
    )

    assert chart.lines[0].path.count("M") == 2
    assert [values for _, values in chart.rows] == [["1,0"], ["–"], ["3,0"], ["4,0"]]


def test_coordinates_never_carry_a_decimal_comma() -> None:
    chart = components.line_chart("t", ["1", "2"], [Series("x", [1.5, 2.5])], low=0, high=3, step=1)

    assert "," not in chart.lines[0].path + chart.lines[0].end_y + chart.y_ticks[1].at


def test_labels_of_two_close_lines_do_not_meet() -> None:
    series = [Series("a", [1, 2.0]), Series("b", [1, 2.01], compare=True)]
    chart = components.line_chart("t", ["1", "2"], series, low=0, high=4, step=2)

    assert abs(float(chart.lines[0].label_y) - float(chart.lines[1].label_y)) >= 15


def test_five_lines_are_too_many() -> None:
    series = [Series(str(n), [1, 2]) for n in range(5)]

    with pytest.raises(ValueError, match="small multiples"):
        components.line_chart("t", ["1", "2"], series, low=0, high=4, step=2)


def test_only_the_changed_words_are_marked() -> None:
    assert components.changed_words("Dương Duy Hoàng", "Dương Huy Hoàng") == [
        Word("same", "Dương"),
        Word("old", "Duy"),
        Word("new", "Huy"),
        Word("same", "Hoàng"),
    ]


def test_steps_before_the_current_one_lead_back() -> None:
    states = components.steps(["a", "b", "c"], 1, ["/a", "/b", "/c"])

    assert [(step.state, step.url) for step in states] == [
        ("done", "/a"),
        ("now", ""),
        ("later", ""),
    ]
