"""`mustanad completion`: the script by which a shell completes commands, options and files."""

import argparse
from collections.abc import Iterator

from app.command_line.call import Call

HELP = "print the script by which a shell completes mustanad's words"
_FILES = ("PATH", "QUESTIONS.jsonl", "ANSWERS.jsonl", "FILE.png")
_FOLDERS = ("DIR", "FOLDER")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("shell", choices=("bash", "zsh", "fish"))


def run(call: Call) -> int:
    """Print the script, whatever the settings are here."""
    print(script(call.parser, call.args.shell))
    return 0


def script(parser: argparse.ArgumentParser, shell: str) -> str:
    """For a shell that shtab knows; a place on the disk is completed where a metavar names one."""
    import shtab

    for action in _actions(parser):
        if action.metavar in _FILES:
            action.complete = shtab.FILE  # type: ignore[attr-defined]  # by which shtab is told
        elif action.metavar in _FOLDERS:
            action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
    return shtab.complete(parser, shell)


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:  # argparse has no other way to them
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for sub in action.choices.values():
                yield from _actions(sub)
