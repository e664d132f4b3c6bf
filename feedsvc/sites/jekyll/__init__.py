"""Jekyll 4: `_config.yml`, posts in `_posts` folders anywhere below the source, jekyll-feed."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from feedsvc.sites import files
from feedsvc.sites.engine import Detection, Engine, Layer
from feedsvc.sites.jekyll import address, collections, folders, octopress, polyglot
from feedsvc.sites.jekyll.layout import JekyllLayout

if TYPE_CHECKING:
    from pathlib import Path

    from feedsvc.markup.syntax import Syntax
    from feedsvc.model import JSON
    from feedsvc.posts.dialect import Dialect
    from feedsvc.settings import Settings

_CONFIGS = ("_config.yml", "_config.yaml", "_config.toml")
_TELLING = ("_posts", "_drafts", "_layouts", "_includes", "_data", "Gemfile")
_FEED_LIMIT = 10  # jekyll-feed's own


class Jekyll(Engine):
    """Configuration: https://jekyllrb.com/docs/configuration/options/ and jekyll-feed's README."""

    name = "jekyll"
    title = "Jekyll site"
    layout = JekyllLayout()

    def detect(self, folder: Path) -> Detection | None:
        if config := files.first(folder, *_CONFIGS):
            # GitHub Pages asks other engines' sites for one, and some keep it when they move
            told = any((folder / name).exists() for name in _TELLING)
            return Detection(config, certainty=100 if told else 50)
        # Jekyll needs no configuration; GitHub Pages builds such folders.
        if (folder / "_posts").is_dir() and (folder / "_layouts").is_dir():
            return Detection("_posts and _layouts", certainty=60)
        return None

    def configure(self, folder: Path) -> Layer:
        from feedsvc.sites.jekyll.feeds import has_plugin, identity, own_feeds  # late: patterns

        source = files.first(folder, *_CONFIGS)
        said = files.mapping(folder, source) if source else {}
        feed, posts = files.table(said, "feed"), collections.said(said, "posts")
        root = _source(said)
        where: Any = folders.walk(root, said)
        places = folders.found(folder, where["start"], where["excluded"])
        site = files.present(
            url=address.of(said, folder),
            title=files.text(said, "title", "name"),
            subtitle=files.text(said, "description", "tagline", "subtitle"),
            author=files.author(said.get("author")),
            language=files.text(said, "lang", "locale", "language"),
            timezone=files.text(said, "timezone"),
            icon=files.text(feed, "icon"),
            logo=files.text(feed, "logo"),
        )
        read = files.present(
            path=[*places, *collections.folders(folder, root, said)],
            permalink=files.text(posts, "permalink") or files.text(said, "permalink") or "date",
            future=_flag(said, "future"),
            drafts=_flag(said, "show_drafts"),
        )
        own = own_feeds(folder / root, said)
        plugin = has_plugin(folder, said) or not own
        limit = files.number(feed, "posts_limit") or _FEED_LIMIT
        feeds = files.present(
            limit=limit if plugin else max(one.limit for one in own) or None,
            content="summary" if feed.get("excerpt_only") is True else None,
        )
        languages: Any = polyglot.options(folder, said)
        pattern, findings = identity(folder, root, said, own)
        options = _options(said) | files.present(
            feed_files=[
                {"path": one.path, "form": one.form, "kind": one.kind, "name": one.name}
                for one in own
            ],
            category_feeds=octopress.category_feeds(folder / root, said),
            no_plugin=None if plugin else True,
            polyglot=languages,
            walk={**where, "found": read["path"]},
            entry_id=pattern,
        )
        values: dict[str, JSON] = {"site": site, "posts": read, "feeds": feeds}
        values["languages"] = {name: {"language": name} for name in languages.get("others", ())}
        return Layer(values, options, findings, source)

    def post_folders(self, settings: Settings) -> tuple[str, ...]:
        return folders.present(settings)

    @cached_property
    def dialect(self) -> Dialect:
        from feedsvc.sites.jekyll.dialect import JekyllDialect

        return JekyllDialect()

    def syntax(self, settings: Settings) -> Syntax:
        from feedsvc.sites.jekyll.syntax import syntax

        return syntax(settings)


def _options(said: dict[str, Any]) -> dict[str, JSON]:
    root = _source(said)
    return files.present(
        source=root,
        defaults=_defaults(said),
        unpublished=_flag(said, "unpublished"),
        excerpt_separator=files.text(said, "excerpt_separator"),
        markdown=files.text(said, "markdown"),
        **_kramdown(said),
        collections_dir=collections.above(said),
        collections=collections.fed(root, said),
        feed_path=collections.feed_path(said, "posts"),
        tags_path=files.text(files.table(files.table(said, "feed"), "tags"), "path"),
        variables=files.values(said),
        includes_dir=files.inner_path(files.text(said, "includes_dir")),
        layouts_dir=files.inner_path(files.text(said, "layouts_dir")),
        data_dir=files.inner_path(files.text(said, "data_dir")),
        documents=collections.documents(root, said),
        slashed=files.text(said, "url").endswith("/") or None,
        url_path=address.url_path(said),
    )


def _kramdown(said: dict[str, Any]) -> dict[str, JSON]:
    """What kramdown, which Jekyll uses unless told otherwise, makes of text."""
    if files.text(said, "markdown").lower().startswith("common"):
        return {}
    told = files.table(said, "kramdown")
    quotes = told.get("smart_quotes")
    straight = "quot" in (quotes if isinstance(quotes, list) else str(quotes).split(","))
    breaks = told.get("hard_wrap") is True and files.text(told, "input").upper() in ("", "GFM")
    return {"lone_tildes": True, "typographer": not straight, "breaks": breaks}


def _defaults(said: dict[str, Any]) -> JSON:
    rules = said.get("defaults")
    if not isinstance(rules, list):
        return None
    return files.plain([rule for rule in rules if isinstance(rule, dict)])


def _flag(said: dict[str, Any], name: str) -> bool | None:
    value = said.get(name)
    return value if isinstance(value, bool) else None


def _source(said: dict[str, Any]) -> str:
    """The folder that `source` names, relative to the site; "" for the site itself."""
    return files.inner_path(files.text(said, "source"))


ENGINE = Jekyll()
