"""Tests of the command line: output, exit status, one line for every error."""

import errno
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.cli import main
from app.models.cross_encoder import load_models
from app.phrases.languages import ENGLISH
from app.phrases.reasons import worded
from index.embedding.embedder import load_embedder
from index.types import Embedder
from ingest.reasons import Reason
from ingest.settings import MULTILINGUAL_MODEL, PACKAGED_MODEL, STOPS, Settings
from tests.ingest.test_read_pdf import lines, locked, pdf
from tests.support.fakes import WordEmbedder, load_any_words

LEASE = "# Lease\n\nThe lease ends on 31 March 2027.\n\n# Rent\n\nThe rent is 900 euros, paid in advance.\n"
QUESTION = "When does the lease end?"
STRANGE = "Who feeds the unicorn?"


@dataclass(frozen=True)
class Result:
    """What a command came to."""

    code: int
    out: str
    err: str


class Desk:
    """Runs commands over one store and one folder of documents."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.store = folder / "store"
        self.docs = folder / "docs"
        self.docs.mkdir()
        (self.docs / "lease.md").write_text(LEASE)
        self.capsys = capsys
        self.loads = 0

    def load(self, settings: Settings) -> Embedder:
        """The fake model; counts how often it is asked for."""
        self.loads += 1
        return WordEmbedder()

    def run(self, *arguments: str, load: Callable[[Settings], Embedder] | None = None) -> Result:
        """The command's exit status and what it printed."""
        code = main(["--store", str(self.store), "--reader", "none", *arguments], load or self.load)
        captured = self.capsys.readouterr()
        return Result(code, captured.out, captured.err)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A desk with one document, not yet ingested."""
    return Desk(tmp_path, capsys)


@pytest.fixture
def full(desk: Desk) -> Desk:
    """A desk whose document is in the store."""
    assert desk.run("ingest", str(desk.docs)).code == 0
    return desk


def test_ingest_says_what_it_did(desk: Desk):
    """One line of counts on stdout; a second run changes and loads nothing."""
    first = desk.run("ingest", str(desk.docs))
    assert first.code == 0
    assert first.out.startswith("1 added, 0 changed, 0 renamed, 0 deleted, 0 unchanged; 0 pages, ")
    second = desk.run("ingest", str(desk.docs))
    assert (second.code, second.err) == (0, "")
    assert second.out.startswith("0 added, 0 changed, 0 renamed, 0 deleted, 1 unchanged; ")
    assert desk.loads == 1


def test_plan_changes_nothing(desk: Desk):
    """The files are named, no model is loaded and no store is made."""
    result = desk.run("ingest", str(desk.docs), "--plan")
    assert result == Result(
        0, "+ docs/lease.md\nWould make: 1 added, 0 changed, 0 renamed, 0 deleted, 0 unchanged\n", ""
    )
    assert not desk.store.exists()
    assert desk.loads == 0


def test_unread_files_are_named_and_the_status_is_1(desk: Desk):
    """Each with its reason, on stderr; the others are ingested."""
    (desk.docs / "broken.pdf").write_bytes(b"%PDF-1.4 nothing here")
    result = desk.run("ingest", str(desk.docs))
    assert result.code == 1
    assert result.out.startswith("2 added")
    assert result.err.startswith("not read, or not surely:\n  docs/broken.pdf: ")
    assert desk.run("ask", QUESTION).code == 0


def test_a_password_opens_what_was_locked_and_is_kept_nowhere(desk: Desk):
    """Without it and with a wrong one the ledger says so; once read, the file stays without it."""
    plain = pdf(lines("The halibut is served on Fridays."))
    (desk.docs / "menu.pdf").write_bytes(locked(plain, "swordfish", "marlin"))
    ingest = ("ingest", str(desk.docs))
    assert f"docs/menu.pdf: {worded(Reason('locked'))}" in desk.run(*ingest).err
    assert f"docs/menu.pdf: {worded(Reason('still_locked'))}" in desk.run(*ingest, "--password", "guess").err
    assert desk.run(*ingest, "--password", "guess").out.startswith("0 added, 1 changed")
    assert desk.run(*ingest).out.startswith("0 added, 0 changed, 0 renamed, 0 deleted, 2 unchanged")
    opened = desk.run(*ingest, "--password", "swordfish")
    assert (opened.code, opened.err) == (0, "")
    assert desk.run(*ingest, "--password", "guess").out.startswith("0 added, 0 changed")
    assert "halibut" in desk.run("ask", "When is the halibut served?").out
    kept = b"".join(file.read_bytes() for file in desk.store.rglob("*") if file.is_file())
    assert [word for word in (b"swordfish", b"guess") if word in kept] == []


def test_a_folder_that_has_gone_is_said_to_have_gone(full: Desk, tmp_path: Path):
    """By the next ingest, the status and each citation, until it is forgotten; renamed, it has moved."""
    other, gone = tmp_path / "other", full.docs.rename(tmp_path / "gone")
    other.mkdir()
    (other / "menu.txt").write_text("Soup is served at noon.")
    told = (
        f"{full.docs} is no longer there. The store still holds 1 file of it, cited as no longer at this "
        f"place. To forget that: mustanad ingest --forget {full.docs}, or --only with all paths that are to "
        "stay\n"
    )
    assert told in full.run("ingest", str(other), "--plan").out
    assert told in full.run("ingest", str(other)).err
    assert told in full.run("status").out
    assert "  docs/lease.md (no longer at this place)\n" in full.run("status", "--files").out
    status = json.loads(full.run("status", "--json", "--files").out)
    assert status["absent"] == {str(full.docs): 1}
    assert [file["path"] for file in status["files"] if "absent" in file] == ["docs/lease.md"]
    assert "docs/lease.md · no longer at this place" in full.run("ask", QUESTION).out
    assert json.loads(full.run("ask", QUESTION, "--json").out)["citations"][0]["document"]["absent"]
    assert full.run("ingest", "--forget", str(full.docs)).out.startswith(
        "0 added, 0 changed, 0 renamed, 1 deleted"
    )
    assert full.run("ingest", str(gone)).out.startswith("1 added")
    assert "absent" not in full.run("ask", QUESTION, "--json").out
    neither = full.run("ingest")
    assert (neither.code, neither.err) == (
        2, "mustanad: expected a file or folder to ingest, or --forget PATH, found neither\n",
    )  # fmt: skip


def test_only_forgets_other_roots(full: Desk, tmp_path: Path):
    """Without it a second folder is added, with it the first is forgotten."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "menu.txt").write_text("Soup is served at noon.")
    full.run("ingest", str(other))
    assert json.loads(full.run("status", "--json").out)["documents"] == 2
    full.run("ingest", str(other), "--only")
    files = json.loads(full.run("status", "--json", "--files").out)["files"]
    assert [file["path"] for file in files] == ["other/menu.txt"]


