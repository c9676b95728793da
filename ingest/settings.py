"""Every setting, in one frozen value that is passed down: command line, environment, file, default."""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from ingest.errors import UsageError

AUTO_MODEL = "auto"
PACKAGED_MODEL = "all-MiniLM-L6-v2"
MULTILINGUAL_MODEL = "multilingual-e5-small"
PACKAGED_READER = "mustanad-reader"
NO_READER = "none"
INT8 = "int8"
PRECISIONS = ("full", INT8)
SWITCH = ("on", "off")
STOPS = {"strict": 0.6, "balanced": 0.45, "generous": 0.2}  # thresholds by name; README: what each gives
# Confidence from which a quote below the threshold is shown as a possible answer: of such at least one in
# five is right in five of seven development sets, none of which it was fitted on (measure/fit_confidence.py).
POSSIBLE = 0.12
_NAMED: Mapping[str, Mapping[str, Any]] = {"threshold": STOPS, "model": {"multilingual": MULTILINGUAL_MODEL}}
_WORDS = {"precision": PRECISIONS, "ocr": SWITCH}
_RANGES = (
    ("passage_words", 20, 400),
    ("threshold", 0, 1),
    ("max_file_mb", 1, 100_000),
    ("max_uploads_mb", 1, 10_000_000),
    ("max_file_seconds", 1, 100_000),
    ("max_file_memory_mb", 512, 1_000_000),
    ("memory_mb", 512, 1_000_000),
)
_FILE = "mustanad.toml"


def _user_cache() -> Path:
    """The folder that this user's programs keep such things in, by the XDG Base Directory Specification."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mustanad"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user can set; each is also `MUSTANAD_<NAME>` and, but for `password`, a line of `mustanad.toml`.

    store: folder of the index.
    model: the embedding model: a packaged one, any sentence-transformers name or path, "multilingual", or
        "auto": the store's own or, in a new store, the multilingual one where the library is not English.
    precision: what the embedding model computes in, "full" or "int8": faster on some CPUs, a little off.
    reader: the packaged cross-encoder, "none", or the name or path of a sentence-transformers
        CrossEncoder or of a question-answering model of transformers.
    passage_words: words that a passage aims at, 20 to 400.
    threshold: confidence from which an answer is given, 0 to 1, or one of the STOPS by name.
    max_file_mb: size in MiB over which a file is not read.
    max_uploads_mb: MiB that all files uploaded to the chat may take together.
    max_file_seconds: time after which the reading of a file is given up.
    max_file_memory_mb: MiB of memory that the reading of a file may take.
    memory_mb: MiB of memory that an ingest may take above the model and the reading of files.
    ocr: "on" or "off": if pages without text are recognised in their pictures, where Tesseract is installed.
    ocr_languages: what their pictures may be written in, by Tesseract's names: "eng,ara".
    cache: folder of what is made of the models once; it may be deleted at any time.
    password: what opens encrypted PDFs, "" for none; not in a file, not compared.
    """

    store: Path = Path(".mustanad")
    model: str = AUTO_MODEL
    precision: str = PRECISIONS[0]
    reader: str = PACKAGED_READER
    passage_words: int = 100
    threshold: float = STOPS["balanced"]
    max_file_mb: int = 200
    max_uploads_mb: int = 2048
    max_file_seconds: int = 300
    max_file_memory_mb: int = 4096
    memory_mb: int = 1024
    ocr: str = SWITCH[0]
    ocr_languages: str = "eng,ara"
    cache: Path = field(default_factory=_user_cache)
    password: str = field(default="", repr=False, compare=False)

    def __post_init__(self) -> None:
        """Raises UsageError where a value is out of its range."""
        for name, low, high in _RANGES:
            value = getattr(self, name)
            if not low <= value <= high:
                message = f"expected {name} between {low} and {high}, found {value}"
                raise UsageError(message, setting=name, found=value)
        for name, words in _WORDS.items():
            word = getattr(self, name)
            if word not in words:
                message = f"expected {name} {' or '.join(words)}, found {word!r}"
                raise UsageError(message, setting=name, found=word)
        if not re.fullmatch(r"\w+(,\w+)*", self.ocr_languages):
            message = f'expected ocr_languages like "eng,ara", found {self.ocr_languages!r}'
            raise UsageError(message, setting="ocr_languages", found=self.ocr_languages)


def load_settings(
    given: Mapping[str, Any], environment: Mapping[str, str] = os.environ, folder: Path = Path()
) -> Settings:
    """Settings from what was given (None means not given), the environment and `folder/mustanad.toml`.

    Raises: UsageError for an unknown name in the file, or a value of the wrong type or range.
    """
    values: dict[str, Any] = {}
    names = [field.name for field in fields(Settings)]
    file = folder / _FILE
    if file.is_file():
        try:
            values = tomllib.loads(file.read_text(encoding="utf-8"))
        except ValueError as error:
            raise UsageError(f"{file}: expected TOML, {error}", path=file) from error
        known = [name for name in names if name != "password"]
        for name in values:
            if name not in known:
                message = f"{file}: expected one of {', '.join(known)}, found {name!r}"
                raise UsageError(message, path=file, setting=name)
    for name in names:
        value = environment.get(f"MUSTANAD_{name.upper()}")
        if value:
            values[name] = value
        if given.get(name) is not None:
            values[name] = given[name]
    return Settings(**{name: _converted(name, value) for name, value in values.items()})


def _converted(name: str, value: Any) -> Any:
    """The value in the setting's type; words are converted, and a whole number is a fraction too."""
    if isinstance(value, str):
        value = _NAMED.get(name, {}).get(value, value)
    default = getattr(Settings(), name)
    kind = Path if isinstance(default, Path) else type(default)
    fits = isinstance(value, (str, kind)) or (kind is float and isinstance(value, int))
    try:
        if not fits or isinstance(value, bool):
            raise TypeError
        return kind(value)
    except (TypeError, ValueError) as error:
        message = f"expected {name} to be of type {kind.__name__}, found {value!r}"
        raise UsageError(message, setting=name, found=value) from error
