"""What JavaScript and TypeScript say in plain literals; they are never run."""

from __future__ import annotations

import re

TEXT = r"""\s*["'`]([^"'`\n]{1,200})["'`]"""
"""A pattern of a literal, its content the group."""

# One that is never closed reaches to the end: looking for its end again and again would take long.
# A string may hold what looks like one (`https://`, `{a,b}/*.md`); an escaped quote begins none.
_COMMENT = re.compile(
    r"(?P<string>\\.|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*(?:`|\Z))"
    r"|(?:^|(?<=[\s;,{}()=]))/\*(?s:.*?)(?:\*/|\Z)|(?:^|[ \t;,{(])//[^\n]*",
    re.MULTILINE,
)
_BRACE = re.compile(r"[{}\[\]]")


def without_comments(code: str) -> str:
    """The code without what is commented out."""
    return _COMMENT.sub(lambda match: match["string"] or "", code)


def without_objects(code: str, opening: re.Pattern[str]) -> str:
    """The code without the objects and lists that the pattern finds the beginnings of."""
    kept, at = [], 0
    for match in opening.finditer(code):
        if match.start() >= at:
            kept.append(code[at : match.start()])
            at = _end_of_object(code, match.end())
    return "".join([*kept, code[at:]])


def _end_of_object(code: str, at: int) -> int:
    """Where an object or a list ends that has begun before `at`."""
    depth = 1
    for brace in _BRACE.finditer(code, at):
        depth += 1 if brace[0] in "{[" else -1
        if not depth:
            return brace.end()
    return len(code)


def literal(pattern: re.Pattern[str], code: str) -> str:
    """The literal that the pattern finds first, "" without one."""
    match = pattern.search(code)
    return match[1].strip() if match else ""
