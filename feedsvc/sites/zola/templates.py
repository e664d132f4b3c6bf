"""How a Zola site's own feed templates make the ids of their entries.

https://www.getzola.org/documentation/templates/feeds/
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from feedsvc.errors import ConfigError
from feedsvc.sites import files
from feedsvc.sites.templates import entries
from feedsvc.sites.templates.advice import settled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from feedsvc.model import Finding
    from feedsvc.sites.templates.expressions import Pattern

_ITEM = re.compile(r"\bfor\s+(\w+)\s+in\b")
_VALUES = {
    "permalink": "permalink", "path": "url", "title": "title", "slug": "slug", "date": "date",
}  # fmt: skip
_USUAL = [{"value": "permalink"}]


def identity(
    folder: Path, said: dict[str, Any], names: list[str]
) -> tuple[dict[str, Any] | None, tuple[Finding, ...]]:
    """How entries get their ids, None for their addresses, as Zola's own templates have them.

    `names` are the feeds' files; without a template of that name Zola has its own.
    """
    theme = files.text(said, "theme")
    roots = ["templates", *([f"themes/{theme}/templates"] if theme else [])]
    patterns: dict[str, Pattern] = {}
    for name in names:
        path = next((at for at in (f"{root}/{name}" for root in roots) if _is(folder, at)), "")
        if not path:
            continue
        try:
            text = files.text_of(folder, path)
        except ConfigError:
            continue  # one that cannot be read says nothing
        if made := entries.of_template(text, _vocabulary(text)):
            patterns[path] = made.pattern
    return settled(folder, "zola", [*patterns.items()], _USUAL)


def _is(folder: Path, path: str) -> bool:
    return ".." not in path and "\0" not in path and (folder / path).is_file()


def _vocabulary(text: str) -> Callable[[str], Pattern]:
    items = set(_ITEM.findall(text))

    def value(name: str) -> Pattern:
        if name == "config.base_url":
            return [{"value": "root"}]
        whose, _, key = name.partition(".")
        if whose not in items or not key:
            return None
        if key.startswith("extra."):
            return [{"value": f"field {key.removeprefix('extra.')}"}]
        known = _VALUES.get(key)
        return [{"value": known}] if known else None

    return value
