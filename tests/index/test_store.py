"""A reader sees one whole generation, or one line that says what is wrong and what to do."""

import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from index import sync
from index.catalogue.database import current
from index.catalogue.derived import TERMS, VECTORS, generation_folder
from index.catalogue.tables import FORMAT, NAME
from index.search import search
from index.store import Generation
from index.types import Embedder, Load, Query
from ingest.errors import ModelMismatch, StoreDamaged, StoreError, StoreMissing, StoreOutdated
from ingest.settings import Settings
from tests.support.fakes import MemorySource, WordEmbedder, load_words


def no_embedder(_: Settings) -> Embedder:
    """For runs that must not load a model."""
    raise AssertionError("the embedder was loaded")


def mirror(store: Path, load: Load = load_words, **texts: str) -> int:
    """A store of these files; returns the generation's number."""
    sources = [MemorySource(f"/{name}", text, mtime_ns=hash(text)) for name, text in texts.items()]
    return sync.mirror(Settings(store=store), sources, load, lambda _: None).generation


def names(generation: Generation, question: str, *phrases: str) -> list[str]:
    """First names of the documents found."""
    return [hit.paths[0] for hit in search(generation, WordEmbedder(), Query(question, (), phrases), 5)]


def one_line(error: BaseException) -> str:
    """The error's text, which is one line."""
    assert "\n" not in str(error)
    return str(error)


def test_a_reader_keeps_its_generation(tmp_path: Path) -> None:
    """While others are published, an open generation answers as before; a new one sees the new."""
    assert mirror(tmp_path, a="Cats purr.") == 1
    with Generation.open(tmp_path, None) as first:
        mirror(tmp_path, b="Dogs bark.")
        mirror(tmp_path, c="Owls hoot.")
        mirror(tmp_path, d="Bees hum.")
        assert names(first, "cats") == ["a"]
        assert [file.path for file in first.status().files] == ["a"]
        hit = search(first, WordEmbedder(), Query("cats"), 1)[0]
        assert first.document(hit.document_id).text == "Cats purr."
        with Generation.open(tmp_path, None) as last:
            assert names(last, "bees cats") == ["d"]
            assert (first.number, last.number, current(tmp_path).number) == (1, 4, 4)
    assert sorted(path.name for path in (tmp_path / "generations").iterdir()) == ["3", "4"]


def test_readers_open_while_generations_are_published(tmp_path: Path) -> None:
    """Opening never fails, and never sees a part, however the publishing falls in between."""
    mirror(tmp_path, a="Cats purr. 0")
    problems: list[object] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                with Generation.open(tmp_path, None) as generation:
                    found = [hit.passage.text for hit in search(generation, WordEmbedder(), Query("cats"), 5)]
                    if len(found) != 1 or generation.status().passages != 1:
                        problems.append(found)
            except StoreError as error:
                problems.append(error)

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for n in range(1, 9):
        mirror(tmp_path, a=f"Cats purr. {n}")
    done.set()
    for thread in threads:
        thread.join()
    assert problems == []


def test_one_generation_serves_many_threads(tmp_path: Path) -> None:
    """Searches at the same time find what they find alone."""
    texts = {f"f{n}": f"The number {n} stands alone." for n in range(30)}
    mirror(tmp_path, **texts)
    with Generation.open(tmp_path, None) as generation:
        found: dict[int, list[str]] = {}

        def ask(n: int) -> None:
            for _ in range(5):
                found[n] = names(generation, "what is it?", f"number {n}")

        threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == {n: [f"f{n}"] for n in range(8)}


