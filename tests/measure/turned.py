"""How many Arabic words are spelt back after their lam-alef was turned, and how many others are changed.

    python -m tests.measure.turned

The words are those of the development set arcd_train.
"""

import json
import re

from ingest.spelling.turned import is_turned, probable
from tests.measure.bench import EVAL

_WORD = re.compile("[\u0621-\u064a]+")
_MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")


def turned(text: str) -> str:
    """The text as an export stores it that turns lam-alef."""
    return re.sub("ل([اأإآ])", r"\1ل", text)


def main() -> None:
    """Print a line for words and one for paragraphs."""
    rows = (EVAL / "arcd_train" / "corpus.jsonl").read_text("utf-8").splitlines()
    texts = [_MARKS.sub("", json.loads(row)["text"]) for row in rows]
    words = [word for text in texts for word in _WORD.findall(text)]
    hit = [word for word in words if turned(word) != word]
    others = [word for word in words if turned(word) == word]
    back = sum(probable(turned(word)) == word for word in hit)
    changed = sum(probable(word) != word for word in others)
    print(f"words: {back} of {len(hit)} spelt back, {changed} of {len(others)} others changed")
    seen, false = sum(is_turned(turned(text)) for text in texts), sum(map(is_turned, texts))
    print(f"paragraphs: {seen} of {len(texts)} noticed, {false} without cause")


if __name__ == "__main__":
    main()
