"""Tests of scoring a data set, and of reading one."""

import io
import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answering.answer import Answer, Citation, Turn
from app.evaluation.dataset import (
    Question,
    TextRow,
    alone,
    document_id,
    questions,
    rewritten,
    sources,
    strided,
)
from app.evaluation.evaluate import Scores, fill, outcome, own_settings, print_scores, score
from app.evaluation.metrics import Bin, Measure
from app.evaluation.outcomes import Gold
from index.store import Generation
from index.types import Scope
from ingest.document import Page, Span
from ingest.errors import UsageError
from ingest.settings import Settings
from tests.support.fakes import load_words


def row(name: str, text: str) -> TextRow:
    """A text document."""
    return TextRow(f"/set#{name}", name, len(text), 0, name.title(), text)


def data_set(
    folder: Path, corpus: Sequence[object], asked: Sequence[object], qrels: str | None = None
) -> Path:
    """A data set on disk."""
    folder.mkdir(exist_ok=True)
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, corpus)), encoding="utf-8")
    (folder / "questions.jsonl").write_text("\n".join(map(json.dumps, asked)), encoding="utf-8")
    if qrels is not None:
        (folder / "qrels.tsv").write_text(qrels, encoding="utf-8")
    return folder


CORPUS = [
    {"doc_id": "lease#1", "title": "Lease", "text": "The lease ends on 31 March 2027."},
    {"doc_id": "menu", "title": "Menu", "text": "Soup is served at noon."},
]


def test_sources_are_the_rows_of_the_corpus(tmp_path: Path):
    """Shown by their ids, with the row's title, and keyed by the place of the set."""
    lease, menu = sources(data_set(tmp_path, CORPUS, []))
    assert (lease.shown, lease.key) == ("lease#1", f"{tmp_path.resolve() / 'corpus.jsonl'}#lease#1")
    document = menu.read()
    assert (document.title, document.text, document.sha256) == (
        "Menu",
        "Soup is served at noon.",
        menu.sha256(),
    )


def test_a_corpus_may_name_files(tmp_path: Path):
    """A path is taken from the set's folder; the file is shown by its id."""
    (tmp_path / "a.txt").write_text("Hello there.")
    (source,) = sources(data_set(tmp_path, [{"doc_id": "A", "path": "a.txt"}], []))
    assert (source.shown, source.read().text) == ("A", "Hello there.")


@pytest.mark.parametrize(
    ("corpus", "problem"),
    [
        ([{"title": "x", "text": "y"}], "line 1: expected doc_id to be a str, found None"),
        ([{"doc_id": "x"}], "line 1: expected path to be a str, found None"),
        ([{"doc_id": "x", "path": "none.pdf"}], "line 1: expected a file at"),
        ([5], "line 1: expected an object, found int"),
    ],
)
def test_a_bad_corpus_is_refused(tmp_path: Path, corpus: list[object], problem: str):
    """With the file, the line and what was expected."""
    with pytest.raises(UsageError, match=problem):
        sources(data_set(tmp_path, corpus, []))


def test_what_is_right_for_a_question(tmp_path: Path):
    """Grades from qrels before doc_ids before doc_id; pages before page; evidence before answers."""
    asked = [
        {"qid": "1", "question": "a", "doc_id": "x", "answers": ["w"], "history": ["h"]},
        {"qid": "2", "question": "b", "doc_id": "x", "doc_ids": ["x", "y"], "page": 3, "pages": [3, 4]},
        {
            "qid": "3",
            "question": "c",
            "doc_id": "x",
            "page": 5,
            "evidence": ["e"],
            "answers": ["w"],
            "text_only": True,
            "evidence_sources": ["Table", "Chart"],
        },
        {
            "qid": "4",
            "question": "d",
            "doc_id": None,
            "answerable": False,
            "evidence": {"x": 1},
            "page": None,
        },
    ]
    qrels = "query-id\tcorpus-id\tscore\n3\tz\t2\n3\tnot\t0\n"
    got = questions(data_set(tmp_path, [], asked, qrels), None)
    assert [question.gold for question in got] == [
        Gold(True, {"x": 1}, ("w",), frozenset(), False, ("w",)),
        Gold(True, {"x": 1, "y": 1}, (), frozenset({3, 4}), False),
        Gold(True, {"z": 2}, ("e",), frozenset({5}), True, ("w",), table=True),
        Gold(False, {}, (), frozenset(), False),
    ]
    assert (got[0].history, got[0].follow_up) == ((Turn("user", "h"),), True)
    assert (got[1].history, got[1].follow_up, got[1].rewrite) == ((), False, None)