def test_documents_come_back_as_they_were_read(tmp_path: Path) -> None:
    """Pages, blocks, spans and ledger survive the store."""
    source = MemorySource("/a", "Cats purr.\fDogs bark.\n\nOwls hoot.", pages_unread=(7,))
    sync.mirror(Settings(store=tmp_path), [source], load_words, lambda _: None)
    with Generation.open(tmp_path, None) as generation:
        hit = search(generation, WordEmbedder(), Query("owls"), 1)[0]
        document = generation.document(hit.document_id)
        assert document == source.read()
        assert document.text[hit.passage.start : hit.passage.end] == hit.passage.text
        with pytest.raises(KeyError):
            generation.document(999)


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    """No folder, an empty folder and an empty catalogue all say what to run, and nothing is made."""
    for folder in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(StoreMissing, match="run `mustanad ingest FOLDER` first") as raised:
            Generation.open(folder, None)
        assert str(folder) in one_line(raised.value)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / NAME).touch()
    with pytest.raises(StoreMissing):
        current(tmp_path)
    assert mirror(tmp_path, a="Cats purr.") == 1


def test_a_file_that_is_no_catalogue(tmp_path: Path) -> None:
    """Other bytes, and another program's database, are refused by readers and writers alike."""
    (tmp_path / NAME).write_bytes(b"not a database at all" * 100)
    for use in (lambda: Generation.open(tmp_path, None), lambda: mirror(tmp_path, a="Cats purr.")):
        with pytest.raises(StoreDamaged, match="delete") as raised:
            use()
        assert NAME in one_line(raised.value)
    (tmp_path / NAME).unlink()
    with sqlite3.connect(tmp_path / NAME) as other:
        other.execute("CREATE TABLE books (id)")
    other.close()
    with pytest.raises(StoreDamaged, match="another database"):
        Generation.open(tmp_path, None)


def test_a_damaged_catalogue(tmp_path: Path) -> None:
    """Pages of the catalogue that were overwritten are found, by use or by verify."""
    mirror(tmp_path, **{f"f{n}": f"The number {n} stands alone." for n in range(200)})
    file = tmp_path / NAME
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + bytes(len(whole) - 4096))
    with pytest.raises(StoreDamaged, match="delete") as raised:
        Generation.open(tmp_path, None)
    one_line(raised.value)


def test_another_format_is_named(tmp_path: Path) -> None:
    """A store of another format says both numbers and what to do."""
    mirror(tmp_path, a="Cats purr.")
    with sqlite3.connect(tmp_path / NAME) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    for use in (lambda: Generation.open(tmp_path, None), lambda: mirror(tmp_path, a="Dogs bark.")):
        with pytest.raises(StoreOutdated, match=f"expected a store of format {FORMAT}, found 99: delete"):
            use()


def test_another_model_is_named(tmp_path: Path) -> None:
    """A store opens for its own model, or for none."""
    mirror(tmp_path, a="Cats purr.")
    Generation.open(tmp_path, WordEmbedder().sha256).close()
    with pytest.raises(ModelMismatch, match="all-MiniLM-L6-v2") as raised:
        Generation.open(tmp_path, "0" * 64)
    assert "000000000000" in one_line(raised.value)


def remove(path: Path) -> None:
    """The file or folder is gone."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def cut(path: Path) -> None:
    """The file's end is gone."""
    path.write_bytes(path.read_bytes()[:-1])


