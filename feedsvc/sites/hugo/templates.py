"""What a Hugo site's own RSS template shows and how it makes ids, in the usual words.

A site or its theme may bring a template in place of Hugo's, which shows all pages and takes their
addresses for ids. Most of them show the pages of some sections only:
`where site.RegularPages "Type" "in" (slice "blog")`. That, the ids and how many entries there are
is all that is looked for here; templates are never run.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from functools import partial
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from feedsvc.errors import ConfigError
from feedsvc.sites import files
from feedsvc.sites.hugo.content import content_folders
from feedsvc.sites.hugo.paths import lowered
from feedsvc.sites.templates import entries
from feedsvc.sites.templates.advice import settled

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedsvc.model import JSON, Finding
    from feedsvc.sites.templates.expressions import Pattern

# https://gohugo.io/templates/lookup-order/, for the home page's RSS
_NAMES = (
    *("home.rss.xml", "index.rss.xml", "rss.xml", "list.rss.xml"),
    *("index.xml", "home.xml", "list.xml", "all.rss.xml"),
)
_PAGES = (".md", ".markdown", ".html")
_FOLDERS = ("layouts", "layouts/_default")
_WHERE = re.compile(
    r"where\s+\(?\s*(?:\$?\.?[Ss]ite|\$\.Site|\$?\w*)\.(?:Regular)?Pages\s*\)?\s+"
    r"[\"`]\.?(?P<by>Type|Section)[\"`]\s+"
    r"(?:[\"`](?:(?:in|eq|==?)|(?P<but>not in|ne|!=|<>))[\"`]\s+)?"
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


def own_template(folder: Path, said: dict[str, Any]) -> Template:
    """What the site's RSS template, if it has one, makes otherwise than Hugo's own."""
    main = partial(_main_sections, folder, said)
    path, text = _template(folder, said)
    made = entries.of_template(text, _page, go=True) if text else None
    if made is None:
        return Template(_shown(text, main), None, 0, ())
    first = _FIRST.search(made.head)
    identity, findings = settled(folder, "hugo", [(path, made.pattern)], _USUAL)
    return Template(_shown(text, main), identity, int(first[1]) if first else 0, findings)


def _shown(text: str, main: Callable[[], list[str]]) -> dict[str, JSON]:
    """`{"by": "type" | "section", "names": […]}`, {} where all pages are shown.

    With `"but": true` it is all pages but those.
    """
    found = _WHERE.search(text)
    if found is None:
        section = _SECTION.search(text)
        return {"by": "section", "names": [section[1]]} if section else {}
    names = main() if found["what"].endswith("ainSections") else _WORD.findall(found["what"])
    but: dict[str, JSON] = {"but": True} if found["but"] else {}
    return {"by": found["by"].lower(), "names": [*names]} | but if names else {}


def _main_sections(folder: Path, said: dict[str, Any]) -> list[str]:
    """`mainSections`, which for Hugo is the section of the most pages unless a site says so."""
    main = files.texts(said, "mainsections")
    if main or (main := files.texts(files.table(said, "params"), "mainsections")):
        return main
    counts: Counter[str] = Counter()
    for content in content_folders(said):
        root = folder / content.folder
        for here, _, names in os.walk(root):
            places = (Path(content.below) / Path(here).relative_to(root)).parts
            pages = [name for name in names if name.endswith(_PAGES) and name[0] not in "_.#"]
            counts[places[0] if places else ""] += len(pages)
    counts.pop("", None)
    most = counts.most_common(1)
    return [lowered(most[0][0]).replace(" ", "-")] if most and most[0][1] else []


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
