"""Dense retrieval: the segments of a generation, and how the next generation's are made of them."""

import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.catalogue.derived import SMALL
from index.dense.recall import recall
from index.dense.segments import EXACT, Segment, Stored, selector, without, write
from index.disk import link
from index.types import Ids, Vectors
from ingest.errors import REBUILD, StoreDamaged

LARGEST = 262_144  # most vectors in a segment, so that no change rewrites more
_LIST = "segments.json"
_NONE: Ids = np.empty(0, np.int64)
_NOTHING = np.empty(0, np.float32), _NONE  # what a search of no segment gives
_PROPOSED = 300  # candidates taken from coded segments to be ranked by their stored vectors


class VectorIndex:
    """Unit vectors by passage id, searched by cosine.

    `recall` is the share of the nearest ten that a search finds, as it was measured when the last
    coded segment was written; 1 where every search goes through every vector.
    """

    def __init__(self, folder: Path, stored: Stored) -> None:
        """`stored` gives the vectors of ids, those that are searched by.

        Raises: StoreDamaged where the folder does not hold what `update` wrote.
        """
        self._stored = stored
        listed = _listed(folder)
        self._segments = [Segment(folder / name) for name in listed.names]
        self._live = without(listed.dead) if len(listed.dead) else None
        self._count = sum(map(len, self._segments)) - len(listed.dead)
        self.recall = 1.0 if all(segment.exact for segment in self._segments) else listed.recall
        self._threads = ThreadPoolExecutor(os.cpu_count(), "vectors")

    def __len__(self) -> int:
        return self._count

    def close(self) -> None:
        """Close the index; nothing can be searched any more."""
        self._threads.shutdown()
        del self._segments

    def search(self, query: Vectors, k: int, within: Sequence[int] | Ids | None = None) -> dict[int, float]:
        """The k ids of highest cosine, -1 to 1, best first; `query` is one unit row, `(dimension,)`.

        `within` restricts it to these ids. Where a segment is coded a few of the k may be missed.
        """
        k = min(k, len(self) if within is None else len(within))
        if k <= 0:
            return {}
        chosen = self._live if within is None else selector(within)
        exact = [segment.search(query, k, chosen) for segment in self._segments if segment.exact]
        cosines, ids = (np.concatenate(parts) for parts in zip(_NOTHING, *exact, strict=True))
        coded = [segment for segment in self._segments if not segment.exact]
        if coded:
            most = max(k, _PROPOSED)
            estimated = list(self._threads.map(lambda segment: segment.search(query, most, chosen), coded))
            estimates, proposed = (np.concatenate(parts) for parts in zip(*estimated, strict=True))
            proposed = proposed[np.argsort(-estimates)[:most]]
            ids = np.concatenate([ids, proposed])
            cosines = np.concatenate([cosines, self._stored(proposed.tolist()) @ query])
        best = np.argsort(-cosines)[:k]
        return dict(zip(ids[best].tolist(), cosines[best].tolist(), strict=True))

    def cosines(self, query: Vectors, ids: Sequence[int]) -> dict[int, float]:
        """Cosine of each id with one unit row, `(dimension,)`.

        Raises: StoreDamaged where an id has no vector.
        """
        return dict(zip(ids, (self._stored(ids) @ query).tolist(), strict=True)) if ids else {}


def update(
    folder: Path,
    previous: Path | None,
    removed: Sequence[int] | Ids,
    added: Sequence[int] | Ids,
    stored: Stored,
) -> int:
    """Makes `folder` the index of what `previous` holds, less the removed ids and with the added ones.

    Segments stay as they are: removed ids are listed, added ones make a segment of their own. One is
    merged with it that is not larger than all that is merged so far, so that each vector is written
    anew a logarithmic number of times; so is one that is mostly dead, or small with any dead.

    Returns: how many ids the index holds.

    Raises: StoreDamaged where `previous` cannot be read or does not hold the removed ids.
    """
    folder.mkdir(parents=True)
    parts, known_recall = _previous(previous, removed)
    merged = _to_merge(parts, len(added))
    kept = [part for part in parts if part not in merged]
    for part in kept:
        link(part.path, folder / part.path.name)
    new = np.sort(np.concatenate([np.asarray(added, dtype=np.int64), *(part.live for part in merged)]))
    number = 1 + max((int(part.path.stem) for part in parts), default=0)
    names = [part.path.name for part in kept]
    for start in range(0, len(new), LARGEST):
        names.append(f"{number + start // LARGEST}.faiss")
        write(folder / names[-1], new[start : start + LARGEST], stored)
    dead = np.sort(np.concatenate([_NONE, *(part.dead for part in kept)]))
    _Listed(names, dead, known_recall).save(folder)
    with closing(VectorIndex(folder, stored)) as index:
        if len(new) > EXACT:
            live = np.concatenate([new, *(part.live for part in kept)])
            _Listed(names, dead, recall(index.search, live, stored)).save(folder)
        return len(index)


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """A segment of the previous index: its file, its ids that stay and those that are removed."""

    path: Path
    live: Ids
    dead: Ids

    def __len__(self) -> int:
        return len(self.live) + len(self.dead)


def _previous(folder: Path | None, removed: Sequence[int] | Ids) -> tuple[list[_Part], float]:
    """The segments of the previous index, if there is one, and its recall.

    Raises: StoreDamaged where it cannot be read or does not hold the removed ids.
    """
    if folder is None:
        return [], 1.0
    old = _listed(folder)
    dead = np.union1d(old.dead, np.asarray(removed, dtype=np.int64))
    parts = []
    for name in old.names:
        ids = Segment(folder / name).ids
        is_dead = np.isin(ids, dead)
        parts.append(_Part(folder / name, ids[~is_dead], ids[is_dead]))
    if lost := len(old.dead) + len(removed) - sum(len(part.dead) for part in parts):
        raise StoreDamaged(folder, f"{lost} of {len(removed)} passages to remove have no vector")
    return parts, old.recall


def _to_merge(parts: Sequence[_Part], added: int) -> list[_Part]:
    """Which segments to merge with so many added ids."""
    merged = [part for part in parts if 2 * len(part.live) < len(part) or len(part.live) < len(part) <= SMALL]
    collected = added + sum(len(part.live) for part in merged)
    for part in reversed(parts):
        if part not in merged and len(part.live) <= collected < LARGEST:
            merged.append(part)
            collected += len(part.live)
    return merged


@dataclass(frozen=True, slots=True)
class _Listed:
    """The segments' file names, oldest first, the ids in them that are removed, ascending, the recall."""

    names: list[str]
    dead: Ids
    recall: float

    def save(self, folder: Path) -> None:
        listed = [self.names, self.dead.tolist(), self.recall]
        (folder / _LIST).write_text(json.dumps(listed), encoding="utf-8")


def _listed(folder: Path) -> _Listed:
    """Raises: StoreDamaged where there is no list."""
    try:
        names, dead, share = json.loads((folder / _LIST).read_bytes())
    except (OSError, ValueError) as error:
        raise StoreDamaged(folder, f"expected vectors, cannot read {folder / _LIST}: {REBUILD}") from error
    return _Listed(names, np.asarray(dead, dtype=np.int64), share)
