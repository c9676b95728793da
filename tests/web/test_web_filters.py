"""The filter of the web chat: which documents it leaves, what it says while on, what its controls do."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import gradio as gr
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.phrases.languages import ARABIC, ENGLISH
from app.phrases.reasons import worded
from app.web.page.filter_part import FilterActions, chips_html, choices, labels
from app.web.service.exchange import Exchange
from app.web.service.filters import Filter, day, folders, languages, resolve, still_there, unread_in, without
from index.types import FileState
from ingest.document import Unread
from ingest.reasons import Reason
from tests.support.fake_service import ATTACK, FILES, FakeService, many
from tests.web.test_web_render import Tags

DAYS = st.dates(date(2019, 1, 1), date(2022, 12, 31)).map(date.isoformat)
PATHS = st.lists(st.sampled_from("abc"), min_size=1, max_size=4).map("/".join)


@st.composite
def files(draw: st.DrawFn) -> list[FileState]:
    """Files of a small tree, some unread, with dates as precise as a day, a month, a year, or none."""
    found = []
    for path in draw(st.lists(PATHS, unique=True, max_size=12)):
        state = draw(st.sampled_from(["indexed", "copy", "unread"]))
        when = draw(st.one_of(st.none(), DAYS.flatmap(lambda day: st.sampled_from([day, day[:7], day[:4]]))))
        spoken = draw(st.sampled_from(["en", "ar", None]))
        names = (path, f"copy/{path}") if draw(st.booleans()) else (path,)
        found += [FileState(name, state, 1, 1, None, (), name, path, when, spoken) for name in names]
    return found


FILTERS = st.builds(
    Filter,
    documents=st.lists(PATHS, max_size=2).map(tuple),
    folders=st.lists(PATHS, max_size=2).map(tuple),
    since=st.one_of(st.just(""), DAYS),
    until=st.one_of(st.just(""), DAYS),
    languages=st.lists(st.sampled_from(["en", "ar"]), unique=True).map(tuple),
)


def days_of(when: str) -> set[str]:
    """Every day of a date that may be a year or a month, by the calendar."""
    first = date.fromisoformat((when + "-01-01")[:10])
    every = (first + timedelta(n) for n in range(366))
    return {one.isoformat() for one in every if one.isoformat().startswith(when)}


@given(files(), FILTERS)
def test_a_filter_leaves_what_it_says(listed: list[FileState], wanted: Filter) -> None:
    """File by file: read, chosen or below a chosen folder, in a chosen language, dated within the days."""
    expected, undated = set(), set()
    for file in listed:
        above = {file.path[:n] for n, letter in enumerate(file.path) if letter == "/"}
        placed = file.path in wanted.documents or not above.isdisjoint(wanted.folders)
        if file.state == "unread" or not (placed or not (wanted.documents or wanted.folders)):
            continue
        if wanted.languages and file.language not in wanted.languages:
            continue
        if wanted.since or wanted.until:
            if file.date is None:
                undated.add(file.sha256)
                continue
            if not any(wanted.since <= one <= (wanted.until or "9") for one in days_of(file.date)):
                continue
        expected.add(file.sha256)
    assert resolve(wanted, listed) == (expected, len(undated))


@pytest.mark.parametrize(
    ("wanted", "left"),
    [
        (Filter(), ["report.pdf", "locked.pdf", "old/locked.pdf"]),
        (Filter(documents=("report.pdf",)), ["report.pdf"]),
        (Filter(folders=("old",)), ["old/locked.pdf"]),
        (Filter(folders=("new",)), []),
        (Filter(languages=("en",), until="2020-12-31"), ["report.pdf", "locked.pdf", "old/locked.pdf"]),
        (Filter(languages=("ar",)), ["locked.pdf", "old/locked.pdf"]),
        (Filter(since="2021-01-01", folders=("old",)), ["old/locked.pdf"]),
    ],
)
def test_what_was_not_read_obeys_the_filter(wanted: Filter, left: list[str]) -> None:
    """A file not read at all may be of any language and date, but stands where it stands."""
    gap = (Unread(None, Reason("locked_container")),)
    listed = [
        FileState("report.pdf", "indexed", 1, 1, None, gap, "", "a", "2020", "en"),
        FileState("whole.pdf", "indexed", 1, 1, None, (), "", "b", "2020", "en"),
        FileState("locked.pdf", "unread", 0, 0, None, gap, "", "c"),
        FileState("old/locked.pdf", "unread", 0, 0, None, gap),
    ]
    assert [file.path for file in unread_in(wanted, listed)] == left


@given(files(), FILTERS)
def test_a_part_taken_away_is_the_only_one_that_goes(listed: list[FileState], wanted: Filter) -> None:
    """Each chip names its part; without all of them nothing restricts, and nobody else's word changes it."""
    rest = wanted
    for kind, value, _ in labels(wanted, ENGLISH):
        assert len(labels(without(wanted, kind, value), ENGLISH)) < len(labels(wanted, ENGLISH))
        rest = without(rest, kind, value)
    assert not rest
    assert without(wanted, "documents", object()) == without(wanted, {"a": 1}, "a") == wanted
    kept = still_there(wanted, listed)
    assert (kept.since, kept.until) == (wanted.since, wanted.until)
    assert set(kept.folders) <= set(folders(listed))


@pytest.mark.parametrize("text", ["2021", "2021-3-4", "20210304", "2021-02-30", "tomorrow", "", None])
def test_only_a_day_restricts(text: str | None) -> None:
    """Anything else in a field of days is as if the field were empty."""
    assert day(text) == ""
    assert day(" 2021-03-04 ") == "2021-03-04"


