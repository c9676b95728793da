"""Imported by the process that reading processes are forked from: what each would else load for itself."""

import ingest.passages  # noqa: F401
import ingest.read  # noqa: F401
from ingest.language import language_of

language_of("A first guess at a language loads what guesses are made with.", "und")
