"""Without a network everything works, and nothing tries to reach one."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OFFLINE = ROOT / "tests" / "support" / "offline"
SILENCED = ("HF_HUB_OFFLINE", "HF_HUB_DISABLE_TELEMETRY", "GRADIO_ANALYTICS_ENABLED", "DO_NOT_TRACK")
# Strictest first: a network namespace, in which there is no device but the loopback; as root, or in a
# user namespace. Where neither is permitted, the audit hook of `offline/sitecustomize.py` stands alone.
WALLS = (["unshare", "--net"], ["unshare", "--user", "--map-root-user", "--net"], [])


def _works(wall: Sequence[str]) -> bool:
    try:
        return subprocess.run([*wall, "true"], capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder of documents and a data set."""
    lease = "The lease ends on 31 March 2027. The rent is 900 euros, paid in advance."
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "lease.md").write_text(f"# Lease\n\n{lease}\n", encoding="utf-8")
    (tmp_path / "set").mkdir()
    row = {"doc_id": "lease", "title": "Lease", "text": lease}
    (tmp_path / "set" / "corpus.jsonl").write_text(json.dumps(row), encoding="utf-8")
    question = {"qid": "1", "question": "When does the lease end?", "doc_id": "lease", "answerable": True}
    question |= {"answers": ["31 March 2027"], "page": None}
    (tmp_path / "set" / "questions.jsonl").write_text(json.dumps(question), encoding="utf-8")
    return tmp_path


def test_every_command_works_without_a_network_and_seeks_none(place: Path) -> None:
    """Ingest, ask, chat over the loopback, eval: all answer; no socket and no look-up leaves the machine.

    With either packaged model. No variable of the environment keeps the libraries quiet: the product does.
    """
    wall = next(wall for wall in WALLS if _works(wall))
    log = place / "attempts"
    environment = {name: value for name, value in os.environ.items() if name not in SILENCED}
    environment |= {"PYTHONPATH": f"{OFFLINE}{os.pathsep}{ROOT}", "OFFLINE_LOG": str(log)}
    done = subprocess.run(
        [*wall, sys.executable, str(OFFLINE / "session.py"), str(place)],
        cwd=place,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    attempts = log.read_text(encoding="utf-8").splitlines()
    own = [line for line in attempts if "session.py" in line]
    assert said["cut off"]
    assert len(own) == 1, "the hook is at work: it saw the one attempt that the test itself makes"
    assert [line for line in attempts if line not in own] == []
    assert said["ingest"].startswith("1 added")
    assert "31 March 2027" in said["ask"]
    assert "31 March 2027" in said["chat"]
    assert "31 March 2027" in said.get("multilingual", said["ask"])
    assert json.loads(said["eval"])["measures"]


@pytest.mark.parametrize(
    "module", ["app.web.page.page", "index.embedding.embedder", "app.models.cross_encoder"]
)
def test_telemetry_is_off_before_a_library_is_imported_that_has_one(module: str) -> None:
    """Whatever the environment says; the converter of OpenVINO, which reports its import, is not there."""
    code = (
        f"import sys, {module}, transformers, sentence_transformers\n"
        "from huggingface_hub import constants as hub\n"
        "assert hub.HF_HUB_DISABLE_TELEMETRY, 'the hub would report'\n"
        "assert sys.modules.get('openvino.tools.ovc') is None, 'the converter would report'\n"
        "assert not any(name.startswith('openvino_telemetry') for name in sys.modules)\n"
        "if 'gradio' in sys.modules:\n"
        "    from gradio.analytics import analytics_enabled\n"
        "    assert not analytics_enabled(), 'gradio would report'\n"
    )
    environment = {name: value for name, value in os.environ.items() if name not in SILENCED}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
