"""Our side of `make bench-speed`, where the command line does not measure it; as `baseline.py`.

python -m tests.benchmarks.ours embed TEXTS.json
python -m tests.benchmarks.ours answer STORE ASKED.json
"""

import json
import sys
import time
from contextlib import closing
from pathlib import Path

from app.assistant import Assistant
from app.models import load_models
from index.embedder import load_embedder
from ingest.settings import Settings


def embed(texts: list[str]) -> dict[str, float]:
    """The seconds that all texts take, after a few."""
    embedder = load_embedder(Settings())
    embedder.embed(texts[:32])
    started = time.perf_counter()
    embedder.embed(texts)
    return {"seconds": time.perf_counter() - started}


def answer(store: Path, asked: list[str]) -> dict[str, list[float]]:
    """The milliseconds of each whole answer, after one more."""
    settings = Settings(store=store)
    with closing(Assistant(settings, *load_models(settings, load_embedder))) as assistant:
        times = [assistant.ask(question).timings_ms["total"] for question in [asked[0], *asked]]
    return {"ms": times[1:]}


def main() -> None:
    """Do what the arguments say."""
    verb, source, *rest = sys.argv[1:]
    if verb == "embed":
        print(json.dumps(embed(json.loads(Path(source).read_text(encoding="utf-8")))))
    else:
        print(json.dumps(answer(Path(source), json.loads(Path(rest[0]).read_text(encoding="utf-8")))))


if __name__ == "__main__":
    main()
