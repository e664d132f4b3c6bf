"""What reading front matter gives: fields, the lines of their keys, and what is wrong with it."""

from __future__ import annotations

from typing import NamedTuple

from feedsvc.model import Severity

SIZE = 256 * 1024
"""The longest front matter that is read, in characters."""


class Problem(NamedTuple):
    """What is wrong with the block itself, with its place in the file (from 1; 0 unknown)."""

    code: str
    message: str
    line: int
    column: int = 0
    severity: Severity = Severity.ERROR
    hint: str = ""


class FrontMatter:
    """`kind` is "yaml", "toml", "json", "headers" or "" (none); `body` is where the body begins.

    `lines` maps a key to its line in the file. `broken` is true where nothing could be read:
    then `fields` is empty and `problems` says why.
    """

    __slots__ = ("body", "broken", "fields", "kind", "lines", "problems")

    def __init__(self, kind: str, body: int = 0) -> None:
        self.kind = kind
        self.body = body
        self.fields: dict[str, object] = {}
        self.lines: dict[str, int] = {}
        self.problems: list[Problem] = []
        self.broken = False

    def fail(
        self, code: str, message: str, line: int, column: int = 0, hint: str = ""
    ) -> FrontMatter:
        """Say why nothing could be read."""
        self.problems.append(Problem(code, message, line, column, Severity.ERROR, hint))
        self.broken = True
        self.fields = {}
        return self


def control(char: str, line: int, column: int = 0) -> Problem:
    """What to say of a character that no format may carry, wherever it came from."""
    return Problem(
        "control-character",
        f"A control character (U+{ord(char):04X}) in the front matter was dropped.",
        line,
        column,
        Severity.WARNING,
        "Remove it.",
    )


def duplicate(key: str, line: int, column: int = 0, kept: str = "the last") -> Problem:
    """The finding about a key that stands twice."""
    return Problem(
        "key-duplicate",
        f"The key `{key}` stands more than once; {kept} was taken.",
        line,
        column,
        Severity.WARNING,
        "Keep one.",
    )
