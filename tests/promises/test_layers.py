"""The shape of the code: which way imports point, who may import what, how long a module is."""

import ast
import builtins
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import ingest.errors
from ingest.errors import MustanadError

ROOT = Path(__file__).parents[2]
LAYERS = ("ingest", "index", "app")  # each may import itself and those before it
MODULES = [path.relative_to(ROOT) for layer in LAYERS for path in sorted((ROOT / layer).rglob("*.py"))]
# The rooms of each layer, and the modules that stand beside them, by floor: each may import those on the
# floors below its own, and nothing on its own floor.
FLOORS = {
    "ingest": (
        "characters dates languages numbering",
        "reasons",
        "document errors",
        "decode language sentences settings",
        "blocks formats passages",
        "layout markup office read",
        "pdf text",
    ),
    "index": ("disk types", "catalogue words", "dense embedding", "ingesting store", "search sync"),
    "app": (
        "phrases",
        "answering pages",
        "evaluation models web/service",
        "web/html",
        "web/page",
        "web/http",
        "command_line",
        "cli",
    ),
}
ONLY_IN = {
    "faiss": "index/dense/segments.py",
    "tantivy": "index/words/lexical.py",
    "gradio": "app/web/page/*.py",
    "matplotlib": "app/evaluation/plot.py",
    "openvino": "index/embedding/fast_model.py",
    "pypdf": "ingest/pdf/*.py",
    "pypdfium2": "app/pages/picture.py",
}


def _imports(module: Path) -> Iterator[str]:
    """The dotted names that a module imports anywhere in it, also inside functions."""
    for node in ast.walk(ast.parse((ROOT / module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def test_every_layer_is_seen() -> None:
    """The checks below look at real files: each layer has modules of its own."""
    for layer in LAYERS:
        assert sum(module.parts[0] == layer for module in MODULES) >= 2, f"no modules found in {layer}/"


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_imports_point_one_way(module: Path) -> None:
    """`app` imports `index` imports `ingest`, never the other way, and never by a relative name."""
    above = LAYERS[LAYERS.index(module.parts[0]) + 1 :]
    assert [name for name in _imports(module) if name.startswith(".") or name.split(".")[0] in above] == []


def _room(dotted: str) -> tuple[str, str] | None:
    """The layer and the room, or the module beside the rooms, of a dotted name; None for a layer itself."""
    layer, *rest = dotted.split(".")
    if layer not in LAYERS or not rest:
        return None
    return layer, "/".join(rest[:2]) if rest[0] == "web" else rest[0]


def _floor(layer: str, room: str) -> int:
    """The floor that the room is on, from 0; raises StopIteration where it is on none."""
    return next(number for number, rooms in enumerate(FLOORS[layer]) if room in rooms.split())


def _rooms_imported(module: Path) -> Iterator[tuple[str, str]]:
    """The rooms of its own layer that a module imports from, its own not counted."""
    own = _room(".".join(module.with_suffix("").parts))
    for node in ast.walk(ast.parse((ROOT / module).read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            inside = (ROOT / node.module.replace(".", "/")).is_dir()
            names = [f"{node.module}.{alias.name}" for alias in node.names] if inside else [node.module]
        for room in map(_room, names):
            if own and room and room[0] == own[0] and room != own:
                yield room


def test_every_room_has_a_floor() -> None:
    """The drawing above is whole: each room stands in it once, and each that it names is there."""
    there = {room for module in MODULES if (room := _room(".".join(module.with_suffix("").parts)))}
    drawn = [(layer, room) for layer in LAYERS for rooms in FLOORS[layer] for room in rooms.split()]
    assert sorted(there - {(layer, "__init__") for layer in LAYERS} - {("app", "web/__init__")}) == sorted(
        drawn
    )


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_rooms_are_stacked(module: Path) -> None:
    """A module imports from rooms on lower floors alone, so that there is no circle among the rooms."""
    own = _room(".".join(module.with_suffix("").parts))
    if own and module.name != "__init__.py":
        above = [room for room in _rooms_imported(module) if _floor(*room) >= _floor(*own)]
        assert above == []


@pytest.mark.parametrize(("library", "pattern"), ONLY_IN.items())
def test_each_large_library_has_one_home(library: str, pattern: str) -> None:
    """A library that could be swapped is imported in one place, and it is imported there."""
    found = [module for module in MODULES if library in {name.split(".")[0] for name in _imports(module)}]
    assert found, f"expected {pattern} to import {library}, found no module that does"
    assert [str(module) for module in found if not module.match(pattern)] == []


def test_every_library_imported_is_declared() -> None:
    """Nothing is imported that is only there because another library happens to bring it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    declared = [*project["dependencies"], *extras["plot"], *extras["int8"]]
    names = {re.split(r"[^\w-]", requirement)[0] for requirement in declared}
    imported = {name.split(".")[0] for module in MODULES for name in _imports(module)}
    owners = packages_distributions()
    for library in imported - sys.stdlib_module_names - set(LAYERS):
        owner = {name.lower().replace("_", "-") for name in owners.get(library, [library])}
        assert owner & names, f"expected {library} to be of a declared dependency, found it in {owner}"


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_module_is_short_and_says_its_job(module: Path) -> None:
    """A module has at most 250 lines, and its first line is a docstring of at most one sentence."""
    text = (ROOT / module).read_text(encoding="utf-8")
    lines = text.count("\n")
    assert lines <= 250, f"expected at most 250 lines, found {lines}"
    if text:
        assert text.startswith('"""'), f"expected a docstring on the first line, found {text[:40]!r}"


def test_the_error_tree_is_drawn_whole() -> None:
    """Every error class hangs from MustanadError where the docstring of errors.py draws it."""
    drawn = {
        match[2]: len(match[1]) // 4
        for line in (ingest.errors.__doc__ or "").splitlines()
        if (match := re.match(r"([│ ├└─]*)([A-Z]\w+)(  |$)", line))
    }
    errors = [
        value
        for value in vars(ingest.errors).values()
        if isinstance(value, type) and value.__module__ == "ingest.errors"
    ]
    assert len(errors) > 1
    assert drawn == {error.__name__: len(error.__mro__) - len(MustanadError.__mro__) for error in errors}
    assert [error for error in errors if not issubclass(error, MustanadError)] == []


def test_every_error_is_defined_in_errors() -> None:
    """No other module makes an exception class of its own: a caller finds them all in one tree."""
    errors = {
        name
        for name, value in vars(builtins).items()
        if isinstance(value, type) and issubclass(value, BaseException)
    }
    errors |= set(vars(ingest.errors))
    for module in MODULES:
        for node in ast.walk(ast.parse((ROOT / module).read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and module != Path("ingest/errors.py"):
                bases = {ast.unparse(base).split(".")[-1] for base in node.bases}
                assert bases & errors == set(), f"{module}: {node.name}"
