"""Our speed beside the baseline's, in turn: python -m tests.benchmarks.speed, or make bench-speed.

Both sides embed the same texts with the same model, answer from the same passages, and start as
processes of their own: ours, baseline, ours, baseline. The figures are of one machine in one hour;
what says something is the ratio. Passages and questions are those of scifact, in the store that
`make bench` fills, or that this fills, once.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

import faiss
from tokenizers import Tokenizer

from app.cli import whole_number
from app.dataset import questions
from app.evaluate import fill, own_settings
from index.embedder import load_embedder
from index.model_files import packaged_folder
from index.store import VECTORS, Generation, generation_folder
from ingest.errors import MustanadError
from ingest.settings import Settings, load_settings
from tests.bench import EVAL, chosen
from tests.bench_tables import with_section
from tests.benchmarks.running import each, in_turn
from tests.benchmarks.speed_table import BEGIN, END, Line, section

SET = "scifact"
_QUESTIONS = 20
_BASELINE = Path(__file__).with_name("baseline.py")
_OURS = (sys.executable, "-m", "tests.benchmarks.ours")


def measured(folder: Path, store: Path, asked: Sequence[str], rounds: int) -> Iterator[Line]:
    """A line of the table for each thing measured; `folder` is as `prepared` leaves it."""
    baseline = (sys.executable, _BASELINE, packaged_folder())
    texts, file = folder / "some.json", folder / "asked.json"
    tokens = _tokens(json.loads(texts.read_text()))
    file.write_text(json.dumps(asked))

    pairs = in_turn((*_OURS, "embed", texts), (*baseline, "embed", texts), rounds)
    speeds = each(pairs, lambda ran: tokens / json.loads(ran.output)["seconds"])
    yield Line("embedding, tokens a second", speeds)
    yield Line("its peak memory, MiB", each(pairs, lambda ran: ran.memory))

    mustanad = (Path(sys.executable).with_name("mustanad"), "--store", store, "ask", asked[0])
    pairs = in_turn(mustanad, (*baseline, "ask", folder, asked[0]), rounds)
    yield Line("`ask` from cold, seconds", each(pairs, lambda ran: ran.seconds))
    yield Line("its peak memory, MiB", each(pairs, lambda ran: ran.memory))

    pairs = in_turn((*_OURS, "answer", store, file), (*baseline, "answer", folder, file), rounds)
    times = each(pairs, lambda ran: median(json.loads(ran.output)["ms"]))
    yield Line("warm answer, ms; ours with reading", times)


def prepared(settings: Settings, folder: Path, size: int) -> int:
    """Writes the store's passages for the baseline, and `size` characters of them; returns how many.

    `texts.json` and `index.faiss` hold all passages, their vectors those of the store; `some.json`
    those to embed.
    """
    with Generation.open(settings.store, None) as generation:
        place = generation_folder(settings.store, generation.number) / VECTORS
        index = faiss.read_index(str(place))
        ids = faiss.vector_to_array(index.id_map).tolist()
        found = generation.passages(ids)
    texts = [found[one][1].indexed_text for one in ids]
    faiss.write_index(index.index, str(folder / "index.faiss"))
    (folder / "texts.json").write_text(json.dumps(texts))
    some, left = [], size
    for text in texts:
        if left <= 0:
            break
        some.append(text)
        left -= len(text)
    (folder / "some.json").write_text(json.dumps(some))
    return len(texts)


def _tokens(texts: Sequence[str]) -> int:
    """How many tokens of the texts the model reads, of which it takes 256 a text."""
    tokenizer = Tokenizer.from_file(str(packaged_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(256)
    return sum(len(encoding.ids) for encoding in tokenizer.encode_batch(list(texts)))


def main() -> None:
    """Measure, print, and write the table where it is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--eval", type=Path, default=EVAL, help="folder of the development sets")
    parser.add_argument("--rounds", type=whole_number(1, 100), default=5, help="times that each side runs")
    parser.add_argument(
        "--kilobytes", type=whole_number(1, 10**6), default=1000, help="text that is embedded in each"
    )
    parser.add_argument("--readme", type=Path, help="file to write the table into, between its marks")
    given = parser.parse_args()
    try:
        readme = given.readme.read_text(encoding="utf-8") if given.readme else None
        text = table(given.eval, given.rounds, 1000 * given.kilobytes)
        print(text)
        if readme is not None:
            given.readme.write_text(with_section(readme, text, BEGIN, END), encoding="utf-8")
    except MustanadError as error:
        sys.exit(f"bench-speed: {error}")


def table(sets: Path, rounds: int, size: int) -> str:
    """The whole measurement, as it stands in the README. Raises: MustanadError."""
    [known] = chosen([SET], sets)
    settings = own_settings(Settings(store=load_settings({}).store), sets / known.name)
    embedder = load_embedder(settings)
    fill(settings, sets / known.name, None, embedder, lambda progress: None)
    asked = [question.question for question in questions(sets / known.name, _QUESTIONS)]
    with tempfile.TemporaryDirectory() as folder:
        passages = prepared(settings, Path(folder), size)
        lines = []
        for line in measured(Path(folder), settings.store, asked, rounds):
            print(line.name, "...", file=sys.stderr, flush=True)
            lines.append(line)
    return section(lines, passages, size)


if __name__ == "__main__":
    main()
