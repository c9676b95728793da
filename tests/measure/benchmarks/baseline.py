"""The baseline of `make bench-speed`: what one writes with sentence-transformers and FAISS, no more.

    baseline.py MODEL embed TEXTS.json             {"seconds": ...} for all of the texts
    baseline.py MODEL ask FOLDER QUESTION          the five nearest of the folder's passages
    baseline.py MODEL answer FOLDER ASKED.json     {"ms": [...]} for each question, after one more
    baseline.py MODEL read DOCUMENTS TEXTS.json    {"seconds": ...} for the texts of the documents
    baseline.py MODEL ingest DOCUMENTS             a folder, in the end thrown away, of their texts

A folder holds `texts.json`, the passages, and `index.faiss`, their vectors in the same order.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

import faiss
from pypdf import PdfReader
from sentence_transformers import SentenceTransformer

_WORDS = 100  # of a passage


def passages(documents: Path) -> list[str]:
    """Every hundred words of every document."""
    texts = []
    for file in sorted(documents.rglob("*.*")):
        if file.suffix == ".pdf":
            text = "\n".join(page.extract_text() for page in PdfReader(file).pages)
        else:
            text = file.read_text(encoding="utf-8")
        words = text.split()
        texts += [" ".join(words[start : start + _WORDS]) for start in range(0, len(words), _WORDS)]
    return texts


def ingest(model: SentenceTransformer, documents: Path, folder: Path) -> None:
    """Write the folder's two files."""
    texts = passages(documents)
    index = faiss.IndexFlatIP(model.get_embedding_dimension())
    index.add(model.encode(texts, normalize_embeddings=True))
    (folder / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    faiss.write_index(index, str(folder / "index.faiss"))


def nearest(model: SentenceTransformer, index: faiss.Index, texts: list[str], question: str) -> list[str]:
    """The five passages of the highest cosine."""
    _, places = index.search(model.encode([question], normalize_embeddings=True), 5)
    return [texts[place] for place in places[0]]


def main() -> None:
    """Do what the arguments say."""
    model_folder, verb, source, *rest = sys.argv[1:]
    if verb == "read":
        started = time.perf_counter()
        texts = passages(Path(source))
        print(json.dumps({"seconds": time.perf_counter() - started}))
        Path(rest[0]).write_text(json.dumps(texts), encoding="utf-8")
        return
    model = SentenceTransformer(model_folder, local_files_only=True)
    model.max_seq_length = 256
    if verb == "ingest":
        with tempfile.TemporaryDirectory() as folder:
            ingest(model, Path(source), Path(folder))
        return
    if verb == "embed":
        texts = json.loads(Path(source).read_text(encoding="utf-8"))
        model.encode(texts[:32])
        started = time.perf_counter()
        model.encode(texts, normalize_embeddings=True)
        print(json.dumps({"seconds": time.perf_counter() - started}))
        return
    index = faiss.read_index(f"{source}/index.faiss")
    texts = json.loads(Path(source, "texts.json").read_text(encoding="utf-8"))
    if verb == "ask":
        print("\n\n".join(nearest(model, index, texts, rest[0])))
        return
    asked = json.loads(Path(rest[0]).read_text(encoding="utf-8"))
    times = []
    for question in [asked[0], *asked]:
        started = time.perf_counter()
        nearest(model, index, texts, question)
        times.append(1000 * (time.perf_counter() - started))
    print(json.dumps({"ms": times[1:]}))


if __name__ == "__main__":
    main()
