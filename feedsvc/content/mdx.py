"""MDX left in a body (Astro, Next): imports, comments, components. Source: mdxjs.com/docs."""

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
_COMPONENT = re.compile(r"</?([A-Z][\w.]*)(?:\s[^<>]{0,2000})?/?>")


def render(text: str, around: Context) -> str:
    """`text` without modules, comments and components; what components enclose stays."""

    def change(line: str, position: int) -> str | None:
        if _MODULE.match(line):
            return None
        if "{/*" in line:
            line = _COMMENT.sub("", line)

        def component(match: re.Match[str]) -> str:
            around.remarks.add("component-removed", match[1], text, position)
            return ""

        # inline code shows components, it does not use them
        return "`".join(
            part if odd % 2 else _COMPONENT.sub(component, part)
            for odd, part in enumerate(line.split("`"))
        )

    return lines.outside_code(text, change)
