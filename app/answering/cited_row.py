"""What the row of a table says, as it is cited: its label, and each value with what heads its column."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class CitedRow:
    """What a table's row says: its label, and each value with what heads its column, "" where nothing does.

    `asked` is the index of the column whose value answers, None where that is not known.
    """

    label: str
    columns: tuple[tuple[str, str], ...]
    asked: int | None

    @property
    def explains(self) -> bool:
        """True if it says more than its words alone: what heads any of its values."""
        return any(head for head, _ in self.columns)

    def as_json(self) -> dict[str, Any]:
        """As design.md spells it."""
        return {"label": self.label, "columns": [list(pair) for pair in self.columns], "asked": self.asked}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """The row from what `as_json` gave."""
        return cls(kept["label"], tuple((head, value) for head, value in kept["columns"]), kept.get("asked"))
