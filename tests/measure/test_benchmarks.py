"""Tests of the benchmarks: what they measure with and of, their tables, their places in the README."""

import asyncio
import json
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import faiss
import numpy as np
import pytest

from app.evaluation.dataset import questions
from index.sync import mirror
from ingest.passages import passages_of
from ingest.read import read
from ingest.settings import Settings
from tests.app.test_evaluate import row
from tests.measure.bench import ROOT
from tests.measure.bench_tables import with_section
from tests.measure.benchmarks import corpus, ours, scale_steps, serving
from tests.measure.benchmarks.memory import Memory, memory_of, watched
from tests.measure.benchmarks.running import run
from tests.measure.benchmarks.scale import STEPS, measured, parts, revise
from tests.measure.benchmarks.scale_plot import draw
from tests.measure.benchmarks.scale_table import BEGIN as SCALE_BEGIN
from tests.measure.benchmarks.scale_table import END as SCALE_END
from tests.measure.benchmarks.scale_table import section as scale_section
from tests.measure.benchmarks.speed import prepared
from tests.measure.benchmarks.speed_ingest import ingests
from tests.measure.benchmarks.speed_table import BEGIN, END, Line, section
from tests.measure.benchmarks.static_model import StaticModel
from tests.measure.benchmarks.visitors import crowd
from tests.support.fake_service import running
from tests.support.fakes import WordEmbedder

FIGURES = (
    "seconds written peak text passages embedding publishing catalogue vectors terms other p50 p95 resident"
).split()


def test_a_line_is_medians_spreads_and_their_ratio():
    """Of the pairs, in turn; the text says of how many runs and of how much."""
    text = section([Line("`ask` from cold, seconds", [(1.0, 6.0), (0.5, 5.0), (0.75, 30.0)])], 10_390, 10**6)
    assert "| `ask` from cold, seconds | 0.75 (0.5 to 1) | 6 (5 to 30) | 0.10 |\n" in text
    assert "of 3 runs of each side" in text
    assert "1 MB of text is\nembedded, 10,390 passages" in text


def test_the_readme_has_a_place_for_them():
    """Each command finds its marks."""
    for begin, end in ((BEGIN, END), (SCALE_BEGIN, SCALE_END), (serving.BEGIN, serving.END)):
        text = (ROOT / "tests" / "README.md").read_text(encoding="utf-8")
        readme = with_section(text, "measured\n", begin, end)
        assert f"{begin}\nmeasured\n{end}" in readme


def test_a_process_is_measured_whole():
    """Its seconds, its own peak of memory, its output; one that fails is no measurement."""
    some = run([sys.executable, "-c", "print(len(b'.' * 200 * 2**20))"])
    assert some.output == f"{200 * 2**20}\n"
    assert 200 < some.memory < 300
    assert some.seconds > 0
    with pytest.raises(subprocess.CalledProcessError):
        run([sys.executable, "-c", "raise SystemExit(3)"])


def test_both_sides_have_the_same_passages(tmp_path: Path):
    """Texts and vectors in one order; of the texts to embed as many as were asked for."""
    settings = Settings(store=tmp_path / "store")
    embedder = WordEmbedder()
    mirror(
        settings,
        [row(str(n), f"Lease {n} ends in March.") for n in range(9)],
        lambda _: embedder,
        lambda _: None,
    )
    assert prepared(settings, tmp_path, 60) == 9
    texts = json.loads((tmp_path / "texts.json").read_text())
    index = faiss.read_index(str(tmp_path / "index.faiss"))
    assert index.reconstruct_n(0, 9) == pytest.approx(embedder.embed(texts), abs=1e-3)
    assert json.loads((tmp_path / "some.json").read_text()) == texts[:3]


