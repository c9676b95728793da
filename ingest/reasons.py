"""Why something was not read, shown or answered, as a value: it is worded where a person reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self

from ingest.characters import normalise

_LONGEST = 200  # characters of a text in a reason: a book may name its chapters at any length

Code = Literal[
    # A file that is not read.
    "other", "empty", "no_text", "no_text_and", "no_passages", "binary", "changed_while_read",
    "permission_denied", "cannot_be_opened", "cannot_be_read", "locked", "still_locked", "locked_container",
    "locked_by_seller", "too_large", "unpacks_too_large", "holds_too_much", "too_slow", "too_much_memory",
    "dead_link", "link_to_itself", "link_back", "link_outside", "link_to_folder", "named_pipe", "socket",
    "device",
    # A format that is not read.
    "unsupported_archive", "unsupported_compressed", "unsupported_data", "unsupported_database",
    "unsupported_image", "unsupported_office", "unsupported_opendocument",
    "unsupported_outlook", "unsupported_postscript", "unsupported_powerpoint", "unsupported_program",
    "unsupported_sound", "unsupported_spreadsheet", "unsupported_video",
    "unsupported_video_or_image", "unsupported_word",
    # Damage, and what it is.
    "damaged", "damaged_pdf", "damaged_page", "damaged_or_large_pdf", "damaged_or_large_page",
    "nested_too_deeply", "no_pages", "broken_xml", "malformed", "malformed_pdf", "no_package", "cut_off",
    "ended_process", "broken_part", "encrypted_mail", "sealed_mail", "body_not_read", "too_many_attached",
    "missing_chapter", "in_chapter", "bad_bytes", "bad_characters",
    # A page that is not read, or not surely.
    "no_text_layer", "garbled", "mostly_picture", "awaits_recognition", "recognised", "figures_in_doubt",
    "unrecognised", "nothing_recognised",
    "no_text_on_slide", "only_furniture", "chart_not_read", "object_not_read", "pictures_not_read",
    "formulas_without_values",
    "xfa_form", "words_backwards",
    "order_in_doubt", "lam_alef_in_doubt", "brackets_in_doubt",
    # A file read again.
    "gone", "read_no_more", "passages_moved",
    # A question that is not asked, a source that is not shown.
    "no_word", "question_too_long", "control_character", "none_left", "document_gone", "document_read_anew",
    "file_gone", "file_changed", "file_unopened", "page_missing", "page_unopened", "page_too_slow",
    "page_undrawn",
    # What stands in the way of a command, or of a click.
    "failed", "fault", "cancelled", "store_missing", "store_damaged", "store_outdated", "store_busy",
    "store_unusable", "store_problem", "model_mismatch", "model_unusable", "conversations_damaged",
    "conversations_outdated", "conversations_unusable", "not_kept", "not_removed", "no_such_file",
    "not_an_upload", "followed_no_more", "uploads_full",
]  # fmt: skip
ANOTHER_PASSWORD: frozenset[Code] = frozenset({"locked", "still_locked"})  # may do away with these
ANOTHER_LIMIT: frozenset[Code] = frozenset({"holds_too_much", "too_slow", "too_much_memory"})  # with these


@dataclass(frozen=True, slots=True, init=False)
class Reason:
    """`Reason("too_large", size=300, limit=200)`: what happened, and with what.

    `params` are sorted by name; texts among them are one clean line of at most 200 characters, as the
    system, a library or a file has them. A part may be a reason itself.
    """

    code: Code
    params: tuple[tuple[str, "str | int | Reason"], ...]

    def __init__(self, code: Code, **params: "str | int | Reason") -> None:
        clean = ((name, _clean(part) if isinstance(part, str) else part) for name, part in params.items())
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "params", tuple(sorted(clean)))

    def as_json(self) -> dict[str, Any]:
        """`{"code": "damaged", "problem": {"code": "cut_off"}}`."""
        parts = {name: part.as_json() if isinstance(part, Reason) else part for name, part in self.params}
        return {"code": self.code, **parts}

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Self:
        """The reason that `as_json` gave."""
        parts: dict[str, Any] = {
            name: cls.from_json(part) if isinstance(part, dict) else part for name, part in given.items()
        }
        return cls(**parts)


def _clean(text: str) -> str:
    return normalise(text)[:_LONGEST].rstrip()
