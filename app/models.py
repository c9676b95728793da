"""Both models that the settings name, made ready side by side."""

import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from app.call import say
from app.cross_encoder import load_cross_encoder
from app.reader import CrossEncoder
from index.types import Embedder
from ingest.settings import Settings


def load_models(
    settings: Settings, load: Callable[[Settings], Embedder]
) -> tuple[Embedder, CrossEncoder | None]:
    """The embedder that `load` gives, and the cross-encoder. Raises: ModelError where one cannot be had."""
    with warnings.catch_warnings():
        # Both loads silence warnings, for all threads: the one that ends first must not bring them back.
        warnings.simplefilter("ignore")
        with ThreadPoolExecutor(1) as beside:
            encoder = beside.submit(load_cross_encoder, settings, say)
            return load(settings), encoder.result()
