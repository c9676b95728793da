"""An evaluation data set on disk: its documents, its questions and what is right for each."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from app.answering.answer import Turn
from app.answering.batch import turns
from app.evaluation.metrics import squeezed
from app.evaluation.outcomes import Gold
from ingest.blocks import assemble
from ingest.document import Document, OnPage
from ingest.errors import ReadError, UsageError
from ingest.read import read
from ingest.reasons import Reason
from ingest.text import read_text


@dataclass(frozen=True, slots=True)
class TextRow:
    """A document given as text; implements Source. `title` is None where the row names none."""

    key: str
    shown: str
    size: int
    mtime_ns: int
    title: str | None
    text: str

    def sha256(self) -> str:
        """Of title and text: the title is indexed too."""
        return hashlib.sha256(f"{self.title}\n{self.text}".encode()).hexdigest()

    def read(self, on_page: OnPage | None = None) -> Document:  # noqa: ARG002 it has no pages
        """The text as a plain-text file, under its own title."""
        content = read_text(self.text.encode())
        return assemble(self.sha256(), replace(content, title=self.title or content.title))


@dataclass(frozen=True, slots=True)
class DatasetFile:
    """A document given as a file, shown by its id; implements Source."""

    key: str
    shown: str
    size: int
    mtime_ns: int
    path: Path

    def sha256(self) -> str:
        """Raises ReadError where the file cannot be opened."""
        return hashlib.sha256(self._bytes()).hexdigest()

    def read(self, on_page: OnPage | None = None) -> Document:
        """Raises ReadError where the file cannot be read."""
        return read(self._bytes(), self.path.name, on_page=on_page)

    def _bytes(self) -> bytes:
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise ReadError(Reason("cannot_be_opened", detail=str(error.strerror))) from error


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the set, the earlier turns to ask it with, and what is right.

    `rewrite` is how people put it so that it stands alone, None where nobody did; `follow_up` is true
    if the set has earlier turns for it.
    """

    qid: str
    question: str
    history: tuple[Turn, ...]
    gold: Gold
    rewrite: str | None = None
    follow_up: bool = False


def sources(folder: Path) -> list[TextRow | DatasetFile]:
    """The documents of `corpus.jsonl`. Raises UsageError for a row that does not describe one."""
    file = folder / "corpus.jsonl"
    stat = file.stat()
    documents: list[TextRow | DatasetFile] = []
    for number, row in _rows(file):
        name = str(_field(row, "doc_id", str, file, number))
        key = f"{file.resolve()}#{name}"
        if isinstance(text := row.get("text"), str):
            title = row.get("title") if isinstance(row.get("title"), str) else None
            documents.append(TextRow(key, name, len(text.encode()), stat.st_mtime_ns, title, text))
            continue
        path = folder / str(_field(row, "path", str, file, number))
        if not path.is_file():
            raise UsageError(f"{file}, line {number}: expected a file at {path}, found none", path=path)
        documents.append(DatasetFile(key, name, path.stat().st_size, path.stat().st_mtime_ns, path))
    return documents


def questions(folder: Path, limit: int | None) -> list[Question]:
    """The questions, all or `limit` of them at even distances. Raises UsageError for a malformed row."""
    file = folder / "questions.jsonl"
    if not file.is_file():
        raise UsageError(f"{file}: expected a file of questions, found none", path=file)
    qrels, said = _qrels(folder / "qrels.tsv"), _texts(folder / "corpus.jsonl")
    everything = [_question(row, qrels, said, file, number) for number, row in _rows(file)]
    return strided(everything, limit)


def alone(asked: Iterable[Question]) -> list[Question]:
    """The questions without their earlier turns: the floor of follow-ups."""
    return [replace(question, history=()) for question in asked]


def rewritten(asked: Iterable[Question]) -> list[Question]:
    """The questions as people rewrote them, without their earlier turns: the ceiling of follow-ups.

    One that nobody rewrote is asked as it stands. Raises UsageError where none was rewritten.
    """
    plain = alone(asked)
    if all(question.rewrite is None for question in plain):
        raise UsageError("--rewrites: expected questions with a rewrite, found none")
    return [
        replace(each, question=each.rewrite if each.rewrite is not None else each.question) for each in plain
    ]


