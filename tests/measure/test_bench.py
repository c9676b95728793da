"""Tests of `make bench`: its tables, its place in the README, a run over a small set."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.evaluation.evaluate import Scores
from app.evaluation.metrics import Measure
from ingest.errors import UsageError
from ingest.settings import Settings
from tests.measure.bench import ROOT, SETS, Set, bench, commit, selected_sets
from tests.measure.bench_tables import (
    BEGIN,
    COLUMNS,
    END,
    FOLLOW_UPS,
    Row,
    follow_ups,
    section,
    table,
    with_section,
)
from tests.support.fakes import load_words


def scores(ndcg: float, **measures: float) -> Scores:
    """A set of 1,200 questions with this nDCG@5 of its follow-ups."""
    named = {FOLLOW_UPS: Measure(ndcg, 7)} | {name: Measure(value, 120) for name, value in measures.items()}
    return Scores("mine", 1200, 0.25, named, (), (), {"total": 12.6})


def cells(line: str) -> list[str]:
    """The cells of a line of a Markdown table."""
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_a_row_has_a_value_or_a_dash_in_every_column():
    """What a set cannot tell is a dash, never 0."""
    head, rule, line = table([Row(scores(0.5, risk=0.1234, coverage=0.0), None, None)]).splitlines()
    assert len(cells(head)) == len(cells(rule)) == len(cells(line)) == len(COLUMNS) + 3
    row = dict(zip(cells(head), cells(line), strict=True))
    assert (row.pop("set"), row.pop("n"), row.pop("ms")) == ("mine", "1,200", "13")
    assert (row.pop("risk"), row.pop("coverage")) == ("0.123", "0.000")
    assert set(row.values()) == {"–"}


def test_a_measure_over_too_few_questions_is_not_shown():
    """A row of 1,200 questions shows what was measured on 120, and not what was on 119."""
    few = replace(scores(0.5), measures={"risk": Measure(0.5, 119), "coverage": Measure(0.5, 120)})
    values = cells(table([Row(few, None, None)]).splitlines()[2])
    assert (values.count("0.500"), values.count("–")) == (1, len(COLUMNS) - 1)


@pytest.mark.parametrize(
    ("floor", "value", "ceiling", "closed"),
    [
        (0.4, 0.5, 0.6, "50%"),
        (0.4, 0.3, 0.6, "-50%"),
        (0.4, 0.7, 0.6, "150%"),
        (0.6, 0.6, 0.6, "–"),
        (0.4, 0.5, None, "–"),
    ],
)
def test_the_gap_closed_is_from_last_turn_to_rewrite(
    floor: float, value: float, ceiling: float | None, closed: str
):
    """As a share of the whole gap; a dash where there is none or nobody knows."""
    row = Row(scores(value), scores(floor), scores(ceiling) if ceiling is not None else None)
    assert cells(follow_ups([row]).splitlines()[2])[-1] == closed
    assert cells(follow_ups([row]).splitlines()[2])[:4] == ["mine", "7", f"{floor:.3f}", f"{value:.3f}"]


def test_the_section_says_commit_and_date():
    """The table of follow-ups is there where a set has some."""
    without = section([Row(scores(0.5), None, None)], "abc+", date(2026, 1, 2))
    assert without.startswith("Commit abc+, 2026-01-02")
    assert "gap closed |" not in without
    assert "gap closed |" in section([Row(scores(0.5), scores(0.4), None)], "abc", date(2026, 1, 2))


TEXT = st.text().filter(lambda text: BEGIN not in text and END not in text)


@given(TEXT, TEXT, TEXT, TEXT)
def test_only_what_is_between_the_marks_changes(before: str, old: str, after: str, new: str):
    """And writing twice is writing once."""
    written = with_section(f"{before}{BEGIN}{old}{END}{after}", new)
    assert written == f"{before}{BEGIN}\n{new}{END}{after}"
    assert with_section(written, new) == written


@pytest.mark.parametrize("readme", ["", BEGIN, END, f"{END} {BEGIN}"])
def test_a_readme_without_marks_is_left_alone(readme: str):
    """It is refused."""
    with pytest.raises(UsageError, match="found no such pair"):
        with_section(readme, "x")


def test_the_readme_has_its_marks():
    """`make bench` finds its place."""
    written = with_section((ROOT / "tests" / "README.md").read_text(encoding="utf-8"), "figures")
    assert "figures" in written[written.index(BEGIN) : written.index(END)]


def test_commit_is_a_short_hash():
    """With a plus where files differ from it."""
    assert re.fullmatch(r"[0-9a-f]{7,}\+?", commit())


def test_sets_are_chosen_by_name_and_must_be_there(tmp_path: Path):
    """All where none is named; an unknown name or a folder that is missing is said."""
    for each in SETS:
        (tmp_path / each.name).mkdir()
    assert selected_sets([], tmp_path) == list(SETS)
    assert [each.name for each in selected_sets(["scifact", "seeds"], tmp_path)] == ["scifact", "seeds"]
    with pytest.raises(UsageError, match="found 'other'"):
        selected_sets(["other"], tmp_path)
    (tmp_path / "scifact").rmdir()
    with pytest.raises(UsageError, match="expected the data set scifact there, found none"):
        selected_sets([], tmp_path)


def test_bench_asks_follow_ups_in_every_way_there_is(tmp_path: Path):
    """A set is read where it lies; its store goes into the store, one that is rewritten has three scores."""
    folder = tmp_path / "eval" / "mine"
    folder.mkdir(parents=True)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "lease.txt").write_text("The lease ends on 31 March 2027.")
    asked = [
        {"question": "Is there a lease?", "doc_id": "lease"},
        {"question": "When does it end?", "rewrite": "When does the lease end?", "doc_id": "lease",
         "history": ["Is there a lease?"], "answers": ["31 March 2027"]},
        {"question": "And the rent?", "doc_id": "lease", "history": ["Is there a lease?"]},
    ]  # fmt: skip
    lines = [json.dumps(each) for each in asked]
    (folder / "questions.jsonl").write_text("\n".join(lines))
    settings = Settings(store=tmp_path / "store")
    sets = [Set("mine", 2, "../docs")]
    (row,) = bench(sets, tmp_path / "eval", settings, (load_words, None), None)
    assert [each.questions for each in (row.asked, row.alone, row.rewritten)] == [2, 2, 2]
    assert row.asked.measures["evidence in quote@1"].n == 1
    assert row.as_json()["rewrites"]["measures"]["document hit@1"]["n"] == 2
    assert sorted(path.name for path in folder.iterdir()) == ["questions.jsonl"]
    (folder / "questions.jsonl").write_text("\n".join([lines[0], lines[2]]))
    (row,) = bench(sets, tmp_path / "eval", settings, (load_words, None), None)
    assert (row.alone is not None, row.rewritten) == (True, None)
    (row,) = bench(sets, tmp_path / "eval", settings, (load_words, None), 1)
    assert (row.asked.questions, row.alone, row.as_json()["last_turn"]) == (1, None, None)