@pytest.mark.parametrize(
    ("answers", "sentences", "evidence"),
    [
        (["31  march 2027", "In spring, I think"], ["x"], ("31  march 2027",)),
        (["In spring, I think"], ["The lease ends on 31 March 2027."], ("The lease ends on 31 March 2027.",)),
        (["In spring, I think"], ["It ends."], ()),
        (["noon"], None, ()),
        ([5, "", " "], "no list", ()),
    ],
)
def test_only_the_words_of_a_right_document_are_evidence(
    tmp_path: Path, answers: list[object], sentences: object, evidence: tuple[str, ...]
):
    """Answers before gold sentences; an answer in somebody's own wording cannot be quoted."""
    asked = {"question": "a", "doc_id": "lease#1", "answers": answers, "gold_sentences": sentences}
    (question,) = questions(data_set(tmp_path, CORPUS, [asked]), None)
    assert question.gold.evidence == evidence
    assert question.gold.sentences == (tuple(sentences) if isinstance(sentences, list) else ())


def test_follow_ups_without_their_history(tmp_path: Path):
    """Alone they lose it; rewritten they also have people's words, where people gave some."""
    asked = [
        {"question": "And then?", "rewrite": "What came after the war?", "history": ["h"]},
        {"question": "And now?", "rewrite": None, "history": ["h"]},
    ]
    given = questions(data_set(tmp_path, [], asked), None)
    assert [(each.question, each.history) for each in alone(given)] == [("And then?", ()), ("And now?", ())]
    plain = rewritten(given)
    assert [each.question for each in plain] == ["What came after the war?", "And now?"]
    assert [(each.history, each.follow_up) for each in plain] == [((), True)] * 2
    with pytest.raises(UsageError, match="expected questions with a rewrite, found none"):
        rewritten(given[1:])


@pytest.mark.parametrize(
    ("asked", "qrels", "problem"),
    [
        ([{"qid": "1"}], None, "questions.jsonl, line 1: expected question to be a str"),
        ([{"question": "a", "history": 1}], None, "line 1: expected history to be a list"),
        ([{"question": "a"}], "q\td\tgrade\nbroken\n", "qrels.tsv, line 2: expected query, document, grade"),
    ],
)
def test_bad_questions_are_refused(tmp_path: Path, asked: list[object], qrels: str | None, problem: str):
    """With the file, the line and what was expected."""
    with pytest.raises(UsageError, match=problem):
        questions(data_set(tmp_path, [], asked, qrels), None)


def test_questions_have_to_be_there(tmp_path: Path):
    """A folder without them is no data set."""
    with pytest.raises(UsageError, match="expected a file of questions, found none"):
        questions(tmp_path, None)


def question(number: int) -> Question:
    """A question that nothing is known of."""
    return Question(str(number), "q", (), Gold(True, {}, (), frozenset(), False))


@given(st.integers(0, 60), st.integers(1, 70))
def test_a_limit_takes_an_even_spread(n: int, limit: int):
    """As many as asked for, or all; from the first on, at one distance."""
    taken = [int(item.qid) for item in strided([question(i) for i in range(n)], limit)]
    assert len(taken) == min(n, limit)
    assert len({b - a for a, b in pairwise(taken)}) <= 1
    assert not taken or taken[0] == 0


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("lease#0.0", "lease#0.0"),
        ("docs/sub/003_c6.txt", "003_c6"),
        ("docs/report.pdf", "report.pdf"),
        ("docs/unknown.txt", "docs/unknown.txt"),
    ],
)
def test_a_document_goes_by_path_name_or_stem(path: str, name: str):
    """The first of the three that the set knows."""
    assert document_id(path, frozenset({"lease#0.0", "003_c6", "report.pdf", "report"})) == name


def citation(path: str, quote: str, page: int) -> Citation:
    """A citation of a whole passage, the last word of its quote marked."""
    end = 100 + len(quote)
    span = Span(100 + quote.rindex(" ") + 1, end) if " " in quote else None
    return Citation(
        1, "d", (path, "copy.pdf"), "t", None, (Page(page, "x"),), (), 100, end, quote, span, quote, 100, 1.0
    )


class Scripted:
    """Answers "known" with page 3 of a.pdf, and anything else with a closest passage of b.pdf."""

    def ask(
        self, question: str, history: Sequence[Turn] = (), top_k: int = 5, documents: Scope = None
    ) -> Answer:
        known = question == "known"
        cited = (citation("docs/a.pdf", "It is seven.", 3),) if known else ()
        close = () if known else (citation("docs/b.pdf", "Nothing.", 9),)
        timings = {"total": 10.0 if known else 20.0}
        status = "answered" if known else "not_found"
        return Answer(question, question, status, 0.9 if known else 0.1, cited, (1,), close, (), 1, timings)


