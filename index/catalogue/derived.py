"""The derived files of a generation: where they lie, and whether they are what was written."""

from pathlib import Path

from index.catalogue.rows import GenerationRow
from index.disk import file_sha256
from ingest.errors import REBUILD, StoreDamaged

VECTORS = "vectors"
TERMS = "terms-5"  # rename it when a passage is indexed under other terms: the next ingest rebuilds them
SMALL = 2_000  # passages up to which an index is written anew rather than left with removed ones


def generation_folder(directory: Path, number: int) -> Path:
    """Where the derived files of a generation lie."""
    return directory / "generations" / str(number)


def check_files(folder: Path, row: GenerationRow, deep: bool) -> None:
    """Raises: StoreDamaged where a derived file's size, and if `deep` its bytes, are not as written.

    Also where they are of a version that indexed passages under other terms.
    """
    if not any(name.startswith(f"{TERMS}/") for name in row.manifest):
        raise StoreDamaged(folder, f"expected {TERMS} in {folder}, found files of another version: {REBUILD}")
    for name, (size, sha256) in row.manifest.items():
        if problem := _problem(folder / name, size, sha256 if deep else None):
            raise StoreDamaged(folder, f"{folder / name}: {problem}: {REBUILD}")


def _problem(file: Path, size: int, sha256: str | None) -> str | None:
    """Why the file is not of that size and, where one is given, that hash; None where it is."""
    try:
        if (there := file.stat().st_size) != size:
            return f"expected {size} bytes, found {there}"
        whole = sha256 is None or file_sha256(file) == sha256
    except (FileNotFoundError, NotADirectoryError):  # perhaps since an ingest clears it away just now
        return "is missing"
    return None if whole else "is not what was written"
