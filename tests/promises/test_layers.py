"""The shape of the code: which way imports point, who may import what, how long and tangled it may be."""

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
        "attached characters dates languages line_spans numbering trees",
        "details equations reasons",
        "document errors recognised",
        "decode detail_passages language said sentences settings spelling tables",
        "blocks formats passages quotes",
        "layout markup office read sheets",
        "ocr",
        "pdf text",
        "mail opendocument richtext",
    ),
    "index": ("disk types", "catalogue words", "dense embedding", "ingesting scale store", "search sync"),
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
    "olefile": "ingest/mail/msg.py",
    "openvino": "index/embedding/fast_model.py",
    "pypdf": "ingest/pdf/*.py",
    "pypdfium2": "p*/*.py",
    "spellchecker": "ingest/spelling/dictionary.py",
    "tesserocr": "ingest/ocr/engine.py",
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
    declared = [*project["dependencies"], *extras["plot"], *extras["int8"], *extras["ocr"]]
    names = {re.split(r"[^\w-]", requirement)[0] for requirement in declared}
    imported = {name.split(".")[0] for module in MODULES for name in _imports(module)}
    owners = packages_distributions()
    for library in imported - sys.stdlib_module_names - set(LAYERS):
        owner = {name.lower().replace("_", "-") for name in owners.get(library, [library])}
        assert owner & names, f"expected {library} to be of a declared dependency, found it in {owner}"


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_module_is_no_scrap_and_says_its_job(module: Path) -> None:
    """A module has 20 to 250 lines, and its first line is a docstring of at most one sentence."""
    text = (ROOT / module).read_text(encoding="utf-8")
    lines = text.count("\n")
    least = 0 if module.name == "__init__.py" else 20
    assert least <= lines <= 250, f"expected {least} to 250 lines, found {lines}"
    if text:
        assert text.startswith('"""'), f"expected a docstring on the first line, found {text[:40]!r}"


def _functions(code: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method, those inside others too."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _inside(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes below, but for what is in functions and classes: these count on their own."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield child
            yield from _inside(child)


def _ways(node: ast.AST) -> int:
    """How many ways through its function the node adds, as radon 6 counts them."""
    match node:
        case ast.BoolOp():
            return len(node.values) - 1
        case ast.comprehension():
            return 1 + len(node.ifs)
        case ast.For() | ast.AsyncFor() | ast.While():
            return 1 + bool(node.orelse)
        case ast.Try():
            return len(node.handlers) + bool(node.orelse)
        case ast.Match():
            return sum(ast.unparse(case.pattern) != "_" for case in node.cases)
        case _:
            return isinstance(node, ast.If | ast.IfExp | ast.Assert)


def _complexity(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """McCabe's number of the body: the ways through it, conditions within a line counted too."""
    return 1 + sum(map(_ways, _inside(ast.Module(function.body, []))))


@pytest.mark.parametrize(
    ("body", "complexity"),
    [
        ("return a", 1),
        ("return a and b and c or d", 4),
        ("return [a for a in b if a if c] if d else lambda: a or b", 6),
        ("for a in b: pass\n else: pass", 3),
        ("try: a()\n except B: pass\n except C: pass\n else: pass", 4),
        ("assert a\n if b: pass\n elif c: pass\n else: pass", 4),
        ("match a:\n  case 1: pass\n  case b if b: pass\n  case _: pass", 3),
        ("def inner(): return a or b\n return inner", 1),
    ],
)
def test_complexity_is_what_radon_says(body: str, complexity: int) -> None:
    """Worked by hand; radon 6.0.1 gives the same for these, and for each function of the product."""
    function = next(_functions(f"def outer():\n {body}"))
    assert _complexity(function) == complexity


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_functions_are_short_and_plain(module: Path) -> None:
    """At most 40 lines from `def` to the end, docstring included, and 12 ways through."""
    functions = list(_functions((ROOT / module).read_text(encoding="utf-8")))
    sizes = [(each.name, (each.end_lineno or 0) - each.lineno + 1) for each in functions]
    assert [(name, lines) for name, lines in sizes if lines > 40] == []
    ways = [(each.name, _complexity(each)) for each in functions]
    assert [(name, number) for name, number in ways if number > 12] == []


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
