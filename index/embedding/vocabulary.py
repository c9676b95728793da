"""What a model was trained to read, as its tokenizer tells: scripts, and whole words."""

import re
from functools import cache

from tokenizers import Tokenizer

from index.embedding.model_files import packaged_folder

_SPACE = "\u2581"  # what sentencepiece's tokenizers put before each word, alone or at its first piece
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def mostly_latin(text: str) -> bool:
    """True if at least half of the text's letters are Latin ones; so they are where there is none."""
    letters = list(filter(str.isalpha, text))
    return 2 * sum(letter < "\u0250" or "\u1e00" <= letter < "\u1f00" for letter in letters) >= len(letters)


def has_word(tokenizer: Tokenizer, unknown: int | None, word: str) -> bool:
    """True if the tokenizer has the whole word, or the packaged model's, which has the most English ones."""
    return _is_one_piece(tokenizer, unknown, word) or _is_one_piece(*_packaged(), word)


@cache
def _packaged() -> tuple[Tokenizer, int | None]:
    """The packaged model's tokenizer and its unknown piece."""
    tokenizer = Tokenizer.from_file(str(packaged_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    return tokenizer, tokenizer.token_to_id("[UNK]")


def _is_one_piece(tokenizer: Tokenizer, unknown: int | None, word: str) -> bool:
    found = tokenizer.encode(word, add_special_tokens=False)
    pieces = [piece for token, piece in zip(found.tokens, found.ids, strict=True) if token != _SPACE]
    return len(pieces) == 1 and pieces[0] != unknown


def tokenizer_knows(tokenizer: Tokenizer, unknown: int | None, text: str) -> bool:
    """True if a model's tokenizer has pieces of several letters for at least half of the text's letters.

    A script that the model was not trained on falls to `unknown` pieces and single characters; of one
    that is written without spaces a character is a word. Of a text that is cut, what is left counts.
    """
    pieces = tokenizer.encode(text, add_special_tokens=False)
    read = text[: pieces.offsets[-1][1]] if pieces.overflowing else text
    known = sum(
        sum(map(str.isalpha, text[start:end]))
        for (start, end), piece in zip(pieces.offsets, pieces.ids, strict=True)
        if (end - start > 1 or _IDEOGRAPH.match(text, start)) and piece != unknown
    )
    return 2 * known >= sum(map(str.isalpha, read))
