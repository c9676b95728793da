"""Ingest mirrors its sources, pays only for what changed, and survives being killed."""

import os
import signal
import subprocess
import sys
import textwrap
import time
import zlib
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.phrases.reasons import worded
from index import sync
from index.catalogue.database import Catalogue
from index.embedding.model_files import model_identity
from index.search import search
from index.store import Generation
from index.types import Embedder, Load, Progress, Query, Report
from ingest.errors import ModelMismatch, StoreBusy, StoreMissing, UsageError
from ingest.reasons import Reason
from ingest.settings import Settings
from tests.support.fakes import MemorySource, WordEmbedder, load_words

LONG = "In {0} the committee met in the large hall and then decided on the budget of that year. " * 5


def no_embedder(_: Settings) -> Embedder:
    """For runs that must not load a model."""
    raise AssertionError("the embedder was loaded")


def quiet(_: Progress) -> None:
    """No progress wanted."""


def mirror(
    store: Path, sources: Sequence[MemorySource], embedder: Load | WordEmbedder = load_words
) -> Report:
    """A run over sources in memory."""
    load = (lambda _: embedder) if isinstance(embedder, WordEmbedder) else embedder
    return sync.mirror(Settings(store=store), sources, load, quiet)


def ingest(
    store: Path,
    *paths: Path,
    embedder: WordEmbedder | None = None,
    only: bool = False,
    forget: Sequence[Path] = (),
) -> Report:
    """A run over real files."""
    model = embedder if embedder is not None else WordEmbedder()
    return sync.ingest(Settings(store=store), paths, lambda _: model, quiet, only, forget=forget)


def shown(store: Path) -> dict[str, str]:
    """Shown path to state of every file."""
    with Generation.open(store, None) as generation:
        return {file.path: file.state for file in generation.status().files}


def count(store: Path, table: str) -> int:
    """Rows of a table."""
    catalogue = Catalogue.open_to_read(store)
    try:
        return int(catalogue.rows(f"SELECT count(*) FROM {table}")[0][0])
    finally:
        catalogue.close()


def document_ids(store: Path) -> dict[str, int | None]:
    """Shown path to id of the document of every file."""
    catalogue = Catalogue.open_to_read(store)
    try:
        return {row.shown: row.document_id for row in catalogue.files()}
    finally:
        catalogue.close()


def test_first_ingest_reports_what_it_did(tmp_path: Path) -> None:
    """Every source is read once, every passage embedded once, and the ledger names what was not read."""
    sources = [MemorySource("/a", "Cats purr."), MemorySource("/b", "?", problem="locked_container")]
    report = mirror(tmp_path, sources, WordEmbedder())
    assert (report.generation, report.read, report.embedded) == (1, 2, 1)
    assert report.plan.added == ("a", "b")
    assert [(path, entry.pages, entry.reason) for path, entry in report.unread] == [
        ("b", None, Reason("locked_container"))
    ]


def test_nothing_changed_costs_nothing(tmp_path: Path) -> None:
    """A second run of the same sources publishes nothing, reads and hashes nothing, loads no model."""
    sources = [MemorySource("/a", "Cats purr."), MemorySource("/b", "?", problem="locked_container")]
    mirror(tmp_path, sources, WordEmbedder())
    again = [replace(source) for source in sources]
    report = mirror(tmp_path, again, no_embedder)
    assert (report.generation, report.read, report.embedded, report.plan.unchanged) == (1, 0, 0, 2)
    assert [(source.read_calls, source.hash_calls) for source in again] == [(1, 1), (1, 1)]
    assert [entry.reason for _, entry in report.unread] == [Reason("locked_container")]


def test_a_touched_file_is_hashed_but_not_read(tmp_path: Path) -> None:
    """A new time of change with the same bytes is no change, and is remembered."""
    mirror(tmp_path, [MemorySource("/a", "Cats purr.")], WordEmbedder())
    touched = MemorySource("/a", "Cats purr.", mtime_ns=5)
    assert mirror(tmp_path, [touched], no_embedder).plan.unchanged == 1
    assert (touched.hash_calls, touched.read_calls) == (1, 0)
    assert mirror(tmp_path, [touched], no_embedder).generation == 1
    assert touched.hash_calls == 1


