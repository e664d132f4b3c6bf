"""Which pages a Hugo site's own RSS template shows, where it says so in the usual words.

A site or its theme may bring a template in place of Hugo's, which shows all pages. Most of them
show the pages of some sections only: `where site.RegularPages "Type" "in" (slice "blog")`. That is
all that is looked for here; templates are never run.
"""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING, Any

from feedsvc.errors import ConfigError
from feedsvc.sites import files

if TYPE_CHECKING:
    from pathlib import Path

    from feedsvc.model import JSON

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
_WORD = re.compile(r"[\"`]([^\"`]+)[\"`]")


def shown_by_template(folder: Path, said: dict[str, Any], main: list[str]) -> dict[str, JSON]:
    """`{"by": "type" | "section", "names": […]}`, {} where all pages are shown.

    `main` is what the site configures as `mainSections`.
    """
    found = _WHERE.search(_template(folder, said))
    if found is None:
        return {}
    names = main if found["what"].endswith("ainSections") else _WORD.findall(found["what"])
    return {"by": found["by"].lower(), "names": [*names]} if names else {}


def _template(folder: Path, said: dict[str, Any]) -> str:
    """The text of the template that Hugo would take; "" where that is its own."""
    themes = files.text(said, "themesdir") or "themes"
    roots = [folder, *(folder / themes / name for name in files.texts(said, "theme"))]
    for root, place in product(roots, _FOLDERS):
        try:
            if name := files.first(root / place, *_NAMES):
                return files.text_of(root / place, name)
        except (ConfigError, OSError, ValueError):
            continue  # no template that can be read
    return ""