def test_verify_names_the_files_that_are_no_longer_what_was_ingested(full: Desk):
    """Status 0 where all stand; 1 and the file where its words have changed. No model is loaded."""
    loads = full.loads
    said = "files read again: 1, passages looked for: 2, files that are not what was ingested:"
    assert full.run("verify") == Result(0, f"{said} 0\n", "")
    (full.docs / "lease.md").write_text(LEASE.replace("2027", "2028"))
    assert full.run("verify") == Result(
        1,
        f"docs/lease.md: 1 of 2 passages do not stand where they are cited\n{said} 1\n",
        "",
    )
    assert full.loads == loads


def test_interrupted_ingest_leaves_the_last_generation(full: Desk):
    """Ctrl-C while embedding: one line, status 130, and the store answers as before."""
    (full.docs / "new.txt").write_text("Another document that is new.")
    result = full.run("ingest", str(full.docs), load=lambda _: WordEmbedder(fails_after=0))
    assert result == Result(130, "", "mustanad: interrupted; the last good generation is untouched\n")
    assert json.loads(full.run("status", "--json").out)["documents"] == 1


def test_a_terminated_ingest_ends_as_an_interrupted_one(full: Desk):
    """SIGTERM: the same line and status, so that whatever was begun is ended in order."""

    def terminated(_: Settings) -> Embedder:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(1)
        raise AssertionError("expected to be ended")

    (full.docs / "new.txt").write_text("Another document that is new.")
    result = full.run("ingest", str(full.docs), load=terminated)
    assert result == Result(130, "", "mustanad: interrupted; the last good generation is untouched\n")


