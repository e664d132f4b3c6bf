"""MDX left in a body (Astro, Next, Gatsby): imports, comments, components, and directives.

Source: mdxjs.com/docs, github.com/remarkjs/remark-directive.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.content import lines

if TYPE_CHECKING:
    from feedsvc.content.context import Context

_MODULE = re.compile(
    r"(?:import\s[^;]*?from\s*['\"]|import\s*['\"]|export\s+(?:const|default|let|function)\s)"
)
_COMMENT = re.compile(r"\{/\*.{0,2000}?\*/\}")
# A tag alone in its line, about what is Markdown however far it is indented.
_ALONE = re.compile(r"\s*<(/?)[A-Za-z][\w.]*(?:\s[^<>]{0,2000})?(?<!/)>\s*")
_OBJECT = re.compile(r"(<[A-Za-z][^<>\n]{0,500}?)\s[\w-]{1,50}=\{\{[^{}\n]{0,500}\}\}")
# In HTML the slash means nothing, and what follows an open frame is not even text.
_EMPTY = re.compile(
    r"<(?!(?:area|br|col|embed|hr|img|input|link|meta|source|track|wbr)\b)"
    r"([A-Za-z][\w.]{0,50})((?:\s[^<>]{0,2000})?)/>"
)
_DIRECTIVE = re.compile(r":{3,}[ ]?([a-zA-Z][\w-]*)(?:[ ]?\[([^\]\n]*)\])?(?:\{[^{}\n]*\})?[ \t]*")
_LIST = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")
_COMPONENT = re.compile(r"</?([A-Z][\w.]*)(?:\s[^<>]{0,2000})?/?>")


def render(text: str, around: Context) -> str:
    """`text` without modules, comments and components; what components enclose stays."""
    depth = 0

    def change(line: str, position: int) -> str | None:
        nonlocal depth
        if _MODULE.match(line):
            return None
        if "{/*" in line:
            line = _COMMENT.sub("", line)
        if alone := _ALONE.fullmatch(line):
            depth = max(0, depth + (-1 if alone[1] else 1))
            line = f"\n{line.strip()}\n"
        elif depth:
            line = line.lstrip(" ") if not _LIST.match(line) else line

        def component(match: re.Match[str]) -> str:
            around.remarks.add("component-removed", match[1], text, position)
            return ""

        # inline code shows components, it does not use them
        return "`".join(
            part if odd % 2 else _COMPONENT.sub(component, part)
            for odd, part in enumerate(line.split("`"))
        )

    return lines.outside_fences(text, change)


def render_directives(text: str, around: Context) -> str:  # noqa: ARG001 - as all rules
    """`text` with the titles of container directives (`:::note[Title]`), and without their ends."""

    def change(line: str, _position: int) -> str | None:
        if match := _DIRECTIVE.fullmatch(line.strip()):
            return f"\n**{match[2] or match[1].capitalize()}**\n"
        return None if line.strip().strip(":") == "" and ":::" in line else line

    return lines.outside_fences(text, change)


def render_objects(text: str, around: Context) -> str:  # noqa: ARG001 - as all rules
    """`text` without attributes that are JavaScript objects (`style={{…}}`)."""

    def change(line: str, _position: int) -> str:
        while "={{" in line and (shorter := _OBJECT.sub(r"\1", line)) != line:
            line = shorter
        return line

    return lines.outside_fences(text, change)


def render_empty(text: str, around: Context) -> str:  # noqa: ARG001 - as all rules
    """`text` with an end for each element that JSX has none in (`<video src="…" />`)."""

    def change(line: str, _position: int) -> str:
        parts = line.split("`")
        parts[::2] = [_EMPTY.sub(r"<\1\2></\1>", part) for part in parts[::2]]
        return "`".join(parts)

    return lines.outside_fences(text, change)