def test_a_renamed_file_costs_nothing(tmp_path: Path) -> None:
    """A rename is seen as one: nothing is read or embedded, and the new name is cited."""
    mirror(tmp_path, [MemorySource("/a", "Cats purr.")], WordEmbedder())
    moved = MemorySource("/b", "Cats purr.")
    report = mirror(tmp_path, [moved], no_embedder)
    assert report.plan.renamed == (("a", "b"),)
    assert (report.generation, report.read, report.embedded, moved.read_calls) == (2, 0, 0, 0)
    with Generation.open(tmp_path, None) as generation:
        assert [hit.paths for hit in search(generation, WordEmbedder(), Query("cats"), 5)] == [("b",)]


def test_an_edit_embeds_only_the_changed_passages(tmp_path: Path) -> None:
    """Of a document of several passages, those whose text is as it was keep their embeddings."""
    parts = [LONG.format(name) for name in ("Cairo", "Lima", "Oslo")]
    first = mirror(tmp_path, [MemorySource("/a", "\n\n".join(parts))], WordEmbedder())
    assert first.embedded >= 3
    parts[1] = LONG.format("Quito")
    model = WordEmbedder()
    report = mirror(tmp_path, [MemorySource("/a", "\n\n".join(parts), mtime_ns=1)], model)
    assert (report.plan.changed, report.read, report.embedded) == (("a",), 1, 1)
    assert "Quito" in model.embedded[0]
    assert count(tmp_path, "passages") == count(tmp_path, "embeddings") == first.embedded


def test_a_copy_is_stored_once_and_has_both_names(tmp_path: Path) -> None:
    """Two files of the same bytes are one document, read once, cited under both names."""
    sources = [MemorySource("/b", "Cats purr."), MemorySource("/a", "Cats purr.")]
    report = mirror(tmp_path, sources, WordEmbedder())
    assert (report.read, report.embedded) == (1, 1)
    assert shown(tmp_path) == {"a": "indexed", "b": "copy"}
    with Generation.open(tmp_path, None) as generation:
        status = generation.status()
        assert (status.documents, status.copies, status.passages) == (1, 1, 1)
        assert [hit.paths for hit in search(generation, WordEmbedder(), Query("cats"), 5)] == [("a", "b")]


def test_deleting_the_first_copy_leaves_the_second(tmp_path: Path) -> None:
    """A document goes only with its last name."""
    mirror(tmp_path, [MemorySource("/a", "Cats purr."), MemorySource("/b", "Cats purr.")], WordEmbedder())
    assert mirror(tmp_path, [MemorySource("/b", "Cats purr.")], no_embedder).plan.deleted == ("a",)
    assert shown(tmp_path) == {"b": "indexed"}


def test_a_deleted_file_leaves_no_trace(tmp_path: Path) -> None:
    """No row of it stays; its text is in no file of the store, its words are not among the terms."""
    sources = [MemorySource("/a", "Cats purr."), MemorySource("/b", "The zyzzyva is a weevil.")]
    mirror(tmp_path, sources, WordEmbedder())
    kept = zlib.compress(sources[1].text.encode())
    assert (len(_holding(tmp_path, kept)), _knows(tmp_path, "zyzzyva")) == (1, True)
    report = mirror(tmp_path, sources[:1], no_embedder)
    assert report.plan.deleted == ("b",)
    assert [count(tmp_path, table) for table in ("files", "documents", "passages", "embeddings")] == [
        1,
        1,
        1,
        1,
    ]
    assert (_holding(tmp_path, kept), _knows(tmp_path, "zyzzyva")) == ([], False)


def _holding(store: Path, kept: bytes) -> list[Path]:
    """The files of the store with these bytes in them."""
    return [file for file in store.rglob("*") if file.is_file() and kept in file.read_bytes()]


def _knows(store: Path, word: str) -> bool:
    """Whether the terms of the newest generation still have the word, be it of a removed passage."""
    with Generation.open(store, None) as generation:
        return generation.rarity(word) < generation.rarity("unheard")


def test_a_store_can_be_emptied(tmp_path: Path) -> None:
    """When the last file is gone the store holds nothing, and still opens."""
    mirror(tmp_path, [MemorySource("/a", "Cats purr.")], WordEmbedder())
    assert mirror(tmp_path, [], no_embedder).generation == 2
    with Generation.open(tmp_path, None) as generation:
        assert search(generation, WordEmbedder(), Query("cats"), 5) == []
        assert generation.verify() == []


