"""The import graph: downwards only, no circles, each library behind one door, a quick `--help`.

The order of the layers is the table in docs/architecture.md, so text and code cannot part.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import SiteFactory

REPOSITORY = Path(__file__).parent.parent
ARCHITECTURE = REPOSITORY / "docs" / "architecture.md"
QUARANTINE = {
    "feedgen": "feedsvc.formats._feedgen",
    "frontmatter": "feedsvc.posts.notations",
    "dateutil": "feedsvc.posts.worded",
    "docutils": "feedsvc.content.restructured",
}
HEAVY = (
    "flask",
    "feedgen",
    "lxml",
    "yaml",
    "jinja2",
    "sqlite3",
    "dateutil",
    "frontmatter",
    "docutils",
)


@cache
def sources() -> dict[str, ast.Module]:
    """Every module of the package by its dotted name; a package goes by its folder's name."""
    trees = {}
    for file in sorted((REPOSITORY / "feedsvc").rglob("*.py")):
        parts = file.relative_to(REPOSITORY).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        trees[name] = ast.parse(file.read_bytes(), str(file))
    return trees


def imported(tree: ast.Module) -> Iterator[str]:
    """Dotted names a module imports anywhere in it, inside functions and for types too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute here"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def inner(name: str) -> str | None:
    """The module of ours that a dotted name leads to (`feedsvc.model.Post` → `feedsvc.model`)."""
    while name and name not in sources():
        name = name.rpartition(".")[0]
    return name or None


@cache
def graph() -> dict[str, set[str]]:
    return {
        name: {target for found in imported(tree) if (target := inner(found)) and target != name}
        for name, tree in sources().items()
    }


@cache
def layers() -> dict[str, int]:
    """Each entry of the table in architecture.md (`posts/dates`, `sites/*`) with its row."""
    table = ARCHITECTURE.read_text("utf-8").partition("## Modules, lowest first")[2]
    rows = re.findall(r"^\| (`[^|]+`[^|]*)\|", table.partition("\n## ")[0], re.MULTILINE)
    return {name: row for row, cell in enumerate(rows) for name in re.findall(r"`([^`]+)`", cell)}


def layer(module: str) -> int:
    """The row of a module; one that has none of its own is among the others (`*`) of its package.

    Where there are no such, it belongs to the top of the package.
    """
    path = module.removeprefix("feedsvc").lstrip(".").replace(".", "/")
    if path in layers():
        return layers()[path]
    package = path.partition("/")[0]
    if (others := f"{package}/*") in layers():
        return layers()[others]
    rows = [row for name, row in layers().items() if name.partition("/")[0] == package]
    assert rows, f"{module} has no row in {ARCHITECTURE.name}"
    return max(rows)


def test_every_module_has_a_layer() -> None:
    for module in sources():
        if module != "feedsvc":
            layer(module)


def test_imports_point_downwards() -> None:
    upwards = [
        f"{module} imports {target}"
        for module, targets in graph().items()
        for target in targets
        if "feedsvc" not in (module, target) and layer(target) > layer(module)
    ]
    assert not upwards


def test_no_circles() -> None:
    try:
        TopologicalSorter(graph()).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_packages_form_no_circle_either() -> None:
    parts: dict[str, set[str]] = {}
    for module, targets in graph().items():
        part = module.split(".")[1:2]
        others = (target.split(".")[1:2] for target in targets)
        parts.setdefault(*part or [""], set()).update(*(one for one in others if one != part))
    try:
        TopologicalSorter(parts).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


@pytest.mark.parametrize(("library", "door"), QUARANTINE.items())
def test_one_module_knows_the_library(library: str, door: str) -> None:
    users = {
        name
        for name, tree in sources().items()
        if any(found.partition(".")[0] == library for found in imported(tree))
    }
    assert users <= {door}


def test_help_loads_nothing_heavy(unmeasured: dict[str, str]) -> None:
    script = (
        "import sys\n"
        "from feedsvc.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit as end:\n    assert not end.code\n"
        f"print('loaded:', *sorted(set({HEAVY!r}) & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd="/",
        env=unmeasured,
    )
    assert done.stdout.splitlines()[-1].split() == ["loaded:"]


def test_a_run_imports_the_syntax_of_no_other_engine_and_an_unchanged_one_none(
    make_site: SiteFactory, tmp_path: Path, unmeasured: dict[str, str]
) -> None:
    config = 'baseURL = "https://e.org"\n'
    post = "---\ntitle: A\ndate: 2020-02-03\n---\nText {{< gist a 1 >}}\n"
    site = make_site({"hugo.toml": config, "content/posts/a.md": post})
    script = (
        "import argparse, sys\n"
        "argparse.ArgumentParser()\n"  # which takes more from Python 3.14 on
        "python = set(sys.modules)\n"
        "from feedsvc.cli import main\n"
        f"main(['export', {str(tmp_path / 'out')!r}, '--site', {str(site)!r}])\n"
        "print(*sorted(name for name in sys.modules if name.startswith('feedsvc.')),"
        " *{'dataclasses', 'inspect'} & (set(sys.modules) - python))\n"
    )

    def loaded() -> set[str]:
        done = subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            check=True,
            env=unmeasured,
        )
        return set(done.stdout.splitlines()[-1].split())

    def syntaxes(names: set[str]) -> set[str]:
        return {name for name in names if re.fullmatch(r"feedsvc\.sites\.\w+\.syntax", name)}

    first = loaded()
    assert "feedsvc.content.rendering" in first
    assert syntaxes(first) == {"feedsvc.sites.hugo.syntax"}
    assert not {f"feedsvc.markup.{name}" for name in ("kramdown.blocks", "liquid", "mdx")} & first
    again = loaded()
    assert not {"feedsvc.content.rendering", "feedsvc.markup.syntax"} & again
    assert not {"dataclasses", "inspect"} & again, "a tenth of what such a run takes"
    assert not syntaxes(again)