def test_ask_prints_quote_and_source(full: Desk):
    """The answering sentence, numbered, then where it stands."""
    result = full.run("ask", QUESTION, "--threshold", "0")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("The lease ends on 31 March 2027. [1]\n")
    assert "\n[1] Lease\n    docs/lease.md · Lease\n" in result.out


def test_ask_as_json_keeps_the_contract(full: Desk):
    """All the keys of design.md, and a quote that is what the document says."""
    answer = json.loads(full.run("ask", QUESTION, "--json", "--threshold", "0", "--top-k", "2").out)
    keys = "question searched_as status confidence answer citations closest unread generation timings_ms"
    assert list(answer) == keys.split()
    assert (answer["status"], answer["generation"], len(answer["citations"])) == ("answered", 1, 2)
    assert answer["citations"][0]["quote"] == "The lease ends on 31 March 2027."
    assert answer["citations"][0]["document"]["path"] == "docs/lease.md"


def test_not_found_is_an_answer_unless_told_otherwise(full: Desk):
    """Status 0, and 1 with --fail-not-found; the closest passages are offered as such."""
    result = full.run("ask", STRANGE)
    assert result.code == 0
    assert result.out.startswith("Not found in the documents.\n")
    assert "Closest passages" in result.out
    assert full.run("ask", STRANGE, "--fail-not-found").code == 1
    assert full.run("ask", QUESTION, "--threshold", "0", "--fail-not-found").code == 0


def test_a_possible_answer_is_no_failure(full: Desk):
    """It is quoted under a sentence of its own, in JSON as an answer is, and is found."""
    possible = ("ask", QUESTION, "--threshold", "1", "--fail-not-found")
    result = full.run(*possible)
    assert result.code == 0
    assert result.out.startswith(f"{ENGLISH.possible}\nThe lease ends on 31 March 2027. [1]\n")
    told, sure = (
        json.loads(full.run("ask", QUESTION, "--json", "--threshold", each).out) for each in ("1", "0")
    )
    assert (told["status"], sure["status"]) == ("possible", "answered")
    same = ("confidence", "answer", "citations", "closest")
    assert [told[key] for key in same] == [sure[key] for key in same]


