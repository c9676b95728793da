"""A service for the tests of the web chat: four documents, known answers, hostile text, a PDF."""

import io
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

from PIL import Image

from app.answering.answer import Answer, Citation, Offer, Turn, UnreadFile
from app.pages.places import Box, Quoted
from app.pages.renderer import Sheet
from app.web.service.conversations import Conversations
from app.web.service.exchange import Exchange
from app.web.service.filters import Filter
from index.types import FileState, Scope, StoreStatus
from ingest.document import Block, Document, Page, PageSpan, Span, Unread
from ingest.errors import ReadError, StoreMissing, UsageError
from ingest.line_spans import LineSpan
from ingest.reasons import Reason
from tests.support.fake_library import FakeLibrary

ATTACK = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
REMOTE = "![x](https://example.com/x.png) [y](javascript:alert(1)) <img src='https://example.com/y.png'>"
ARABIC = "بدأ الحوار الاستراتيجي بين العراق والولايات المتحدة في يونيو 2020."
TWO_SCRIPTS = (
    "تقرير الحوار الاستراتيجي بين العراق والولايات المتحدة (Framework Agreement, 2008–2020)، الجزء الأول",
    "Letters of the دائرة الشؤون القانونية والإدارية to the Ministry of Finance, with annexes and replies",
)
LONG_WORD = f"The key of the vault is {'abcdefghij' * 300} and Salma Haddad keeps it."
OVERRIDDEN = "The attachment is called invoice\u202efdp.exe\u202c and must not be opened."
LEASE = "The lease ends on 31 March 2027. The tenant may renew it once, for five years, by notice in writing."


