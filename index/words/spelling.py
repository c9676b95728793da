"""Slips of the pen: how many lie between two words, and which known word a slip was meant for."""

from collections.abc import Callable, Iterable

_SHORTEST = 5  # letters of a word that is put right: a shorter one is near too many others
_LONG = 8  # letters from which on two slips are put right


def slips_allowed(word: str) -> int:
    """How many slips a word may be away from the one that was meant; 0 for what is left as it is."""
    if len(word) < _SHORTEST or not word.isalpha():
        return 0
    return 2 if len(word) >= _LONG else 1


def meant(word: str, known: Iterable[str], count: Callable[[str], int]) -> str:
    """The known word that is fewest slips away and, of those, the most frequent; the word itself for none.

    One of two letters more or fewer is another word rather than a slip: "direct" is not the "direcotr".
    """
    allowed = slips_allowed(word)
    near = {other: slips(word, other) for other in set(known) if abs(len(other) - len(word)) <= 1}
    return min(
        (other for other, distance in near.items() if distance <= allowed),
        key=lambda other: (near[other], -count(other), other),
        default=word,
    )


def slips(one: str, other: str) -> int:
    """Letters to change, leave out, put in or swap: `slips("direcotr", "director") -> 1`.

    The optimal string alignment distance; Damerau (1964), "A technique for computer detection and
    correction of spelling errors".
    """
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b)))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                row[-1] = min(row[-1], last[j - 2] + 1)
    return row[-1]
