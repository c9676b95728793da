"""The baseline of `make bench-speed`: what one writes with sentence-transformers and FAISS, no more.

    baseline.py MODEL embed TEXTS.json             {"seconds": ...} for all of the texts
    baseline.py MODEL ask FOLDER QUESTION          the five nearest of the folder's passages
    baseline.py MODEL answer FOLDER ASKED.json     {"ms": [...]} for each question, after one more

A folder holds `texts.json`, the passages, and `index.faiss`, their vectors in the same order.
"""

import json
import sys
import time
from pathlib import Path

import faiss
from sentence_transformers import SentenceTransformer


def nearest(model: SentenceTransformer, index: faiss.Index, texts: list[str], question: str) -> list[str]:
    """The five passages of the highest cosine."""
    _, places = index.search(model.encode([question], normalize_embeddings=True), 5)
    return [texts[place] for place in places[0]]


def main() -> None:
    """Do what the arguments say."""
    model_folder, verb, source, *rest = sys.argv[1:]
    model = SentenceTransformer(model_folder, local_files_only=True)
    model.max_seq_length = 256
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