def test_a_document_depends_on_its_number_and_the_seed_alone(tmp_path: Path):
    """So a larger corpus holds a smaller one; another seed is another corpus."""
    assert corpus.write(tmp_path, seed=3, documents=3) == 3
    for number in range(3):
        file = tmp_path / "documents" / corpus.path_of(number)
        assert file.read_text(encoding="utf-8") == corpus.document(number, 3) != corpus.document(number, 4)
    assert corpus.write(tmp_path / "by size", seed=3, size=100_000) == 2


def test_a_document_is_read_whole_as_about_a_hundred_passages():
    """Whichever of its formats and languages: every fact stands in one passage."""
    for number in (0, 1, corpus._ARABIC - 1):
        found = read(corpus.document(number, 1).encode(), corpus.path_of(number))
        texts = [passage.text for passage in passages_of(found, Settings().passage_words)]
        assert 0.8 * corpus.PASSAGES < len(texts) < 1.3 * corpus.PASSAGES
        assert (found.title is not None, found.unread) == (number > 0, ())
        for fact in corpus.facts(number, 1):
            assert any(fact.told in text for text in texts)
            assert fact.answer in fact.told


def test_only_its_document_tells_what_a_question_asks(tmp_path: Path):
    """The questions stand beside the documents as a data set, evenly from all of them."""
    corpus.write(tmp_path, seed=1, documents=30, n=60)
    asked = questions(tmp_path, None)
    facts = list(corpus.asked(30, 1, 60))
    assert [one.question for one in asked] == [fact.question for _, fact in facts]
    assert {number for number, _ in facts} == set(range(30))
    texts = [corpus.document(number, 1) for number in range(30)]
    for number, fact in facts:
        assert [place for place, text in enumerate(texts) if fact.told in text] == [number]


def test_the_static_model_gives_near_texts_near_vectors():
    """Unit rows, the same for a text whatever stands beside it; also for a text without words."""
    asked = [
        "Who signed the treaty of Trieste?",
        "When was Trieste's pact signed?",
        "The price of wheat fell.",
        "",
    ]
    model = StaticModel()
    rows = model.embed(asked)
    assert (rows.shape, rows.dtype) == ((4, model.dimension), np.float32)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1)
    assert rows[0] @ rows[1] > 0.5 > 0.3 > rows[0] @ rows[2]
    assert model.embed(asked[:1])[0] == pytest.approx(rows[0])


def test_a_store_is_measured_as_it_is(tmp_path: Path):
    """Its answers are found, exact search is exact, and a change is embedded."""
    corpus.write(tmp_path, seed=1, documents=2, n=40)
    store, documents = tmp_path / "store", tmp_path / "documents"
    first = scale_steps.ingest(store, documents)
    assert first["embedding"] > 0
    asked = questions(tmp_path, None)
    assert scale_steps.ask(store, asked)["found first"] > 0.9
    assert scale_steps.recall(store, asked) == {"recall": 1}
    revise(documents / corpus.path_of(1))
    assert scale_steps.ingest(store, documents)["embedding"] > 0
    assert sum(parts(store).values()) > 0


def test_a_step_once_measured_is_kept(tmp_path: Path):
    """It is not run again, other steps and sizes are added to it, and what is missing is a dash."""
    given = Namespace(sizes=[100], steps=["ingest"], work=tmp_path, json=None)
    figures = measured(given)
    assert figures[100]["ingest"]["seconds"] > figures[100]["ingest"]["embedding"]
    assert measured(Namespace(sizes=[100], steps=[], work=tmp_path, json=None)) == figures
    table = scale_section(figures)
    assert f"| passages | {figures[100]['ingest']['passages']} |" in table
    assert "| recall@10 of the dense part | – |" in table


def test_the_plot_is_of_the_sizes_that_are_measured_whole(tmp_path: Path):
    """The same figures are the same file."""
    whole = {step: dict.fromkeys(FIGURES, 2.0) for step in STEPS}
    draw({1000: whole, 10_000: whole, 100_000: {"ingest": whole["ingest"]}}, tmp_path / "a.svg")
    draw({1000: whole, 10_000: whole}, tmp_path / "b.svg")
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
    assert "Search, milliseconds" in (tmp_path / "a.svg").read_text(encoding="utf-8")


