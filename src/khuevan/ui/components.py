"""What a component works out before it is drawn: widths, paths, shades, changed words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise

from khuevan.ui.formats import number


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a horizontal bar chart, from zero; `change` stands beside it."""

    label: str
    value: int
    url: str = ""
    change: int | None = None
    width: str = "0"


def bars(rows: Sequence[Bar]) -> list[Bar]:
    """Return the rows with their widths in percent of the longest."""
    top = max((row.value for row in rows), default=0) or 1
    return [
        Bar(r.label, r.value, r.url, r.change, f"{max(r.value, 0) * 100 / top:.2f}") for r in rows
    ]


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A value of a heat table and the page that shows its rows."""

    value: float | None
    url: str = ""
    step: int | None = None

    @property
    def css(self) -> str:
        """The class of its shade; a missing value has none."""
        return "heat-none" if self.step is None else f"heat-{self.step}"


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A named row of a heat table with its total."""

    label: str
    cells: Sequence[HeatCell]
    total: float | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class HeatTable:
    """Units by measures: one hue, the worst darkest, values printed, empty is a dash."""

    corner: str
    columns: Sequence[str]
    rows: Sequence[HeatRow]
    total_label: str
    legend: Sequence[tuple[int, str]]
    caption: str


def heat_step(value: float | None, limits: Sequence[float]) -> int | None:
    """Return the shade of a value: 0 at or above the last limit, the darkest below the first.

    `limits` rise: (70, 80, 90, 95) gives 4 below 70, 3 below 80, 2 below 90, 1 below 95, else 0.
    """
    if value is None:
        return None
    return next((len(limits) - i for i, limit in enumerate(limits) if value < limit), 0)


@dataclass(frozen=True, slots=True)
class Series:
    """A line over time; `compare` draws it dashed, as the thing compared with. None is a gap."""

    label: str
    values: Sequence[float | None]
    compare: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of a line worth a sentence."""

    index: int
    text: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis with its words; texts, since a template would write 1,5."""

    at: str
    text: str
    text_at: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A series ready to draw."""

    path: str
    css: str
    end_x: str
    end_y: str
    label_x: str
    label_y: str
    label: str
    is_first: bool


@dataclass(frozen=True, slots=True)
class Note:
    """A marked point and where its sentence stands."""

    x: str
    y: str
    text_y: str
    text: str


@dataclass(frozen=True, slots=True)
class LineChart:
    """A line chart ready to draw as SVG on a `width` by `height` grid."""

    width: int
    height: int
    plot_width: int
    title: str
    x_ticks: Sequence[Tick]
    y_ticks: Sequence[Tick]
    lines: Sequence[Line]
    notes: Sequence[Note]
    x_label: Tick
    series: Sequence[str]
    rows: Sequence[tuple[str, Sequence[str]]] = field(default_factory=tuple)


def line_chart(
    title: str,
    names: Sequence[str],
    series: Sequence[Series],
    *,
    low: float,
    high: float,
    step: float,
    x_label: str = "",
    marks: Sequence[Mark] = (),
    places: int = 1,
    width: int = 556,
    height: int = 138,
    every: int = 4,
) -> LineChart:
    """Return a line chart with direct labels; the axis may start above zero.

    :raises ValueError: for more than four series, which small multiples show better
    """
    if len(series) > 4:
        raise ValueError("over four series draw small multiples")
    left, right, top, bottom = 30, 112, 12, 46
    plot, deep = width - left - right, height - top - bottom

    def x_of(index: int) -> float:
        return round(left + plot * index / max(len(names) - 1, 1), 1)

    def y_of(value: float) -> float:
        return round(top + deep * (high - value) / (high - low), 1)

    ticks = [low + step * i for i in range(round((high - low) / step) + 1)]
    ends = _spread([y_of(one.values[_last(one.values)] or 0) for one in series])
    lines = [_line(one, order, x_of, y_of, ends[order], places) for order, one in enumerate(series)]
    foot = f"{height - 6}"
    return LineChart(
        width,
        height,
        left + plot,
        title,
        [Tick(f"{x_of(i):g}", name, foot) for i, name in enumerate(names) if i % every == 0],
        [Tick(f"{y_of(v):g}", number(v), f"{y_of(v) + 4:g}") for v in ticks],
        lines,
        [_note(m, x_of(m.index), y_of(series[0].values[m.index] or low)) for m in marks],
        Tick(f"{left + plot + 14}", x_label, foot),
        [one.label for one in series],
        [(name, [number(s.values[i], places) for s in series]) for i, name in enumerate(names)],
    )


def _line(
    one: Series,
    order: int,
    x_of: Callable[[int], float],
    y_of: Callable[[float], float],
    label_y: float,
    places: int,
) -> Line:
    last = _last(one.values)
    value = one.values[last] or 0
    points = [(x_of(i), None if v is None else y_of(v)) for i, v in enumerate(one.values)]
    return Line(
        path=_path(points),
        css="series compare" if one.compare else f"series series-{order + 1}",
        end_x=f"{x_of(last):g}",
        end_y=f"{y_of(value):g}",
        label_x=f"{x_of(last) + 9:g}",
        label_y=f"{label_y + 2:g}",
        label=f"{number(value, places)} {one.label}",
        is_first=order == 0,
    )


def _note(mark: Mark, x: float, y: float) -> Note:
    return Note(f"{x:g}", f"{y:g}", f"{y + 20:g}", mark.text)


def _last(values: Sequence[float | None]) -> int:
    return max(i for i, value in enumerate(values) if value is not None)


def _path(points: Sequence[tuple[float, float | None]]) -> str:
    """Return an SVG path that breaks where a value is missing."""
    parts, pen = [], "M"
    for x, y in points:
        if y is None:
            pen = "M"
            continue
        parts.append(f"{pen}{x:g} {y:g}")
        pen = "L"
    return "".join(parts)


def _spread(places: list[float], gap: float = 19) -> list[float]:
    """Return label heights at least `gap` apart, in the order given."""
    order = sorted(range(len(places)), key=lambda i: places[i])
    out = list(places)
    for above, below in pairwise(order):
        out[below] = max(out[below], out[above] + gap)
    return out


@dataclass(frozen=True, slots=True)
class Word:
    """A run of words in a difference: kind is same, old or new."""

    kind: str
    text: str


def changed_words(old: str, new: str) -> list[Word]:
    """Return the words of both texts in one line, marking only those that changed."""
    before, after = old.split(), new.split()
    words: list[Word] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if tag == "equal":
            words.append(Word("same", " ".join(before[a1:a2])))
            continue
        if a2 > a1:
            words.append(Word("old", " ".join(before[a1:a2])))
        if b2 > b1:
            words.append(Word("new", " ".join(after[b1:b2])))
    return words


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a wizard: done, now or later; a done one may link back."""

    label: str
    state: str
    url: str = ""


def steps(labels: Sequence[str], current: int, urls: Sequence[str] = ()) -> list[Step]:
    """Return the steps of a wizard, `current` counted from 0; steps before it keep their links."""
    out = []
    for index, label in enumerate(labels):
        state = "done" if index < current else "now" if index == current else "later"
        url = urls[index] if index < min(current, len(urls)) else ""
        out.append(Step(label, state, url))
    return out
