"""Docusaurus 3: `docusaurus.config.*`, which is never run, and its blog plugin's posts."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from feedsvc.errors import ConfigError
from feedsvc.sites import files, javascript, packages
from feedsvc.sites.engine import Detection, Engine, Layer, Layout, safe

if TYPE_CHECKING:
    from pathlib import Path

    from feedsvc.feeds.values import FeedKey
    from feedsvc.markup.syntax import Syntax
    from feedsvc.model import JSON
    from feedsvc.posts.dialect import Dialect
    from feedsvc.settings import Settings

_CONFIGS = tuple(f"docusaurus.config.{suffix}" for suffix in ("ts", "js", "mjs", "cjs", "mts"))
_LIKELY = 90
_BLOG = re.compile(r"\bblog\s*:\s*\{|plugin-content-blog[\"'`)]*\s*,\s*\{")
_LIMIT = re.compile(r"\blimit\s*:\s*(\d{1,4}|false|null)\b")
_SLASH = re.compile(r"\btrailingSlash\s*:\s*(true|false)\b")
_DEFAULT_LIMIT = 20
_FILES = {"rss": "rss.xml", "atom": "atom.xml", "json": "feed.json"}


class DocusaurusLayout(Layout):
    """`/blog/rss.xml`, `/blog/atom.xml` and `/blog/feed.json`."""

    def feed_paths(self, key: FeedKey, form: str, settings: Settings) -> tuple[str, ...]:
        route = settings.engine_options.get("route")
        if not key.is_whole_site or not isinstance(route, str) or form not in _FILES:
            return ()
        return safe(f"{route}/{_FILES[form]}")


class Docusaurus(Engine):
    """https://docusaurus.io/docs/api/docusaurus-config and …/api/plugins/@docusaurus/…-blog."""

    name = "docusaurus"
    title = "Docusaurus site"
    layout = DocusaurusLayout()

    def detect(self, folder: Path) -> Detection | None:
        config = files.first(folder, *_CONFIGS)
        return Detection(config, _LIKELY) if config else None

    def configure(self, folder: Path) -> Layer:
        from feedsvc.sites.scripts import Script, object_at  # late: patterns

        source = files.first(folder, *_CONFIGS)
        script = Script(folder, source)
        told = {
            name: script.exported(["default", name]) or _first(script.code, name)
            for name in ("url", "baseUrl", "title", "tagline")
        }
        found = _BLOG.search(script.code)
        place = found.end() - 1 if found else len(script.code)
        root = files.inner_path(script.field(place, ["path"])) or "blog"
        given = script.field(place, ["routeBasePath"])
        route = files.inner_path(given) if given else "blog"
        named = script.field(place, ["feedOptions", "title"])
        base = told["baseUrl"].strip("/")
        url = told["url"].rstrip("/")
        site = files.present(
            url=f"{url}/{base}" if url and base else url,
            title=named or (f"{told['title']} Blog" if told["title"] else ""),
            subtitle=told["tagline"],
            language=script.exported(["default", "i18n", "defaultLocale"]),
        )
        slash = _SLASH.search(script.code)
        limit = _LIMIT.search(object_at(script.code, place))
        number = int(limit[1]) if limit and limit[1].isdigit() else 0
        options = files.present(
            slash=None if slash is None else slash[1] == "true",
            authors=_authors(folder, root),
            math=["$"] if packages.sets_formulas(folder) else "",
        )
        # the root is a route, too
        options["route"] = route
        # it knows no time to come
        posts: dict[str, JSON] = {"path": [root], "permalink": "", "future": True}
        shown = files.present(limit=number or (None if limit else _DEFAULT_LIMIT))
        return Layer({"site": site, "posts": posts, "feeds": shown}, options, (), source)

    @cached_property
    def dialect(self) -> Dialect:
        from feedsvc.sites.docusaurus.dialect import DocusaurusDialect

        return DocusaurusDialect()

    def syntax(self, settings: Settings) -> Syntax:  # noqa: ARG002
        from feedsvc.sites.docusaurus.syntax import SYNTAX

        return SYNTAX


def _first(code: str, name: str) -> str:
    """The first text of this name: a configuration that a function makes has it, too."""
    return javascript.literal(re.compile(rf"\b{name}\s*:{javascript.TEXT}"), code)


def _authors(folder: Path, root: str) -> JSON:
    """People by their keys in `authors.yml`."""
    name = files.first(folder, f"{root}/authors.yml", f"{root}/authors.yaml")
    try:
        said: dict[str, Any] = files.mapping(folder, name) if name else {}
    except ConfigError:
        return None
    people = {key: files.author(value) for key, value in said.items()}
    return {key: {**person} for key, person in people.items() if person}


ENGINE = Docusaurus()
