"""Eleventy 3: a JavaScript configuration, which is looked at but never run."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from feedsvc.sites import files, javascript, packages
from feedsvc.sites.engine import Detection, Engine, Layer, Layout, safe

if TYPE_CHECKING:
    from pathlib import Path

    from feedsvc.feeds.values import FeedKey
    from feedsvc.markup.syntax import Syntax
    from feedsvc.model import JSON
    from feedsvc.posts.dialect import Dialect
    from feedsvc.settings import Settings

_CONFIGS = (
    *(".eleventy.js", "eleventy.config.js", "eleventy.config.mjs"),
    *("eleventy.config.cjs", "eleventy.config.ts"),
)


_PACKAGE, _LIKELY = "package.json", 50
_DEEP = 2  # files that the configuration imports, and those that these do
_LONGEST = 1 << 16  # characters of each that are looked at
_RUN = re.compile(r"(?:^|[\s/])eleventy(?:$|\s)")
_ARGUMENTS = re.compile(r"eleventy\b(.*+)")
_CONFIG_OPTION = re.compile(r"--config[= ]([\w./-]+\.[cm]?[jt]s)\b")


class EleventyLayout(Layout):
    """The feeds of `@11ty/eleventy-plugin-rss`, or of the site's own templates."""

    def feed_paths(self, key: FeedKey, form: str, settings: Settings) -> tuple[str, ...]:
        options: Any = settings.engine_options
        if key.is_whole_site:
            given = options.get("feeds")
            feeds = given.items() if isinstance(given, dict) else ()  # not another engine's
            return safe(*(path for path, made in feeds if made == form))
        terms = options.get("term_feeds") or {} if key.kind == "tags" and not key.language else {}
        return safe(*(path for path, made in terms.items() if made == [form, key.name]))


class Eleventy(Engine):
    """https://www.11ty.dev/docs/config/, as far as it can be read without running it."""

    name = "eleventy"
    title = "Eleventy site"
    layout = EleventyLayout()

    def detect(self, folder: Path) -> Detection | None:
        if config := files.first(folder, *_CONFIGS):
            return Detection(config)
        return Detection(_PACKAGE, _LIKELY) if _is_asked_for(folder) else None

    def configure(self, folder: Path) -> Layer:
        from feedsvc.sites.eleventy import (  # late: patterns
            about,
            configuration,
            directories,
            feeds,
        )
        from feedsvc.sites.scripts import Script

        source = files.first(folder, *_CONFIGS) or _named_config(folder)
        code = javascript.without_comments(files.text_of(folder, source)) if source else ""
        script = Script(folder, source)
        more = "\n".join(
            one.code[:_LONGEST] for one in script.near(_DEEP)
        )  # of files that it imports, too
        root = directories.directory(script, "input")
        held = directories.below(root, script, "data")
        formats = configuration.data_formats(more)
        data = about.site_data(folder, held, formats)
        made = feeds.feeds(folder, root, more, about.texts(folder / held, formats))
        # what the feed itself says counts, since its subscribers know that
        site: dict[str, JSON] = {
            **data,
            **about.of_map(made.metadata),
            **about.metadata(code),
        }
        if isinstance(address := site.get("url"), str):
            site["url"] = about.address(address, folder, code)
        # Eleventy knows no time to come: what has a date in the future is published.
        posts: dict[str, JSON] = {"path": root, "permalink": "", "future": True}
        options = files.present(
            output=directories.directory(script, "output") or "_site",
            ignored=directories.ignored(folder, root, script),
            formats=configuration.formats(code),
            includes_dir=directories.below(root, script, "includes"),
            data_dir=held,
            layouts_dir=directories.layouts(root, script),
            layouts=configuration.layout_aliases(more),
            data_formats=[*formats],
            plain_markdown=configuration.is_markdown_plain(code) or None,
            math=["$"] if packages.sets_formulas(folder) else "",
            indented_text=configuration.is_indented_text(folder, more) or None,
            tags_replaced=configuration.replaces_tags(code) or None,
            date_filters=configuration.date_filters(more),
            own_slugs=configuration.own_slugs(more),
            drafts=configuration.knows_drafts(folder, more) or None,
            **configuration.markdown(more),
            **made.options,
        )
        shown = files.present(limit=made.limit or None)
        values: dict[str, JSON] = {"site": site, "posts": posts, "feeds": shown}
        return Layer(values, options, made.findings, source)

    @cached_property
    def dialect(self) -> Dialect:
        from feedsvc.sites.eleventy.dialect import EleventyDialect

        return EleventyDialect()

    def syntax(self, settings: Settings) -> Syntax:
        from feedsvc.sites.eleventy.syntax import syntax

        return syntax(settings)


def _is_asked_for(folder: Path) -> bool:
    """Whether the scripts in `package.json` run Eleventy, as sites without its configuration do."""
    return any(_RUN.search(script) for script in _scripts(folder))


def _named_config(folder: Path) -> str:
    """The configuration that the scripts name, "" without one in the folder."""
    for script in _scripts(folder):
        for arguments in _ARGUMENTS.findall(script):
            if named := _CONFIG_OPTION.findall(arguments):
                name = named[-1].removeprefix("./")
                return name if ".." not in name and (folder / name).is_file() else ""
    return ""


def _scripts(folder: Path) -> list[str]:
    scripts = files.table(packages.said(folder), "scripts")
    return [script for script in scripts.values() if isinstance(script, str)]


ENGINE = Eleventy()
