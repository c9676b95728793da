"""What is depended on: under which licence, and up to which version."""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
_EXTRAS = [lines for name, lines in PROJECT["optional-dependencies"].items() if name != "test"]
DIRECT = [Requirement(line) for lines in (PROJECT["dependencies"], *_EXTRAS) for line in lines]
_STRONG = re.compile(r"(?<!L)(?:GPL|AGPL)|(?<!Lesser )General Public License", re.IGNORECASE)


def _applies(needed: Requirement, extras: set[str]) -> bool:
    """Whether the requirement is one here, of a distribution with these extras."""
    return needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in (*extras, ""))


def installed(direct: list[Requirement]) -> Iterator[Distribution]:
    """What the requirements bring here, and what these bring, each once for each choice of extras.

    What is not installed is not needed here: a marker may tell of another platform more than it can say.
    """
    seen = set()
    waiting = list(direct)
    while waiting:
        needed = waiting.pop()
        known = (needed.name.lower().replace("_", "-"), frozenset(needed.extras))
        if known in seen:
            continue
        seen.add(known)
        try:
            found = distribution(needed.name)
        except PackageNotFoundError:
            continue
        yield found
        more = map(Requirement, found.requires or ())
        waiting += [each for each in more if _applies(each, needed.extras)]


def licence(found: Distribution) -> str:
    """As its metadata name it: the expression, else the classifiers, else the field's first line."""
    told = found.metadata
    classified = [line for line in told.get_all("Classifier") or [] if line.startswith("License ::")]
    first = (told.get("License") or "").strip().partition("\n")[0]
    return told.get("License-Expression") or " AND ".join(classified) or first


def is_strong(licence: str) -> bool:
    """Whether each of the licences to choose from asks that the whole be under the GPL or the AGPL."""
    return all(_STRONG.search(choice) for choice in licence.split(" OR "))


@pytest.mark.parametrize(
    ("named", "strong"),
    [
        ("MIT", False),
        ("LGPL-2.1-or-later", False),
        ("License :: OSI Approved :: GNU Library or Lesser General Public License (LGPL)", False),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", False),
        ("GPL-3.0-or-later", True),
        ("MIT AND AGPL-3.0-only", True),
        ("License :: OSI Approved :: GNU Affero General Public License v3", True),
    ],
)
def test_the_gpl_is_told_from_what_is_like_it(named: str, strong: bool) -> None:
    """The LGPL is none, and a choice that leaves another way is none."""
    assert is_strong(named) is strong


def test_nothing_that_is_depended_on_is_under_the_gpl() -> None:
    """Every distribution that an installation brings names a licence, and none is the GPL or the AGPL."""
    licences = {found.metadata["Name"]: licence(found) for found in installed(DIRECT)}
    assert len(licences) > len(DIRECT), f"expected the dependencies of the dependencies too: {licences}"
    assert {name: named for name, named in licences.items() if not named or is_strong(named)} == {}


@pytest.mark.parametrize("needed", DIRECT, ids=str)
def test_every_dependency_is_bounded_above(needed: Requirement) -> None:
    """A version that nobody has tried is not installed."""
    assert {each.operator for each in needed.specifier} & {"<", "<=", "==", "~="}
