"""What a Zola site's own feed templates show, and how they make the ids of their entries.

https://www.getzola.org/documentation/templates/feeds/
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from feedsvc.errors import ConfigError
from feedsvc.sites import files
from feedsvc.sites.templates import entries
from feedsvc.sites.templates.advice import settled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from feedsvc.model import Finding
    from feedsvc.sites.templates.expressions import Pattern

_ITEM = re.compile(r"\bfor\s+(\w+)\s+in\b")
_VALUES = {
    "permalink": "permalink", "path": "url", "title": "title", "slug": "slug", "date": "date",
}  # fmt: skip
_USUAL = [{"value": "permalink"}]
_SECTION = re.compile(r"""\bget_section\(\s*path\s*=\s*(?:(["'])([^"'~]*)\1\s*[,)])?""")
_OF_SECTION = re.compile(r"\bin\s+\w+\.pages\b")
_OF_ALL = re.compile(r"\bin\s+pages\b")


class Told(NamedTuple):
    """What the feed templates tell.

    `pattern` is how entries get their ids, None for their addresses, as Zola's own templates have
    them; `section` the folder of the section whose pages are the site's feed, None where all are.
    """

    pattern: dict[str, Any] | None
    section: str | None
    findings: tuple[Finding, ...]


def read(folder: Path, said: dict[str, Any], names: list[str]) -> Told:
    """Read the templates of the feeds `names`; without one of that name Zola has its own."""
    patterns: dict[str, Pattern] = {}
    sections: list[str | None] = []
    for path, text in _texts(folder, said, names):
        sections.append(_section(text))
        if made := entries.of_template(text, _vocabulary(text)):
            patterns[path] = made.pattern
    pattern, findings = settled(folder, "zola", [*patterns.items()], _USUAL)
    alone = sections[0] if len(sections) == len(names) and len(set(sections)) == 1 else None
    return Told(pattern, alone, findings)


def _texts(folder: Path, said: dict[str, Any], names: list[str]) -> Iterator[tuple[str, str]]:
    theme = files.text(said, "theme")
    roots = ["templates", *([f"themes/{theme}/templates"] if theme else [])]
    for name in names:
        path = next((at for at in (f"{root}/{name}" for root in roots) if _is(folder, at)), "")
        if path:
            with suppress(ConfigError):  # one that cannot be read says nothing
                yield path, files.text_of(folder, path)


def _section(text: str) -> str | None:
    """The folder of the section that a template asks for instead of the pages it is given.

    Where the path is put together, it is that of the feed itself: the front page's.
    """
    asked = _SECTION.findall(text)
    if len(asked) != 1 or not _OF_SECTION.search(text) or _OF_ALL.search(text):
        return None
    return str(asked[0][1]).removesuffix("_index.md").strip("/")


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
