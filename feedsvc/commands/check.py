"""`feedsvc check`: what is wrong or doubtful in posts and configuration, as a linter tells it."""

from __future__ import annotations

from collections import Counter
from fnmatch import fnmatchcase
from pathlib import PurePath
from typing import TYPE_CHECKING

from feedsvc.commands.opening import opened
from feedsvc.commands.records import finding_record
from feedsvc.commands.terminal import BLUE, BOLD, DIM, RED, YELLOW, paint, plain, say, say_list
from feedsvc.errors import UsageError
from feedsvc.model import Severity

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from feedsvc.model import Finding

_COLOURS = {Severity.ERROR: RED, Severity.WARNING: YELLOW, Severity.NOTE: BLUE}
# https://docs.github.com/actions/reference/workflow-commands-for-github-actions
_GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
# Ten of a kind tell a person what is the matter; the summary has the number.
_EXAMPLES = 10


def run(args: argparse.Namespace, clock: Callable[[], datetime]) -> int:
    """List the findings; 1 if one is an error, with --strict also if one is a warning."""
    from feedsvc.checks.inspection import inspect

    select, ignore = _patterns("--select", args.select), _patterns("--ignore", args.ignore)
    told = _Told()
    with opened(args) as site:
        found = told.counted(chosen(inspect(site, clock()), select, ignore))
        if args.format == "json":
            say_list(map(finding_record, found))
        else:
            tell = _tell_github if args.format == "github" else _tell
            everything = bool(args.verbose or select)
            shown = found if everything else told.enough(found, limited=args.format == "text")
            for finding in shown:
                tell(finding, _place(args.site, finding.path))
    if args.format == "text":
        told.summarise()
    failing = {Severity.ERROR, Severity.WARNING} if args.strict else {Severity.ERROR}
    return int(any(severity in failing for _, severity in told.counts))


def chosen(
    findings: Iterable[Finding], select: Sequence[str], ignore: Sequence[str]
) -> Iterator[Finding]:
    """Yield the findings whose codes match."""
    for finding in findings:
        if (not select or _matches(finding.code, select)) and not _matches(finding.code, ignore):
            yield finding


def _patterns(option: str, lists: list[str] | None) -> list[str]:
    """Return what is between the commas. Raises UsageError for what no code matches."""
    from feedsvc.checks.catalogue import RULES

    found = [code.strip() for text in lists or () for code in text.split(",") if code.strip()]
    for pattern in found:
        if not any(_matches(code, [pattern]) for code in RULES):
            from difflib import get_close_matches

            near = get_close_matches(pattern, RULES, n=1)
            advice = f"did you mean {near[0]}?" if near else "docs/checks.md lists them"
            raise UsageError(f"{option} {pattern}: there is no such code; {advice}")
    return found


def _matches(code: str, patterns: Iterable[str]) -> bool:
    return any(code.startswith(f"{one}-") or fnmatchcase(code, one) for one in patterns)


def _place(site: str, path: str) -> str:
    """Return the path as an editor started where the user is can open it."""
    return str(PurePath(site, path)) if path else site


class _Told:
    """Counts what was found and what of it was not shown."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, Severity]] = Counter()
        self._hidden: Counter[tuple[str, Severity]] = Counter()

    def counted(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield the findings, counting them."""
        for finding in findings:
            self.counts[finding.code, finding.severity] += 1
            yield finding

    def enough(self, findings: Iterable[Finding], *, limited: bool) -> Iterator[Finding]:
        """Yield all errors and no notes; of the warnings of one code a few if `limited`."""
        for finding in findings:
            kind = finding.code, finding.severity
            too_many = limited and self.counts[kind] > _EXAMPLES
            if finding.severity is Severity.NOTE or (
                finding.severity is Severity.WARNING and too_many
            ):
                self._hidden[kind] += 1
            else:
                yield finding

    def summarise(self) -> None:
        """Say how often each code was found."""
        counts = self.counts
        if not counts:
            say("nothing found")
            return
        if counts.total() > self._hidden.total():
            say("")
        digits = len(f"{max(counts.values()):,}")
        for (code, severity), count in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
            shown = count - self._hidden[code, severity]
            some = paint(f"  ({shown} shown)" if shown else "  (not shown)", DIM)
            line = f"{count:>{digits},}  {paint(f'{severity:<7}', _COLOURS[severity])}  {code}"
            say(line + (some if shown < count else ""))
        kinds: Counter[Severity] = Counter()
        for (_, severity), count in counts.items():
            kinds[severity] += count
        total = ", ".join(
            f"{kinds[one]:,} {one}{'' if kinds[one] == 1 else 's'}" for one in Severity
        )
        say(total + ("; --verbose shows all" if self._hidden else ""))


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
