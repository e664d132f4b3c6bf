"""`feedsvc check`: what is wrong or doubtful in posts and configuration, as a linter tells it."""

from __future__ import annotations

from collections import Counter
from fnmatch import fnmatchcase
from pathlib import PurePath
from typing import TYPE_CHECKING

from feedsvc.commands.opening import opened
from feedsvc.commands.records import finding_record
from feedsvc.commands.terminal import BLUE, BOLD, DIM, RED, YELLOW, paint, plain, say, say_list
from feedsvc.model import Severity

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from feedsvc.model import Finding

_COLOURS = {Severity.ERROR: RED, Severity.WARNING: YELLOW, Severity.NOTE: BLUE}
# https://docs.github.com/actions/reference/workflow-commands-for-github-actions
_GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def run(args: argparse.Namespace, clock: Callable[[], datetime]) -> int:  # noqa: ARG001
    """List the findings; 1 if one is an error, with --strict also if one is a warning."""
    with opened(args) as site:
        found = chosen(site.findings, _codes(args.select), _codes(args.ignore))
    if args.format == "json":
        say_list(map(finding_record, found))
    else:
        tell = _tell_github if args.format == "github" else _tell
        for finding in found:
            tell(finding, _place(args.site, finding.path))
        if args.format == "text":
            _summarise(found)
    failing = {Severity.ERROR, Severity.WARNING} if args.strict else {Severity.ERROR}
    return int(any(finding.severity in failing for finding in found))


def chosen(
    findings: Iterable[Finding], select: Sequence[str], ignore: Sequence[str]
) -> list[Finding]:
    """Return the findings whose codes match, in the order of the files."""
    found = [
        finding
        for finding in findings
        if (not select or _matches(finding.code, select)) and not _matches(finding.code, ignore)
    ]
    return sorted(found, key=lambda one: (one.path, one.line, one.column, one.code, one.message))


def _codes(lists: list[str] | None) -> list[str]:
    return [code.strip() for text in lists or () for code in text.split(",") if code.strip()]


def _matches(code: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(code, pattern) for pattern in patterns)


def _place(site: str, path: str) -> str:
    """Return the path as an editor started where the user is can open it."""
    return str(PurePath(site, path)) if path else site


def _tell(finding: Finding, place: str) -> None:
    position = ":".join([place, *(str(n) for n in (finding.line, finding.column) if n)])
    severity = paint(finding.severity, _COLOURS[finding.severity])
    code = paint(f"[{finding.code}]", DIM)
    say(f"{paint(plain(position), BOLD)}: {severity}: {plain(finding.message)} {code}")
    if finding.hint:
        say(f"    {plain(finding.hint)}")


def _tell_github(finding: Finding, place: str) -> None:
    where = {"file": place, "line": finding.line, "col": finding.column, "title": finding.code}
    properties = ",".join(
        f"{name}={_escaped(str(value), ':,')}" for name, value in where.items() if value
    )
    text = f"{finding.message} {finding.hint}".rstrip()
    say(f"::{_GITHUB_LEVELS[finding.severity]} {properties}::{_escaped(text)}")


def _escaped(text: str, more: str = "") -> str:
    return "".join(
        f"%{ord(character):02X}" if character in f"%\r\n{more}" else character for character in text
    )


def _summarise(found: list[Finding]) -> None:
    if not found:
        say("nothing found")
        return
    say("")
    codes = Counter((finding.code, finding.severity) for finding in found)
    digits = len(f"{max(codes.values()):,}")
    for (code, severity), count in sorted(codes.items(), key=lambda item: (-item[1], item[0])):
        say(f"{count:>{digits},}  {paint(f'{severity:<7}', _COLOURS[severity])}  {code}")
    kinds = Counter(finding.severity for finding in found)
    say(", ".join(f"{kinds[one]:,} {one}{'' if kinds[one] == 1 else 's'}" for one in Severity))
