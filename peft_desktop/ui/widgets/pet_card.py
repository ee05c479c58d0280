"""What a training of several patterns will do, and what came of it, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QWidget

from ...core.errors import UserError
from ...core.steps import total_steps
from ...projects.pet_plan import STUDENT
from ..pet_desk import Draft
from ..shoot_out_words import method_in_words
from ..wording import duration, number, plain, translated
from .probe_table import in_one_line


class PetCard(QLabel):
    """`show_draft`, `show_refusal`, `show_plan` tell it what to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        plain(self)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._draft: Draft | None = None
        self._error: UserError | None = None
        self._plan: Any = None
        self._found: Mapping[str, Any] = {}
        self.retranslate()

    def show_draft(self, draft: Draft | None, error: UserError | None) -> None:
        self._draft, self._error, self._plan = draft, error, None
        self.retranslate()

    def show_plan(self, plan: Any) -> None:
        """One that has begun."""
        self._plan = plan
        self.retranslate()

    def retranslate(self) -> None:
        if self._plan is not None:
            lines = self._of_plan(self._plan)
        elif self._error is not None:
            lines = [f"\u2716 {self._error.in_words(translated)}"]
        elif self._draft is not None:
            lines = self._of_draft(self._draft)
        else:
            lines = [self.tr("What will happen is said here once the steps before are filled in.")]
        self.setText("\n".join(lines))
        self.setAccessibleName(self.tr("What will happen"))
        self.setToolTip(self.tr("What Start begins, before it begins."))

    def _of_draft(self, draft: Draft) -> list[str]:
        plan = draft.plan
        teachers, rows = len(plan.cells) - 1, plan.data.rows
        learn = len(rows.get("train", ()))
        said = self.tr(
            "{count} trainings: {patterns} patterns \u00d7 {seeds} seeds = {teachers} teachers, "
            "then the student"
        )
        lines = [
            said.format(
                count=number(teachers + 1),
                patterns=number(len(plan.patterns)),
                seeds=number(len(plan.seeds)),
                teachers=number(teachers),
            )
        ]
        lines += [
            "   "
            + self.tr("Pattern {number}: {template}").format(
                number=n, template=in_one_line(pattern.prompt.template)
            )
            for n, pattern in enumerate(plan.patterns, 1)
        ]
        lines.append(
            self.tr("The teachers ({method} on {model}) learn from {rows} labelled rows").format(
                method=method_in_words(plan.teacher.method),
                model=plan.teacher.model.name,
                rows=number(learn),
            )
        )
        lines.append(self.tr("They label {count} texts").format(count=number(plan.pool_rows)))
        steps = total_steps(plan.student.training, learn)
        lines.append(
            self.tr(
                "The student ({method} on {model}) learns from both, {steps} steps at most"
            ).format(
                method=method_in_words(plan.student.method),
                model=plan.student.model.name,
                steps=number(steps),
            )
        )
        lines.append(
            self.tr("Time: known after the first training")
            if draft.seconds is None
            else self.tr("Time: at most {time}, judging by earlier runs").format(
                time=duration(draft.seconds)
            )
        )
        lines.append(self.tr("Every training is a run of its own; stop and go on at any time."))
        return lines

    def _of_plan(self, plan: Any) -> list[str]:
        """As far as it came: how the teachers agree, together, and the student."""
        found, teachers = plan.found, [c for c in plan.cells if c.row != STUDENT]
        done = sum(cell.state == "done" for cell in teachers)
        said = self.tr("{done} of {total} teachers are done; {count} texts to label")
        lines = [
            said.format(
                done=number(done), total=number(len(teachers)), count=number(plan.pool_rows)
            )
        ]
        if "agreement" in found:
            said = self.tr("All teachers agree on {all} of 100 texts, two of them on {pairs}")
            lines.append(
                said.format(
                    all=number(100 * found["agreement"]["all"]),
                    pairs=number(100 * found["agreement"]["pairs"]),
                )
            )
        if "label_counts" in found:
            counts = self.tr(", ").join(
                f"{label[:40]} {number(count)}" for label, count in found["label_counts"].items()
            )
            lines.append(self.tr("Labels that they gave: {counts}").format(counts=counts))
        if "ensemble" in found:
            said = self.tr("All teachers together: right in {share} of 100 validation rows")
            lines.append(said.format(share=number(100 * found["ensemble"]["accuracy"])))
        student = plan.cells[-1]
        for split, said in (
            ("valid", self.tr("The student: right in {share} of 100 validation rows")),
            ("test", self.tr("The student: right in {share} of 100 test rows")),
        ):
            if split in student.facts:
                share = student.facts[split]["metrics"]["accuracy"]
                lines.append(said.format(share=number(100 * share)))
        return lines

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