def test_a_killed_embedding_is_taken_up_where_it_stopped(tmp_path: Path) -> None:
    """After a kill the store is as it was, and the next run reads nothing and embeds only the rest."""
    sources = [MemorySource(f"/{n}", f"Text number {n} of many.") for n in range(400)]
    with pytest.raises(KeyboardInterrupt):
        mirror(tmp_path, sources, WordEmbedder(fails_after=300))
    with pytest.raises(StoreMissing):
        Generation.open(tmp_path, None)
    model = WordEmbedder()
    report = mirror(tmp_path, sources, model)
    assert (report.generation, report.embedded, len(model.embedded)) == (1, 144, 144)
    assert {source.read_calls for source in sources} == {1}
    with Generation.open(tmp_path, None) as generation:
        assert (generation.verify(), generation.status().passages) == ([], 400)


def test_a_reader_sees_the_old_generation_after_a_kill(tmp_path: Path) -> None:
    """What a killed run has staged is invisible: the old generation answers as before."""
    mirror(tmp_path, [MemorySource("/a", "Cats purr.")], WordEmbedder())
    with pytest.raises(KeyboardInterrupt):
        mirror(tmp_path, [MemorySource("/b", "Dogs bark.")], WordEmbedder(fails_after=0))
    assert shown(tmp_path) == {"a": "indexed"}
    with Generation.open(tmp_path, None) as generation:
        hits = search(generation, WordEmbedder(), Query("dogs bark cats"), 5)
        assert [hit.paths for hit in hits] == [("a",)]


def test_staged_rows_of_a_file_that_went_are_cleared(tmp_path: Path) -> None:
    """A file staged by a killed run and deleted before the next leaves nothing behind."""
    kept = MemorySource("/a", "Cats purr.")
    mirror(tmp_path, [kept], WordEmbedder())
    with pytest.raises(KeyboardInterrupt):
        mirror(tmp_path, [kept, MemorySource("/b", "Dogs bark.")], WordEmbedder(fails_after=0))
    assert count(tmp_path, "documents") == 2
    assert mirror(tmp_path, [kept], no_embedder).generation == 1
    assert count(tmp_path, "documents") == 1


def test_killing_the_process_at_any_moment_leaves_a_store_that_opens(tmp_path: Path) -> None:
    """SIGKILL at several moments: the store opens at the old generation or the new one, and heals."""
    script = textwrap.dedent("""
        import sys
        from pathlib import Path
        from tests.support.fakes import MemorySource, WordEmbedder
        from tests.index.test_sync import mirror
        sources = [MemorySource(f"/{n}", f"Text {n} of run {sys.argv[2]}.") for n in range(40)]
        print("go", flush=True)
        mirror(Path(sys.argv[1]), sources, WordEmbedder())
    """)
    root = Path(__file__).parents[2]
    mirror(tmp_path, [MemorySource("/old", "Cats purr.")], WordEmbedder())
    for run in range(4):
        arguments = [sys.executable, "-c", script, str(tmp_path), str(run)]
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, cwd=root) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(0.06 * run)
            process.send_signal(signal.SIGKILL)
        with Generation.open(tmp_path, None) as generation:
            assert generation.verify() == []
            assert len(generation.status().files) in (1, 40)
    mirror(tmp_path, [MemorySource("/new", "Dogs bark.")], WordEmbedder())
    assert shown(tmp_path) == {"new": "indexed"}


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    """A second ingest is refused in one line while another process holds the store, and not after it died."""
    mirror(tmp_path, [MemorySource("/a", "Cats purr.")], WordEmbedder())
    script = (
        "import fcntl, sys, time\nlock = open(sys.argv[1] + '/lock', 'w')\nfcntl.flock(lock, fcntl.LOCK_EX)\n"
        "print('held', flush=True)\ntime.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(StoreBusy, match="another process is ingesting"):
            mirror(tmp_path, [], no_embedder)
        process.kill()
    assert mirror(tmp_path, [], no_embedder).generation == 2


def test_another_model_of_the_same_name_is_refused(tmp_path: Path) -> None:
    """A store keeps its model: where the files of its name are others now, that is said, nothing changes."""
    mirror(tmp_path, [MemorySource("/a", "Cats purr.")], WordEmbedder())
    with pytest.raises(ModelMismatch, match=r"all-MiniLM-L6-v2 \(\w+\), found all-MiniLM-L6-v2 \(\w+\)"):
        mirror(tmp_path, [MemorySource("/b", "Dogs bark.")], WordEmbedder(dimension=32))
    assert shown(tmp_path) == {"a": "indexed"}


def test_a_model_under_another_name_is_the_same(tmp_path: Path) -> None:
    """A model is known by its hash: in another place it goes on where it stopped, and nothing is lost."""
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "model.safetensors").write_bytes(b"weights")
    sources = [MemorySource("/a", "Cats purr."), MemorySource("/b", "Dogs bark.")]
    for n, name in enumerate((str(folder), f"{tmp_path}/./model"), 1):
        chosen = Settings(store=tmp_path / "store", cache=tmp_path / "cache", model=name)
        model = WordEmbedder(name=name)
        _, model.sha256 = model_identity(chosen)
        assert sync.mirror(chosen, sources[:n], lambda _, model=model: model, quiet).embedded == 1
    with Generation.open(tmp_path / "store", model.sha256) as generation:
        assert {hit.paths for hit in search(generation, model, Query("cats"), 5)} == {("a",), ("b",)}
        assert generation.verify() == []


