"""Astro, Next.js and Gatsby: posts as content files; addresses follow the folders."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from feedsvc.sites import files, javascript, packages
from feedsvc.sites.engine import Detection, Engine, Layer, Layout, safe

if TYPE_CHECKING:
    from pathlib import Path

    from feedsvc.feeds.values import FeedKey
    from feedsvc.markup.syntax import Syntax
    from feedsvc.model import JSON
    from feedsvc.posts.dialect import Dialect
    from feedsvc.settings import Settings

_SUFFIXES = ("mjs", "ts", "js", "cjs", "mts")
_CONFIGS = {
    kind: tuple(f"{stem}.{suffix}" for suffix in _SUFFIXES)
    for kind, stem in (
        ("astro", "astro.config"),
        ("next", "next.config"),
        ("gatsby", "gatsby-config"),
    )
}
_BASE = re.compile(r"""\bbase(?:Path)?\s*:\s*["'`](/[^"'`\s]{0,200})["'`]""")
_LANGUAGE = re.compile(r"\bdefaultLocale\s*:")
_SITE = re.compile(r"\bsite\s*:")
_STRAIGHT = re.compile(r"\bsmartypants\s*:\s*false\b")
_SLASH = re.compile(r"""\btrailingSlash\s*:\s*(?:["'`](\w+)["'`]|(true|false))""")


class AstroLayout(Layout):
    """The feeds that the site's files are named after, else `/rss.xml` (`@astrojs/rss`).

    Those of other languages than the site's are below their folders.
    """

    knows_languages = True

    def feed_paths(self, key: FeedKey, form: str, settings: Settings) -> tuple[str, ...]:
        given = settings.engine_options.get("feeds")
        told = given if isinstance(given, list) else ["rss.xml"]
        names = [name for name in told if isinstance(name, str)]  # else another engine's
        if key.kind != "site" or (key.language and not _has_languages(settings)):
            return ()
        top = f"{key.language}/" if key.language else ""
        return safe(*(f"{top}{name}" for name in names if _format(name) == form))


def _has_languages(settings: Settings) -> bool:
    """Whether pages of collections are below folders of languages."""
    routes = settings.engine_options.get("routes")
    places = routes.values() if isinstance(routes, dict) else ()
    return any(isinstance(place, str) and place[:1] == "[" for place in places)


def _below_languages(route: str | None) -> str | None:
    return route if route is None or route[:1] == "[" else f"[...locale]/{route}".rstrip("/")


def _rank(path: str) -> tuple[bool, str]:
    """The feed that most sites have comes first."""
    return "rss" not in path.rpartition("/")[2], path


def _format(name: str) -> str:
    return "json" if name.endswith(".json") else "atom" if "atom" in name else "rss"


class Astro(Engine):
    """Configuration: https://docs.astro.build/en/reference/configuration-reference/."""

    name = "astro"
    title = "Astro, Next.js or Gatsby site"
    layout = AstroLayout()

    def detect(self, folder: Path) -> Detection | None:
        config = _config(folder)[1]
        return Detection(config, 90) if config else None

    def configure(self, folder: Path) -> Layer:
        # late: patterns cost time
        from feedsvc.sites.astro import collections, configuration, declared
        from feedsvc.sites.scripts import Script

        kind, source = _config(folder)
        code = javascript.without_comments(files.text_of(folder, source)) if source else ""
        said = Script(folder, source)
        base, slash = _BASE.search(code), _SLASH.search(code)
        site = configuration.site(folder, said, kind)
        if (own := _SITE.search(code)) and (url := said.text_at(own.end())).startswith("http"):
            site["url"] = url
        if base and kind != "gatsby" and isinstance(address := site.get("url"), str):
            site["url"] = address.rstrip("/") + base[1]
        loaded = collections.roots(folder)
        path = configuration.posts(folder, code, kind, loaded)
        names = configuration.feeds(folder, code, kind)
        feed = collections.feed(folder, min(names.values(), key=_rank, default=""))
        site = files.present(title=feed.title, subtitle=feed.subtitle) | site
        routes = dict.fromkeys(feed.shown, feed.route) | collections.routes(folder)
        if feed.by_path.locales:
            routes = {name: _below_languages(route) for name, route in routes.items()}
        # none of them knows a time to come, unless the site's own code asks for it
        posts: dict[str, JSON] = {"path": path, "permalink": "", "future": not feed.waits}
        options = files.present(
            roots=dict(loaded), routes={**routes}, feeds=[*names], shown=[*feed.shown]
        )
        default = _LANGUAGE.search(code)
        options["language"] = said.text_at(default.end()) if default else ""
        options["whole_slugs"] = kind == "astro"
        options["permalinks"] = feed.permalinks
        options["slashed_ids"] = feed.slash
        options["by_path"] = feed.by_path.spelling
        options["no_slash"] = slash is not None and "never" in slash.groups() + ("never",) * (
            slash[2] == "false"
        )
        if told := declared.read(folder):
            site |= told.site
            options["pattern"] = told.pattern
            options["slashed_ids"] = told.slash
            options["no_slash"] = not told.slash
        options["alerts"] = configuration.shows_alerts(folder, code)
        options |= files.present(math=["$"] if packages.sets_formulas(folder) else "")
        if kind == "astro" and not _STRAIGHT.search(code):
            options |= {"typographer": True, "guillemets": False, "long_dashes": True}
        options["bare"] = kind == "gatsby" or path == ["public"]
        options["as_named"] = kind != "astro"  # `createFilePath`, and the names of Next's files
        findings = (*feed.by_path.findings, *collections.findings(folder))
        return Layer({"site": site, "posts": posts}, options, findings, source)

    @cached_property
    def dialect(self) -> Dialect:
        from feedsvc.sites.astro.dialect import AstroDialect

        return AstroDialect()

    def syntax(self, settings: Settings) -> Syntax:  # noqa: ARG002
        from feedsvc.sites.astro.syntax import SYNTAX

        return SYNTAX


def _config(folder: Path) -> tuple[str, str]:
    """Whose site it is, and the configuration file that tells."""
    found = ((kind, files.first(folder, *names)) for kind, names in _CONFIGS.items())
    return next((pair for pair in found if pair[1]), ("astro", ""))


ENGINE = Astro()
