"""Numbers of a curve as they come: growing arrays, smoothing that goes on where it was."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
_FIRST = 1024


class Series:
    """Points (x, y) in float64 arrays that double when they are full."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self._count = 0
        self._points = np.empty((2, _FIRST))
        self._smooth = np.empty(_FIRST)
        self._smooth_count, self._weight, self._mean = 0, 0.0, 0.0

    def __len__(self) -> int:
        return self._count

    def append(self, x: float, y: float) -> None:
        if self._count == self._points.shape[1]:
            self._points = np.concatenate([self._points, np.empty_like(self._points)], axis=1)
            self._smooth = np.concatenate([self._smooth, np.empty_like(self._smooth)])
        self._points[0, self._count] = x
        self._points[1, self._count] = y
        self._count += 1

    @property
    def x(self) -> Array:
        return self._points[0, : self._count]

    @property
    def y(self) -> Array:
        return self._points[1, : self._count]

    def smoothed(self, weight: float) -> Array:
        """The exponential mean of y, corrected for its start; `weight` (0 to 1) of what was."""
        if weight <= 0.0:
            return self.y
        if weight != self._weight:
            self._weight, self._smooth_count, self._mean = weight, 0, 0.0
        for place in range(self._smooth_count, self._count):
            self._mean = weight * self._mean + (1.0 - weight) * float(self._points[1, place])
            self._smooth[place] = self._mean / (1.0 - weight ** (place + 1))
        self._smooth_count = self._count
        return self._smooth[: self._count]

    def near(self, x: float) -> int:
        """The place of the point nearest to `x`; -1 where there is none."""
        if not self._count:
            return -1
        right = int(np.searchsorted(self.x, x))
        if right == 0:
            return 0
        if right == self._count or x - self.x[right - 1] <= self.x[right] - x:
            return right - 1
        return right

    def at(self, x: float) -> float | None:
        """y at exactly `x`."""
        place = self.near(x)
        return float(self.y[place]) if place >= 0 and self.x[place] == x else None
