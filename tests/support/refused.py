"""A file that is refused, and for which reason."""

import pytest

from ingest.errors import ReadError
from ingest.reasons import Code, Reason


def refused(code: Code, **params: str | int | Reason) -> pytest.RaisesExc[ReadError]:
    """As `pytest.raises`, of a ReadError for exactly this reason."""
    return pytest.raises(ReadError, check=lambda error: error.reason == Reason(code, **params))
