"""Which model "auto" is: the one that the store has or, of a new library, the one that fits its languages."""

from collections.abc import Iterable
from dataclasses import replace

from index.catalogue.database import current
from index.embedding.model_files import IN_INT8
from ingest.errors import StoreMissing
from ingest.settings import AUTO_MODEL, INT8, MULTILINGUAL_MODEL, PACKAGED_MODEL, Settings

# Share of a library's passages from which it is multilingual. English development sets are told to be in
# other languages by 1.4% at most; from one passage in twenty on, people will ask for what it says.
_MULTILINGUAL = 0.05


def named(settings: Settings, name: str) -> Settings:
    """The settings with the model that a store records under this name, where they leave the choice."""
    if settings.model != AUTO_MODEL:
        return settings
    model = name.removesuffix(IN_INT8)
    return replace(settings, model=model, precision=settings.precision if model == name else INT8)


def of_store(settings: Settings) -> Settings:
    """The settings with the store's model; where there is no store, with the one that a first ingest has.

    Raises: StoreDamaged, StoreOutdated.
    """
    try:
        return named(settings, current(settings.store).model.name)
    except StoreMissing:
        return suited(settings, 0.0)


def suited(settings: Settings, not_english: float) -> Settings:
    """The settings with the model that fits a library of this share of passages not in English."""
    return named(settings, MULTILINGUAL_MODEL if not_english >= _MULTILINGUAL else PACKAGED_MODEL)


def better(name: str, not_english: float) -> str | None:
    """The model that a library has outgrown this one for, if it has."""
    is_packaged = name.removesuffix(IN_INT8) == PACKAGED_MODEL
    return MULTILINGUAL_MODEL if is_packaged and not_english >= _MULTILINGUAL else None


def not_english(counts: Iterable[tuple[str | None, int]]) -> float:
    """Share of the passages, 0 to 1, given by language, None where unknown, and number.

    `not_english([("en", 15), ("ar", 4), (None, 1)]) -> 0.2`
    """
    counted = list(counts)
    others = sum(passages for language, passages in counted if language not in (None, "en"))
    return others / max(sum(passages for _, passages in counted), 1)