def test_unread_files_are_retried_only_when_they_change(tmp_path: Path) -> None:
    """A file that could not be read is left alone until its bytes change."""
    source = MemorySource("/a", "?", problem="locked_container")
    mirror(tmp_path, [source], WordEmbedder())
    mirror(tmp_path, [source], no_embedder)
    assert source.read_calls == 1
    mended = MemorySource("/a", "Cats purr.", mtime_ns=1)
    assert mirror(tmp_path, [mended], WordEmbedder()).plan.changed == ("a",)
    assert shown(tmp_path) == {"a": "indexed"}


def test_another_passage_length_reads_everything_again(tmp_path: Path) -> None:
    """Passages of another length are another reading: nothing of the old one stays."""
    source = MemorySource("/a", "\n\n".join(map(LONG.format, ("Cairo", "Lima", "Oslo"))))
    mirror(tmp_path, [source], WordEmbedder())
    finer = Settings(store=tmp_path, passage_words=30)
    report = sync.mirror(finer, [source], load_words, quiet)
    assert (report.plan.changed, report.read) == (("a",), 1)
    assert count(tmp_path, "documents") == 1
    assert count(tmp_path, "passages") > 3
    with Generation.open(tmp_path, None) as generation:
        assert generation.verify() == []


def test_a_file_that_vanishes_is_as_deleted(tmp_path: Path) -> None:
    """A file gone between the listing and the hashing is no error."""
    mirror(tmp_path, [MemorySource("/a", "Cats purr."), MemorySource("/b", "Dogs bark.")], WordEmbedder())
    report = mirror(
        tmp_path,
        [MemorySource("/a", "Cats purr."), MemorySource("/b", "x", mtime_ns=1, gone=True)],
        no_embedder,
    )
    assert report.plan.deleted == ("b",)
    assert shown(tmp_path) == {"a": "indexed"}


def test_the_model_is_loaded_once(tmp_path: Path) -> None:
    """Also where the copies of a file that cannot be read are read after it."""
    loaded: list[WordEmbedder] = []

    def load(_: Settings) -> WordEmbedder:
        loaded.append(WordEmbedder())
        return loaded[-1]

    mirror(tmp_path, [MemorySource(name, "?", problem="cut_off") for name in ("/a", "/b")], load)
    assert len(loaded) == 1


class ChangingSource(MemorySource):
    """A file that another program writes to while it is read."""

    def sha256(self) -> str:
        return "0" * 64


def test_a_file_that_changes_while_it_is_read_is_in_the_ledger(tmp_path: Path) -> None:
    """What was read is not what was hashed: the file is not indexed, and tried again the next time."""
    report = mirror(tmp_path, [ChangingSource("/a", "Cats purr.")], WordEmbedder())
    assert [entry.reason for _, entry in report.unread] == [Reason("changed_while_read")]
    assert mirror(tmp_path, [MemorySource("/a", "Cats purr.")], WordEmbedder()).unread == ()
    assert shown(tmp_path) == {"a": "indexed"}


def test_a_clock_that_goes_backwards_hides_no_change(tmp_path: Path) -> None:
    """A file that is changed after the clock was set back is seen, older and as long though it is."""
    mirror(tmp_path, [MemorySource("/a", "Cats purr.", mtime_ns=2_000)], WordEmbedder())
    report = mirror(tmp_path, [MemorySource("/a", "Cats hiss.", mtime_ns=1_000)], WordEmbedder())
    assert (report.generation, report.plan.changed) == (2, ("a",))


