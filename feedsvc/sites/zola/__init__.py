"""Zola: `config.toml` with a `base_url`, posts below `content/`."""

from __future__ import annotations

import os
import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feedsvc.errors import ConfigError
from feedsvc.sites import files
from feedsvc.sites.engine import Detection, Engine, Layer, Layout, safe

if TYPE_CHECKING:
    from feedsvc.content.syntax import Syntax
    from feedsvc.feeds.values import FeedKey
    from feedsvc.model import JSON
    from feedsvc.posts.dialect import Dialect
    from feedsvc.settings import Settings

_CONFIGS = ("zola.toml", "config.toml")
_SWITCH = re.compile(
    r"^[ \t]*(generate_(feed)s?|transparent|draft)[ \t]*[=:][ \t]*true\b", re.MULTILINE
)
# Hugo, too, has a config.toml; its `baseURL` is written otherwise.
_OWN = re.compile(r"^[ \t]*base_url[ \t]*=", re.MULTILINE)


class ZolaLayout(Layout):
    """`/atom.xml` (or as `feed_filenames` says), `/tags/TAG/atom.xml`, `/SECTION/atom.xml`.

    In another language than the site's, all below its folder.
    """

    merges_terms = True

    def same_term(self, name: str, settings: Settings) -> str:
        """Terms with one slug are one."""
        from feedsvc.sites.zola.paths import segment

        return segment(name, settings.engine_options.get("slugs_taxonomies"))

    def feed_paths(self, key: FeedKey, form: str, settings: Settings) -> tuple[str, ...]:
        from feedsvc.sites.zola.paths import segment

        options = settings.engine_options
        given = options.get("feeds")
        names = [str(name) for name in given] if isinstance(given, list) else ["atom.xml"]
        names = [name for name in names if _format(name) == form]
        top = f"{key.language}/" if key.language else ""
        if key.kind == "site":
            return safe(*(f"{top}{name}" for name in names))
        if key.kind == "sections":
            return safe(*(f"{top}{key.name}/{name}" for name in names))
        root = f"{str(options['root']).strip('/')}/" if options.get("root") else ""
        term = segment(key.name, options.get("slugs_taxonomies"))
        return safe(*(f"{top}{root}{key.kind}/{term}/{name}" for name in names)) if term else ()


def _format(name: str) -> str:
    """Zola tells a format by the template of that name; others are the site's own templates."""
    return "rss" if "rss" in name else "atom"


class Zola(Engine):
    """Configuration: https://www.getzola.org/documentation/getting-started/configuration/."""

    name = "zola"
    title = "Zola site"
    layout = ZolaLayout()

    def detect(self, folder: Path) -> Detection | None:
        config = files.first(folder, *_CONFIGS)
        if config and _OWN.search(files.text_of(folder, config)):
            return Detection(config)
        return None

    def configure(self, folder: Path) -> Layer:
        source = files.first(folder, *_CONFIGS)
        said = files.mapping(folder, source) if source else {}
        language = files.text(said, "default_language") or "en"
        site = files.present(
            url=files.text(said, "base_url"),
            title=files.text(said, "title"),
            subtitle=files.text(said, "description"),
            author=files.author(said.get("author") or files.table(said, "extra").get("author")),
            language=language,
        )
        limit = files.number(said, "feed_limit")
        values: dict[str, JSON] = {
            "site": site,
            "posts": {"path": "content", "permalink": "", "future": True},  # nothing is to come
            "feeds": files.present(limit=limit and min(limit, 10_000)),
        }
        from feedsvc.sites.zola.templates import identity  # late: its patterns cost time

        names = _feed_names(said)
        pattern, findings = identity(folder, said, [*map(str, names)] or ["atom.xml"])
        slugs = files.table(said, "slugify")
        options = files.present(
            language=language,
            languages=list(files.table(said, "languages")),
            slugs_paths=files.text(slugs, "paths"),
            slugs_taxonomies=files.text(slugs, "taxonomies"),
            root=files.text(said, "taxonomy_root"),
            ignored=list["JSON"](files.texts(said, "ignored_content")),
            keep_dates=slugs.get("paths_keep_dates") is True,
            bottom_footnotes=files.table(said, "markdown").get("bottom_footnotes") is True,
            feeds=names,
            entry_id=pattern,
            sections=_sections(folder),
        )
        return Layer(values, options, findings, source)

    @cached_property
    def dialect(self) -> Dialect:
        from feedsvc.sites.zola.dialect import ZolaDialect

        return ZolaDialect()

    def syntax(self, settings: Settings) -> Syntax:
        from feedsvc.sites.zola.syntax import syntax

        return syntax(settings)


def _sections(site: Path) -> dict[str, JSON]:
    """The folders of the content that are sections, and which of these each is or has.

    `feed`, `draft`, `transparent`: its pages are those of the section above, too.
    """
    content = site / "content"
    found: dict[str, JSON] = {}
    for here, folders, names in os.walk(content):
        folders.sort()
        place = Path(here).relative_to(content).as_posix()
        if "_index.md" not in names or place == ".":
            continue
        try:
            said = _front(files.text_of(Path(here), "_index.md"))
        except ConfigError:
            continue  # one that cannot be read is no section
        found[place] = [match[2] or match[1] for match in _SWITCH.finditer(said)]
    return found


def _front(text: str) -> str:
    """The front matter of a section, roughly: what is before the line that closes it."""
    fence = text.lstrip()[:3]
    return text.lstrip()[3:].partition(f"\n{fence}")[0] if fence in ("+++", "---") else ""


def _feed_names(said: dict[str, Any]) -> list[JSON]:
    names: list[JSON] = list(files.texts(said, "feed_filenames"))
    return names or list(files.texts(said, "feed_filename"))  # until Zola 0.18


ENGINE = Zola()
