"""What JavaScript and TypeScript say in plain literals; they are never run."""

from __future__ import annotations

import re

TEXT = r"""\s*["'`]([^"'`\n]{1,200})["'`]"""
"""A pattern of a literal, its content the group."""

# One that is never closed reaches to the end: looking for its end again and again would take long.
# A string may hold what looks like one (`https://`, `{a,b}/*.md`).
_COMMENT = re.compile(
    r"(?P<string>\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*(?:`|\Z))"
    r"|(?:^|(?<=[\s;,{}()=]))/\*(?s:.*?)(?:\*/|\Z)|(?:^|[ \t;,{(])//[^\n]*",
    re.MULTILINE,
)


def without_comments(code: str) -> str:
    """The code without what is commented out."""
    return _COMMENT.sub(lambda match: match["string"] or "", code)


def literal(pattern: re.Pattern[str], code: str) -> str:
    """The literal that the pattern finds first, "" without one."""
    match = pattern.search(code)
    return match[1].strip() if match else ""