def citation(quote: str, passage: str, span: str | None = None, **changes: object) -> Citation:
    """A citation of `quote` in `passage`, whose text starts at character 1000 of its document."""
    start = 1000 + passage.index(quote)
    exact = None
    if span is not None:
        at = 1000 + passage.index(span, start - 1000)
        exact = Span(at, at + len(span))
    base = Citation(
        n=1,
        document_id="a" * 64,
        paths=("contracts/lease.pdf", "old/lease copy.pdf"),
        title="Office lease",
        date="2021-03-04",
        pages=(Page(6, "iv"),),
        section=("Terms", "Duration"),
        start=start,
        end=start + len(quote),
        quote=quote,
        answer_span=exact,
        passage=passage,
        passage_start=1000,
        score=0.8,
        dense=0.62,
        lexical=7.5,
        document_pages=12,
        document_length=34_000,
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # a test's own keyword arguments


def _document(sha256: str, pages: Sequence[Page], *lines: str) -> Document:
    """A heading, then paragraphs; with pages, each line stands on its own, in a place that is known.

    That of a "lost" one is not.
    """
    starts = [sum(len(line) + 2 for line in lines[:n]) for n in range(len(lines))]
    spans = [(start, start + len(line)) for start, line in zip(starts, lines, strict=True)]
    page_spans = tuple(PageSpan(*span, page.number) for span, page in zip(spans, pages, strict=False))
    blocks = tuple(
        Block("paragraph" if n else "heading", *span, 1 - bool(n), "en") for n, span in enumerate(spans)
    )
    printed = tuple(
        LineSpan(page.start, page.end, page.number, 0, 0)
        for page, line in zip(page_spans, lines, strict=False)
        if "lost" not in line
    )
    return Document(
        sha256, None, None, "\n\n".join(lines), tuple(pages), page_spans, blocks, (), lines=printed
    )


REPORT = _document(
    "b" * 64,
    (Page(1, "i"), Page(2, "1"), Page(3, "2"), Page(4, "3")),
    "Rivers of the north",
    "The river rises in the hills. It is fed by snow and",
    "runs to the sea. Its delta is wide.",
    "Of its mouth all maps are lost.",
)
NOTES = _document(
    "c" * 64, (), "Notes on rivers", "Nothing else is known.", "The river is cold.", "It is deep."
)
SCAN = REPORT.sha256
SCANNED = Unread((4, 5), Reason("no_text_layer"))
LOCKED = Unread(None, Reason("locked_container"))
HOSTILE = Unread((1,), Reason("other", detail=ATTACK))
FILES = (
    FileState("contracts/lease.pdf", "indexed", 12, 80, "Office lease", (), "", "a" * 64, "2021-03-04", "en"),
    FileState("old/lease copy.pdf", "copy", 12, 80, "Office lease", (), "", "a" * 64, "2021-03-04", "en"),
    FileState("حوار.pdf", "indexed", 40, 210, "الحوار الاستراتيجي", (), "", "d" * 64, "2020", "ar"),
    FileState("notes.md", "indexed", 0, 7, None, (), "", "c" * 64, None, "en"),
    FileState("scan.pdf", "indexed", 9, 30, "Board minutes, scanned", (SCANNED,), sha256=SCAN),
    FileState("secret.pdf", "unread", 0, 0, None, (LOCKED,), sha256="9" * 64),
    FileState(f"{ATTACK}.pdf", "indexed", 1, 1, ATTACK, (HOSTILE,), sha256="f" * 64),
)


class FakeService:
    """Implements Service; "renew" is understood only as a follow-up, and only some words are known.

    `folder` is where conversations are kept; without it they cannot be, as in a store that is read-only.
    """

    def __init__(
        self, files: tuple[FileState, ...] = FILES, folder: Path = Path(__file__) / "nowhere"
    ) -> None:
        self.files = files
        self.conversations = Conversations(folder)
        self.number = 7
        self.library = FakeLibrary(self)

    def ask(self, question: str, history: Sequence[Turn] = (), documents: Scope = None) -> Answer:
        """Knows "lease", "list", "attack", "broken", "حوار", and "renew" after a question on the lease.

        On what documents "differ" they do; what is "perhaps" so is only possible; what is asked "slowly"
        takes two seconds.
        """
        self.status()
        sleep(2 * ("slowly" in question))
        if documents and SCAN in documents:
            question = "unicorn"
        if "broken" in question:
            raise UsageError(Reason("other", detail="expected a question, found broken <b>one</b>"))
        searched = question
        if offer := _offered(question):
            return Answer(question, question, "not_found", 0.0, (), (), (), (), self.number, {}, offer=offer)
        if "renew" in question and any("lease" in turn.text for turn in history if turn.role == "user"):
            searched = "may the tenant renew the lease"
        found = tuple(replace(one, n=n) for n, one in enumerate(_found(searched), 1))
        unread = tuple(
            UnreadFile(file.path, entry.pages, entry.reason)
            for file in self.files
            for entry in file.unread
            if entry is not HOSTILE and (documents is None or file.sha256 in documents)
        )
        if not found:
            near = (citation("The tenant may renew it once, for five years, by notice in writing.", LEASE),)
            return Answer(question, searched, "not_found", 0.12, (), (), near, unread, self.number, {})
        answering = tuple(range(1, len(found) - 1)) if len(found) > 2 else (1,)
        if "Compare" in question:
            answering = (1, 2)
        answer = Answer(question, searched, "answered", 0.83, found, answering, (), unread, self.number, {})
        if "Compare" in question:
            things = (("the term", 1), ("the renewal", 2), ("the fee", None))
            answer = replace(answer, offer=Offer("comparison", things=things))
        if "perhaps" in searched:
            answer = replace(answer, status="possible", confidence=0.15)
        return replace(answer, answering=(1, 2), differs=True) if "differ" in searched else answer

    def generation(self) -> int:
        return self.number if self.files else 0

    def status(self) -> StoreStatus:
        """What FILES hold. Raises StoreMissing where there are none."""
        if not self.files:
            raise StoreMissing(Path("store"), "expected a store, found none")
        indexed = [file for file in self.files if file.state == "indexed"]
        return StoreStatus(
            generation=self.number,
            documents=len(indexed),
            copies=sum(file.state == "copy" for file in self.files),
            unread_files=sum(file.state == "unread" for file in self.files),
            pages=sum(file.pages for file in indexed),
            passages=sum(file.passages for file in indexed),
            model_name="fake",
            model_sha256="f" * 64,
            recall=1.0,
            not_english=0.0,
            files=self.files,
        )

    def examples(self, n: int, language: str) -> list[str]:
        """Four questions, one hostile, one Arabic. Raises StoreMissing where there are no files."""
        self.status()
        return [
            "When does the lease end?",
            "متى بدأ الحوار الاستراتيجي؟",
            f"What is {ATTACK}?",
            "List the duties.",
        ][:n]

    def follow_ups(
        self, citation: Citation, n: int, asked: Sequence[str], documents: Scope = None
    ) -> list[str]:
        """Two questions, one hostile. Raises ReadError for the report, which has since been lost."""
        if citation.document_id == REPORT.sha256:
            raise ReadError(Reason("document_gone"))
        return [each for each in ("May they renew the lease?", f"What is {ATTACK}?") if each not in asked][:n]

    def document(self, document_id: str) -> Document:
        """The report and the notes. Raises ReadError for any other."""
        for document in (REPORT, NOTES):
            if document.sha256 == document_id:
                return document
        raise ReadError(Reason("document_gone"))

    def original(self, document_id: str) -> Path:
        """This file stands for each."""
        self.document(document_id)
        return Path(__file__)

    def has_pictures(self, document_id: str) -> bool:
        return self.document(document_id) is REPORT

    def sheet(self, document_id: str, number: int, quotes: Sequence[Quoted]) -> Sheet:
        """A box of the page's upper third for each quote that is printed in a place that is known."""
        self.picture(document_id, number)
        boxes = ((Box(0.1, 0.1 * n, 0.7, 0.1 * n + 0.05),) for n, _ in enumerate(quotes, 1))
        found = (box if quoted else () for quoted, box in zip(quotes, boxes, strict=True))
        return Sheet(595, 842, tuple(found))

    def picture(self, document_id: str, number: int) -> bytes:
        """A white page. Raises ReadError where the document has no page of that number."""
        if not 1 <= number <= len(self.document(document_id).pages):
            raise ReadError(Reason("page_undrawn"))
        file = io.BytesIO()
        Image.new("RGB", (1200, 1698), "white").save(file, "JPEG")
        return file.getvalue()


def _cited(document: Document, quote: str, path: str) -> Citation:
    """A citation of a quote of the document."""
    start = document.text.index(quote)
    span = Span(start, start + len(quote))
    return Citation(
        1, document.sha256, (path,), "Rivers of the north", None, document.pages_of(span), (),
        span.start, span.end, quote, None, quote, span.start, 0.8,
        document_pages=len(document.pages), document_length=len(document.text),
    )  # fmt: skip


def _offered(question: str) -> Offer | None:
    """What is offered to who asks for an "Outline", to "Summarize" a document, or what one "can" do."""
    if "Outline" in question or ("Summarize" in question and "river" in question):
        told = (
            _cited(REPORT, "It is fed by snow and\n\nruns to the sea.", "rivers.pdf"),
            _cited(NOTES, "It is deep.", "rivers.md"),
        )
        headings = (("Rivers of the north", "Water"), ("Rivers of the north", "Water", "Depth"))
        each = zip(told, headings, strict=True)
        outline = (replace(one, n=n, section=above) for n, (one, above) in enumerate(each, 1))
        return Offer("summary", outline=tuple(outline))
    if "Summarize" in question:
        named = [(f.path, f.title or "") for f in FILES if f.state == "indexed"]
        return Offer("summary", documents=tuple(named), more=1200)
    return (
        Offer("help", questions=("When does the lease end?", f"What is {ATTACK}?"))
        if "can you" in question
        else None
    )


def _found(question: str) -> list[Citation]:
    if "river" in question:
        return [
            _cited(REPORT, "It is fed by snow and\n\nruns to the sea.", "rivers.pdf"),
            _cited(REPORT, "The river rises in the hills.", "rivers.pdf"),
            _cited(REPORT, "Of its mouth all maps are lost.", "rivers.pdf"),
            _cited(NOTES, "The river is cold.", "rivers.md"),
        ]
    if "upload" in question:
        text = "It was handed in on Monday."
        return [citation(text, text, document_id="e" * 64, paths=("uploads/mine.txt",), title="")]
    if "scripts" in question:
        quotes = ("The dialogue began in June 2020.", ARABIC)
        return [
            citation(quote, quote, title=title, paths=(f"reports/{title}.pdf",), document_id=f"{n}" * 64)
            for n, (title, quote) in enumerate(product(TWO_SCRIPTS, quotes), 1)
        ]
    if "vault" in question:
        return [citation(LONG_WORD, LONG_WORD, "Salma Haddad")]
    if "override" in question:
        return [citation(OVERRIDDEN, OVERRIDDEN, title="", paths=("invoice\u202efdp.exe",))]
    if "attack" in question:
        hostile = f"Evil {ATTACK} and {REMOTE} $$x$$ end."
        path = f"{ATTACK}.pdf"
        return [citation(hostile, f"{hostile} {ATTACK}", title=ATTACK, section=(ATTACK,), paths=(path, path))]
    if "حوار" in question:
        text = f"{ARABIC} وعقدت الجولة الثانية في واشنطن."
        return [
            citation(
                ARABIC,
                text,
                "يونيو 2020",
                title="الحوار الاستراتيجي",
                paths=("حوار.pdf",),
                section=("مقدمة",),
            )
        ]
    if "list" in question.lower():
        duty = "{}) Keep the premises in good repair and report any damage within {} days."
        text = "\n".join(duty.format(n, n * 7) for n in range(1, 13))
        return [
            citation(
                duty.format(n, n * 7),
                text,
                pages=(Page(n, None),),
                title="House rules and duties of every tenant",
            )
            for n in range(1, 13)
        ]
    if "lease" in question:
        renewal = "The tenant may renew it once, for five years, by notice in writing."
        first = citation("The lease ends on 31 March 2027.", LEASE, "31 March 2027")
        notes = citation(renewal, LEASE, paths=("notes.md",), title="", date=None, pages=(), section=())
        second = replace(notes, document_id="d" * 64)
        return [second, first] if "renew" in question else [first, second]
    return []


def many(files: int) -> tuple[FileState, ...]:
    """FILES and so many more: in folders by year, in three languages, each fortieth not wholly read."""
    more = []
    for n in range(files):
        title = f"تقرير رقم {n} عن المياه" if n % 3 == 1 else f"Report {n} on the rivers of district {n % 97}"
        path, language = f"archive/{1990 + n % 35}/report-{n:05}.pdf", ("en", "ar", "fr")[n % 3]
        file = FileState(path, "indexed", n % 300 + 1, 6 * (n % 300) + 5, title, (SCANNED,) * (n % 40 == 0))
        more.append(
            replace(file, sha256=f"{n:064x}", date=f"{1990 + n % 35}-{n % 12 + 1:02}", language=language)
        )
    return (*FILES, *more)


def keep_many(conversations: Conversations, number: int) -> None:
    """Keep so many conversations of one question each."""
    answer = FakeService().ask("When does the lease end?")
    for n in range(number):
        conversations.append("", Exchange(f"When does lease {n} end?", Filter(), answer))


@contextmanager
def running(
    port: int = 0,
    *,
    empty: bool = False,
    many: bool = False,
    folder: Path | None = None,
    log: list[str] | None = None,
) -> Iterator[str]:
    """The address of a web chat over a fresh FakeService, in a process of its own.

    `empty` has no documents, `many` 5,000 more and 500 conversations; these are kept in `folder`, where
    one is given.
    At the end `log` is given the lines that it wrote on standard error since it was there.
    Gradio leaves event loops and their sockets open, which would fail the tests of this process.
    """
    root = Path(__file__).parents[2]
    with (
        TemporaryDirectory() as temporary,
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.support.fake_service",
                folder or temporary,
                str(port),
                *["empty"] * empty,
                *["many"] * many,
            ],
            cwd=root,
            stderr=subprocess.PIPE,
            text=True,
        ) as process,
    ):
        assert process.stderr is not None
        try:
            for line in process.stderr:
                if line.startswith("Open "):
                    yield line.split()[1]
                    break
            else:
                raise AssertionError(f"expected the server to start, found exit {process.wait()}")
        finally:
            process.kill()
            if log is not None:
                log += process.stderr


if __name__ == "__main__":
    from app.web.http.server import serve

    files: tuple[FileState, ...] = () if "empty" in sys.argv else FILES
    service = FakeService(many(5000) if "many" in sys.argv else files, Path(sys.argv[1]))
    keep_many(service.conversations, 500 * ("many" in sys.argv))
    serve(service, port=int(sys.argv[2]))
