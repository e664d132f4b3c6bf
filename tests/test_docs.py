"""The documentation is true: its commands give the output it shows, its links lead somewhere.

In a `console` block a line after `$ ` is run, in order, inside a copy of posts/; what
follows must be its output (`...` stands for anything). Lines without `$ ` are examples for the
reader's own folder; those that call feedsvc must at least be commands it understands.
"""

from __future__ import annotations

import ast
import doctest
import inspect
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
import yaml

from feedsvc import arguments
from feedsvc.config import schema
from feedsvc.formats import Format
from feedsvc.posts.dialect import Dialect, Reading, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).parent.parent
README = REPOSITORY / "README.md"
ARCHITECTURE = REPOSITORY / "docs" / "architecture.md"
PAGES = sorted([*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").glob("*.md")])
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WORKFLOW = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


class Example(NamedTuple):
    """A command shown after `$ `, and the output shown below it."""

    command: str
    output: str


def prose(page: Path) -> str:
    """A page without its code: what is in there is no heading and no link."""
    text = re.sub(r"^(```+).*?^\1$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"`[^`\n]*`", "", text)


def anchors(page: Path) -> set[str]:
    """The names under which forges let a page's headings be linked to."""
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in HEADING.findall(text)
    }


def examples(page: Path) -> list[Example]:
    found = []
    for block in BLOCK.findall(page.read_text("utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append(Example(command, output.strip("\n")))
    return found


def mentioned_commands() -> Iterator[tuple[str, list[str]]]:
    """Every line in a console block that calls feedsvc, with and without `$ `."""
    for page in PAGES:
        for block in BLOCK.findall(page.read_text("utf-8")):
            for line in block.splitlines():
                words = shlex.split(line.removeprefix("$ "), comments=True)
                if words and words[0] == "feedsvc":
                    yield page.name, words[1:]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(prose(page)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), target
        assert not anchor or anchor in anchors(file), target


def test_the_readme_shows_real_output(tmp_path: Path) -> None:
    """Run in a copy, so that a visitor's changes to posts/ or a port in use do no harm."""
    shutil.copytree(REPOSITORY / "posts", tmp_path / "posts")
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "LC_ALL": "C.UTF-8",
        "COLUMNS": "100",
    }
    shown = examples(README)
    assert shown
    for command, output in shown:
        if command.startswith("make"):
            continue  # tested below: it would install feedsvc again
        done = subprocess.run(
            ["bash", "-c", command],
            check=False,
            cwd=tmp_path / "posts",
            env=environment,
            encoding="utf-8",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        same = doctest.OutputChecker().check_output(
            f"{output}\n", done.stdout.strip("\n") + "\n", doctest.ELLIPSIS
        )
        assert same, f"$ {command}\n{done.stdout}\ninstead of\n{output}"


def understood(words: list[str]) -> bool:
    try:
        arguments.parse(words)
    except SystemExit as end:
        return not end.code
    return True


def members(shown: ast.ClassDef) -> Iterator[tuple[str, list[str]]]:
    """What a class in the documentation has, functions with the names of their parameters."""
    for node in shown.body:
        if isinstance(node, ast.AnnAssign):
            yield ast.unparse(node.target), []
        elif isinstance(node, ast.FunctionDef):
            yield node.name, [argument.arg for argument in node.args.args]


@pytest.mark.parametrize("real", [Source, Reading, Dialect, Format], ids=lambda one: one.__name__)
def test_a_contract_in_the_documentation_is_that_of_the_code(real: type) -> None:
    text = ARCHITECTURE.read_text("utf-8")
    blocks = [ast.parse(block) for block in PYTHON.findall(text)]
    classes = (node for block in blocks for node in block.body if isinstance(node, ast.ClassDef))
    (shown,) = (one for one in classes if one.name == real.__name__)
    told = dict(members(shown))
    assert list(told) == list(getattr(real, "_fields", told))
    for name, parameters in told.items():
        assert hasattr(real, name) or name in real.__annotations__, name
        if parameters:
            assert list(inspect.signature(getattr(real, name)).parameters) == parameters


def test_the_rules_of_a_dialect_that_the_documentation_names_exist() -> None:
    text = ARCHITECTURE.read_text("utf-8")
    (rules,) = re.findall(r"# overridable single rules, [^:]*: ((?:.*\n +#)*.*)…", text)
    assert not [name for name in re.findall(r"\w+", rules) if not hasattr(Dialect, name)]


def test_commands_in_the_documentation_are_understood() -> None:
    for page, words in mentioned_commands():
        if not understood(words):
            pytest.fail(f"{page}: feedsvc {shlex.join(words)}")


def test_workflows_in_the_documentation_are_yaml_and_call_what_exists() -> None:
    found = [(page, text) for page in PAGES for text in WORKFLOW.findall(page.read_text("utf-8"))]
    assert found
    for page, text in found:
        for job in yaml.safe_load(text)["jobs"].values():
            assert job["runs-on"]
            for step in job["steps"]:
                assert {"uses", "run"} & step.keys(), page
                words = shlex.split(step.get("run", ""))
                assert words[:1] != ["feedsvc"] or understood(words[1:]), words


def test_what_make_serves_is_configured_by_its_own_site_alone() -> None:
    """An address given here would win over the site's, and ids would be told with it for ever."""
    makefile = (REPOSITORY / "Makefile").read_text("utf-8")
    assert "FEEDSVC_" not in makefile


def test_make_targets_in_the_documentation_exist() -> None:
    makefile = (REPOSITORY / "Makefile").read_text("utf-8")
    for page in PAGES:
        for target in re.findall(r"(?:`|^\$? ?)make (\w+)", page.read_text("utf-8"), re.MULTILINE):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"{page.name}: {target}"


def test_every_configuration_key_is_in_the_readme() -> None:
    rows = re.findall(r"^\| (`\[.+)$", README.read_text("utf-8"), re.MULTILINE)
    for key in schema.keys().values():
        place = f"{key.table}.SLUG" if key.table in schema.TERMS else key.table
        (row,) = (row for row in rows if f"`[{place}]`" in row.partition("|")[0])
        assert f"`{key.name}`" in row.split("|")[1], key


def test_every_page_is_reachable_from_the_readme() -> None:
    seen, ahead = set[Path](), [README]
    while ahead:
        page = ahead.pop()
        if page in seen or page.suffix != ".md":
            continue
        seen.add(page)
        ahead.extend(
            (page.parent / target.partition("#")[0]).resolve()
            for target in LINK.findall(prose(page))
            if not re.match(r"[a-z]+:|#", target)
        )
    assert set(PAGES) <= seen
