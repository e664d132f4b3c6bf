"""docs/cli.md says what the parser says, and its examples run."""

from __future__ import annotations

import argparse
import doctest
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from feedsvc.arguments import build_parser

REPOSITORY = Path(__file__).parents[2]
TEXT = (REPOSITORY / "docs/cli.md").read_text("utf-8")
SECTIONS = {
    part.split("\n", 1)[0]: part for part in re.split(r"^## feedsvc ", TEXT, flags=re.MULTILINE)[1:]
}
COMMANDS = next(
    action.choices
    for action in build_parser()._actions
    if isinstance(action, argparse._SubParsersAction)
)


def test_every_command_has_a_section_in_the_order_of_the_help():
    assert list(SECTIONS) == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_section_lists_the_options_that_the_command_has(name):
    documented = re.findall(r"^\| `(--[a-z-]+)", SECTIONS[name], re.MULTILINE)
    options = [
        action.option_strings[-1]
        for action in COMMANDS[name]._actions
        if action.option_strings and action.dest != "help"
    ]
    assert sorted(documented) == sorted(options)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_section_names_the_arguments(name):
    for action in COMMANDS[name]._actions:
        if not action.option_strings and action.metavar != "SITE":
            assert action.metavar in SECTIONS[name]


def test_general_options_are_told():
    assert {"--help", "-h", "--version"} <= set(re.findall(r"`(-[-a-z]+)`", TEXT))


def test_the_examples_run(tmp_path):
    shutil.copytree(REPOSITORY / "posts", tmp_path / "posts")
    folder = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
    same = doctest.OutputChecker().check_output
    for block in re.findall(r"^```console\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL):
        for example in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = example.partition("\n")
            done = subprocess.run(
                ["bash", "-c", command],
                check=True,
                cwd=tmp_path,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
            )
            assert same(shown, done.stdout, doctest.ELLIPSIS), f"$ {command}\n{done.stdout}"