def flip(path: Path) -> None:
    """A bit in the middle of the file is another."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("", remove),
        (f"{VECTORS}/1.faiss", remove),
        (f"{VECTORS}/1.faiss", cut),
        (f"{VECTORS}/segments.json", remove),
        (TERMS, remove),
        (f"{TERMS}/meta.json", remove),
        (f"{TERMS}/meta.json", cut),
    ],
)
def test_lost_derived_files_are_built_again(
    tmp_path: Path, name: str, damage: Callable[[Path], None]
) -> None:
    """A damaged generation is refused with what to run, and that heals it without the model."""
    mirror(tmp_path, a="Cats purr.", b="Dogs bark.")
    damage(generation_folder(tmp_path, 1) / name)
    with pytest.raises(StoreDamaged, match="run `mustanad ingest` again") as raised:
        Generation.open(tmp_path, None)
    one_line(raised.value)
    assert mirror(tmp_path, no_embedder, a="Cats purr.", b="Dogs bark.") == 2
    with Generation.open(tmp_path, None) as generation:
        assert generation.verify() == []
        assert names(generation, "dogs")[0] == "b"


@pytest.mark.parametrize("change", ["none", "add"])
def test_terms_of_another_version_are_built_again(tmp_path: Path, change: str) -> None:
    """A store indexed under other terms is refused with what to run, and that needs no model for old text."""
    mirror(tmp_path, a="Cats purr.")
    folder = generation_folder(tmp_path, 1)
    (folder / TERMS).rename(folder / "terms")
    with closing(sqlite3.connect(tmp_path / NAME)) as connection, connection:
        connection.execute("UPDATE generation SET manifest = replace(manifest, ?, 'terms')", (TERMS,))
    with pytest.raises(StoreDamaged, match="another version: run `mustanad ingest` again") as raised:
        Generation.open(tmp_path, None)
    one_line(raised.value)
    embedder = WordEmbedder()
    mirror(tmp_path, lambda _: embedder, a="Cats purr.", **({} if change == "none" else {"b": "Dogs bark."}))
    assert embedder.embedded == ([] if change == "none" else ["Dogs bark."])
    with Generation.open(tmp_path, None) as generation:
        assert generation.verify() == []
        assert names(generation, "cats")[0] == "a"


@pytest.mark.parametrize("change", ["none", "add", "edit"])
def test_a_flipped_bit_is_found_and_healed(tmp_path: Path, change: str) -> None:
    """Damage that keeps a file's size is found by verify, and never carried into the next generation."""
    mirror(tmp_path, a="Cats purr.", b="Dogs bark.")
    flip(generation_folder(tmp_path, 1) / VECTORS / "1.faiss")
    with Generation.open(tmp_path, None) as generation:
        assert [problem.split(": ")[1] for problem in generation.verify()] == ["is not what was written"]
    texts = {"none": {}, "add": {"c": "Owls hoot."}, "edit": {"b": "Dogs howl."}}[change]
    mirror(tmp_path, **{"a": "Cats purr.", "b": "Dogs bark.", **texts})
    with Generation.open(tmp_path, None) as generation:
        assert generation.verify() == []


def test_globs_name_documents(tmp_path: Path) -> None:
    """By the whole path or its last part, whatever the case; what is a path as it stands names that alone."""
    texts = ("notes.md", "in/Notes.md", "in/sub/b.txt", "out/b.txt", "[b].txt")
    sources = [MemorySource(f"/{key}", f"Cats of {key}") for key in texts]
    sources.append(MemorySource("/b.txt", "x", problem="no text layer"))
    sync.mirror(Settings(store=tmp_path), sources, load_words, lambda _: None)
    with Generation.open(tmp_path, None) as generation:

        def named(*globs: str) -> list[str]:
            found = generation.ids(generation.matching(globs))
            return sorted(generation.paths(one)[0] for one in found or ())

        assert named("NOTES.md") == ["notes.md"]
        assert named("in/notes.md") == ["in/Notes.md"]
        assert named("*notes.md") == ["in/Notes.md", "notes.md"]
        assert named("in/*") == ["in/Notes.md", "in/sub/b.txt"]
        assert named("notes.md", "out/*") == ["notes.md", "out/b.txt"]
        assert named("[b].txt") == ["[b].txt"]
        assert named("b.txt") == []  # there, and unread
        assert named("nothing") == named() == []
        assert generation.ids(generation.matching(["*"])) is None


def test_a_chosen_document_is_itself_in_the_next_generation(tmp_path: Path) -> None:
    """It is known by its bytes: neither what takes its place nor its path is chosen in its stead."""
    mirror(tmp_path, a="Cats purr.", b="Dogs bark.")
    with Generation.open(tmp_path, None) as generation:
        chosen = generation.matching(["a"])
    mirror(tmp_path, a="Owls hoot.", b="Dogs bark.", c="Cats purr.")
    with Generation.open(tmp_path, None) as generation:
        assert [generation.paths(one) for one in generation.ids(chosen) or ()] == [("c",)]
    shutil.rmtree(tmp_path)
    mirror(tmp_path, a="Owls hoot.")
    with Generation.open(tmp_path, None) as generation:
        assert generation.ids(chosen) == set()
