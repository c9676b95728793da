"""The derived files of a generation: where they lie, and whether they are what was written."""

from pathlib import Path

from index.hashes import file_sha256
from index.rows import GenerationRow, Model
from ingest.errors import ModelMismatch, StoreDamaged

VECTORS = "vectors"
TERMS = "terms-2"  # rename it when a passage is indexed under other terms: the next ingest rebuilds them


def generation_folder(directory: Path, number: int) -> Path:
    """Where the derived files of a generation lie."""
    return directory / "generations" / str(number)


def check_files(folder: Path, row: GenerationRow, deep: bool) -> None:
    """Raises: StoreDamaged where a derived file's size, and if `deep` its bytes, are not as written.

    Also where they are of a version that indexed passages under other terms.
    """
    hint = "run `mustanad ingest` again, it rebuilds from the catalogue"
    if not any(name.startswith(f"{TERMS}/") for name in row.manifest):
        raise StoreDamaged(folder, f"expected {TERMS} in {folder}, found files of another version: {hint}")
    for name, (size, sha256) in row.manifest.items():
        file = folder / name
        problem = ""
        if not file.is_file():
            problem = "is missing"
        elif file.stat().st_size != size:
            problem = f"expected {size} bytes, found {file.stat().st_size}"
        elif deep and file_sha256(file) != sha256:
            problem = "is not what was written"
        if problem:
            raise StoreDamaged(folder, f"{file}: {problem}: {hint}")


def mismatch(directory: Path, model: Model, name: str, sha256: str) -> ModelMismatch:
    """The error that says which model the store has and which one was found."""
    return ModelMismatch(
        directory,
        f"{directory} was embedded with {model.name} ({model.sha256[:12]}), "
        f"found {name} ({sha256[:12]}): set that model again, use another --store, or delete this one",
    )
