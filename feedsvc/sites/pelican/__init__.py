"""Pelican: `pelicanconf.py` (read, never run), or a folder of posts with `Title:` lines."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING, Any

from feedsvc.sites import files
from feedsvc.sites.engine import Detection, Engine, Layer
from feedsvc.sites.pelican.layout import FEEDS, PelicanLayout

if TYPE_CHECKING:
    from pathlib import Path

    from feedsvc.markup.syntax import Syntax
    from feedsvc.model import JSON
    from feedsvc.posts.dialect import Dialect
    from feedsvc.settings import Settings

_CONFIGS = ("pelicanconf.py", "publishconf.py")  # the second overrides the first
_LOOKED_AT = 5
_FOLDERS = ("content", "posts", "")
_LIMIT = 100  # Pelican's own
ARTICLE_URL = "{slug}.html"
_OPTIONS = (
    *("ARTICLE_LANG_URL", "DEFAULT_DATE", "DEFAULT_CATEGORY", "DEFAULT_METADATA"),
    *("USE_FOLDER_AS_CATEGORY", "FILENAME_METADATA", "PATH_METADATA", "EXTRA_PATH_METADATA"),
    *("SLUGIFY_SOURCE", "SLUGIFY_USE_UNICODE", "SLUGIFY_PRESERVE_CASE"),
    *("SLUG_REGEX_SUBSTITUTIONS", "CATEGORY_REGEX_SUBSTITUTIONS", "TAG_REGEX_SUBSTITUTIONS"),
    *("AUTHOR_REGEX_SUBSTITUTIONS", "ARTICLE_EXCLUDES", "DEFAULT_LANG", "AUTHOR"),
    *("PAGE_PATHS", "PAGE_URL", "PAGE_LANG_URL"),
    *("ARTICLE_PATHS", "PATH", "READERS", "IGNORE_FILES", "CATEGORY_SAVE_AS", "PLUGINS", *FEEDS),
    *("TAG_URL", "CATEGORY_URL", "AUTHOR_URL", "INDEX_SAVE_AS"),
)


class Pelican(Engine):
    """Configuration: https://docs.getpelican.com/en/latest/settings.html."""

    name = "pelican"
    title = "Pelican site"
    layout = PelicanLayout()

    def detect(self, folder: Path) -> Detection | None:
        if config := files.first(folder, *_CONFIGS):
            return Detection(config)
        posts = _some_posts(folder)
        if 2 * sum(map(_has_headers, posts)) > len(posts):
            return Detection("`Key: value` lines above the posts", 10)
        return None

    def configure(self, folder: Path) -> Layer:
        from feedsvc.sites.pelican.configuration import modernize
        from feedsvc.sites.pythonic.pythonfile import read

        names = [name for name in _CONFIGS if (folder / name).is_file()]
        said: dict[str, Any] = {}
        seen: set[str] = set()
        for name in names:
            said |= read(folder, name, said, seen)
        modernize(said)
        site = files.present(
            url=files.text(said, "SITEURL", "FEED_DOMAIN"),
            title=files.text(said, "SITENAME"),
            subtitle=files.text(said, "SITESUBTITLE", "SITEDESCRIPTION"),
            author=files.author(said.get("AUTHOR")),
            language=files.text(said, "DEFAULT_LANG"),
            timezone=files.text(said, "TIMEZONE"),
        )
        posts = files.present(
            path=_folders(folder, said),
            permalink=files.text(said, "ARTICLE_URL") or ARTICLE_URL,
            future=said.get("WITH_FUTURE_DATES") is not False,  # Pelican's own default
        )
        limit = files.number(said, "FEED_MAX_ITEMS")
        if names and "FEED_MAX_ITEMS" not in said:
            limit = _LIMIT
        feeds = files.present(limit=limit and min(limit, 10_000))
        options = {name: files.plain(said[name]) for name in _OPTIONS if name in said}
        options["lone_tildes"] = True  # Python-Markdown strikes nothing through
        options |= _typography(said)
        values: dict[str, JSON] = {"site": site, "posts": posts, "feeds": feeds}
        return Layer(values, options, (), names[-1] if names else "")

    @cached_property
    def dialect(self) -> Dialect:
        from feedsvc.sites.pelican.dialect import PelicanDialect

        return PelicanDialect()

    def syntax(self, settings: Settings) -> Syntax:
        from feedsvc.sites.pelican.syntax import syntax

        return syntax(settings)


def _typography(said: dict[str, Any]) -> dict[str, JSON]:
    """How quotes and dashes are set: by Pelican (`typogrify`), or Python-Markdown (`smarty`)."""
    whole = said.get("TYPOGRIFY") is True
    whole = whole and "smartypants" not in files.texts(said, "TYPOGRIFY_OMIT_FILTERS")
    named: list[object] = []
    if isinstance(markdown := said.get("MARKDOWN"), dict):
        for key in ("extension_configs", "extensions"):
            named += markdown.get(key) or ()
    if not whole and not any(str(name).rpartition(".")[2] == "smarty" for name in named):
        return {}
    long = whole and files.text(said, "TYPOGRIFY_DASHES") != "oldschool"
    return {"typographer": True, "guillemets": False, "long_dashes": long}


def _folders(folder: Path, said: dict[str, Any]) -> list[JSON]:
    content = files.text(said, "PATH").strip("/").removeprefix("./")
    given = [path.strip("/") for path in files.texts(said, "ARTICLE_PATHS")]
    if not content:  # then the command names it: in most sites as below, else the site itself
        content = next((name for name in _FOLDERS if name and (folder / name).is_dir()), "")
        below = [(folder / content / path).is_dir() for path in given]
        if given and not any(below) and any((folder / path).is_dir() for path in given):
            content = ""
    return ["/".join(part for part in (content, path) if part) for path in given] or [content]


def _some_posts(folder: Path) -> list[Path]:
    """The first few posts by name, so that every machine looks at the same."""
    for place in (folder / name for name in _FOLDERS):
        try:
            names = [name for name in os.listdir(place) if name.endswith((".md", ".markdown"))]
        except OSError:
            continue
        if names:
            return [place / name for name in sorted(names)[:_LOOKED_AT]]
    return []


def _has_headers(path: Path) -> bool:
    """Whether the file begins with `Title:` and `Date:` lines without a fence."""
    head = (files.beginning(path, 1024) or b"").removeprefix(b"\xef\xbb\xbf")
    lines = head.replace(b"\r\n", b"\n").partition(b"\n\n")[0].lower().split(b"\n")
    keys = {line.partition(b":")[0] for line in lines if b":" in line}
    return lines[0].partition(b":")[0] in keys and {b"title", b"date"} <= keys


ENGINE = Pelican()