def test_score_asks_everything_and_measures_it():
    """Closest passages count for the ranking, not for being answered; timings are medians."""
    asked = [
        Question("1", "known", (), Gold(True, {"a": 1}, ("is seven",), frozenset({3}), False, ("Seven",))),
        Question("2", "lost", (), Gold(True, {"b": 1}, ("x",), frozenset({8}), False)),
        Question("3", "none", (), Gold(False, {}, (), frozenset(), False)),
    ]
    steps: list[None] = []
    scores = score("mine", asked, Scripted(), 0.25, 10, lambda: steps.append(None))
    assert (scores.name, scores.questions, scores.timings_ms, len(steps)) == ("mine", 3, {"total": 20.0}, 3)
    assert scores.measures["document hit@1"] == Measure(1.0, 2)
    assert scores.measures["evidence in quote@1"] == Measure(0.5, 2)
    assert scores.measures["page@1"] == Measure(0.5, 2)
    assert scores.measures["answerable: not found"] == Measure(0.5, 2)
    assert scores.measures["unanswerable: not found"] == Measure(1.0, 1)
    assert scores.measures["answer span exact"] == Measure(1.0, 1)
    assert scores.measures["confidence AUROC"] == Measure(0.75, 3)
    assert (scores.threshold, scores.curve[0], scores.curve[-1]) == (
        0.25,
        (1 / 3, 0.0),
        (1.0, pytest.approx(2 / 3)),
    )
    assert sum(each.n for each in scores.bins) == 3


def test_a_copy_is_right_under_any_of_its_names():
    """Every path of a citation is looked at."""
    answer = Scripted().ask("known")
    quoted = outcome(question(1), answer, frozenset({"copy"})).quoted[0]
    assert quoted.documents == {"docs/a.pdf", "copy"}
    assert (quoted.pages, quoted.span) == ((3,), "seven.")


def test_a_set_without_questions_has_no_scores():
    """Nothing is asked, nothing measured, nothing fails."""
    scores = score("empty", [], Scripted(), 0.25, 10)
    assert (scores.questions, scores.measures, scores.curve, scores.bins) == (0, {}, (), ())
    assert scores.as_json()["risk_coverage"] == []
    print_scores(scores, io.StringIO())


def test_scores_as_table_and_json():
    """The table has a line for each measure; JSON keeps the counts, and of the curve a hundred points."""
    curve = tuple((number / 250, 0.5) for number in range(1, 251))
    measured = {"document hit@1": Measure(0.5, 2)}
    scores = Scores("mine", 2, 0.25, measured, curve, (Bin(0.4, 0.5, 2),), {"total": 12.345})
    stream = io.StringIO()
    print_scores(scores, stream)
    assert stream.getvalue() == (
        "mine              value  questions\n"
        "document hit@1    0.500          2\n"
        "answered from confidence 0.25\n"
        "median ms: total 12.3\n"
    )
    told = scores.as_json()
    points = told.pop("risk_coverage")
    assert told == {
        "set": "mine",
        "questions": 2,
        "threshold": 0.25,
        "measures": {"document hit@1": {"value": 0.5, "n": 2}},
        "calibration": [{"confidence": 0.4, "right": 0.5, "n": 2}],
        "timings_ms": {"total": 12.35},
    }
    assert len(points) == 100
    assert (points[0], points[-1]) == ({"coverage": 0.008, "risk": 0.5}, {"coverage": 1.0, "risk": 0.5})


def test_fill_makes_a_store_of_its_own(tmp_path: Path):
    """It holds the set's documents, a second run embeds nothing, and the set store is left alone."""
    folder = data_set(tmp_path / "mine", CORPUS, [])
    settings = Settings(store=tmp_path / "store")
    own = own_settings(settings, folder)
    assert own.store == tmp_path / "store" / "eval" / "mine"
    first = fill(own, folder, None, load_words, lambda _: None)
    second = fill(own, folder, None, load_words, lambda _: None)
    assert (first.embedded, second.embedded, second.plan.unchanged) == (2, 0, 2)
    with Generation.open(own.store, None) as generation:
        assert [file.path for file in generation.status().files] == ["lease#1", "menu"]


def test_fill_from_a_folder_of_documents(tmp_path: Path):
    """With --docs the set's documents are the files there."""
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "a.txt").write_text("The lease ends on 31 March 2027.")
    own = own_settings(Settings(store=tmp_path / "store"), tmp_path)
    assert fill(own, tmp_path, docs, load_words, lambda _: None).plan.added == ("docs/a.txt",)


def test_fill_needs_documents(tmp_path: Path):
    """Neither corpus.jsonl nor --docs, or --docs that leads nowhere, is wrong use."""
    for docs in (None, tmp_path / "none"):
        with pytest.raises(UsageError, match=r"expected corpus\.jsonl, or documents named with --docs"):
            fill(Settings(store=tmp_path / "s"), tmp_path, docs, load_words, lambda _: None)
