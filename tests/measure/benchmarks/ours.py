"""Our side of `make bench-speed`, where the command line does not measure it; as `baseline.py`.

python -m tests.measure.benchmarks.ours embed TEXTS.json
python -m tests.measure.benchmarks.ours answer STORE ASKED.json
python -m tests.measure.benchmarks.ours read DOCUMENTS TEXTS.json
python -m tests.measure.benchmarks.ours ingest DOCUMENTS             into a store thrown away
"""

import json
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from app.answering.assistant import Assistant
from app.cli import main as mustanad
from app.models.cross_encoder import load_cross_encoder
from index.embedding.embedder import load_embedder
from index.ingesting.reading import Read, read_apart
from index.ingesting.scan import scan
from ingest.settings import PACKAGED_MODEL, Settings


def embed(texts: list[str]) -> dict[str, float]:
    """The seconds that all texts take, after a few."""
    embedder = load_embedder(Settings(model=PACKAGED_MODEL))
    embedder.embed(texts[:32])
    started = time.perf_counter()
    embedder.embed(texts)
    return {"seconds": time.perf_counter() - started}


def answer(store: Path, asked: list[str]) -> dict[str, list[float]]:
    """The milliseconds of each whole answer, after one more."""
    settings = Settings(store=store)
    with closing(Assistant(settings, load_embedder, load_cross_encoder(settings))) as assistant:
        times = [assistant.ask(question).timings_ms["total"] for question in [asked[0], *asked]]
    return {"ms": times[1:]}


def read(documents: Path, texts: Path) -> dict[str, float]:
    """The seconds that the documents' passages take to be had; they are written as a list."""
    started = time.perf_counter()
    found = scan([documents], {}, Settings(), only=False)
    outcomes = [each for each in read_apart(found.sources, Settings()) if isinstance(each, Read)]
    seconds = time.perf_counter() - started
    passages = [passage.indexed_text for _, passages in outcomes for passage in passages]
    texts.write_text(json.dumps(passages), encoding="utf-8")
    return {"seconds": seconds}


def main() -> None:
    """Do what the arguments say."""
    verb, source, *rest = sys.argv[1:]
    if verb == "ingest":
        with tempfile.TemporaryDirectory() as store:
            code = mustanad(["--store", store, "ingest", source])
        sys.exit(code)
    if verb == "read":
        print(json.dumps(read(Path(source), Path(rest[0]))))
    elif verb == "embed":
        print(json.dumps(embed(json.loads(Path(source).read_text(encoding="utf-8")))))
    else:
        print(json.dumps(answer(Path(source), json.loads(Path(rest[0]).read_text(encoding="utf-8")))))


if __name__ == "__main__":
    main()
