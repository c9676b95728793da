"""What the server sends before gradio runs, what it keeps, and what it says where there is nothing."""

import re
from collections.abc import Iterator

import httpx
import pytest

from app.phrases.languages import ARABIC, ENGLISH, LANGUAGES
from app.phrases.words import Words
from app.web.http.shell import shelled

BROWSER = {"Accept": "text/html,*/*"}


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[httpx.Client]:
    """A client of a running web chat."""
    with httpx.Client(base_url=address, timeout=60) as client:
        yield client


@pytest.mark.parametrize("words", LANGUAGES, ids=lambda words: words.code)
def test_the_page_begins_with_its_shell(client: httpx.Client, words: Words) -> None:
    """Language, direction, name, icon, style and a question box stand before gradio's element."""
    page = client.get(words.address, headers={"Accept-Encoding": "br"}).text
    before = page[: page.index("<gradio-app")]
    assert f'lang="{words.code}" dir="{words.direction}"' in before
    for part in ("<title>Mustanad", 'rel="icon" href="data:', "--m-accent", f'placeholder="{words.ask}"'):
        assert part in before
    assert words.needs_scripts in before


def test_the_page_names_no_host(client: httpx.Client) -> None:
    """Nothing of gradio's about its own place; what is left are the names of formats, and our own address."""
    page = client.get("/").text
    head = page[page.index("</style>") : page.index("window.gradio_config")]
    assert re.findall(r"https?://[\w.-]+", head) == []


def test_a_page_of_another_form_is_served_as_it_is() -> None:
    """A gradio whose page has none of the places that the shell goes to still works, without it."""
    assert shelled("<p>gradio</p>", ENGLISH) == "<p>gradio</p>"


def test_the_styles_stand_where_gradios_own_sheet_was() -> None:
    """In their order, as they are; gradio finds each among the links, and the modules behind the shell."""
    page = '<head><link rel="stylesheet" crossorigin href="./assets/own.css"></head><gradio-app>'
    sheets = {"own.css": r'a::after { content: "\2014" }', "b.css": "b { top: 0 }"}
    html = shelled(page, ENGLISH, sheets, ["c.js"])
    assert r'<style>a::after { content: "\2014" }b { top: 0 }</style><link' in html
    for name in sheets:
        assert html.count(f'<link rel="stylesheet" crossorigin disabled href="./assets/{name}">') == 1
    assert html.endswith('<link rel="modulepreload" crossorigin href="./assets/c.js"><gradio-app>')


@pytest.mark.parametrize("path", ["/", "/ar/", "/scripts/page.js"])
def test_pages_and_scripts_are_compressed_where_a_browser_takes_it(client: httpx.Client, path: str) -> None:
    """As they are for all others, to the byte."""
    packed, plain = (client.get(path, headers={"Accept-Encoding": each}) for each in ("gzip", "identity"))
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text


def test_a_file_of_gradio_is_asked_for_once(client: httpx.Client) -> None:
    """A browser keeps it; from memory it is the same, in the compression asked for, with every header."""
    (path,) = re.findall(r'src="\.(/assets/index-[\w-]+\.js)"', client.get("/").text)
    answers = [client.get(path, headers={"Accept-Encoding": coding}) for coding in ("br", "br", "identity")]
    assert len({answer.content for answer in answers}) == 1
    assert [answer.headers.get("content-encoding") for answer in answers] == ["br", "br", None]
    for answer in answers:
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["x-content-type-options"] == "nosniff"
    missing = client.get("/assets/none.js")
    assert missing.status_code in {403, 404}
    assert "cache-control" not in missing.headers


@pytest.mark.parametrize(
    ("path", "headers", "title"),
    [
        ("/no-such-page", {}, ENGLISH.no_such_page),
        ("/no-such-page", {"Accept-Language": "ar"}, ARABIC.no_such_page),
        ("/ar/no-such-page", {}, ARABIC.no_such_page),
        (f"/documents/{'d' * 64}/original", {}, ENGLISH.no_such_document),
        ("/documents/<b>/original", {}, ENGLISH.no_such_document),
    ],
)
def test_nothing_is_said_in_words(
    client: httpx.Client, path: str, headers: dict[str, str], title: str
) -> None:
    """A browser gets a page that repeats nothing of the address, with the status of an error."""
    answer = client.get(path, headers=BROWSER | headers)
    assert answer.status_code == 404
    assert f"<h1>{title}</h1>" in answer.text
    assert "<b>" not in answer.text
    assert "default-src 'self'" in answer.headers["content-security-policy"]


def test_programs_get_no_reason_that_names_a_place(client: httpx.Client) -> None:
    """A document that is not there is not found, and nothing else is said of it."""
    answer = client.get(f"/documents/{'d' * 64}/original")
    assert (answer.status_code, answer.json()) == (404, {"detail": "Not Found"})