def test_folders_and_languages_are_those_of_the_files() -> None:
    """Each with how many were read: folders at any depth, by name; languages, the most frequent first."""
    listed = [FileState(path, "indexed", 1, 1, None, ()) for path in ("a/b/x.md", "a/y.md", "z.md")]
    listed.append(FileState("b/locked.pdf", "unread", 0, 0, None, ()))
    assert list(folders(listed).items()) == [("a", 2), ("a/b", 1)]
    assert list(languages(FILES).items()) == [("en", 3), ("ar", 1)]


def test_the_filter_is_said_while_it_is_on() -> None:
    """What is asked, what a date leaves out, each part with a button of its own, all of it escaped."""
    assert chips_html(Filter(), FILES, ENGLISH) == ""
    html = chips_html(Filter(documents=(ATTACK,), folders=("contracts",), since="2021-01-01"), FILES, ENGLISH)
    seen = Tags(html)
    assert "img" not in seen.tags
    assert html.count("data-drop=") == 4
    assert "contracts/" in seen.text
    assert "from 2021-01-01" in seen.text
    assert "1 document is asked" in seen.text
    dated = Tags(chips_html(Filter(since="2020-06-01", languages=("ar", "en")), FILES, ARABIC)).text
    assert "العربية" in dated
    assert "واستُبعد مستند واحد لا تاريخ له" in dated
    assert worded(Reason("none_left")) in chips_html(Filter(until="1999-01-01"), FILES, ENGLISH)


def test_controls_make_the_filter() -> None:
    """What they hold is the filter; a chip empties its own; "ask only this" empties all others."""
    act = FilterActions(FakeService(), ENGLISH)
    wanted, html = act.change(["notes.md"], ["old"], "2020-01-01", "no day", ["en"])
    assert wanted == Filter(("notes.md",), ("old",), "2020-01-01", "", ("en",))
    assert "m-filtered" in html
    rest = act.drop(gr.EventData(None, {"kind": "folders", "value": "old"}), wanted)
    assert rest[0]["value"] == ["notes.md"]
    assert rest[1:-1] == [[], "2020-01-01", "", ["en"], replace(wanted, folders=())]
    none = act.drop(gr.EventData(None, {"kind": "all"}), wanted)
    assert none[0]["value"] == []
    assert none[1:] == [[], "", "", [], Filter(), ""]
    only = act.only(gr.EventData(None, {"document": "scan.pdf"}))
    assert only[0]["value"] == ["scan.pdf"]
    assert only[1:-1] == [[], "", "", [], Filter(documents=("scan.pdf",))]
    assert "scan.pdf" in only[-1]
    for strange in ({"document": "secret.pdf"}, {"document": ["x"]}, {}, None):
        assert act.only(gr.EventData(None, strange)) == [gr.skip()] * 7


def test_what_is_gone_is_no_longer_chosen() -> None:
    """The controls offer what there is, and keep of the filter what is still there."""
    wanted = Filter(documents=("notes.md", "gone.md"), folders=("gone",), languages=("fr", "ar"))
    documents, inside, _, _, spoken, kept, chips = choices(wanted, FILES, ENGLISH)
    assert [one["value"] for one in (documents, inside, spoken)] == [["notes.md"], [], ["ar"]]
    assert kept == Filter(documents=("notes.md",), languages=("ar",))
    assert "gone" not in chips
    assert documents["choices"] == [file.path for file in FILES if file.state != "unread"]
    untouched = choices(Filter(documents=("notes.md",)), FILES, ENGLISH)  # somebody may be changing it now
    assert not any("value" in one for one in untouched)


def test_a_conversation_is_gone_on_with_by_its_own_filter(tmp_path: Path) -> None:
    """That of its last question, as far as it is still there; an address of none changes nothing."""
    service = FakeService(folder=tmp_path)
    act = FilterActions(service, ENGLISH)
    first = Exchange("Who?", Filter(folders=("old",)), None)
    second = Exchange("Why?", Filter(documents=("notes.md", "gone.md"), since="2020-01-01"), None)
    key = service.conversations.append("", first).id
    service.conversations.append(key, second)
    kept = act.reopen(gr.EventData(None, {"id": key}))
    assert kept[0]["value"] == ["notes.md"]
    assert kept[1:-1] == [
        [],
        "2020-01-01",
        "",
        [],
        replace(second.filter, documents=("notes.md",)),
    ]
    assert "notes.md" in kept[-1]
    for strange in ({"id": ""}, {"id": "x" * 16}, {"id": 7}, None):
        assert act.reopen(gr.EventData(None, strange)) == [gr.skip()] * 7


def test_of_many_documents_those_are_offered_that_are_typed() -> None:
    """Behind those that are chosen, up to 200; of few all are, in which gradio finds itself."""
    act = FilterActions(FakeService(many(5000)), ENGLISH)
    chosen = ["archive/1991/report-00001.pdf", "contracts/lease.pdf"]

    def found(typed: str) -> list[str]:
        return act.find(gr.EventData(None, {"typed": typed}), chosen)["choices"]  # type: ignore[no-any-return]

    assert found("REPORT-0432")[:3] == [*chosen, "archive/2005/report-04320.pdf"]
    assert len(found("REPORT-0432")) == 12
    assert len(found("")) == len(set(found(""))) == 202
    few = FilterActions(FakeService(), ENGLISH)
    assert few.find(gr.EventData(None, {"typed": "s"}), None) == gr.skip()