def test_document_restricts_the_search(full: Desk):
    """It may be given several times; where none matches nothing is found."""
    some = json.loads(full.run("ask", QUESTION, "--json", "--document", "x", "--document", "*.md").out)
    none = json.loads(full.run("ask", QUESTION, "--json", "--document", "x").out)
    assert (len(some["citations"] + some["closest"]) > 0, none["citations"] + none["closest"]) == (True, [])


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["ask", ""], "expected a question"),
        (["ask", "a\x1b[2Jb"], "without control characters"),
        (["ask", "word " * 10_000], "at most 2000 characters, found 49999"),
        (["ask", "caf\udce9"], "expected a question without control characters, found U+DCE9"),
        (["ask", "q", "--top-k", "0"], "--top-k: expected a whole number from 1 to 100, found '0'"),
        (["ask", "q", "--top-k", "-3"], "--top-k: expected a whole number from 1 to 100, found '-3'"),
        (["ask", "q", "--top-k", "101"], "expected a whole number from 1 to 100, found '101'"),
        (["ask", "q", "--top-k", "five"], "expected a whole number from 1 to 100, found 'five'"),
        (["ask"], "arguments are required: QUESTION"),
        (["frobnicate"], "invalid choice: 'frobnicate'"),
        ([], "expected a command"),
        (["ask", "q", "--threshold", "2"], "expected threshold between 0 and 1, found 2.0"),
        (["ask", "q", "--passage-words", "x"], "expected passage_words to be of type int, found 'x'"),
        (["ask", "q", "--store", " "], "--store: expected a value"),
        (["ingest", "/no/such/place"], "found nothing at /no/such/place"),
        (["ingest", ".", "--plan", "--watch"], "not allowed with argument"),
        (["batch", "/no/such/file", "--out", "-"], "expected a file of questions, found none"),
        (["batch", "/", "--out", "-"], "expected a file of questions, found a folder"),
        (["eval", "/no/such/place"], "expected a file of questions, found none"),
        (["chat", "--watch"], "--watch: expected files or folders to follow, found none"),
        (["chat", "--port", "99999"], "--port: expected a whole number from 0 to 65535"),
    ],
)
def test_wrong_use_is_one_line_and_2(full: Desk, arguments: list[str], expected: str):
    """What was expected and what was found; nothing on stdout, no traceback."""
    result = full.run(*arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("mustanad: ")
    assert result.err.count("\n") == 1
    assert expected in result.err
    assert "\x1b" not in result.err


@pytest.mark.parametrize("command", [["ask", "q"], ["status"], ["batch", __file__, "--out", "-"]])
def test_missing_store_is_2_before_a_model_is_loaded(desk: Desk, command: list[str]):
    """It is said at once what to do."""
    result = desk.run(*command)
    assert (result.code, result.out, desk.loads) == (2, "", 0)
    assert "mustanad ingest" in result.err


def test_damaged_store_is_2(full: Desk):
    """A truncated catalogue is one line."""
    catalogue = full.store / "catalogue.sqlite"
    catalogue.write_bytes(b"not a database" * 100)
    for command in (["status"], ["ask", "q"], ["ingest", str(full.docs)]):
        result = full.run(*command)
        assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "mustanad: No space left on device\n"),
        (PermissionError(errno.EACCES, "Permission denied", "/x\n"), "mustanad: /x\\n: Permission denied\n"),
    ],
)
def test_errors_of_the_system_are_one_line(full: Desk, error: OSError, line: str):
    """A full disk or a missing right: status 2, no traceback."""

    def load(settings: Settings) -> Embedder:
        raise error

    assert full.run("ask", QUESTION, load=load) == Result(2, "", line)


def test_settings_may_stand_before_or_after_the_command(full: Desk, tmp_path: Path):
    """The one after the command wins."""
    assert full.run("status", "--store", str(tmp_path / "none")).code == 2
    assert full.run("status", "--store", str(full.store)).code == 0


def test_batch_writes_a_line_for_each_question(full: Desk, tmp_path: Path):
    """In order, into the file; counts on stderr; 1 where a line was malformed."""
    questions, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    questions.write_text(json.dumps({"qid": "a", "question": QUESTION, "history": ["What about the rent?"]}))
    good = full.run("batch", str(questions), "--out", str(out), "--threshold", "0", "--top-k", "1")
    assert good == Result(0, "", "1 answered, 0 possible, 0 not found, 0 malformed\n")
    assert len(json.loads(out.read_text())["citations"]) == 1
    questions.write_text("{\n" + json.dumps({"qid": "b", "question": QUESTION}))
    bad = full.run("batch", str(questions), "--out", "-", "--threshold", "1")
    assert bad.code == 1
    assert bad.err.startswith("line 1: expected a JSON object")
    assert [json.loads(line)["qid"] for line in bad.out.splitlines()] == ["1", "b"]


def test_batch_can_fail_where_nothing_is_found(full: Desk, tmp_path: Path):
    """With --fail-not-found a question that is not answered is status 1."""
    questions = tmp_path / "q.jsonl"
    arguments = ("batch", str(questions), "--out", "-", "--threshold", "1")
    questions.write_text(json.dumps({"question": QUESTION}))
    possible = full.run(*arguments, "--fail-not-found")
    assert (possible.code, possible.err) == (0, "0 answered, 1 possible, 0 not found, 0 malformed\n")
    questions.write_text(json.dumps({"question": STRANGE}))
    assert full.run(*arguments).code == 0
    assert full.run(*arguments, "--fail-not-found").code == 1