def test_a_file_without_text_is_unread(tmp_path: Path) -> None:
    """A readable file with nothing to find in it is in the ledger, not an empty document."""
    report = mirror(tmp_path, [MemorySource("/a", "  \n\n ")], WordEmbedder())
    assert [entry.reason for _, entry in report.unread] == [Reason("no_passages")]
    assert shown(tmp_path) == {"a": "unread"}


def test_pages_that_could_not_be_read_are_in_the_ledger(tmp_path: Path) -> None:
    """An indexed file keeps its ledger, under each of its names."""
    text = "Cats purr.\f \fDogs bark."
    sources = [MemorySource(key, text, pages_unread=(2,)) for key in ("/a", "/b")]
    report = mirror(tmp_path, sources, WordEmbedder())
    assert [(path, entry.pages) for path, entry in report.unread] == [("a", (2,)), ("b", (2,))]
    with Generation.open(tmp_path, None) as generation:
        assert generation.unread == list(report.unread)
        assert generation.status().pages == 3


def test_progress_counts_files_and_passages(tmp_path: Path) -> None:
    """Progress ends at all files done and all passages embedded."""
    seen: list[Progress] = []
    sources = [MemorySource("/a", "Cats purr."), MemorySource("/b", "Dogs bark.")]
    sync.mirror(Settings(store=tmp_path), sources, load_words, seen.append)
    last = seen[-1]
    assert (last.files_done, last.files, last.passages, last.passages_found) == (2, 2, 2, 2)
    assert {progress.current for progress in seen} == {"", "a", "b"}


