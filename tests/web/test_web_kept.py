"""Gradio's files, kept: each client gets an encoding that it accepts, and the same bytes."""

import gzip
from pathlib import Path

import gradio
import httpx
import pytest

from app.web.http.kept import best_encoding

ASSETS = Path(gradio.__file__).parent / "templates" / "frontend" / "assets"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br; q=0.000, gzip;q=0.5", "gzip"),
        ("br;q=0.1", "br"),
        ("br;q=0, gzip;q=0", ""),
        ("identity", ""),
        ("", ""),
        ("*", "br"),
        ("*;q=0", ""),
        ("br;q=0, *", "gzip"),
        ("brotli, xgzip", ""),
        (";;,,q=", ""),
    ],
)
def test_an_encoding_is_one_that_is_accepted(accepted: str, encoding: str) -> None:
    """The first of brotli and gzip whose weight is not 0; a star stands for all that are not named."""
    assert best_encoding(accepted) == encoding


@pytest.mark.parametrize("again", [False, True])
def test_every_client_can_read_a_kept_file(address: str, again: bool) -> None:
    """Whoever asked before, and how: compressed only for who says so, and to the file's own bytes."""
    name = max(ASSETS.glob("*.js"), key=lambda path: path.stat().st_size).name
    with httpx.Client(base_url=address, timeout=60) as client:
        for accepted in ["br", "identity", "gzip", "", "br;q=0", "gzip;q=0, br"]:
            request = client.build_request("GET", f"/assets/{name}", headers={"Accept-Encoding": accepted})
            answer = client.send(request, stream=True)
            body = b"".join(answer.iter_raw())
            answer.close()
            assert answer.headers.get("content-encoding", "") == best_encoding(accepted)
            assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
            if answer.headers.get("content-encoding") != "br":
                plain = gzip.decompress(body) if best_encoding(accepted) else body
                assert plain == (ASSETS / name).read_bytes()