def test_a_revised_document_is_itself_when_revised_again(tmp_path: Path):
    """So a corpus can be measured any number of times and does not grow."""
    file = tmp_path / "a.md"
    file.write_text("One.\n", encoding="utf-8")
    revise(file)
    assert file.read_text(encoding="utf-8").startswith("One.\n\n")
    revise(file)
    assert file.read_text(encoding="utf-8") == "One.\n"


def test_a_file_that_generations_share_counts_once(tmp_path: Path):
    """The parts of a store are told by their names; what has none is other."""
    (tmp_path / "generations" / "2").mkdir(parents=True)
    (tmp_path / "generations" / "2" / "vectors.faiss").write_bytes(b"12345")
    (tmp_path / "generations" / "vectors.old").hardlink_to(tmp_path / "generations" / "2" / "vectors.faiss")
    (tmp_path / "lock").write_bytes(b"1")
    assert parts(tmp_path) == {"catalogue": 0, "vectors": 5, "terms": 0, "other": 1}


def test_the_memory_of_a_process_is_that_of_its_descendants_too():
    """What a child holds counts; a command that fails is no measurement."""
    holds = "x = b'.' * 150 * 2**20; import time; time.sleep(0.5)"
    code = (
        f"import subprocess, sys; x = b'.' * 100 * 2**20; subprocess.run([sys.executable, '-c', {holds!r}])"
    )
    found = watched((sys.executable, "-c", code))
    assert 250 < found.peak.anonymous <= found.peak.whole < 320
    assert memory_of(2**22) == Memory(0, 0)
    with pytest.raises(subprocess.CalledProcessError):
        watched((sys.executable, "-c", "raise SystemExit(3)"))


def test_visitors_ask_the_chat_as_its_page_does():
    """Each until the time is over, one conversation after another; what is answered and what is refused."""
    with running() as url, serving.pinged(url) as pings:
        asked = asyncio.run(crowd(url, ["When does the lease end?"], 3, 1))
        [refused, *_] = asyncio.run(crowd(url, ["broken"], 1, 0.1))
    assert len(asked) >= 3
    assert all(one.answered and one.ms > 0 for one in asked)
    assert not refused.answered
    assert min(pings) > 0
    text = serving.table(serving.Load(asked, 2.0, [1.0], pings, (100, 101), 0.5, 0.5))
    assert f"| answers, and errors | {len(asked)}, 0 |" in text


def test_an_ingest_is_measured_whole_and_by_its_stages(tmp_path: Path):
    """The whole from start to exit, reading and embedding by their own seconds, both sides in turn."""
    one, other = ((sys.executable, "-c", f"print('{{\"seconds\": {n}}}')") for n in (2, 8))
    whole, memory, read_alone, embedded = ingests("1 MB of text", tmp_path, tmp_path, one, other, 2)
    assert whole.name == "ingest of 1 MB of text, seconds"
    assert all(0 < seconds < 2 for pair in whole.pairs for seconds in pair)
    assert all(mib > 1 for pair in memory.pairs for mib in pair)
    assert read_alone.pairs == embedded.pairs == [(2, 8), (2, 8)]


def test_what_is_embedded_alone_is_what_an_ingest_embeds(tmp_path: Path):
    """The stage of reading hands on the passages with their headings."""
    corpus.write(tmp_path, seed=1, documents=2)
    assert ours.read(tmp_path / "documents", tmp_path / "texts.json")["seconds"] > 0
    found = [
        read(corpus.document(n, 1).encode(), corpus.path_of(n)) for n in range(2)
    ]  # in the order of their paths
    expected = [each.indexed_text for one in found for each in passages_of(one, Settings().passage_words)]
    assert json.loads((tmp_path / "texts.json").read_text(encoding="utf-8")) == expected
