"""The lines of a Markdown text that are not code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_FENCE = re.compile(r"[ >\t]*(?:[-*+]\s+|\d+[.)]\s+)?(`{3,}|~{3,})")


def outside_code(text: str, change: Callable[[str, int], str | None]) -> str:
    """`text` with each line outside fenced code changed.

    `change` gets a line without its end and its position in `text`; None takes the line out.
    """
    kept: list[str] = []
    fence = ""
    position = 0
    for line in text.split("\n"):
        match = _FENCE.match(line) if "`" in line or "~" in line else None
        if fence:
            kept.append(line)
            if match and match[1].startswith(fence) and not line.strip(" >\t`~"):
                fence = ""
        elif match:
            fence = match[1]
            kept.append(line)
        elif (changed := change(line, position)) is not None:
            kept.append(changed)
        position += len(line) + 1
    return "\n".join(kept)
