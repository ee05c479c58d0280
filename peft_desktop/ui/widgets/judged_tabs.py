"""The tabs of the Evaluate page: the judgement, its curves, and how the training went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from ...core.runs import Run
from ..judged_answers import AnswerRows
from ..judging import JudgedRows, Result
from .compare_view import CompareView
from .result_view import ResultView
from .run_curves import RunCurves
from .score_curves import ScoreCurves
from .tabs import Tabs
from .thresholds_view import ThresholdsView


class JudgedTabs(Tabs):
    """`show_judged` fills those that tell of a split, `show_run` those that tell of the run."""

    failed = Signal(object)
    told = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self.view, self.curves = ResultView(self), RunCurves(self)
        self.score_curves, self.thresholds = ScoreCurves(self), ThresholdsView(self)
        self.compare = CompareView(self)
        for part in self.parts():
            self.addTab(part, "")
        for part in (self.curves, self.score_curves, self.thresholds, self.compare):
            part.failed.connect(self.failed)
        self.thresholds.kept.connect(self.told)
        self.score_curves.saved.connect(self._saved)
        self.retranslate()

    def parts(self) -> tuple[QWidget, ...]:
        """In the order of the tabs."""
        return (self.view, self.score_curves, self.thresholds, self.compare, self.curves)

    def in_order(self) -> tuple[QWidget, ...]:
        """What Tab goes through, as one reads."""
        found: list[QWidget] = []
        for part in (self.view, self.score_curves, self.thresholds, self.compare, self.curves):
            found += part.in_order()
        return tuple(found)

    def show_run(self, run: Run | None) -> None:
        self.curves.show_run(run)

    def show_judged(
        self, run: Run | None, result: Result | None, rows: JudgedRows | AnswerRows | None
    ) -> None:
        self.view.show_result(result, rows)
        labelled = rows if isinstance(rows, JudgedRows) else None
        self.score_curves.show_runs([(run.name, labelled)] if labelled and run else [])
        other = run is not None and run.recipe.task != "classification"
        for part in (self.score_curves, self.thresholds, self.compare):
            self.setTabVisible(self.indexOf(part), not other)

    def show_known(
        self,
        run: Run | None,
        rows: Mapping[str, JudgedRows | AnswerRows],
        runs: Sequence[Run] = (),
    ) -> None:
        """What is known of a run's own splits, whichever is shown, and the runs beside it."""
        self.compare.show_runs(runs, run)
        labelled = {split: r for split, r in rows.items() if isinstance(r, JudgedRows)}
        self.thresholds.show_judged(run, labelled)

    def _saved(self, file: str) -> None:
        self.told.emit(self.tr("Saved: {file}").format(file=file))

    def retranslate(self) -> None:
        for part, said in (
            (self.view, self.tr("&Judgement")),
            (self.score_curves, self.tr("Scorin&g curves")),
            (self.thresholds, self.tr("Thre&sholds")),
            (self.compare, self.tr("Compare runs")),
            (self.curves, self.tr("Trai&ning curves")),
        ):
            self.setTabText(self.indexOf(part), said)
        self.setAccessibleName(self.tr("Judgement or curves"))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