def test_batch_never_overwrites_its_questions(full: Desk, tmp_path: Path):
    """The same file for both is wrong use."""
    questions = tmp_path / "q.jsonl"
    questions.write_text('{"question": "x"}')
    result = full.run("batch", str(questions), "--out", str(questions))
    assert (result.code, questions.read_text()) == (2, '{"question": "x"}')


def test_status_as_json_keeps_the_contract(full: Desk):
    """The keys of design.md, files only with --files, and counts that add up."""
    (full.docs / "copy.md").write_text(LEASE)
    (full.docs / "broken.pdf").write_bytes(b"%PDF-1.4 nothing here")
    full.run("ingest", str(full.docs))
    plain = json.loads(full.run("status", "--json").out)
    status = json.loads(full.run("status", "--json", "--files").out)
    keys = "generation documents copies unread_files pages passages model recall".split()
    keys += "not_english suggested_model unread".split()
    assert list(plain) == keys
    assert list(status) == [*keys, "files"]
    assert (status["documents"], status["copies"], status["unread_files"]) == (1, 1, 1)
    assert sorted(file["state"] for file in status["files"]) == ["copy", "indexed", "unread"]
    assert [(entry["path"], entry["pages"]) for entry in status["unread"]] == [("docs/broken.pdf", None)]
    assert set(status["model"]) == {"name", "sha256"}


def test_status_for_people(full: Desk):
    """Counts, model, and with --files a line for each file."""
    text = full.run("status", "--files").out
    assert text.startswith("Documents     1\nCopies        0\nUnread files  0\n")
    assert text.splitlines()[-1].endswith("docs/lease.md")
    assert "docs/lease.md" not in full.run("status").out


def test_a_store_that_turns_multilingual_says_so_and_is_switched(full: Desk):
    """Status and report say how; then each command takes the store's model by itself, none another one."""
    (full.docs / "عقد.md").write_text("ينتهي عقد الإيجار في 31 مارس 2027.\n", encoding="utf-8")
    ingest = ("ingest", str(full.docs))
    grown = full.run(*ingest, load=load_any_words)
    assert grown.err.endswith("mustanad ingest --model multilingual PATHS\n")
    assert grown.err.splitlines()[-1] in full.run("status").out.splitlines()
    status = json.loads(full.run("status", "--json").out)
    assert (status["suggested_model"], status["not_english"]) == (MULTILINGUAL_MODEL, 0.3333)
    refused = full.run("ask", QUESTION, "--model", "multilingual", load=load_any_words)
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert "leave --model out" in refused.err
    assert full.run(*ingest, "--model", "multilingual", load=load_any_words).err == ""
    status = json.loads(full.run("status", "--json").out)
    assert (status["suggested_model"], status["model"]["name"]) == (None, MULTILINGUAL_MODEL)
    assert full.run("ask", QUESTION, load=load_any_words).code == 0
    assert full.run(*ingest, load=load_any_words).out.startswith("0 added, 0 changed")
    refused = full.run("ask", QUESTION, "--model", PACKAGED_MODEL, load=load_any_words)
    assert refused.err.startswith(f"mustanad: {full.store} was embedded with multilingual-e5-small (")


@pytest.fixture
def data_set(tmp_path: Path) -> Path:
    """A data set of two documents and a follow-up that people rewrote."""
    folder = tmp_path / "set"
    folder.mkdir()
    corpus = [
        {"doc_id": "lease", "text": "The lease ends in March."},
        {"doc_id": "menu", "text": "Soup at noon."},
    ]
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, corpus)))
    asked = {
        "question": "And when does it end?",
        "rewrite": QUESTION,
        "history": ["Is there a lease?"],
        "doc_id": "lease",
        "answers": ["in March"],
    }
    (folder / "questions.jsonl").write_text(json.dumps(asked))
    return folder


