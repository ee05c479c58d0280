"""Reasons of rejected rows are found again by their English words."""

from __future__ import annotations

from peft_desktop.core.words import Sentence
from peft_desktop.data import csv_records, delimited, json_values
from peft_desktop.data.imported import Rejected
from peft_desktop.data.reasons import REASONS, reason_in


def test_that_a_reason_is_found_again_with_its_values() -> None:
    values = {"found": 3, "expected": 2}
    said = Rejected(1, "a,b,c", delimited.TOO_MANY, values).in_words()
    found = reason_in(said)
    assert found.template == delimited.TOO_MANY and str(found) == said
    assert reason_in('the key "{a}" occurs twice').in_words() == 'the key "{a}" occurs twice'


def test_that_other_words_stay_as_they_are() -> None:
    assert str(reason_in("what {nobody} knows")) == "what {nobody} knows"


def test_that_all_reasons_are_in_the_list() -> None:
    written = [delimited.TOO_MANY, delimited.TOO_FEW, csv_records.QUOTE, csv_records.NUL]
    written += [v for n, v in vars(json_values).items() if n.isupper() and isinstance(v, str)]
    assert set(written) <= set(REASONS)
    for template in REASONS:
        assert reason_in(template).template == template
        assert isinstance(reason_in(template), Sentence)
