"""What ships works: the wheel has all files and no others, its dependencies are what it imports."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tarfile
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from zipfile import ZipFile

import pytest

REPOSITORY = Path(__file__).parent.parent
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
# Imported by name at run time, or needed by a library on some system.
NOT_IMPORTED = {"tzdata"}
# Asked for by name where one option needs it and it is absent.
OPTIONAL: set[str] = set()
# Brought by a declared one, on purpose: Flask's own parts, python-frontmatter's YAML.
BROUGHT = {
    "werkzeug": "flask",
    "jinja2": "flask",
    "markupsafe": "flask",
    "pyyaml": "python-frontmatter",
}


def canonical(requirement: str) -> str:
    """The distribution's name in a requirement (`coverage[toml]>=7.6` → `coverage`)."""
    name = requirement.partition(";")[0]
    for mark in "[<>=!~ ":
        name = name.partition(mark)[0]
    return name.lower().replace("_", "-")


def third_party() -> dict[str, set[str]]:
    """Top-level names that the package imports from elsewhere, each with the files that do."""
    found: dict[str, set[str]] = {}
    for file in (REPOSITORY / "feedsvc").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_bytes())):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            for name in names:
                top = name.partition(".")[0]
                if top != "feedsvc" and top not in sys.stdlib_module_names:
                    found.setdefault(top, set()).add(file.name)
    return found


def test_every_import_is_a_declared_dependency() -> None:
    declared = {canonical(requirement) for requirement in PROJECT["dependencies"]}
    distributions = packages_distributions()
    for name, files in third_party().items():
        names = {canonical(found) for found in distributions.get(name, [name])}
        names |= {BROUGHT[found] for found in names & BROUGHT.keys()}
        assert names & (declared | OPTIONAL), f"{name} (in {sorted(files)}) is undeclared"


def test_every_declared_dependency_is_imported() -> None:
    distributions = packages_distributions()
    used = {canonical(found) for name in third_party() for found in distributions.get(name, [name])}
    declared = {canonical(requirement) for requirement in PROJECT["dependencies"]}
    assert declared - used <= NOT_IMPORTED


def test_every_declared_dependency_has_its_reason_written_down() -> None:
    decisions = (REPOSITORY / "docs" / "decisions.md").read_text("utf-8").lower()
    for requirement in PROJECT["dependencies"]:
        assert f"| [{canonical(requirement)}](" in decisions, requirement


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist, built from this checkout without a network."""
    out = tmp_path_factory.mktemp("dist")
    script = (
        "import hatchling.build as build, sys\n"
        "build.build_wheel(sys.argv[1]); build.build_sdist(sys.argv[1])\n"
    )
    subprocess.run(
        [sys.executable, "-c", script, str(out)], cwd=REPOSITORY, check=True, capture_output=True
    )
    return out


def test_wheel_holds_every_file_of_the_package_and_no_other(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
        metadata = [name for name in archive.namelist() if ".dist-info/" in name]
    assert names == {
        file.relative_to(REPOSITORY).as_posix()
        for file in (REPOSITORY / "feedsvc").rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert any(name.endswith("/LICENSE") for name in metadata)


def test_sdist_holds_tests_posts_and_documentation(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "wsgi.py", "README.md", "CHANGELOG.md", "LICENSE"} <= names
    for folder in ("feedsvc", "tests", "posts", "docs"):
        assert any(name.startswith(f"{folder}/") for name in names), folder


def test_wheel_works_without_the_checkout(built: Path, tmp_path: Path) -> None:
    """Templates, styles and data files are found inside the wheel, unpacked as pip would."""
    (wheel,) = built.glob("*.whl")
    with ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    site = tmp_path / "site"
    site.mkdir()
    (site / "2026-05-30-hello.md").write_text("---\ntitle: Hello\n---\nFirst.\n", "utf-8")
    script = (
        "import sys, feedsvc; from feedsvc.cli import main\n"
        f"assert feedsvc.__file__.startswith({str(tmp_path)!r}), feedsvc.__file__\n"
        "sys.exit(main(['export', 'out', '--site', 'site']))\n"
    )
    subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "installed")},
        check=True,
        capture_output=True,
    )
    assert "Hello" in (tmp_path / "out" / "feed.atom").read_text("utf-8")
    assert (tmp_path / "out" / "index.html").exists()
