"""Our speed beside the baseline's, in turn: python -m tests.measure.benchmarks.speed, or make bench-speed.

Both sides embed the same texts with the same model, answer from the same passages, and start as
processes of their own: ours, baseline, ours, baseline. The figures are of one machine in one hour;
what says something is the ratio. Passages and questions are those of scifact, in the store that
`make bench` fills, or that this fills, once.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from statistics import median

import faiss
from tokenizers import Tokenizer

from app.command_line.call import whole_number
from app.evaluation.dataset import questions
from app.evaluation.evaluate import fill, own_settings
from index.catalogue.database import Catalogue
from index.embedding.embedder import load_embedder
from index.embedding.model_files import packaged_folder
from index.ingesting.scan import existing
from ingest.errors import MustanadError
from ingest.settings import Settings, load_settings
from tests.measure.bench import EVAL, selected_sets
from tests.measure.bench_tables import with_section
from tests.measure.benchmarks.corpus import write
from tests.measure.benchmarks.running import each, in_turn
from tests.measure.benchmarks.speed_ingest import ingests
from tests.measure.benchmarks.speed_table import BEGIN, END, Line, section

SET = "scifact"
_QUESTIONS = 20
_PDFS = "agency_reports"
_SEED = 1
_BASELINE = Path(__file__).with_name("baseline.py")
_OURS = (sys.executable, "-m", "tests.measure.benchmarks.ours")


def measured(
    folder: Path, store: Path, asked: Sequence[str], ingested: Mapping[str, Path], rounds: int
) -> Iterator[Line]:
    """A line of the table for each thing measured; `folder` is as `prepared` leaves it.

    `ingested` are folders of documents, by what the table calls them.
    """
    baseline = (sys.executable, _BASELINE, packaged_folder())
    for name, documents in ingested.items():
        yield from ingests(name, documents, folder, _OURS, baseline, rounds)

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
    with closing(Catalogue.open_to_read(settings.store)) as catalogue:
        ids = catalogue.passage_ids(catalogue.parts()).tolist()
        found, vectors = catalogue.passages(ids), catalogue.vectors(catalogue.published().model, ids)
    texts = [found[one][1].indexed_text for one in ids]
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    faiss.write_index(index, str(folder / "index.faiss"))
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
    parser.add_argument("--mb", type=float, default=0.3, help="megabytes of text that are ingested whole")
    parser.add_argument("--pdfs", action="store_true", help=f"also ingest the PDFs of {_PDFS}")
    parser.add_argument("--readme", type=Path, help="file to write the table into, between its marks")
    given = parser.parse_args()
    try:
        readme = given.readme.read_text(encoding="utf-8") if given.readme else None
        text = table(given)
        print(text)
        if readme is not None:
            given.readme.write_text(with_section(readme, text, BEGIN, END), encoding="utf-8")
    except MustanadError as error:
        sys.exit(f"bench-speed: {error}")


def table(given: argparse.Namespace) -> str:
    """The whole measurement, as it stands in the README. Raises: MustanadError."""
    [known] = selected_sets([SET], given.eval)
    pdfs = {f"the PDFs of {_PDFS}": given.eval / _PDFS / "pdfs"} if given.pdfs else {}
    existing(list(pdfs.values()) or [given.eval])
    settings = own_settings(Settings(store=load_settings({}).store), given.eval / known.name)
    fill(settings, given.eval / known.name, None, load_embedder, lambda progress: None)
    asked = [question.question for question in questions(given.eval / known.name, _QUESTIONS)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        passages = prepared(settings, folder, 1000 * given.kilobytes)
        write(folder / "generated", _SEED, size=int(1e6 * given.mb))
        ingested = {f"{given.mb:g} MB of text": folder / "generated" / "documents"} | pdfs
        lines = []
        for line in measured(folder, settings.store, asked, ingested, given.rounds):
            print(line.name, "...", file=sys.stderr, flush=True)
            lines.append(line)
    return section(lines, passages, 1000 * given.kilobytes)


if __name__ == "__main__":
    main()