WORDS = st.sampled_from(["cats purr", "dogs bark", "owls hoot", "frogs croak", "القط نائم", "bees hum"])
FILES = st.dictionaries(
    st.sampled_from("abcd"), st.lists(WORDS, min_size=0, max_size=3).map("\n\n".join), max_size=4
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(states=st.lists(FILES, min_size=1, max_size=4))
def test_any_history_ends_as_a_fresh_ingest(
    tmp_path_factory: pytest.TempPathFactory, states: list[dict[str, str]]
) -> None:
    """After any adds, edits, renames and deletes the store finds what a new one of the same files finds."""
    grown = tmp_path_factory.mktemp("grown")
    for stamp, state in enumerate(states, 1):
        mirror(
            grown, [MemorySource(key, text, mtime_ns=stamp) for key, text in state.items()], WordEmbedder()
        )
    fresh = tmp_path_factory.mktemp("fresh")
    mirror(fresh, [MemorySource(key, text) for key, text in states[-1].items()], WordEmbedder())
    with Generation.open(grown, None) as one, Generation.open(fresh, None) as other:
        assert one.verify() == other.verify() == []
        assert replace(one.status(), generation=0) == replace(other.status(), generation=0)
        phrase = Query('"dogs bark"', phrases=("dogs bark",))
        for query in (*map(Query, ("cats", "do owls hoot and bees hum?", "القط")), phrase):
            found = [
                [(hit.paths, hit.passage, hit.score) for hit in search(g, WordEmbedder(), query, 9)]
                for g in (one, other)
            ]
            assert [hit[:2] for hit in found[0]] == [hit[:2] for hit in found[1]]
            assert [hit[2] for hit in found[0]] == pytest.approx([hit[2] for hit in found[1]], abs=1e-5)


def write(folder: Path, **files: str) -> Path:
    """A folder with text files in it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def test_a_folder_is_shown_by_its_name(tmp_path: Path) -> None:
    """The shown path is the root's name and the path in it; of a single file, its name."""
    folder = write(tmp_path / "x" / "reports", a="Cats purr.")
    write(folder / "sub", b="Dogs bark.")
    alone = write(tmp_path / "y", c="Owls hoot.") / "c.txt"
    ingest(tmp_path / "store", folder, alone)
    assert shown(tmp_path / "store") == dict.fromkeys(
        ["c.txt", "reports/a.txt", "reports/sub/b.txt"], "indexed"
    )


def test_roots_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """A second root of the same name is shown by the shortest tail that differs; the first keeps its name."""
    one, two = (
        write(tmp_path / "2023" / "in", a="Cats purr."),
        write(tmp_path / "2024" / "in", a="Dogs bark."),
    )
    ingest(tmp_path / "store", one)
    ingest(tmp_path / "store", two)
    assert set(shown(tmp_path / "store")) == {"in/a.txt", "2024/in/a.txt"}


def test_other_roots_are_left_alone(tmp_path: Path) -> None:
    """An ingest mirrors its own paths; a root that is not named stays, even where it is gone."""
    one, two = write(tmp_path / "one", a="Cats purr.", b="Bees hum."), write(tmp_path / "two", a="Dogs bark.")
    ingest(tmp_path / "store", one, two)
    (two / "a.txt").unlink()
    (one / "b.txt").unlink()
    assert ingest(tmp_path / "store", one).plan.deleted == ("one/b.txt",)
    assert set(shown(tmp_path / "store")) == {"one/a.txt", "two/a.txt"}


def test_only_forgets_the_other_roots(tmp_path: Path) -> None:
    """With `only`, the store holds these paths and nothing else."""
    one, two = write(tmp_path / "one", a="Cats purr."), write(tmp_path / "two", a="Dogs bark.")
    ingest(tmp_path / "store", one)
    assert ingest(tmp_path / "store", two, only=True).plan.deleted == ("one/a.txt",)
    assert set(shown(tmp_path / "store")) == {"two/a.txt"}


def test_a_renamed_root_is_moved_and_not_doubled(tmp_path: Path) -> None:
    """The files of a folder that was renamed stand under its new name alone; nothing is read again."""
    store, old, new = tmp_path / "store", tmp_path / "old", tmp_path / "new"
    write(old, a="Cats purr.", b="Dogs bark.", c="Owls hoot.")
    ingest(store, old)
    old.rename(new)
    assert sync.plan(Settings(store=store), [new]).renamed == tuple(
        (f"old/{name}.txt", f"new/{name}.txt") for name in "abc"
    )
    report = ingest(store, new, embedder=WordEmbedder())
    assert (report.read, report.embedded, report.plan.absent, report.plan.deleted) == (0, 0, (), ())
    assert shown(store) == {"new/a.txt": "indexed", "new/b.txt": "indexed", "new/c.txt": "indexed"}
    with closing(Catalogue.open_to_read(store)) as catalogue:
        assert list(catalogue.roots().values()) == ["new"]


def test_what_a_renamed_root_has_lost_is_gone(tmp_path: Path) -> None:
    """Where most of a folder is found under a new name, what is not found there was deleted or edited."""
    store, old, new = tmp_path / "store", tmp_path / "old", tmp_path / "new"
    write(old, a="Cats purr.", b="Dogs bark.", c="Owls hoot.")
    ingest(store, old)
    old.rename(new)
    (new / "c.txt").unlink()
    assert ingest(store, new).plan.deleted == ("old/c.txt",)
    assert set(shown(store)) == {"new/a.txt", "new/b.txt"}


def test_what_was_in_an_absent_root_is_kept_and_said_to_be_away(tmp_path: Path) -> None:
    """A folder may be on a drive that is not there: nothing of it is lost unless it is forgotten."""
    store, drive, other = tmp_path / "store", tmp_path / "drive", tmp_path / "other"
    write(drive, a="Cats purr.", b="Dogs bark.", c="Owls hoot.")
    ingest(store, drive)
    drive.rename(tmp_path / "elsewhere")
    write(other, a="Cats purr.", d="Fish swim.")
    report = ingest(store, other)  # a third of it is found again, and has moved
    assert report.plan.renamed == (("drive/a.txt", "other/a.txt"),)
    assert report.plan.absent == ((str(drive), 2),)
    assert set(shown(store)) == {"drive/b.txt", "drive/c.txt", "other/a.txt", "other/d.txt"}
    with Generation.open(store, None) as generation:
        assert generation.away() == {"drive/b.txt", "drive/c.txt"}
        assert [file.path for file in generation.status().files if file.absent] == [
            "drive/b.txt",
            "drive/c.txt",
        ]
        assert generation.status().absent == ((str(drive), 2),)
        (tmp_path / "elsewhere").rename(drive)  # mounted again
        assert (generation.away(), generation.status().absent) == (frozenset(), ())
    drive.rename(tmp_path / "elsewhere")
    assert ingest(store, forget=[drive]).plan.deleted == ("drive/b.txt", "drive/c.txt")
    assert set(shown(store)) == {"other/a.txt", "other/d.txt"}


def test_a_path_is_forgotten_whether_it_is_there_or_not(tmp_path: Path) -> None:
    """Forgetting takes no other path; one that holds nothing of the store is an error."""
    store, one, two = tmp_path / "store", write(tmp_path / "one", a="Cats purr."), tmp_path / "two"
    write(two, b="Dogs bark.")
    ingest(store, one, two)
    assert ingest(store, forget=[one]).plan.deleted == ("one/a.txt",)
    assert set(shown(store)) == {"two/b.txt"}
    with pytest.raises(UsageError, match="one holds no files"):
        ingest(store, forget=[one])
    with pytest.raises(UsageError, match="no path holds no files"):
        ingest(store)


def test_a_path_inside_a_root_syncs_only_that(tmp_path: Path) -> None:
    """A folder inside a known root keeps its shown names, and the rest of the root is not looked at."""
    root = write(tmp_path / "root", a="Cats purr.")
    inner = write(root / "inner", b="Dogs bark.")
    ingest(tmp_path / "store", root)
    write(root, a="Owls hoot.", new="Frogs croak.")
    write(inner, c="Bees hum.")
    assert ingest(tmp_path / "store", inner).plan.added == ("root/inner/c.txt",)
    assert set(shown(tmp_path / "store")) == {"root/a.txt", "root/inner/b.txt", "root/inner/c.txt"}


def test_a_folder_around_a_root_takes_it_in(tmp_path: Path) -> None:
    """Ingesting the folder above shows the files by their place in it, and reads none again."""
    inner = write(tmp_path / "outer" / "inner", a="Cats purr.")
    ingest(tmp_path / "store", inner)
    report = ingest(tmp_path / "store", tmp_path / "outer")
    assert (report.read, report.embedded, report.plan.unchanged) == (0, 0, 1)
    assert set(shown(tmp_path / "store")) == {"outer/inner/a.txt"}


def test_hidden_files_and_the_store_are_left_out(tmp_path: Path) -> None:
    """Neither hidden files nor lock files nor the store itself are documents."""
    folder = write(tmp_path / "in", a="Cats purr.")
    write(folder / ".git", b="Dogs bark.")
    (folder / ".hidden.txt").write_text("Owls hoot.")
    (folder / "~$a.txt").write_text("lock")
    ingest(folder / "store", folder)
    ingest(folder / "store", folder)
    assert shown(folder / "store") == {"in/a.txt": "indexed"}


def test_what_is_not_a_file_is_in_the_ledger(tmp_path: Path) -> None:
    """Links that lead away or in circles, pipes and files over the limit are named with the reason."""
    folder = write(tmp_path / "in", a="Cats purr.")
    outside = write(tmp_path / "out", secret="Dogs bark.")
    (folder / "away").symlink_to(outside / "secret.txt")
    (folder / "broken").symlink_to(folder / "nothing")
    (folder / "circle").symlink_to(folder / "circle")
    (folder / "up").symlink_to(folder)
    (folder / "same.txt").symlink_to(folder / "a.txt")
    os.mkfifo(folder / "pipe")
    with (folder / "big.txt").open("wb") as big:
        big.truncate(3 * 1024 * 1024)
    small = Settings(store=tmp_path / "store", max_file_mb=2)
    report = sync.ingest(small, [folder], load_words, quiet)
    assert {path: worded(entry.reason) for path, entry in report.unread} == {
        "in/away": "a link that leads outside the folder",
        "in/big.txt": "too large: 3 MB, limit 2 MB (max_file_mb)",
        "in/broken": "a link that leads nowhere",
        "in/circle": "a link that leads to itself",
        "in/pipe": "a named pipe, not a file",
        "in/up": "a link that leads back to itself",
    }
    assert {path for path, state in shown(tmp_path / "store").items() if state != "unread"} == {
        "in/a.txt",
        "in/same.txt",
    }
    assert sync.ingest(small, [folder], no_embedder, quiet).plan.unchanged == 8


def test_names_that_are_not_text_are_spelt_out(tmp_path: Path) -> None:
    """Bytes that are not UTF-8 and line breaks in a name cannot break a listing."""
    folder = write(tmp_path / "in")
    (Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt"))).write_text("Cats purr.", encoding="utf-8")
    (folder / "two\nlines.txt").write_text("Dogs bark.")
    ingest(tmp_path / "store", folder)
    assert shown(tmp_path / "store") == dict.fromkeys(["in/caf\\xe9.txt", "in/two\\nlines.txt"], "indexed")


def test_a_missing_path_changes_nothing(tmp_path: Path) -> None:
    """One path that is not there: one line, no store made, nothing ingested."""
    folder = write(tmp_path / "in", a="Cats purr.")
    with pytest.raises(UsageError, match=r"found nothing at .*/nowhere$") as missing:
        ingest(tmp_path / "store", folder, tmp_path / "nowhere")
    assert missing.value.path == tmp_path / "nowhere"
    assert not (tmp_path / "store").exists()


def test_an_empty_folder_is_refused_unless_it_was_emptied(tmp_path: Path) -> None:
    """Nothing to ingest is wrong use at first, and a deletion afterwards."""
    folder = write(tmp_path / "in")
    with pytest.raises(UsageError, match="holds no files"):
        ingest(tmp_path / "store", folder)
    write(folder, a="Cats purr.")
    ingest(tmp_path / "store", folder)
    (folder / "a.txt").unlink()
    assert ingest(tmp_path / "store", folder).plan.deleted == ("in/a.txt",)
    assert shown(tmp_path / "store") == {}


def test_plan_says_what_ingest_does(tmp_path: Path) -> None:
    """The plan is the ingest's own, and making it writes nothing."""
    folder = write(tmp_path / "in", a="Cats purr.", b="Dogs bark.", c="Owls hoot.", d="Bees hum.")
    config = Settings(store=tmp_path / "store")
    assert len(sync.plan(config, [folder]).added) == 4
    assert not config.store.exists()
    ingest(config.store, folder)
    (folder / "a.txt").rename(folder / "e.txt")
    (folder / "b.txt").unlink()
    write(folder, c="Owls hooted.", f="Frogs croak.")
    plan = sync.plan(config, [folder])
    assert plan.renamed == (("in/a.txt", "in/e.txt"),)
    assert (plan.added, plan.changed, plan.deleted) == (("in/f.txt",), ("in/c.txt",), ("in/b.txt",))
    assert plan.unchanged == 1
    assert sync.ingest(config, [folder], load_words, quiet).plan == plan


def test_an_edit_of_the_same_length_at_once_is_seen(tmp_path: Path) -> None:
    """A file written twice within one tick of the file system's clock is not taken for unchanged."""
    now = time.time_ns() + 1_000_000_000
    mirror(tmp_path, [MemorySource("/a", "Cats purr.", mtime_ns=now)], WordEmbedder())
    edited = MemorySource("/a", "Dogs bark.", mtime_ns=now)
    assert mirror(tmp_path, [edited], WordEmbedder()).plan.changed == ("a",)


def test_a_file_is_read_again_when_asked(tmp_path: Path) -> None:
    """With its copies in other folders, though nothing changed; what is embedded is not embedded again."""
    store, folders = tmp_path / "store", [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
        (folder / "cats.txt").write_bytes(b"Cats purr.")
    (folders[0] / "dogs.txt").write_bytes(b"Dogs bark.")
    ingest(store, *folders)
    old = document_ids(store)
    report = sync.reread(Settings(store=store), "b/cats.txt", load_words, quiet)
    assert (report.read, report.embedded, report.plan.changed) == (1, 0, ("a/cats.txt", "b/cats.txt"))
    new = document_ids(store)
    assert new["a/cats.txt"] == new["b/cats.txt"] != old["a/cats.txt"]
    assert new["a/dogs.txt"] == old["a/dogs.txt"]
    assert count(store, "documents") == 2
    with Generation.open(store, None) as generation:
        assert (generation.number, generation.verify()) == (2, [])


def test_an_unread_file_is_tried_again_when_asked(tmp_path: Path) -> None:
    """It stays unread where nothing is better; readers keep their generation then."""
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    ingest(tmp_path / "store", folder)
    report = sync.reread(Settings(store=tmp_path / "store"), "docs/bad.pdf", no_embedder, quiet)
    assert (report.generation, report.read) == (1, 1)


def test_a_file_that_is_gone_is_dropped_when_read_again(tmp_path: Path) -> None:
    """And a file that never was is named."""
    folder = tmp_path / "docs"
    folder.mkdir()
    for name in ("cats.txt", "dogs.txt"):
        (folder / name).write_text(name, encoding="utf-8")
    ingest(tmp_path / "store", folder)
    (folder / "cats.txt").unlink()
    chosen = Settings(store=tmp_path / "store")
    assert sync.reread(chosen, "docs/cats.txt", no_embedder, quiet).plan.deleted == ("docs/cats.txt",)
    with pytest.raises(UsageError, match="no_such_file"):
        sync.reread(chosen, "docs/cats.txt", no_embedder, quiet)