def strided(items: Sequence[Question], limit: int | None) -> list[Question]:
    """The first item and every n-th after it, `limit` in all; n is the largest that gives so many."""
    if limit is None or limit >= len(items):
        return list(items)
    return list(items[:: len(items) // limit][:limit])


def _question(
    row: dict[str, Any], qrels: dict[str, dict[str, int]], said: dict[str, str], file: Path, number: int
) -> Question:
    text = str(_field(row, "question", str, file, number))
    qid = str(row.get("qid", number))
    relevance = qrels.get(qid) or {str(name): 1 for name in _one_or_more(row, "doc_id")}
    rewrite = row.get("rewrite")
    try:
        history = turns(row.get("history"))
    except UsageError as error:
        raise UsageError(f"{file}, line {number}: {error}", path=file) from error
    documents = [said[name] for name in relevance if name in said]
    answers = _verbatim(_strings(row.get("answers")), documents)
    sentences = _strings(row.get("gold_sentences"))
    gold = Gold(
        answerable=row.get("answerable") is not False,
        relevance=relevance,
        evidence=_strings(row.get("evidence")) or answers or _verbatim(sentences, documents),
        pages=frozenset(_one_or_more(row, "page")),
        text_only=row.get("text_only") is True,
        answers=answers,
        sentences=sentences,
        table="Table" in _strings(row.get("evidence_sources")),
    )
    return Question(qid, text, history, gold, rewrite if isinstance(rewrite, str) else None, bool(history))


def _one_or_more(row: dict[str, Any], name: str) -> list[Any]:
    """The row's `names`, else its one `name`: {"page": 3} -> [3]."""
    return row.get(f"{name}s") or ([row[name]] if row.get(name) is not None else [])


def _strings(value: object) -> tuple[str, ...]:
    """The strings of a list that say something; of anything else, none."""
    return (
        tuple(each for each in value if isinstance(each, str) and each.strip())
        if isinstance(value, list)
        else ()
    )


def _verbatim(pieces: tuple[str, ...], documents: Sequence[str]) -> tuple[str, ...]:
    """The pieces that one of the documents says, white space and case aside; all where no text is known.

    What no document says is somebody's own wording, which no quote can be expected to contain.
    """
    if not documents:
        return pieces
    texts = [squeezed(text) for text in documents]
    return tuple(piece for piece in pieces if any(squeezed(piece) in text for text in texts))


def _texts(file: Path) -> dict[str, str]:
    """The texts of `corpus.jsonl` by document; none where it names files or is not there."""
    if not file.is_file():
        return {}
    rows = (row for _, row in _rows(file))
    return {str(row.get("doc_id")): row["text"] for row in rows if isinstance(row.get("text"), str)}


def _qrels(file: Path) -> dict[str, dict[str, int]]:
    """Grades from 1 by query and document; a head line is left out."""
    grades: dict[str, dict[str, int]] = {}
    if not file.is_file():
        return grades
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        parts = line.split("\t")
        if number == 1 and not parts[-1].strip().lstrip("-").isdigit():
            continue
        try:
            query, document, grade = parts[0], parts[-2], int(parts[-1])
        except (IndexError, ValueError) as error:
            message = f"{file}, line {number}: expected query, document, grade, found {line[:80]!r}"
            raise UsageError(message, path=file) from error
        if grade > 0:
            grades.setdefault(query, {})[document] = grade
    return grades


def _rows(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a JSONL file with their line numbers, from 1."""
    with file.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                message = f"{file}, line {number}: expected a JSON object, {error}"
                raise UsageError(message, path=file) from error
            if not isinstance(row, dict):
                message = f"{file}, line {number}: expected an object, found {type(row).__name__}"
                raise UsageError(message, path=file)
            yield number, row


def _field(row: dict[str, Any], name: str, kind: type, file: Path, number: int) -> object:
    value = row.get(name)
    if not isinstance(value, kind):
        raise UsageError(
            f"{file}, line {number}: expected {name} to be a {kind.__name__}, found {value!r:.80}",
            path=file,
            found=value,
        )
    return value


def document_id(path: str, known: frozenset[str]) -> str:
    """The id by which a data set knows the document: its shown path, its file name or its stem."""
    pure = PurePosixPath(path)
    return next((name for name in (path, pure.name, pure.stem) if name in known), path)
