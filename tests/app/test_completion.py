"""Tests of the script by which a shell completes: bash itself is asked what it would offer."""

import argparse
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from app.cli import build_parser
from app.command_line.completion import script

# As bash calls it when TAB is pressed: with what stands on the line, and the place of the cursor's word.
_ASK = """
source "$1"; shift
read -r -a registered <<< "$(complete -p mustanad)"
for ((at = 0; at < ${#registered[@]}; at++)); do
    [[ ${registered[at]} == -F ]] && offer=${registered[at + 1]}
done
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
"$offer" mustanad "${COMP_WORDS[COMP_CWORD]}"
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture
def parser() -> argparse.ArgumentParser:
    """That of the command line."""
    return build_parser()


def commands(parser: argparse.ArgumentParser) -> dict[str, str]:
    """What each of its commands does."""
    [parsers] = [action.choices for action in parser._actions if isinstance(action.choices, dict)]
    return {name: str(sub.description) for name, sub in parsers.items()}


def offered(parser: argparse.ArgumentParser, folder: Path, *words: str) -> list[str]:
    """What bash offers in the folder for the last of the words."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("bash is not installed")
    file = folder.with_suffix(".bash")
    file.write_text(script(parser, "bash"), encoding="utf-8")
    command = (bash, "--norc", "-c", _ASK, "bash", file, "mustanad", *words)
    return subprocess.run(
        command, cwd=folder, check=True, capture_output=True, encoding="utf-8"
    ).stdout.split()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("i",), ["ingest"]),
        (("d",), ["doctor"]),
        (("ask", "--do"), ["--document"]),
        (("ask", "--js"), ["--json"]),
        (("ingest", "re"), ["reports"]),
        (("batch", "q"), ["questions.jsonl"]),
        (("status", "--store", ""), ["reports"]),
        (("eval", ""), ["reports"]),
        (("completion", "z"), ["zsh"]),
        (("unheard",), []),
    ],
)
def test_bash_completes_commands_options_and_places(
    parser: argparse.ArgumentParser, tmp_path: Path, words: tuple[str, ...], expected: list[str]
) -> None:
    """Each command and its own options; files where files are meant, and only folders where a folder is."""
    folder = tmp_path / "work"
    (folder / "reports").mkdir(parents=True)
    (folder / "questions.jsonl").touch()
    assert offered(parser, folder, *words) == expected


def test_bash_offers_every_command(parser: argparse.ArgumentParser, tmp_path: Path) -> None:
    """And no other word."""
    (tmp_path / "work").mkdir()
    assert sorted(offered(parser, tmp_path / "work", "")) == sorted(commands(parser))


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_say_what_each_command_does(parser: argparse.ArgumentParser, shell: str) -> None:
    """Each is in the script with its help, but for signs that the shell would take for its own."""
    made = script(parser, shell)
    plain = {name: re.split(r"[^\w ]", does)[0] for name, does in commands(parser).items()}
    assert [name for name, does in plain.items() if not re.search(rf"{name}\b.{{0,5}}{does}", made)] == []
