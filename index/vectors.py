"""Dense retrieval: exact inner products over unit vectors, by FAISS."""

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from index.types import Vectors
from ingest.errors import StoreDamaged, StoreError

_UNIT = 1e-3  # how far from 1 a row's norm may be


class VectorIndex:
    """Unit vectors under passage ids, found by their cosine."""

    def __init__(self, index: faiss.IndexIDMap2) -> None:
        self._index = index

    @classmethod
    def empty(cls, dimension: int) -> "VectorIndex":
        """An index without vectors."""
        return cls(faiss.IndexIDMap2(faiss.IndexFlatIP(dimension)))

    @classmethod
    def load(cls, path: Path) -> "VectorIndex":
        """Raises: StoreDamaged where the file is not an index that `save` wrote."""
        try:
            index = faiss.read_index(str(path))
        except RuntimeError as error:  # what FAISS raises for any file it cannot read
            hint = "run `mustanad ingest` again, it rebuilds from the catalogue"
            raise StoreDamaged(path, f"expected a vector index, cannot read {path}: {hint}") from error
        if not isinstance(index, faiss.IndexIDMap2):
            found = type(index).__name__
            raise StoreDamaged(path, f"expected an IndexIDMap2 in {path}, found {found}: ingest again")
        return cls(index)

    def save(self, path: Path) -> None:
        """Raises: StoreError where the file cannot be written."""
        try:
            faiss.write_index(self._index, str(path))
        except RuntimeError as error:
            raise StoreError(path, f"cannot write {path}: no space, or no permission") from error

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Length of the vectors."""
        return int(self._index.d)

    def add(self, ids: Sequence[int], vectors: Vectors) -> None:
        """Adds `(len(ids), dimension)` float32 unit rows; ids are new.

        Raises: ValueError where the shape is another or a row is not of norm 1.
        """
        if vectors.shape != (len(ids), self.dimension):
            raise ValueError(f"expected vectors of shape {(len(ids), self.dimension)}, found {vectors.shape}")
        norms = np.linalg.norm(vectors, axis=1)
        if not np.all(np.abs(norms - 1) < _UNIT):
            raise ValueError(f"expected unit rows, found a norm of {norms[np.argmax(np.abs(norms - 1))]}")
        self._index.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), _array(ids))

    def remove(self, ids: Sequence[int]) -> int:
        """Removes these ids; returns how many were there."""
        return int(self._index.remove_ids(_array(ids)))  # type: ignore[arg-type]

    def search(self, query: Vectors, k: int, within: Sequence[int] | None = None) -> dict[int, float]:
        """The k ids of highest cosine, -1 to 1, best first; `query` is one unit row, `(dimension,)`.

        `within` restricts it to these ids.
        """
        k = min(k, len(self) if within is None else len(within), len(self))
        if k <= 0:
            return {}
        parameters = None
        if within is not None:
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBatch(_array(within)))  # type: ignore[call-arg]
        scores, ids = self._index.search(query.reshape(1, -1).astype(np.float32), k, params=parameters)
        return {int(i): float(score) for i, score in zip(ids[0], scores[0], strict=True) if i >= 0}

    def cosines(self, query: Vectors, ids: Sequence[int]) -> dict[int, float]:
        """Cosine of each id with one unit row, `(dimension,)`. Raises: KeyError for an unknown id."""
        if not ids:
            return {}
        try:
            rows = self._index.reconstruct_batch(_array(ids))
        except RuntimeError as error:  # what FAISS raises for an id it does not hold
            raise KeyError(str(error)) from error
        return {i: float(score) for i, score in zip(ids, rows @ query.astype(np.float32), strict=True)}


def _array(ids: Sequence[int]) -> npt.NDArray[np.int64]:
    """The ids as FAISS takes them."""
    return np.asarray(ids, dtype=np.int64)
