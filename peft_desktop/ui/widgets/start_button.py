"""The button that begins a queue of trainings, or names what is missing before it can."""

from __future__ import annotations

from ..training_plan import Missing
from ..wording import tip, translated
from .train_button import TrainButton


class StartButton(TrainButton):
    """`kind`s of its own beside those of training: methods, models, prompts, seeds, valid, pool,
    refused plan, planning."""

    def retranslate(self) -> None:
        missing = self._missing
        if self._training:
            said = self.tr("At work: {name}").format(name=self._training)
            about = self.tr("One thing at a time: this one is at work.")
        elif missing is not None:
            said = self.missing_in_words(missing)
            about = self.tr("This is missing before it can begin.")
            if missing.error is not None:
                about = missing.error.in_words(translated)
        elif self._waits_for:
            said = self.tr("Wait: {work}").format(work=self._waits_for)
            about = self.tr("Other work is going on; stop it or wait until it is done.")
        else:
            said = self.tr("&Start")
            about = self.tr("Begins as the plan above says; you can stop and go on at any time.")
        self.setEnabled(missing is None and not self._training and not self._waits_for)
        self.setText(said)
        self.setAccessibleName(said.replace("&", ""))
        self.setToolTip(tip(about))

    def missing_in_words(self, missing: Missing) -> str:
        own = {
            "methods": self.tr("Tick a method at least"),
            "models": self.tr("Tick a model at least"),
            "prompts": self.tr("Tick a prompt at least"),
            "seeds": self.tr("Correct the seeds"),
            "valid": self.tr("Split the rows: none are there to choose by"),
            "pool": self.tr("Give texts without labels"),
            "refused plan": self.tr("Leave out what cannot be trained"),
            "planning": self.tr("Working out the plan \u2026"),
        }
        return own[missing.kind] if missing.kind in own else super().missing_in_words(missing)
