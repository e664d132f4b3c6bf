"""The catalogue is whole and true: every code that the source reports, each with a real example."""

from __future__ import annotations

import ast
import errno
import json
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from feedsvc.checks import documentation
from feedsvc.checks.catalogue import GROUPS, RULES
from feedsvc.cli import main
from feedsvc.feeds import history
from feedsvc.ledger import file as ledger_file
from feedsvc.markup.remarks import KINDS
from feedsvc.model import Severity
from feedsvc.site import open_site
from tests.checks.sites import build, write

NOW = datetime(2026, 6, 1, tzinfo=UTC)
REPOSITORY = Path(__file__).parents[2]
# What makes findings, and which argument is the code.
MAKERS = {
    "Finding": 0,
    "report": 0,
    "fail": 0,
    "Problem": 0,
    "Doubt": 0,
    "DateError": 0,
    "DateReading": 1,
    "add": 0,
    "_replace": 9,  # by keyword only
}


def literals(node: ast.expr) -> set[str]:
    return {
        one.value
        for one in ast.walk(node)
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    }


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def assigned(function: ast.AST) -> dict[str, set[str]]:
    """Texts that names get in a function, also in unpacking: `code = "a" if x else "b"`."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                pairs = [(target, node.value)]
                if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    pairs = list(zip(target.elts, node.value.elts, strict=True))
                for name, value in pairs:
                    if isinstance(name, ast.Name):
                        found.setdefault(name.id, set()).update(values(value))
    return found


def values(node: ast.expr) -> set[str]:
    """The texts that an expression may be: literals and both sides of a condition."""
    if isinstance(node, ast.Constant):
        return {node.value} if isinstance(node.value, str) else set()
    if isinstance(node, ast.IfExp):
        return values(node.body) | values(node.orelse)
    return set()


@cache
def reported() -> dict[str, str]:
    """Every code in the source, with a place where it is reported."""
    found: dict[str, str] = {}
    for file in sorted((REPOSITORY / "feedsvc").rglob("*.py")):
        tree = ast.parse(file.read_bytes(), str(file))
        functions = [
            node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Module)
        ]
        for function in functions:
            names = assigned(function) if isinstance(function, ast.FunctionDef) else {}
            for call in ast.walk(function):
                if not isinstance(call, ast.Call) or name_of(call) not in MAKERS:
                    continue
                if name_of(call) == "add" and "remarks" not in ast.unparse(call.func):
                    continue
                at = MAKERS[name_of(call)]
                named = (word.value for word in call.keywords if word.arg == "code")
                for value in (*call.args[at : at + 1], *named):
                    codes = names.get(value.id, set()) if isinstance(value, ast.Name) else set()
                    for code in codes | values(value):
                        if code:
                            found.setdefault(code, f"{file.name}:{call.lineno}")
    return found


def test_every_code_in_the_source_is_in_the_catalogue():
    assert {code: at for code, at in reported().items() if code not in RULES} == {}


def test_the_catalogue_has_no_code_that_nothing_reports():
    assert set(RULES) - set(reported()) == set()


def test_every_kind_of_remark_is_reported_and_as_grave_as_the_catalogue_says():
    for code, kind in KINDS.items():
        assert code in reported()
        if code != "control-character":  # in front matter, too
            assert RULES[code].severity is kind.severity


def test_a_code_stands_once_and_is_words_between_hyphens():
    codes = [rule.code for rules in GROUPS.values() for rule in rules]
    assert len(codes) == len(set(codes))
    for code in codes:
        assert code.replace("-", "").isalpha()
        assert code == code.lower()


def test_what_a_rule_says_are_sentences():
    for rule in RULES.values():
        for text in (rule.says, rule.done, rule.mend):
            assert text[0].isupper() or text[0] == "`", rule.code
            assert text.endswith((".", ".)")), rule.code


def refuse(*_):
    raise OSError(errno.EROFS, "Read-only file system")


def export_told(site, tmp_path, code, path):
    """A check writes no ledger, so that only what publishes can fail to."""
    with closing(open_site(site, jobs=1)) as opened:
        opened.publication(NOW, keep=True)
        assert [(one.code, one.path) for one in opened.findings if one.code == code] == [
            (code, path)
        ]


@pytest.mark.parametrize("code", RULES)
def test_an_example_gives_its_finding_at_its_line(code, tmp_path, capsys, monkeypatch):
    rule = RULES[code]
    site = tmp_path / "site"
    example = rule.example
    if example.copies:  # fewer do where fewer are many
        assert example.copies >= history.AUTO_POSTS
        monkeypatch.setattr(history, "AUTO_POSTS", 3)
        example = replace(example, copies=3)
    if rule.example.prepare:
        site.mkdir()
        write(site, rule.example.prepare)
        main(["export", str(tmp_path / "out"), "--site", str(site)])
        for path in rule.example.prepare:
            (site / path).unlink()
        capsys.readouterr()
    build(site, example)
    if rule.example.read_only:
        monkeypatch.setattr(ledger_file, "_replace", refuse)
        export_told(site, tmp_path, code, rule.example.path)
        return
    exit_code = main(["check", str(site), "--format", "json"])
    found = json.loads(capsys.readouterr().out)
    assert exit_code == int(any(one["severity"] == "error" for one in found))
    (one,) = [
        one for one in found if (one["code"], one["path"]) == (code, rule.example.path)
    ] or pytest.fail(str(found))
    assert one["line"] == rule.example.line
    assert one["severity"] == rule.severity
    assert one["message"][0].isupper() or one["message"][0] == "`"
    assert one["message"].endswith(".")
    assert one["hint"] or rule.severity is Severity.NOTE


def test_the_page_is_made_from_the_catalogue():
    page = (REPOSITORY / "docs/checks.md").read_text("utf-8")
    assert page == documentation.page(), f"run: {documentation.__doc__}"
