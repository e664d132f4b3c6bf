"""What a Hugo site's own RSS template shows and how it makes ids, in the usual words.

A site or its theme may bring a template in place of Hugo's, which shows all pages and takes their
addresses for ids. Most of them show the pages of some sections only:
`where site.RegularPages "Type" "in" (slice "blog")`. That, the ids and how many entries there are
is all that is looked for here; templates are never run.
"""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from feedsvc.errors import ConfigError
from feedsvc.sites import files
from feedsvc.sites.templates import entries
from feedsvc.sites.templates.advice import settled

if TYPE_CHECKING:
    from pathlib import Path

    from feedsvc.model import JSON, Finding
    from feedsvc.sites.templates.expressions import Pattern

# https://gohugo.io/templates/lookup-order/, for the home page's RSS
_NAMES = (
    *("home.rss.xml", "index.rss.xml", "rss.xml", "list.rss.xml"),
    *("index.xml", "home.xml", "list.xml", "all.rss.xml"),
)
_FOLDERS = ("layouts", "layouts/_default")
_WHERE = re.compile(
    r"where\s+\(?\s*(?:\$?\.?[Ss]ite|\$\.Site|\$?\w*)\.(?:Regular)?Pages\s*\)?\s+"
    r"[\"`]\.?(?P<by>Type|Section)[\"`]\s+(?:[\"`](?:in|eq|=|==)[\"`]\s+)?"
    r"(?P<what>\(\s*slice\s[^()]*\)|[\"`][^\"`]+[\"`]|[$.\w]*[mM]ainSections)"
)
_SECTION = re.compile(
    r"range\s[^{}]*\(\s*(?:\$?\.|\$\.)?[Ss]ite\.GetPage\s+(?:[\"`]section[\"`]\s+)?[\"`]/?([^\"`/]+)/?[\"`]\s*\)"
    r"\.(?:Regular)?Pages"
)
_WORD = re.compile(r"[\"`]([^\"`]+)[\"`]")
_FIRST = re.compile(r"\bfirst\s+(\d{1,4})\b")
_USUAL = [{"value": "permalink"}]
_PAGE = re.compile(r"(?:\$\w+)?\.([\w.]+)")
_VALUES = {
    "Permalink": "permalink", "RelPermalink": "relative", "Title": "title", "LinkTitle": "title",
    "Date": "date", "PublishDate": "date", "Slug": "field slug", "File.UniqueID": "unique_id",
}  # fmt: skip


class Template(NamedTuple):
    """Which pages are `shown`, how ids are made (an option), how many entries there are (or 0)."""

    shown: dict[str, JSON]
    identity: dict[str, Any] | None
    limit: int
    findings: tuple[Finding, ...]


def own_template(folder: Path, said: dict[str, Any], main: list[str]) -> Template:
    """What the site's RSS template, if it has one, makes otherwise than Hugo's own.

    `main` is what the site configures as `mainSections`.
    """
    path, text = _template(folder, said)
    made = entries.of_template(text, _page, go=True) if text else None
    if made is None:
        return Template(_shown(text, main), None, 0, ())
    first = _FIRST.search(made.head)
    identity, findings = settled(folder, "hugo", [(path, made.pattern)], _USUAL)
    return Template(_shown(text, main), identity, int(first[1]) if first else 0, findings)


def _shown(text: str, main: list[str]) -> dict[str, JSON]:
    """`{"by": "type" | "section", "names": […]}`, {} where all pages are shown."""
    found = _WHERE.search(text)
    if found is None:
        section = _SECTION.search(text)
        return {"by": "section", "names": [section[1]]} if section else {}
    names = main if found["what"].endswith("ainSections") else _WORD.findall(found["what"])
    return {"by": found["by"].lower(), "names": [*names]} if names else {}


def _page(name: str) -> Pattern:
    """What a name of the template means for the page that an entry is of."""
    if name in (".Site.BaseURL", "site.BaseURL", "$.Site.BaseURL"):
        return [{"value": "root"}, "/"]
    match = _PAGE.fullmatch(name)
    if match is None:
        return None
    if match[1].startswith("Params."):
        return [{"value": f"field {match[1].removeprefix('Params.').lower()}"}]
    value = _VALUES.get(match[1])
    return [{"value": value}] if value else None


def _template(folder: Path, said: dict[str, Any]) -> tuple[str, str]:
    """Path and text of the template that Hugo would take; "" where that is its own."""
    themes = files.text(said, "themesdir") or "themes"
    roots = ["", *(f"{themes}/{name}/" for name in files.texts(said, "theme"))]
    for root, place in product(roots, _FOLDERS):
        try:
            if name := files.first(folder / root / place, *_NAMES):
                return f"{root}{place}/{name}", files.text_of(folder / root / place, name)
        except (ConfigError, OSError, ValueError):
            continue  # no template that can be read
    return "", ""
