"""What a report is made of: texts, tables and plots, ready for the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

Say = Callable[[str], str]
# told apart also by people who see few colours (Okabe and Ito), and by their dashes in print
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a7000", "#56b4e9")
DASHES = ("", "7 3", "2 3", "9 3 2 3", "4 4", "1 2")
_LEFT, _TOP, _WIDTH, _HEIGHT = 50.0, 10.0, 315.0, 205.0
_POINTS = 400
_TICKS = 5


@dataclass(frozen=True)
class Table:
    """`numbers`: the columns that hold numbers."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: frozenset[int] = frozenset()
    caption: str = ""


@dataclass(frozen=True)
class PlotLine:
    name: str
    points: str
    colour: str
    dash: str


@dataclass(frozen=True)
class Plot:
    """A drawing in the page's own units."""

    title: str
    x_title: str
    y_title: str
    lines: Sequence[PlotLine]
    x_ticks: Sequence[tuple[float, str]]
    y_ticks: Sequence[tuple[float, str]]
    diagonal: bool = False


@dataclass
class Part:
    title: str
    texts: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    plots: list[Plot] = field(default_factory=list)


def plot(
    title: str,
    axes: tuple[str, str],
    lines: Sequence[tuple[str, Sequence[float], Sequence[float]]],
    unit: bool = False,
    diagonal: bool = False,
) -> Plot:
    """Lines of (name, x, y); `unit`: both axes go from 0 to 1."""
    xs = np.concatenate([np.asarray(x, dtype=float) for _, x, _ in lines])
    ys = np.concatenate([np.asarray(y, dtype=float) for _, _, y in lines])
    x_range = (0.0, 1.0) if unit else _range(xs)
    y_range = (0.0, 1.0) if unit else _range(ys)
    drawn = [
        PlotLine(name, _points(x, y, x_range, y_range), COLOURS[i % 6], DASHES[i % 6])
        for i, (name, x, y) in enumerate(lines)
    ]
    x_ticks = [(round(_across(v, x_range), 1), _said(v)) for v in np.linspace(*x_range, _TICKS)]
    y_ticks = [(round(_down(v, y_range), 1), _said(v)) for v in np.linspace(*y_range, _TICKS)]
    return Plot(title, *axes, drawn, x_ticks, y_ticks, diagonal)


def _range(values: np.ndarray) -> tuple[float, float]:
    finite = values[np.isfinite(values)]
    if not len(finite):
        return 0.0, 1.0
    low, high = float(finite.min()), float(finite.max())
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def _across(value: float, bounds: tuple[float, float]) -> float:
    return float(_LEFT + _WIDTH * (value - bounds[0]) / (bounds[1] - bounds[0]))


def _down(value: float, bounds: tuple[float, float]) -> float:
    return float(_TOP + _HEIGHT * (1 - (value - bounds[0]) / (bounds[1] - bounds[0])))


def _points(
    x: Sequence[float],
    y: Sequence[float],
    x_range: tuple[float, float],
    y_range: tuple[float, float],
) -> str:
    pairs = [(a, b) for a, b in zip(x, y, strict=True) if np.isfinite(a) and np.isfinite(b)]
    if len(pairs) > _POINTS:
        kept = np.unique(np.linspace(0, len(pairs) - 1, _POINTS).round().astype(int))
        pairs = [pairs[int(i)] for i in kept]
    return " ".join(f"{_across(a, x_range):.1f},{_down(b, y_range):.1f}" for a, b in pairs)


def _said(value: float) -> str:
    return f"{value:.3g}"
