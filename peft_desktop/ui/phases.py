"""What the engine calls its phases, in words."""

from __future__ import annotations

from ..core.words import QT_TRANSLATE_NOOP
from .wording import translated

PHASES = {
    "starting": QT_TRANSLATE_NOOP("phases", "Starting"),
    "waiting": QT_TRANSLATE_NOOP("phases", "Waiting for other work"),
    "reading": QT_TRANSLATE_NOOP("phases", "Reading the file"),
    "zero-shot": QT_TRANSLATE_NOOP("phases", "Asking the untrained model"),
    "loading": QT_TRANSLATE_NOOP("phases", "Loading the model"),
    "tokenising": QT_TRANSLATE_NOOP("phases", "Reading the texts"),
    "measuring": QT_TRANSLATE_NOOP("phases", "Measuring the fastest precision"),
    "weighing": QT_TRANSLATE_NOOP("phases", "Weighing the patterns"),
    "training": QT_TRANSLATE_NOOP("phases", "Training"),
    "validating": QT_TRANSLATE_NOOP("phases", "Validating"),
    "evaluating": QT_TRANSLATE_NOOP("phases", "Evaluating"),
    "predicting": QT_TRANSLATE_NOOP("phases", "Predicting"),
    "saving": QT_TRANSLATE_NOOP("phases", "Saving"),
    "checking": QT_TRANSLATE_NOOP("phases", "Checking"),
    "copying": QT_TRANSLATE_NOOP("phases", "Copying"),
    "converting": QT_TRANSLATE_NOOP("phases", "Converting the model"),
    "texts": QT_TRANSLATE_NOOP("phases", "Texts"),
    "labels": QT_TRANSLATE_NOOP("phases", "Labels"),
    "columns": QT_TRANSLATE_NOOP("phases", "Columns"),
    "languages": QT_TRANSLATE_NOOP("phases", "Languages"),
    "duplicates": QT_TRANSLATE_NOOP("phases", "Duplicates"),
    "near duplicates": QT_TRANSLATE_NOOP("phases", "Near duplicates"),
    "personal data": QT_TRANSLATE_NOOP("phases", "Personal data"),
    "installing": QT_TRANSLATE_NOOP("phases", "Installing the model"),
}


def phase_in_words(phase: str) -> str:
    """A phase as it is said; one that is not known is shown as the engine wrote it."""
    if phase in PHASES:
        return translated("phases", PHASES[phase])
    return phase[:1].upper() + phase[1:].replace("_", " ")
