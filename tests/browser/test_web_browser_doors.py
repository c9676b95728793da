"""A page of another origin on this machine, in a real browser: what it gets of the chat."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

from playwright.sync_api import Browser

from tests.support.browser import needs_chromium

pytestmark = needs_chromium
_ATTACKS = """async (chat) => {
  const call = { data: [null, ""], fn_index: 9, session_hash: "abc" };
  const text = { method: "POST", body: JSON.stringify(call) };
  const json = { ...text, headers: { "Content-Type": "application/json" } };
  const form = new FormData();
  form.append("files", new Blob(["x"]), "x.txt");
  const read = (path, options) =>
    fetch(chat + path, options).then((answer) => answer.text(), () => "refused");
  const loaded = (name, path) => new Promise((done) => {
    const part = Object.assign(document.createElement(name), { src: chat + path });
    part.onload = () => done("loaded");
    part.onerror = () => done("refused");
    document.body.append(part);
  });
  return Promise.all([
    ...["run/predict", "queue/join", "call/listing"].map((route) => read("/gradio_api/" + route, json)),
    read("/gradio_api/run/predict", text),
    read("/gradio_api/upload", { method: "POST", body: form }),
    read("/library/list/en"),
    read("/library/jobs", json),
    loaded("img", "/documents/" + "b".repeat(64) + "/pages/1.jpg"),
    loaded("script", "/theme.css"),
  ]);
}"""


class _Empty(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><body>")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - so named there
        pass


@contextmanager
def _elsewhere() -> Iterator[str]:
    """The address of another server of this machine, with an empty page."""
    with HTTPServer(("127.0.0.1", 0), _Empty) as server:
        Thread(target=server.serve_forever).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


def test_another_page_of_this_machine_gets_nothing(browser: Browser, address: str) -> None:
    """No conversation, no document, no picture; it cannot call, upload or change anything."""
    with _elsewhere() as elsewhere, browser.new_context() as context:
        page = context.new_page()
        page.goto(elsewhere)
        assert page.evaluate(_ATTACKS, address) == ["refused"] * 9
