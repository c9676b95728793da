"""What a model's cosines are worth: beside words, and across languages.

A model says how alike two texts are on a scale of its own: all-MiniLM-L6-v2 from 0 to 1,
multilingual-e5-small from 0.7 to 0.93. `tests/measure/across_languages.py` measures the constants.
"""

from dataclasses import dataclass

from index.embedding.model_files import IN_INT8
from ingest.settings import MULTILINGUAL_MODEL, PACKAGED_MODEL


@dataclass(frozen=True, slots=True)
class Scale:
    """A model's constants.

    words: weight of the words, where the cosine has 1.
    foreign: what is added at least to the cosine of a passage in another language than the question's, since
        the model finds texts of one language more alike; 0 for a model of one language.
    """

    words: float
    foreign: float = 0.0


_SCALES = {PACKAGED_MODEL: Scale(1.6), MULTILINGUAL_MODEL: Scale(0.2, foreign=0.06)}


def scale_of(model: str) -> Scale:
    """The constants of the model of this name; those of the packaged one where none were measured."""
    return _SCALES.get(model.removesuffix(IN_INT8), _SCALES[PACKAGED_MODEL])
