"""The two source documents come out whole: sentences, lists, footnotes, title, and no page numbers.

The documents and the questions on them lie beside the repository, not in it.
"""

import json
import re
from pathlib import Path

import pytest

from ingest.blocks import assemble
from ingest.document import Document
from ingest.passages import passages_of
from ingest.sentences import sentence_spans
from ingest.text import read_text

SHARED = Path(__file__).parents[3] / "shared"
ARTICLE, STUDY = "000_d2851cebe08418c1", "003_c631b2c5d912bb01"
HEAD = "An Iraqi insight of the upcoming Iraqi-American strategic dialogue"

pytestmark = pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the source documents are not here")


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    """The two documents, by name."""
    names = (ARTICLE, STUDY)
    return {
        name: assemble(name, read_text((SHARED / "seeds" / f"{name}.txt").read_bytes())) for name in names
    }


@pytest.fixture(scope="module")
def study(documents: dict[str, Document]) -> Document:
    """The longer one, exported from a laid-out PDF."""
    return documents[STUDY]


def blocks(document: Document, *kinds: str) -> list[str]:
    """What the blocks of these kinds say."""
    return [document.text[block.start : block.end] for block in document.blocks if block.kind in kinds]


def test_sentence_cut_by_page_break_and_footnotes_is_one(study: Document) -> None:
    """Its beginning and its end stand on two pages with three footnotes between; one passage holds it."""
    sentence = (
        "In 1930, a trilateral treaty was signed between the United States, Britain, and Iraq; "
        "to ensure some American interests in Iraq."
    )
    whole = [passage for passage in passages_of(study, 100) if sentence in passage.text]
    assert len(whole) == 1
    assert sentence in [study.text[span.start : span.end] for span in whole[0].sentences]


def test_page_numbers_and_running_head_are_gone(study: Document) -> None:
    """No line is a page number, and the running head is in no paragraph."""
    lines = [
        *study.text.splitlines(),
        *(line for p in passages_of(study, 100) for line in p.text.splitlines()),
    ]
    assert not {"2", "3", "14", "25", "28"}.intersection(lines)
    assert not [text for text in blocks(study, "paragraph", "item", "footnote") if HEAD in text]
    assert "still not fully embodied between Iraqi political forces." in study.text


def test_fifteen_footnotes_are_set_apart(study: Document) -> None:
    """Each is found in a footnote block under its number or its address, and none is in the body."""
    notes = "\n".join(blocks(study, "footnote"))
    addresses = (
        "ixzz6L36jmYwB 2KUPcks 3bW7MVv zurfi-to-kadhimi trump-chances 2StHORj 7672261 "
        "1248569930523475969 3bhz5Zl u.s.-withdrawal-from-iraq 2-trillion-iraq-war-study"
    ).split()
    rest = "\n".join(blocks(study, "paragraph", "item", "heading"))
    for number in range(1, 16):
        # Arabic ones were exported in visual order: their number stands in the middle, dot first.
        assert re.search(rf"(?<!\d)(?:{number}\.|\.{number})(?![\d.])", notes), number
    for address in addresses:
        assert address in notes
        assert address not in rest


def test_titles(documents: dict[str, Document]) -> None:
    """The study's title is its running head; the article names none but opens at once."""
    assert documents[STUDY].title == HEAD
    assert documents[ARTICLE].title is None


def test_lists_keep_every_item(documents: dict[str, Document]) -> None:
    """Each bullet, dash and number of the source opens an item, whole to its last word."""
    assert len(blocks(documents[ARTICLE], "item")) == 12
    items = blocks(documents[STUDY], "item")
    assert sum(item.startswith("•") for item in items) == 39


def test_headings_of_the_study(study: Document) -> None:
    """The sections that a reader sees are headings."""
    headings = blocks(study, "heading")
    for heading in ("Preface", "Strategic Dialogue: the American Goals:",
                    "Strategic Dialogue: the Iraqi Goals:",
                    "2- Defining the Nature of the Dialogue:", "Conclusion:"):  # fmt: skip
        assert heading in headings


def test_no_word_is_lost_added_or_moved(documents: dict[str, Document]) -> None:
    """Footnotes aside, the words are the file's, in its order, furniture and line-end hyphens gone."""
    for name, document in documents.items():
        raw = (SHARED / "seeds" / f"{name}.txt").read_text(encoding="utf-8")
        letters = re.sub(r"[\W\d]", "", raw)
        read = re.sub(r"[\W\d]", "", document.text)
        head = re.sub(r"\W", "", HEAD)
        assert abs(len(letters) - len(read)) <= 2 * len(head)
        assert sorted(set(re.findall(r"[A-Za-z]{4,}", document.text)) - _joined(raw)) == []


def _joined(raw: str) -> set[str]:
    """Words of four letters and more, also those that a line end cuts."""
    return set(re.findall(r"[A-Za-z]{4,}", raw + " " + re.sub(r"-\s*\n\s*", "", raw)))


@pytest.mark.parametrize("words", [60, 100, 150])
def test_every_piece_of_evidence_is_in_one_passage(documents: dict[str, Document], words: int) -> None:
    """White space aside, what a citation must contain is not cut in two."""
    lines = (SHARED / "eval" / "seeds" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line) for line in lines]
    said = {
        name: ["".join(passage.text.split()) for passage in passages_of(document, words)]
        for name, document in documents.items()
    }
    pieces = [(each["doc_id"], piece) for each in questions for piece in each["evidence"]]
    assert len(pieces) > 10
    missing = [
        piece for name, piece in pieces if not any("".join(piece.split()) in text for text in said[name])
    ]
    assert missing == []


def test_sentences_hold_every_visible_character(documents: dict[str, Document]) -> None:
    """The sentences of all blocks together are the document's text."""
    for document in documents.values():
        spans = [
            span
            for block in document.blocks
            for span in sentence_spans(document.text, block.start, block.end, block.language)
        ]
        said = "".join(document.text[span.start : span.end] for span in spans)
        assert "".join(said.split()) == "".join(document.text.split())