def test_eval_scores_a_set(desk: Desk, data_set: Path):
    """The set's documents alone are searched; the measures come as a table or as JSON."""
    scores = json.loads(desk.run("eval", str(data_set), "--json").out)
    assert (scores["set"], scores["questions"], scores["threshold"]) == ("set", 1, STOPS["balanced"])
    assert scores["measures"]["document hit@1"] == {"value": 1.0, "n": 1}
    assert scores["measures"]["evidence in quote@1"] == {"value": 1.0, "n": 1}
    table = desk.run("eval", str(data_set)).out
    assert re.search(r"^document hit@1 +1\.000 +1$", table, re.MULTILINE)


def test_eval_asks_follow_ups_in_three_ways(desk: Desk, data_set: Path):
    """With their history, without it, or as people rewrote them; not in two ways at once."""
    for way in ([], ["--last-turn"], ["--rewrites"]):
        scores = json.loads(desk.run("eval", str(data_set), "--json", *way).out)
        assert scores["measures"]["document (follow-ups) hit@5"]["n"] == 1
    both = desk.run("eval", str(data_set), "--last-turn", "--rewrites")
    assert (both.code, "not allowed with" in both.err) == (2, True)


def test_eval_plots_to_a_png_that_can_be_written(desk: Desk, data_set: Path):
    """A name that cannot be one is refused before a model is loaded."""
    wrong = desk.run("eval", str(data_set), "--plot", str(data_set / "curve.jpg"))
    assert (wrong.code, desk.loads) == (2, 0)
    assert wrong.err.endswith("curve.jpg: expected a file that ends in .png in a folder that exists\n")
    target = data_set / "curve.png"
    assert desk.run("eval", str(data_set), "--plot", str(target)).code == 0
    assert target.read_bytes().startswith(b"\x89PNG")


def test_without_matplotlib_a_plot_is_refused_in_one_line(data_set: Path):
    """It says what to install; everything else works without it."""
    script = (
        "import sys; sys.modules['matplotlib'] = None; from app.cli import main\n"
        f"sys.exit(main(['eval', {str(data_set)!r}, '--plot', 'x.png']))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr == "mustanad: --plot needs matplotlib, found none: pip install mustanad[plot]\n"


def test_reader_that_goes_away_is_no_error(full: Desk):
    """`mustanad status | head -0` leaves nothing on stderr."""
    script = (
        f"import sys; from app.cli import main; sys.exit(main(['--store', {str(full.store)!r}, 'status']))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


def test_help_and_version_need_nothing_heavy():
    """They come without torch, openvino, gradio, faiss, rich or numpy."""
    script = (
        "import sys; from app.cli import main; main(['--version'])\n"
        "try: main(['ask', '--help'])\n"
        "except SystemExit as done: assert done.code == 0\n"
        "heavy = 'torch openvino gradio faiss rich numpy pypdf tantivy tokenizers'.split()\n"
        "print(sorted(set(heavy) & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("mustanad ")
    assert done.stdout.endswith("[]\n")


def test_a_question_asked_from_cold_needs_nothing_slow(full: Desk, tmp_path: Path):
    """Once the models are converted, an answer with reading comes without torch and the like."""
    load_models(Settings(model=PACKAGED_MODEL), load_embedder, print)
    store = str(tmp_path / "cold")
    assert main(["--store", store, "ingest", str(full.docs)]) == 0
    script = (
        f"import sys; from app.cli import main; code = main(['--store', {store!r}, 'ask', {QUESTION!r}])\n"
        "slow = {'torch', 'transformers', 'sentence_transformers', 'gradio', 'pypdf'}\n"
        "print(code, sorted(slow & set(sys.modules)), 'openvino' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.startswith("The lease ends on 31 March 2027. [1]\n")
    assert done.stdout.endswith("\n0 [] True\n")
    assert done.stderr == ""
