"""One immutable file of vectors under passage ids, by FAISS: exact where it is small, coded where large.

A small segment keeps its vectors in half precision and is searched exhaustively. A large one keeps two
bits for each component (RaBitQ, Gao and others 2024, after a random rotation), a seventh of the bytes
to go through: it proposes candidates, which their stored vectors then rank.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import faiss
import numpy as np

from index.types import Ids, Vectors
from ingest.errors import REBUILD, StoreDamaged, StoreError

EXACT = 131_072  # vectors up to which a segment is exact

_BITS = 2  # for each component of a coded vector
_UNIT = 1e-3  # how far from 1 a row's norm may be
_BATCH = 4096  # vectors held in memory at once
_TRAINED = 65_536  # vectors that a coded segment's centre is taken from

Stored = Callable[[Sequence[int]], Vectors]  # ids to their unit rows, `(len(ids), dimension)` float32


class Segment:
    """An opened segment, memory-mapped; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        """Raises: StoreDamaged where `write` did not write the file."""
        try:
            index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        except RuntimeError as error:  # what FAISS raises for any file it cannot read
            raise StoreDamaged(path, f"expected vectors, cannot read {path}: {REBUILD}") from error
        if not isinstance(index, faiss.IndexIDMap):
            kind = type(index).__name__
            raise StoreDamaged(path, f"expected an IndexIDMap in {path}, found {kind}: {REBUILD}")
        self._index = index
        self.exact = isinstance(faiss.downcast_index(index.index), faiss.IndexScalarQuantizer)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def ids(self) -> Ids:
        """The passage ids, ascending, those removed since included."""
        return faiss.vector_to_array(self._index.id_map)

    def search(self, query: Vectors, k: int, within: faiss.IDSelector | None) -> tuple[Vectors, Ids]:
        """Cosines with one unit row, and ids, of the k highest: exact or, in a coded segment, estimated."""
        faiss.omp_set_num_threads(1)  # of this thread: to wake others costs more than one question is worth
        parameters = faiss.SearchParameters(sel=within) if within is not None else None  # type: ignore[call-arg]
        cosines, ids = self._index.search(query.reshape(1, -1), min(k, len(self)), params=parameters)
        filled = ids[0] >= 0
        return cosines[0][filled], ids[0][filled]


def write(path: Path, ids: Ids, stored: Stored) -> None:
    """A segment of these ascending ids.

    Raises: ValueError where a row is not of norm 1, StoreError where the file cannot be written.
    """
    dimension = stored(ids[:1].tolist()).shape[1]
    metric = faiss.METRIC_INNER_PRODUCT
    inner: faiss.Index = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, metric)
    if len(ids) > EXACT:
        turned = faiss.RandomRotationMatrix(dimension, dimension)
        inner = faiss.IndexPreTransform(turned, faiss.IndexRaBitQ(dimension, metric, _BITS))
        inner.train(_unit(stored(ids[:: -(-len(ids) // _TRAINED)].tolist())))
    index = faiss.IndexIDMap(inner)
    for batch, vectors in batches(ids, stored):
        index.add_with_ids(_unit(vectors), batch)
    try:
        faiss.write_index(index, str(path))
    except RuntimeError as error:
        raise StoreError(path, f"cannot write {path}: no space, or no permission") from error


def batches(ids: Ids, stored: Stored) -> Iterator[tuple[Ids, Vectors]]:
    """The ids with their vectors, 4,096 at a time."""
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        yield batch, stored(batch.tolist())


def selector(ids: Iterable[int]) -> faiss.IDSelector:
    """What restricts a search to these ids."""
    return faiss.IDSelectorBatch(np.fromiter(ids, dtype=np.int64))


def without(ids: Ids) -> faiss.IDSelector:
    """All but these ids."""
    return faiss.IDSelectorNot(faiss.IDSelectorBatch(ids))


def _unit(rows: Vectors) -> Vectors:
    """The rows. Raises: ValueError where one is not of norm 1: an inner product is no cosine of it."""
    norms = np.linalg.norm(rows, axis=1)
    if not np.all(np.abs(norms - 1) < _UNIT):
        raise ValueError(f"expected unit rows, found a norm of {norms[np.argmax(np.abs(norms - 1))]}")
    return rows
