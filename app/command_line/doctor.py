"""`mustanad doctor`: is this installation whole."""

import argparse
import sys

from app.command_line.call import Call, say

HELP = "is this installation whole"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It takes nothing beside the settings."""


def run(call: Call) -> int:
    """Print every check; 1 if one found a fault."""
    from app.command_line.checks import examine, print_check, required
    from app.models.cross_encoder import load_cross_encoder

    sound, packages = True, required("mustanad")
    for check in examine(call.settings, call.load, lambda each: load_cross_encoder(each, say), packages):
        print_check(check, sys.stdout)
        sound = sound and check.fault is None
    return int(not sound)
