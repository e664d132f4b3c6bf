"""Files and pages that translations share, and links that Hugo's own render hook leads to pages.

Source: gohugo.io/render-hooks/links.
"""

from __future__ import annotations

import re
from itertools import islice, product
from typing import TYPE_CHECKING, Any

from feedsvc.markup.urls import file_name
from feedsvc.posts.references import OWNER, PAGE, Reference
from feedsvc.sites import files
from feedsvc.sites.hugo.languages import shares_files

if TYPE_CHECKING:
    from pathlib import Path

    from feedsvc.model import Post
    from feedsvc.settings import Settings

_MOST = 200  # links of one page; a longer list is no blog post
_OWN = [f"layouts/{place}_markup/render-link.html" for place in ("", "_default/")]
_LINK = re.compile(r"\]\((?:<(/(?!/)[^<>\n]{1,500})>|(/(?!/)[^\s)<>]{1,500}))")


def leads_to_pages(folder: Path, said: dict[str, Any]) -> bool:
    """Whether that hook works: in several languages on one host, and in place of no other."""
    languages = [one for one in files.table(said, "languages").values() if isinstance(one, dict)]
    if len(languages) < 2 or any(files.text(one, "baseurl") for one in languages):
        return False
    goldmark = files.table(files.table(said, "markup"), "goldmark")
    wanted = files.text(files.table(files.table(goldmark, "renderhooks"), "link"), "useembedded")
    if wanted == "never" or (wanted != "always" and goldmark.get("duplicateresourcefiles") is True):
        return False
    root = files.text(said, "themesdir") or "themes"
    themes = [f"{root}/{name}" for name in files.texts(said, "theme")]
    places = product(("", *filter(None, map(files.inner_path, themes))), _OWN)
    return wanted == "always" or not any((folder / at / name).is_file() for at, name in places)


def further_references(post: Post, settings: Settings) -> tuple[Reference, ...]:
    """Who has the files of a translation's bundle, and the pages that links may lead to."""
    found: dict[Reference, None] = {}
    if post.edition and post.path.rpartition("/")[2][:6].lower() == "index.":
        found |= {OWNER: None} if shares_files(settings) else {}
    if settings.engine_options.get("leads_to_pages") is True and _may_lead(post, settings):
        names = (file_name(match[1] or match[2]) for match in _LINK.finditer(post.body))
        found |= {Reference(PAGE, name): None for name in islice(names, _MOST) if name}
    return tuple(found)


def _may_lead(post: Post, settings: Settings) -> bool:
    """Whether links may lead elsewhere than they say: of translations, and below a path."""
    below = settings.site.url.rstrip("/").count("/") > 2
    return (below or bool(post.edition)) and "](" in post.body
