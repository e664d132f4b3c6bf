"""Hexo 7: `_config.yml`, posts in `source/_posts`, the feed of hexo-generator-feed."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from feedsvc.errors import ConfigError
from feedsvc.sites import files, packages
from feedsvc.sites.engine import Detection, Engine, Layer, Layout, safe

if TYPE_CHECKING:
    from pathlib import Path

    from feedsvc.feeds.values import FeedKey
    from feedsvc.markup.syntax import Syntax
    from feedsvc.model import JSON
    from feedsvc.posts.dialect import Dialect
    from feedsvc.settings import Settings

_CONFIGS = ("_config.yml", "_config.yaml")
_LIKELY = 90  # less than an engine whose own files are there, too
_TELLING = re.compile(r"^(?:new_post_name|skip_render|public_dir|hexo-config)[ \t]*:", re.MULTILINE)
_PERMALINK = ":year/:month/:day/:title/"
_FEED_LIMIT = 20  # hexo-generator-feed's own
_FORMS = {"atom": "atom", "rss2": "rss"}


class HexoLayout(Layout):
    """`/atom.xml`, or what `feed.type` and `feed.path` say."""

    def feed_paths(self, key: FeedKey, form: str, settings: Settings) -> tuple[str, ...]:
        given = settings.engine_options.get("feeds")
        feeds = given.items() if isinstance(given, dict) else ()  # not another engine's
        return safe(*(path for path, made in feeds if made == form)) if key.is_whole_site else ()


class Hexo(Engine):
    """https://hexo.io/docs/configuration, and the README of hexo-generator-feed."""

    name = "hexo"
    title = "Hexo site"
    layout = HexoLayout()

    def detect(self, folder: Path) -> Detection | None:
        config = files.first(folder, *_CONFIGS)
        if not config:
            return None
        try:
            told = _asks_for_hexo(folder) or _TELLING.search(files.text_of(folder, config))
        except ConfigError:
            return None
        return Detection(config, _LIKELY) if told else None

    def configure(self, folder: Path) -> Layer:
        from feedsvc.sites.hexo import markup  # late: patterns

        source = files.first(folder, *_CONFIGS)
        said = files.mapping(folder, source, tabs_indent=True) if source else {}
        root = files.inner_path(files.text(said, "source_dir")) or "source"
        languages = files.texts(said, "language")
        feed = files.table(said, "feed")
        site = files.present(
            url=files.text(said, "url").rstrip("/"),
            title=files.text(said, "title"),
            subtitle=files.text(said, "subtitle", "description"),
            author=files.author(said.get("author")),
            language=languages[0] if languages else "",
            timezone=files.text(said, "timezone"),
        )
        drafts, future = said.get("render_drafts"), said.get("future")
        posts: dict[str, JSON] = {
            "path": [*_folders(folder, root)],
            "permalink": "",
            "future": future is not False,
            "drafts": drafts is True,
        }
        pretty = files.table(said, "pretty_urls")
        asked = packages.named(folder)
        options = files.present(
            source=root,
            pattern=files.text(said, "permalink") or _PERMALINK,
            defaults=files.variables(files.table(said, "permalink_defaults")),
            new_post_name=files.text(said, "new_post_name") or ":title.md",
            default_category=files.text(said, "default_category") or "uncategorized",
            category_map=files.variables(files.table(said, "category_map")),
            filename_case=files.number(said, "filename_case"),
            assets=said.get("post_asset_folder") is True or None,
            no_index=pretty.get("trailing_index") is False or None,
            no_suffix=pretty.get("trailing_html") is False or None,
            feeds=_feeds(feed),
            abbrlinks=_abbrlinks(said) if "hexo-abbrlink" in asked else None,
            plain_code=said.get("syntax_highlighter", True) in ("", False, None) or None,
            **markup.options(said, asked),
        )
        shown = files.present(limit=files.number(feed, "limit") or _FEED_LIMIT)
        values: dict[str, JSON] = {"site": site, "posts": posts, "feeds": shown}
        return Layer(values, options, (), source)

    def post_folders(self, settings: Settings) -> tuple[str, ...]:
        root = str(settings.engine_options.get("source") or "source")
        return _folders(settings.folder, root)

    @cached_property
    def dialect(self) -> Dialect:
        from feedsvc.sites.hexo.dialect import HexoDialect

        return HexoDialect()

    def syntax(self, settings: Settings) -> Syntax:  # noqa: ARG002
        from feedsvc.sites.hexo.syntax import SYNTAX

        return SYNTAX


def _asks_for_hexo(folder: Path) -> bool:
    """Whether `package.json` does."""
    return "hexo" in packages.said(folder) or "hexo" in packages.named(folder)


def _folders(folder: Path, root: str) -> tuple[str, ...]:
    posts, drafts = f"{root}/_posts", f"{root}/_drafts"
    return (posts, drafts) if (folder / drafts).is_dir() else (posts,)


def _abbrlinks(said: dict[str, Any]) -> dict[str, JSON]:
    """How hexo-abbrlink makes numbers of titles."""
    told = files.table(said, "abbrlink")
    return {
        "alg": files.text(told, "alg"),
        "rep": files.text(told, "rep"),
        "force": bool(told.get("force")),
    }


def _feeds(feed: dict[str, Any]) -> dict[str, JSON]:
    """Forms of the site's feed by their paths."""
    types = [one for one in files.texts(feed, "type") if one in _FORMS] or ["atom"]
    paths = files.texts(feed, "path")
    if len(paths) != len(types):
        paths = [f"{one}.xml" for one in types]
    named = ((path if "." in path.rpartition("/")[2] else f"{path}.xml") for path in paths)
    return dict(zip(named, (_FORMS[one] for one in types), strict=True))


ENGINE = Hexo()
