"""Files of other people's: their columns bear other names, or none, and their encoding is old."""

from __future__ import annotations

from pathlib import Path

import pytest
from engine_project import Workshop, result_of

from peft_desktop.core import events as ev
from peft_desktop.core.ports import EvaluateRequest, PredictRequest, ReadAs

Finished = tuple[Workshop, Path]


def test_that_a_file_is_judged_under_other_column_names(own: Finished, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    shop, run = own
    source, answers = tmp_path / "more.csv", tmp_path / "answers.parquet"
    # "text" and "label" are there too, and mean something else
    source.write_text(
        "text;label;review;mood\nx;1;a good film;pos\ny;2;a bad film;neg\n", encoding="utf-8"
    )
    read_as = ReadAs(delimiter=";", columns=(("text", "review"), ("label", "mood")))
    request = EvaluateRequest(data=source, read_as=read_as, answers=answers)
    result = result_of(shop.tuner.evaluate(run, request))
    assert result["metrics"]["accuracy"] == 1.0
    table = pq.read_table(answers)
    assert table["text"].to_pylist() == ["a good film", "a bad film"]
    assert table["predicted_label"].to_pylist() == ["pos", "neg"]
    assert set(table["split"].to_pylist()) == {"more.csv"}


def test_that_what_is_judged_outside_is_not_written_into_the_run(
    own: Finished, tmp_path: Path
) -> None:
    shop, run = own
    before = {path.name: path.read_bytes() for path in run.glob("*.*") if path.is_file()}
    source = tmp_path / "more.csv"
    source.write_text("text,label\na good film,pos\n", encoding="utf-8")
    result_of(shop.tuner.evaluate(run, EvaluateRequest(data=source)))
    after = {path.name: path.read_bytes() for path in run.glob("*.*") if path.is_file()}
    before.pop("zero_shot.json", None), after.pop("zero_shot.json", None)
    assert before == after


def test_that_two_columns_can_change_places(own: Finished, tmp_path: Path) -> None:
    shop, run = own
    source = tmp_path / "more.csv"
    source.write_text("label,text\na good film,pos\na bad film,neg\n", encoding="utf-8")
    read_as = ReadAs(columns=(("text", "label"), ("label", "text")))
    result = result_of(shop.tuner.evaluate(run, EvaluateRequest(data=source, read_as=read_as)))
    assert result["metrics"]["accuracy"] == 1.0


@pytest.mark.parametrize("header", [True, False])
def test_that_a_file_is_labelled_as_the_user_says_it_reads(
    finished: Finished, tmp_path: Path, header: bool
) -> None:
    from peft_desktop.data.readers import read_file

    shop, run = finished
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    lines = ["号|评论"] * header + ["7|a good film 电影", "8|a bad film 电影"]
    source.write_text("\n".join(lines) + "\n", encoding="gb18030")
    column = "评论" if header else "column_2"
    read_as = ReadAs("gb18030", "|", header=header, columns=(("text", column),))
    request = PredictRequest(source=source, target=target, read_as=read_as)
    assert result_of(shop.tuner.predict(run, request))["rows"] == 2
    written = read_file(target).table
    # the file's own columns come out as they went in; none was added but the answer's
    assert written.column_names[:3] == [
        "号" if header else "column_1",
        column,
        "predicted_label",
    ]
    texts = ["a good film 电影", "a bad film 电影"]
    assert written.column(1).to_pylist() == texts
    alone = PredictRequest(rows=tuple({"text": text} for text in texts))
    answers = result_of(shop.tuner.predict(run, alone))["rows"]
    for row, answer in zip(written.to_pylist(), answers, strict=True):
        assert row["predicted_label"] == answer["predicted_label"]
        assert float(row["probability"]) == pytest.approx(answer["probability"], abs=1e-4)


def test_that_progress_within_a_file_counts_its_rows(finished: Finished, tmp_path: Path) -> None:
    from peft_desktop.tuning.predicting import _counted_on

    def work() -> object:
        yield ev.Progressed(200, 1000)
        yield ev.Tick()
        return "found"

    counted = _counted_on(work(), 3000)  # type: ignore[arg-type]
    assert next(counted) == ev.Progressed(3200, 0)
    assert next(counted) == ev.Tick()
    with pytest.raises(StopIteration) as end:
        next(counted)
    assert end.value.value == "found"
