"""The front matter of Eleventy's templates that are no posts."""

from __future__ import annotations

import json
import re
from typing import Any

_FENCE = re.compile(r"---(json|js)?[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_PERMALINK = re.compile(r"^[ \t]*permalink\s*:\s*[\"'`]?([^\"'`{}\n,]{1,200})", re.MULTILINE)


def front_matter(text: str) -> dict[str, Any]:
    """The front matter in YAML or JSON; of code, and without a fence, the permalink alone."""
    match = _FENCE.match(text)
    if match and match[1] == "json":
        try:
            value = json.loads(match[2])
        except (ValueError, RecursionError):
            return {}
        return value if isinstance(value, dict) else {}
    if match and not match[1]:
        from feedsvc.posts import frontmatter

        return dict(frontmatter.read(f"---\n{match[2]}\n---\n", ("yaml",)).fields)
    place = _PERMALINK.search(text)
    return {"permalink": place[1].strip()} if place else {}
